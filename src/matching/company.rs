//! The company that values keep: the words that stand near both of two claims, nearest first.

use compact_str::CompactString;

use crate::claim::Claim;

/// A word that stands near both of two claims.
pub struct Shared<'c> {
    /// The word.
    pub word: &'c CompactString,
    /// Its rank beside either: 0 for the nearest.
    pub ranks: (usize, usize),
}

impl Shared<'_> {
    /// What it weighs: as much as on the side where it stands farther off.
    pub fn weight(&self, fall: f64) -> f64 {
        weight(self.ranks.0, fall).min(weight(self.ranks.1, fall))
    }
}

/// What a word weighs by its rank, the nearest most.
pub fn weight(rank: usize, fall: f64) -> f64 {
    1.0 / (1.0 + fall * rank as f64)
}

/// The words that stand near both claims, as the first has them.
pub fn shared<'c>(a: &'c Claim, b: &'c Claim) -> impl Iterator<Item = Shared<'c>> {
    a.context.iter().enumerate().filter_map(|(rank, word)| {
        let other = b.context.iter().position(|other| other == word)?;
        Some(Shared { word, ranks: (rank, other) })
    })
}

#[cfg(test)]
mod tests {
    use super::{shared, weight};
    use crate::extract::examples::claims_of;
    use crate::rules::RuleBook;

    #[test]
    fn a_word_weighs_what_it_weighs_where_it_stands_farther_off() {
        let book = RuleBook::load(None).unwrap();
        let claim = |text: &str| claims_of(text, &book.extract).into_iter().find(|c| c.attribute == "open").unwrap();
        let [mut a, mut b] = ["The ferry carried 40 cars.", "The old ferry carried 60 cars."].map(claim);
        a.context = ["carri", "ferri", "quay"].map(Into::into).to_vec();
        b.context = ["ferri", "old", "carri"].map(Into::into).to_vec();
        let told: Vec<_> = shared(&a, &b).map(|s| (s.word.as_str(), s.ranks, s.weight(0.5))).collect();
        assert_eq!(told, [("carri", (0, 2), weight(2, 0.5)), ("ferri", (1, 0), weight(1, 0.5))]);
        assert_eq!((weight(0, 0.5), weight(2, 0.5)), (1.0, 0.5));
    }
}

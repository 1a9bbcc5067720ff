//! One statement negates what another affirms.
//!
//! "The siren sounded" and "the siren did not sound" share little but the words that count. Both
//! clauses must say little else, the negated word must stand in both beside the same word, and the
//! other clause must negate nothing.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Statement;
use crate::extract::statement::stem_hash;
use crate::matching::pairs::shared;
use crate::rules::Words;
use crate::text::fold;

/// When a negation is of the same thing: `[negated]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegatedRules {
    /// What the rule does.
    pub about: String,
    /// Content words between the negated one and another that both have beside it.
    pub reach: usize,
    /// Most content words of the clause that negates.
    pub negating_words: usize,
    /// Most content words of the one that affirms.
    pub affirming_words: usize,
    /// Words by which a sentence negates without a negation, or of something else: `prevent`, `such`.
    pub implicit: Words,
    /// Words by which a document tells that something it reports is not so: `hoax`. What it affirms stands against nothing.
    pub refuting: Words,
    /// Least share of the words so near the negated one that the other clause has too.
    pub share: f64,
}

/// Whether one of two statements negates what the other affirms.
pub fn is_negated(a: &Statement, b: &Statement, rules: &NegatedRules) -> bool {
    // Hardly any two do, and who is named need not be asked of the rest.
    if !negates(a, b, rules) && !negates(b, a, rules) {
        return false;
    }
    let (x, y) = (told_of(a), told_of(b));
    let named = x.is_empty() && y.is_empty() || shared(&x, &y) > 0;
    let other = !y.is_empty() && leads_elsewhere(a, &y) || !x.is_empty() && leads_elsewhere(b, &x);
    named && !other
}

/// Whether a statement is about somebody who is none of those named: whom it names first, unless that one only says it.
pub(super) fn leads_elsewhere(statement: &Statement, named: &[u32]) -> bool {
    statement.lead.is_some_and(|lead| Some(lead) != speaker_of(statement) && !named.contains(&lead))
}

/// Who is named, the one who says it aside.
fn told_of(statement: &Statement) -> Vec<u32> {
    let speaker = speaker_of(statement);
    statement.names.iter().copied().filter(|name| Some(*name) != speaker).collect()
}

/// The last word of the name of who says it, as [`Statement::names`] has it.
fn speaker_of(statement: &Statement) -> Option<u32> {
    statement.speaker.as_deref()?.rsplit(' ').next().map(|word| stem_hash(&fold(word)))
}

/// Whether a word that one statement negates stands in the other, in a clause without negation, and
/// behind the same name or beside the same word in the same order.
fn negates(no: &Statement, yes: &Statement, rules: &NegatedRules) -> bool {
    // What people say is theirs: "I don't think so" negates nothing that an outlet tells.
    let has = |told: (u32, bool)| yes.affirmed.binary_search(&told).is_ok();
    // "No planes were missing" denies what "planes" tells; "were not missing" nothing of "the missing planes".
    let affirmed = |(word, thing): &&(u32, bool)| !yes.quoted && (has((*word, false)) || *thing && has((*word, true)));
    no.negated.iter().filter(affirmed).any(|(word, _)| {
        let (Some(x), Some(y)) = (Clause::of(no, *word), Clause::of(yes, *word)) else { return false };
        let short = x.words.len() <= rules.negating_words && y.words.len() <= rules.affirming_words;
        let vouched = !y.words.iter().any(|w| yes.negated.iter().any(|(negated, _)| negated == w));
        let whole = is_whole(no, rules.negating_words) && is_whole(yes, rules.affirming_words);
        short
            && vouched
            && !is_other_doer(no, yes, *word)
            && !x.verb_of(&y).is_some_and(|verb| is_other_doer(no, yes, verb))
            && x.share_in(&y, rules.reach) >= rules.share
            && (no.denied.binary_search(word).is_ok() && x.is_in(&y)
                || whole && (doer(no, yes, *word) || x.shares_neighbour(&y, rules.reach)))
    })
}

/// A statement of few words is compared as a whole.
fn is_whole(statement: &Statement, most: usize) -> bool {
    statement.order.len() <= most
}

/// Whether other names are told to do a word in either.
fn is_other_doer(no: &Statement, yes: &Statement, word: u32) -> bool {
    let doers =
        |of: &Statement| of.doings.iter().filter(|doing| doing.1 == word).map(|doing| doing.0).collect::<Vec<_>>();
    let (x, y) = (doers(no), doers(yes));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|name| y.contains(name))
}

/// Whether one name is told to do a word in both.
fn doer(no: &Statement, yes: &Statement, word: u32) -> bool {
    no.doings.iter().any(|doing| doing.1 == word && yes.doings.binary_search(doing).is_ok())
}

/// A word in its clause.
struct Clause<'s> {
    words: &'s [u32],
    at: usize,
}

impl<'s> Clause<'s> {
    /// The clause in which a word stands first.
    fn of(statement: &'s Statement, word: u32) -> Option<Self> {
        let at = statement.order.iter().position(|w| *w == word)?;
        let number = *statement.clauses.get(at)?;
        let start = statement.clauses.partition_point(|clause| *clause < number);
        let end = statement.clauses.partition_point(|clause| *clause <= number);
        Some(Self { words: &statement.order[start..end], at: at - start })
    }

    /// The word before, where it is the same in another clause: the "pleaded" of "pleaded not guilty" and "pleaded guilty".
    fn verb_of(&self, other: &Self) -> Option<u32> {
        let before = |clause: &Self| clause.at.checked_sub(1).map(|at| clause.words[at]);
        before(self).filter(|verb| before(other) == Some(*verb))
    }

    /// Whether another clause says all that this one says from the word on, in the same order.
    fn is_in(&self, other: &Self) -> bool {
        let (told, mut rest) = (&self.words[self.at..], other.words.iter());
        told.len() > 1 && told.iter().all(|word| rest.any(|w| w == word))
    }

    /// The share of the words near the word, itself included, that another clause has too.
    fn share_in(&self, other: &Self, reach: usize) -> f64 {
        let near = &self.words[self.at.saturating_sub(reach)..(self.at + 1 + reach).min(self.words.len())];
        near.iter().filter(|word| other.words.contains(word)).count() as f64 / near.len().max(1) as f64
    }

    /// Whether both words stand beside one and the same, on the same side.
    fn shares_neighbour(&self, other: &Self, reach: usize) -> bool {
        let right = other.beside(reach);
        self.beside(reach).any(|neighbour| right.clone().any(|r| r == neighbour))
    }

    /// The content words on either side, each with whether it stands before.
    fn beside(&self, reach: usize) -> impl Iterator<Item = (bool, u32)> + Clone + 's {
        let (words, at) = (self.words, self.at);
        let before = words[at.saturating_sub(reach)..at].iter().map(|w| (true, *w));
        let behind = words[at + 1..(at + 1 + reach).min(words.len())].iter().map(|w| (false, *w));
        before.chain(behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Rules;
    use crate::extract::examples::statements_of;

    #[test]
    fn only_what_is_vouched_for_is_negated() {
        let rules = NegatedRules {
            about: String::new(),
            implicit: Words::default(),
            refuting: Words::default(),
            reach: 2,
            negating_words: 7,
            affirming_words: 7,
            share: 0.6,
        };
        let words = &toml::from_str::<Rules>(include_str!("../../rules/extract.toml")).unwrap();
        for (yes, no, expected) in [
            ("The siren sounded at the dam.", "The siren did not sound at the dam.", true),
            ("Parents would go to court.", "Parents won't go to court.", true),
            ("He had misspoken when he told voters he served in the navy.", "He did not serve in the navy.", false),
            ("The mayor spoke of getting the town to pay the fine.", "The town did not pay the fine.", false),
            ("The ferry left the harbour.", "The ferry did not leave before the evening.", false),
            (
                "The pilots declared an emergency and turned back to the coast, where the runway had been cleared.",
                "The pilots, despite reports in the press, at no stage declared an emergency.",
                true,
            ),
            (
                "Testers at the magazine gave the heater a clean bill: all of them passed the safety test.",
                "None of them passed the safety test.",
                true,
            ),
            ("Police were called to the square, and the square was closed.", "The square was not closed.", true),
            ("The bridge was closed, but not for long, and the road stayed open.", "The road did not close.", false),
            ("Parties tax and spend.", "'One party won't tax and will spend.", false),
            ("Did the siren sound at the dam?", "The siren did not sound at the dam.", false),
            ("The report that the siren sounded was a hoax.", "The siren did not sound at the dam.", false),
            ("Nils Holm saw the siren sound.", "Clara Lind did not see the siren sound.", false),
            ("Nils Holm has pleaded guilty.", "Clara Lind has pleaded not guilty.", false),
            ("Clara Lind has pleaded guilty.", "Clara Lind has pleaded not guilty.", true),
            ("The siren sounded at the dam.", "Do not sound the siren at the dam.", false),
            ("The siren at the dam was loud.", "Look at the dam, and not the siren.", false),
            ("Officials spoke of the missing boats.", "The airlines are not missing any boats, officials said.", false),
            ("Boats were missing at the dam.", "No boats were missing at the dam.", true),
            ("Nils Holm left the bank.", "The bank did not say why Nils Holm left.", false),
            (
                "The tax applies to goods shipped since Friday.",
                "The tax does not apply to goods shipped before Friday.",
                false,
            ),
            ("The mayor closed the bridge.", "It was no time to close the bridge, the mayor said.", false),
            ("The mayor skipped the board's meetings.", "The board did not meet the mayor.", false),
        ] {
            let (a, b) = (statements_of(yes, words), statements_of(no, words));
            assert_eq!(is_negated(&a[0], &b[0], &rules), expected, "{yes} / {no}");
        }
    }
}

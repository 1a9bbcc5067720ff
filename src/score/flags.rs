//! What a scorecard says in words beside its figures: reasons to read them with care.

use super::belief::{Beliefs, Together};
use super::dependence::Dependence;
use super::ledger::Standing;
use super::tally::Tally;

/// The flags of a source, parted by semicolons. `copied` is the share of copied text from which a document counts as copied.
pub fn flags(source: &str, tally: &Tally<'_>, beliefs: &Beliefs, copied: f64) -> String {
    let documents = tally.documents.len();
    let copies = tally.documents.iter().filter(|d| d.copied_share >= copied).count();
    let ties = tally.standing(Standing::Tie);
    let mut flags = Vec::new();
    if copies > 0 {
        flags.push(format!("{copies} of {documents} documents share most of their text with another"));
    }
    if ties > 0 {
        flags.push(format!("{ties} disputes undecided, one against one"));
    }
    flags.extend(beliefs.dependent.iter().filter_map(|pair| dependent(source, pair)));
    flags.extend(beliefs.blocs.iter().filter_map(|bloc| together(source, bloc)));
    if beliefs.readings() > 1 && tally.contradicted > 0 {
        let share = 100.0 * beliefs.differs;
        flags.push(format!("another reading of the disputes, {share:.0} % of them decided otherwise, cannot be ruled out: the interval reaches to it"));
    }
    flags.join("; ")
}

fn dependent(source: &str, pair: &Dependence) -> Option<String> {
    let other = match source {
        source if source == pair.a => &pair.b,
        source if source == pair.b => &pair.a,
        _ => return None,
    };
    Some(format!("shares {} rare minority values with {other}", pair.shared))
}

fn together(source: &str, bloc: &Together) -> Option<String> {
    let others: Vec<&str> = bloc.members.iter().map(String::as_str).filter(|name| *name != source).collect();
    (others.len() < bloc.members.len()).then(|| {
        format!(
            "stands together with {} against other sources in {} slots: they may mean another thing, or be right",
            others.join(", "),
            bloc.slots
        )
    })
}

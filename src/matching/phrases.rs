//! Statements that print so many words in a row alike, whatever else each says: what may share a clause.

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

use super::group::{Mention, Story};

/// When two statements may share a clause: `[phrase]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhrasePairRules {
    /// What the rule does.
    pub about: String,
    /// Words in a row that both must print.
    pub row: usize,
    /// How many of them must say something.
    pub content: usize,
    /// Most statements that meet by one row of words; of more, one of each wording does.
    pub most: usize,
}

/// A row of words, as a number, and the statement that prints it.
pub type Row = (u64, Mention);

/// Pairs of found statements behind which they are looked through for those that were found before.
const MANY: usize = 1_000_000;

/// Pairs of statements of two documents that print a row of words alike, each once, sorted.
pub fn phrase_pairs(story: &Story, mut rows: Vec<Row>, rules: &PhrasePairRules) -> Vec<(Mention, Mention)> {
    rows.sort_unstable();
    rows.dedup();
    let mut found: Vec<(Mention, Mention)> = Vec::new();
    let mut kept = 0;
    for held in rows.chunk_by(|x, y| x.0 == y.0).filter(|held| held.len() > 1) {
        let held = holders(held, story, rules.most);
        for (at, a) in held.iter().enumerate() {
            found.extend(held[at + 1..].iter().filter(|b| b.member != a.member).map(|b| (*a, *b)));
        }
        if found.len() > 2 * kept + MANY {
            kept = each_once(&mut found);
        }
    }
    each_once(&mut found);
    found
}

/// Sorts pairs and drops those that are there already; how many are left.
fn each_once(pairs: &mut Vec<(Mention, Mention)>) -> usize {
    pairs.sort_unstable();
    pairs.dedup();
    pairs.len()
}

/// The statements that print a row: of very many one of each wording.
fn holders(held: &[Row], story: &Story, most: usize) -> Vec<Mention> {
    let mentions = held.iter().map(|(_, mention)| *mention);
    if held.len() <= most {
        return mentions.collect();
    }
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    mentions.filter(|mention| seen.insert(&story.statement(*mention).text)).take(most).collect()
}

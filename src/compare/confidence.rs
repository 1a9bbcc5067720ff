//! How likely a contradiction is one: the chance that a reader who has both reports before him would say that the two
//! passages tell of one thing, and differ.
//!
//! No question about two values alone tells that. What tells is how rare the words are that stand near both, how late in
//! its report the later passage stands, how long the reports are. Each is a measure, and
//! the chance is logistic in their weighted sum (Cox 1958, "The regression analysis of binary sequences"); the weights
//! were fitted to ratings of rows on articles of real outlets, and can be fitted anew to others, for every row of
//! `disagreements.csv` tells its measures.

mod measures;
mod side;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use measures::Measures;
use side::Side;

use super::Book;
use super::align::align;
use super::finding::{Finding, Passage};
use super::words;
use crate::claim::Kind;
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::group::Story;

/// How the chance is reckoned, and the least that is told: `[confidence]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceRules {
    /// What the rule does.
    pub about: String,
    /// Least chance, between 0 and 1, of a contradiction that is told; 0 tells all…
    pub least: f64,
    /// …between two reports of so many sentences together: what two short ones tell is of one thing.
    pub from: usize,
    /// Words on each side of a value that stand near it.
    pub near: usize,
    /// What the sum begins with.
    pub bias: f64,
    /// What one of each measure adds to it.
    pub weights: Measures,
    /// What a kind adds to it.
    pub kinds: BTreeMap<Kind, f64>,
    /// What an attribute adds to it: `age`, `open`.
    pub attributes: BTreeMap<String, f64>,
}

/// The rule by which an unlikely contradiction is turned down.
pub(super) const CONFIDENCE: &str = "confidence";

/// The chance of a contradiction, with what it was reckoned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confidence {
    /// Between 0 and 1.
    pub chance: f64,
    /// The measures.
    pub measures: Measures,
}

/// Weighs the contradictions of one story.
pub(super) struct Scales<'s> {
    story: &'s Story,
    book: &'s Book<'s>,
    /// How many sentences of the story have a word, by its number; counted when first asked for.
    sentences: OnceCell<(f64, FxHashMap<u32, f64>)>,
    /// The sides read last, by passage: where many tell, one contradicts hundreds.
    sides: RefCell<FxHashMap<(u32, Span), Rc<Weighed>>>,
}

/// A side with the value it was read for, and what all its words weigh.
struct Weighed {
    value: String,
    side: Side,
    rarity: f64,
}

impl<'s> Scales<'s> {
    pub fn new(story: &'s Story, book: &'s Book) -> Self {
        Self { story, book, sentences: OnceCell::new(), sides: RefCell::default() }
    }

    /// Weighs a contradiction; one that is less likely than the rules ask for is not told.
    pub fn weigh(&self, finding: &mut Finding) {
        let rules = &self.book.compare.confidence;
        let measures = self.measures(finding);
        let kind = rules.kinds.get(&finding.kind).copied().unwrap_or_default();
        let attribute = rules.attributes.get(finding.attribute.as_str()).copied().unwrap_or_default();
        let chance = logistic(rules.bias + measures.weighed(&rules.weights) + kind + attribute);
        if chance < rules.least && self.length(finding) >= rules.from && !is_slip(finding) {
            finding.verdict = Verdict::NotComparable;
            finding.rule = CONFIDENCE.to_owned();
            finding.why =
                format!("too little tells that the two are of one thing ({chance:.2}); otherwise: {}", finding.why);
        }
        finding.confidence = Some(Box::new(Confidence { chance, measures }));
    }

    fn measures(&self, finding: &Finding) -> Measures {
        let weighed = (self.weighed(&finding.a), self.weighed(&finding.b));
        let (a, b) = (&weighed.0.side, &weighed.1.side);
        let near = a.near_both(b);
        let (verbatim, quoted) = self.quoted(finding);
        let log = |count: usize| (count as f64).ln_1p();
        Measures {
            near: self.rarity(&near),
            near_share: near.len() as f64 / a.near.len().min(b.near.len()).max(1) as f64,
            common_share: self.rarity(&a.common(b)) / weighed.0.rarity.min(weighed.1.rarity).max(1.0),
            names_apart: (a.names_without(b) + b.names_without(a)) as f64,
            late: log(a.place.max(b.place)),
            length: log(self.length(finding)),
            verbatim,
            quoted: log(quoted),
        }
    }

    /// Which share two quotations have in common, and how many words the shorter has; nothing of what is no quotation.
    fn quoted(&self, finding: &Finding) -> (f64, usize) {
        if finding.kind != Kind::Quote && finding.attribute != "quotation" {
            return (0.0, 0);
        }
        let (x, y) = (words(&finding.a.value), words(&finding.b.value));
        (align(&x, &y, &self.book.compare.wording.align).similarity, x.len().min(y.len()))
    }

    fn length(&self, finding: &Finding) -> usize {
        self.story.length(finding.a.member, finding.b.member)
    }

    /// A passage as it is weighed, read once for all that it is set against in a row.
    fn weighed(&self, passage: &Passage) -> Rc<Weighed> {
        /// Sides that are kept: a story of thousands of reports has more.
        const MOST: usize = 1 << 11;
        let mut sides = self.sides.borrow_mut();
        if let Some(known) = sides.get(&passage.key()).filter(|known| known.value == passage.value) {
            return Rc::clone(known);
        }
        if sides.len() == MOST {
            sides.clear();
        }
        let member = &self.story.members[passage.member as usize];
        let side = Side::of(passage, member, &self.sentences().1, self.book);
        let weighed = Rc::new(Weighed { value: passage.value.clone(), rarity: self.rarity(&side.words), side });
        sides.insert(passage.key(), Rc::clone(&weighed));
        weighed
    }

    /// The logarithms of how few sentences of the story have each of some words, together.
    fn rarity(&self, words: &[u32]) -> f64 {
        let (sentences, counted) = self.sentences();
        words.iter().map(|word| (sentences / counted.get(word).copied().unwrap_or(1.0)).ln_1p()).sum()
    }

    fn sentences(&self) -> &(f64, FxHashMap<u32, f64>) {
        self.sentences.get_or_init(|| {
            let mut counted: FxHashMap<u32, f64> = FxHashMap::default();
            let statements = || self.story.members.iter().flat_map(|member| &member.statements);
            for word in statements().flat_map(|statement| statement.stems.iter().chain(&statement.names)) {
                *counted.entry(*word).or_default() += 1.0;
            }
            (statements().count() as f64, counted)
        })
    }
}

fn logistic(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

/// "61,348" beside "63,148": that a great figure has the digits of another, two of them in each other's place, is no chance.
fn is_slip(finding: &Finding) -> bool {
    const GREAT: usize = 5;
    let [x, y] = [&finding.a.value, &finding.b.value]
        .map(|value| value.chars().filter(char::is_ascii_digit).collect::<String>());
    let sorted = |digits: &str| {
        let mut digits: Vec<char> = digits.chars().collect();
        digits.sort_unstable();
        digits
    };
    finding.kind == Kind::Number && x.len() >= GREAT && strsim::osa_distance(&x, &y) == 1 && sorted(&x) == sorted(&y)
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::findings;
    use crate::comparison::Verdict;

    const THINGS: &str =
        "barn mill wall gate pier lamp bell sail rope oar mast keel plank net hook crate cask anchor lock bridge";

    /// A report that tells of other things first.
    fn late(text: &str) -> String {
        let painted =
            |part| THINGS.split(' ').map(move |thing| format!("Every {thing} {part} of the county is painted white. "));
        let others = ["door", "roof", "floor", "latch"].into_iter().flat_map(painted);
        others.collect::<String>() + text
    }

    fn chances(left: &str, right: &str) -> Vec<f64> {
        let found = findings(&[left, right]);
        let told = found.into_iter().filter(|f| f.verdict == Verdict::Contradicts);
        told.filter_map(|f| f.confidence).map(|confidence| confidence.chance).collect()
    }

    #[test]
    fn what_stands_late_in_a_long_report_needs_more_in_common() {
        let told = "The ferry Solveig was carrying 223 people.";
        let other = "Some 190 passengers were on board the ferry Solveig by then, as guards counted them at noon.";
        let alike = "The ferry Solveig was carrying 190 people.";
        assert_eq!(chances(told, other).len(), 1);
        assert_eq!(chances(&late(told), other).len(), 0);
        assert_eq!(chances(&late(told), alike).len(), 1);
    }

    #[test]
    fn swapped_digits_of_a_great_figure_are_told_however_late() {
        let told = "The crowd at the ground, put at 61,348, saw two goals.";
        let gate = |figure: &str| chances(&late(told), &format!("The announcer gave the gate as {figure}.")).len();
        assert_eq!((gate("63,148"), gate("54,207")), (1, 0));
    }

    #[test]
    fn a_contradiction_is_the_likelier_the_more_the_passages_share() {
        let told = "The ferry Solveig was carrying 223 people.";
        let [less, more] =
            ["Some 190 passengers were on board the ferry Solveig.", "The ferry Solveig was carrying 190 people."]
                .map(|other| chances(told, other)[0]);
        assert!(less < more && 0.0 < less && more < 1.0, "{less} {more}");
        let [there, back] =
            [(told, "Solveig carried 190."), ("Solveig carried 190.", told)].map(|(a, b)| chances(a, b));
        assert_eq!(there, back);
    }
}

//! Which differences of two quotations are of what was said: those of words that stand against each other.

use std::ops::Range;

use super::align::{Alignment, Run};
use super::difference::{Difference, Finding};
use super::wording::WordingRules;
use crate::text::Token;

/// Two quotations laid against each other.
pub(super) struct Laid<'q> {
    /// The tokens of both.
    pub sides: (&'q [Token], &'q [Token]),
    /// How they lie.
    pub alignment: &'q Alignment,
    /// All differences.
    pub found: &'q [Finding],
    /// What they are judged by.
    pub rules: &'q WordingRules,
}

/// The tokens of one of them, what differs there, and how to find it in a run.
#[derive(Clone, Copy)]
struct Side<'q> {
    tokens: &'q [Token],
    of: fn(&Run) -> &Range<usize>,
}

impl<'q> Laid<'q> {
    /// Whether a difference is one of what was said, and not of what was left out or put in.
    pub fn counts(&self, finding: &Finding) -> bool {
        let against = match finding.difference {
            Difference::Negation => self.turns_the_same(finding),
            Difference::Name | Difference::Place => self.stands_alone(finding),
            _ => true,
        };
        against && !self.is_inserted(finding) && !self.is_bracketed(finding) && !self.is_beside_ellipsis(finding)
    }

    fn both(&self) -> [Side<'q>; 2] {
        [Side { tokens: self.sides.0, of: |run| &run.a }, Side { tokens: self.sides.1, of: |run| &run.b }]
    }

    /// A run of many words is another sentence that one side left out: a negation or name in it changes nothing of the
    /// rest.
    fn is_inserted(&self, finding: &Finding) -> bool {
        let run = run_of(finding, self.alignment);
        let (a, b) = (run.a.len(), run.b.len());
        a.max(b) > self.rules.quotation.replaced && a.abs_diff(b) * 2 > a.max(b)
    }

    /// "[Across the U.S.-Mexico border]", "(without)": what an outlet put into a quotation is not what was said.
    fn is_bracketed(&self, finding: &Finding) -> bool {
        self.both().into_iter().any(|side| {
            let before = &side.tokens[..(side.of)(&finding.run).start.min(side.tokens.len())];
            let last = |mark: &str| before.iter().rposition(|token| token.is(mark));
            let within = |open: &str, close: &str| last(open).is_some_and(|o| last(close).is_none_or(|c| c < o));
            within("[", "]") || within("(", ")")
        })
    }

    /// "So that he can live … fear of the sea": what stands beside an ellipsis lies against something else of the other.
    fn is_beside_ellipsis(&self, finding: &Finding) -> bool {
        let is = |side: Side, at: usize, mark: &str| side.tokens.get(at).is_some_and(|token| token.is(mark));
        let elides = |side, at| is(side, at, "\u{2026}") || is(side, at, ".") && is(side, at + 1, ".");
        self.both().into_iter().any(|side| self.around(side, finding).any(|at| elides(side, at)))
    }

    /// Whether a negation turns a word that both have: "and not *break* with the rights" turns nothing that the other
    /// says.
    fn turns_the_same(&self, negation: &Finding) -> bool {
        let [a, b] = self.both();
        let side = if negation.run.a.is_empty() { b } else { a };
        let behind = (side.of)(&negation.run).end..side.tokens.len();
        let Some(turned) = behind.into_iter().find(|at| self.rules.align.is_content(&side.tokens[*at])) else {
            return true;
        };
        let paired = |run: &Run| !run.a.is_empty() && !run.b.is_empty();
        let alike = |f: &Finding| f.difference <= Difference::Akin && paired(&f.run);
        !self.differs(side, turned) || self.found.iter().any(|f| (side.of)(&f.run).contains(&turned) && alike(f))
    }

    /// Whether nothing but an article differs beside a name: "including the coast guard" and "in the harbour" are two
    /// additions, and no two names of one thing.
    fn stands_alone(&self, finding: &Finding) -> bool {
        let plain = |token: &Token| !token.is_wordlike() || matches!(token.norm.as_str(), "the" | "a" | "an");
        let same = |side: Side, at: usize| !self.differs(side, at) || plain(&side.tokens[at]);
        self.both().into_iter().all(|side| self.around(side, finding).all(|at| same(side, at)))
    }

    /// The tokens around a difference up to the nearest words of weight that both have.
    fn around(&self, side: Side<'q>, finding: &Finding) -> impl Iterator<Item = usize> {
        let own = (side.of)(&finding.run).clone();
        let open = move |at: &usize| self.differs(side, *at) || !self.rules.align.is_content(&side.tokens[*at]);
        (0..own.start).rev().take_while(open).chain((own.end..side.tokens.len()).take_while(open))
    }

    /// Whether a token lies in a differing run.
    fn differs(&self, side: Side, at: usize) -> bool {
        self.alignment.runs.iter().any(|run| (side.of)(run).contains(&at))
    }
}

/// The run of the alignment that a difference was found in.
pub(super) fn run_of<'r>(finding: &'r Finding, alignment: &'r Alignment) -> &'r Run {
    let within = |inner: &Range<usize>, outer: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
    let holds = |r: &&Run| within(&finding.run.a, &r.a) && within(&finding.run.b, &r.b);
    alignment.runs.iter().find(holds).unwrap_or(&finding.run)
}

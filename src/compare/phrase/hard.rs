//! The differences of two sentences that say something else, each asked for once and only when it matters.

use std::cell::OnceCell;

use super::{Pair, is_owner};
use crate::compare::align::Run;
use crate::compare::difference::{Difference, Finding};
use crate::compare::pairing;
use crate::text::Token;

/// Which runs of an alignment are hard.
pub(super) struct Hard<'h> {
    pair: &'h Pair<'h>,
    known: Vec<OnceCell<bool>>,
}

impl<'h> Hard<'h> {
    /// Nothing is asked yet.
    pub fn new(pair: &'h Pair<'h>) -> Self {
        Self { pair, known: vec![OnceCell::new(); pair.alignment.runs.len()] }
    }

    /// The run at a place.
    pub fn run(&self, at: usize) -> &'h Run {
        &self.pair.alignment.runs[at]
    }

    /// Whether it says something else.
    pub fn is(&self, at: usize) -> bool {
        *self.known[at].get_or_init(|| self.pair.is_hard(at))
    }

    /// The last hard run before a place.
    pub fn before(&self, at: usize) -> Option<&'h Run> {
        (0..at).rev().find(|before| self.is(*before)).map(|before| self.run(before))
    }

    /// The first behind it.
    pub fn behind(&self, at: usize) -> Option<&'h Run> {
        (at + 1..self.known.len()).find(|behind| self.is(*behind)).map(|behind| self.run(behind))
    }
}

impl Pair<'_> {
    /// True for a run that says something else; "the ship" and "ships" do not, nor does "the yard's ship".
    fn is_hard(&self, at: usize) -> bool {
        let run = &self.alignment.runs[at];
        let words = pairing::Pair { a: self.a, b: self.b, rules: self.wording(), lexicon: self.lexicon };
        if self.known.is_harmless(words, &self.alignment.runs, at) {
            return false;
        }
        let found = self.known.alone(words, &self.alignment.runs, at);
        let owned = |tokens: &[Token]| tokens.iter().all(is_owner);
        let owner = |f: &Finding| {
            let one_sided = f.run.a.is_empty() != f.run.b.is_empty();
            f.difference == Difference::NameAdded
                && one_sided
                && owned(&self.a[run.a.clone()])
                && owned(&self.b[run.b.clone()])
        };
        found.iter().any(|f| f.difference > Difference::Synonym && f.difference != Difference::Modifier && !owner(f))
    }
}

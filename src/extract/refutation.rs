//! What a sentence tells to be not so: "the rumour that Lind resigned is false", "there is no truth to reports that…".
//!
//! A noun for a report with the words that open what it reports, and a word by which that is not so, before the noun or
//! behind the report. Whoever prints the report as a fact says the contrary.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// The words of a refutation: `[refutation]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefutationRules {
    /// What the rule does.
    pub about: String,
    /// Sentences that tell a report to be not so.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
    /// Nouns for a report: `rumour`.
    pub reports: Words,
    /// Nouns for one that is not so by its name: `hoax`.
    pub hoaxes: Words,
    /// Words that open what is reported: `that`, `claiming`.
    pub openers: Words,
    /// Words by which a report is not so: `false`, `denied`.
    pub falsities: Words,
    /// Words by which it is not so behind a negation: "no *truth*".
    pub truths: Words,
    /// Words that negate.
    pub negations: Words,
    /// Forms of the verbs that stand before such a word behind a report: "*is* false", "*have been* denied".
    pub predicates: Words,
    /// Most tokens between them and that word.
    pub predicate: usize,
    /// Words before a report behind which it is open whether it is so: `whether`, `reportedly`.
    pub doubts: Words,
    /// Tokens between the report and its opener, between a negation and what it negates, and between a word before the
    /// report and the report.
    pub reach: usize,
    /// Least content words that a report must have to be known again.
    pub least: usize,
}

impl RefutationRules {
    /// The words without which a sentence refutes nothing.
    pub(super) fn turning(&self) -> impl Iterator<Item = &Words> {
        [&self.reports, &self.hoaxes].into_iter()
    }
}

/// The tokens of what a sentence tells to be not so; nothing where it refutes nothing.
pub fn refuted(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Option<Range<usize>> {
    let finder = Finder { tokens: &notes.reading.tokens, sentence: &sentence.tokens, rules };
    let told = notes.turning_in(sentence).find_map(|at| finder.behind_report(at))?;
    let named = |at: usize| notes.names.at(at..at + 1).next().is_some();
    let content = told.clone().filter(|at| notes.is_content(*at) && !named(*at)).count();
    (content >= rules.refutation.least).then_some(told)
}

struct Finder<'a> {
    tokens: &'a [Token],
    sentence: &'a Range<usize>,
    rules: &'a Rules,
}

impl Finder<'_> {
    /// What the report at `at` tells, where it is told to be not so.
    fn behind_report(&self, at: usize) -> Option<Range<usize>> {
        let rules = &self.rules.refutation;
        let norm = &self.tokens[at].norm;
        let hoax = rules.hoaxes.contains(norm);
        if !hoax && !rules.reports.contains(norm) || self.is_doubted(at) {
            return None;
        }
        let near = at + 1..(at + 1 + rules.reach).min(self.sentence.end);
        let opener = near.into_iter().find(|next| rules.openers.contains(&self.tokens[*next].norm))?;
        let told = opener + 1..self.sentence.end;
        let before = at.saturating_sub(rules.reach).max(self.sentence.start)..at;
        if hoax || before.into_iter().any(|at| self.is_falsity(at)) {
            return Some(told.start..self.clause_end(&told));
        }
        let falsity = told.clone().find(|at| self.is_falsity(*at))?;
        self.before_predicate(told.start..falsity)
    }

    /// What is told before the "is" of "is false" or the "have been" of "have been denied".
    fn before_predicate(&self, told: Range<usize>) -> Option<Range<usize>> {
        let rules = &self.rules.refutation;
        let near = told.end.saturating_sub(rules.predicate).max(told.start)..told.end;
        let verb = |at: &usize| rules.predicates.contains(&self.tokens[*at].norm);
        let first = near.clone().rev().find(verb)?;
        let first = near.rev().skip_while(|at| *at >= first).take_while(verb).last().unwrap_or(first);
        let end = if self.tokens[first - 1].is(",") { first - 1 } else { first };
        let whole = told.start < end && !self.tokens[told.start..end].iter().any(|t| t.kind == TokenKind::Mark);
        whole.then_some(told.start..end)
    }

    /// Where what is told ends: at a joining word or a mark, commas aside, for "that Lind, a trained pilot, flew" is one.
    fn clause_end(&self, told: &Range<usize>) -> usize {
        let ends = |at: &usize| self.rules.distance.ends_clause(&self.tokens[*at]) && !self.tokens[*at].is(",");
        told.clone().find(ends).unwrap_or(told.end)
    }

    /// "False", but not "not false"; "no truth", but not "truth".
    fn is_falsity(&self, at: usize) -> bool {
        let rules = &self.rules.refutation;
        let norm = &self.tokens[at].norm;
        let near = at.saturating_sub(rules.reach).max(self.sentence.start)..at;
        let negated = self.tokens[near].iter().any(|t| rules.negations.contains(&t.norm) || t.norm.ends_with("n't"));
        rules.falsities.contains(norm) && !negated || rules.truths.contains(norm) && negated
    }

    fn is_doubted(&self, at: usize) -> bool {
        self.tokens[self.sentence.start..at].iter().any(|t| self.rules.refutation.doubts.contains(&t.norm))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::examples::read;

    #[test]
    fn finds_what_is_told_to_be_not_so() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            (
                "A rumour that Nils Holm tore up the contract has been called false by his agent.",
                Some("Nils Holm tore up the contract"),
            ),
            (
                "There is no truth to the claim that officials closed the town of Lindham.",
                Some("officials closed the town of Lindham"),
            ),
            ("The club denied reports that Clara Lind had left for Oslo.", Some("Clara Lind had left for Oslo")),
            (
                "A posting claiming a family of five has come down with the fever is not true.",
                Some("a family of five has come down with the fever"),
            ),
            ("It was a hoax that said the singer Clara Lind had died.", Some("said the singer Clara Lind had died")),
            ("The report that the works had been sold is not false.", None),
            ("A report that the works had been sold was published on Monday.", None),
            ("He asked whether the rumour that she had resigned was false.", None),
        ] {
            let found = read(text, rules, |notes| {
                let sentence = &notes.reading.sentences[0];
                let told = super::refuted(sentence, notes, rules)?;
                let (first, last) = (notes.reading.tokens[told.start].span, notes.reading.tokens[told.end - 1].span);
                Some(Some(first.cover(last).of(text).to_owned()))
            });
            assert_eq!(found.flatten().as_deref(), expected, "{text}");
        }
    }
}

//! Descriptions of pictures: "a man is playing a guitar". They name nobody, so that two of them
//! need not be of the same picture.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::difference::{Difference, Finding};
use super::wording::WordingRules;
use crate::comparison::Relation;
use crate::lexicon::{Lexicon, Part};
use crate::text::Token;

/// How descriptions of pictures are judged; the table `[caption]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Forms of the verb that such descriptions are built on.
    pub verbs: Vec<String>,
    /// Longest such description, in tokens.
    pub tokens: usize,
    /// Words that introduce somebody not spoken of before.
    pub indefinite: Vec<String>,
    /// Pairs that contradict.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

impl Rules {
    fn is_verb(&self, token: &Token) -> bool {
        self.verbs.iter().any(|verb| token.is(verb))
    }

    /// One short sentence in the present tense that names nobody.
    fn covers(&self, tokens: &[Token], lexicon: &Lexicon) -> bool {
        let words = || tokens.iter().filter(|t| t.is_wordlike());
        let stops = tokens.iter().filter(|t| t.is(".")).count();
        let people =
            |t: &Token| lexicon.part(&t.norm) == Some(Part::Adjective) || lexicon.topic(&t.norm) == Some("person");
        let named = words().skip(1).any(|t| t.is_capitalised() && !people(t));
        tokens.len() <= self.tokens && stops <= 1 && !named && words().any(|t| self.is_verb(t))
    }
}

/// True when one replaced word makes a contradiction: any word of somebody spoken of before
/// ("the man"); of somebody new, a number, a word of a curated set, and where it happens (near, far).
fn is_decisive(a: &[Token], b: &[Token], only: &Finding, rules: &WordingRules, lexicon: &Lexicon) -> bool {
    let new = |tokens: &[Token]| tokens.first().is_none_or(|t| rules.caption.indefinite.iter().any(|w| t.is(w)));
    let known = || !new(a) && !new(b);
    let words = a[only.run.a.clone()].last().zip(b[only.run.b.clone()].last());
    let curated = || words.is_some_and(|(x, y)| lexicon.is_curated(&x.norm, &y.norm));
    let placing = |word: &Token| matches!(lexicon.part(&word.norm), None | Some(Part::Adverb));
    match only.difference {
        Difference::Content | Difference::LookAlike => known(),
        Difference::Antonym => known() || words.is_some_and(|(x, y)| placing(x) && placing(y)),
        Difference::CoHyponym => known() || curated(),
        other => other.is_material(),
    }
}

/// The relation of two descriptions and the reason; `None` when one of the two is none, or when
/// their differences may be judged like those of other texts.
pub(super) fn judge(
    a: &[Token],
    b: &[Token],
    found: &[Finding],
    rules: &WordingRules,
    lexicon: &Lexicon,
) -> Option<(Relation, String)> {
    if !rules.caption.covers(a, lexicon) || !rules.caption.covers(b, lexicon) {
        return None;
    }
    let grave: Vec<&Finding> = found.iter().filter(|f| is_grave(f.difference)).collect();
    let two = |why: &str| Some((Relation::Unknown, format!("may describe two pictures: {why}")));
    if let Some(negation) = denial(&grave) {
        return Some(Denial { a, b, negation, found, rules, lexicon }.judge());
    }
    match grave[..] {
        [] if found.iter().any(|f| f.difference == Difference::Reordering) => two("the words stand in another order"),
        [] => None,
        [only] if replaces_actor(a, &only.run.a, only, rules) || replaces_actor(b, &only.run.b, only, rules) => {
            two("another actor or action")
        }
        [only] if found.len() == 1 && is_decisive(a, b, only, rules, lexicon) => None,
        _ if grave.iter().all(|f| is_single(f)) => {
            Some((Relation::LessPrecise, "one describes more than the other".to_owned()))
        }
        _ => two("several things differ"),
    }
}

/// The first negation, when all negations stand on one side.
fn denial<'f>(grave: &[&'f Finding]) -> Option<&'f Finding> {
    let mut negations = grave.iter().filter(|f| f.difference == Difference::Negation);
    let first = negations.next()?;
    negations.all(|f| f.run.a.is_empty() == first.run.a.is_empty()).then_some(first)
}

/// A denial beside a description, with all that differs between them.
struct Denial<'d> {
    a: &'d [Token],
    b: &'d [Token],
    negation: &'d Finding,
    found: &'d [Finding],
    rules: &'d WordingRules,
    lexicon: &'d Lexicon,
}

impl Denial<'_> {
    /// It contradicts a description that shows all of what is denied.
    fn judge(&self) -> (Relation, String) {
        if self.is_whole() && !self.found.iter().any(|f| self.is_unseen(f)) {
            (Relation::Incompatible, "one denies what the other shows".to_owned())
        } else {
            (Relation::Unknown, "may describe two pictures: what is denied is not what the other shows".to_owned())
        }
    }

    fn is_left(&self) -> bool {
        !self.negation.run.a.is_empty()
    }

    /// True when the sentence as a whole is denied, and not one of its words.
    fn is_whole(&self) -> bool {
        let (tokens, at) = if self.is_left() { (self.a, &self.negation.run.a) } else { (self.b, &self.negation.run.b) };
        let verb = |at: usize| self.rules.caption.is_verb(&tokens[at]);
        at.start == 0 || verb(at.start) || verb(at.start - 1)
    }

    /// True when something is denied that the other does not show, or shows less closely: no pizza
    /// is no contradiction of food.
    fn is_unseen(&self, finding: &Finding) -> bool {
        let (left, right) = (&self.a[finding.run.a.clone()], &self.b[finding.run.b.clone()]);
        let (denied, shown) = if self.is_left() { (left, right) } else { (right, left) };
        match finding.difference {
            Difference::Negation => false,
            Difference::Hypernym => denied
                .last()
                .zip(shown.last())
                .is_some_and(|(denied, shown)| self.lexicon.is_more_general(&shown.norm, &denied.norm)),
            other => is_grave(other) && !denied.is_empty(),
        }
    }
}

fn is_single(finding: &Finding) -> bool {
    finding.run.a.is_empty() || finding.run.b.is_empty()
}

/// A difference by which the picture may be another one.
fn is_grave(difference: Difference) -> bool {
    difference > Difference::Hypernym
}

/// True for the word before the verb (who), and for the one behind it (does what) unless the two
/// are opposites.
fn replaces_actor(tokens: &[Token], run: &Range<usize>, finding: &Finding, rules: &WordingRules) -> bool {
    let verb = |at: usize| tokens.get(at).is_some_and(|t| rules.caption.is_verb(t));
    let action = finding.difference != Difference::Antonym && run.start.checked_sub(1).is_some_and(verb);
    !run.is_empty() && (verb(run.end) || action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::asserted::tests::check_examples;

    #[test]
    fn examples_hold() {
        let rules = &WordingRules::embedded().caption;
        check_examples(&rules.fires, &rules.silent);
    }
}

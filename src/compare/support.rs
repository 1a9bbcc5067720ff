//! Whether a text supports a shorter one that is worded independently: each unit of the shorter is
//! looked for anywhere in the longer. A longer text with a pronoun may speak of somebody it does not
//! name: the first name that it has nothing for.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::align::Run;
use super::are_ordered;
use super::class;
use super::difference::{Difference, Finding};
use super::pairing::Pair;
use super::unit::{Unit, UnitKind};
use super::wording::{WordingRules, rule_id};
use crate::comparison::Relation;
use crate::lexicon::{Lexicon, Part};
use crate::rules::Words;
use crate::text::Token;

/// How a text is judged by a longer one; the table `[support]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Chance that a word which the longer text has nothing for is wrong.
    pub word: f64,
    /// The same for a name.
    pub name: f64,
    /// The same for a number, a day, a time.
    pub number: f64,
    /// The same for a negation that only one of the two has.
    pub negation: f64,
    /// Share of a difference's own risk that counts when the longer text has another unit of its kind.
    pub replaced: f64,
    /// Forms of "to be" before what somebody or something is.
    pub copulas: Vec<String>,
    /// Articles behind them.
    pub articles: Vec<String>,
    /// Pronouns for somebody named before.
    pub pronouns: Words,
    /// Units that both must have, beside a name in one of them, to be comparable.
    pub shared: usize,
    /// Units of each text that are looked at: a bound on the work for two whole articles.
    pub units: usize,
    /// Chance from which they contradict.
    pub threshold: f64,
    /// Pairs that contradict.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

/// What support says.
pub(super) struct Supported {
    pub relation: Relation,
    pub why: String,
    pub found: Vec<Finding>,
}

/// Looks for the units of the shorter text in the longer one.
pub(super) fn judge(a: &[Token], b: &[Token], rules: &WordingRules, lexicon: &Lexicon) -> Supported {
    let pair = Pair { a, b, rules, lexicon };
    let reader = pair.reader();
    let (left, right) = (reader.units(a, 0..a.len()), reader.units(b, 0..b.len()));
    let turned = left.len() > right.len() || left.len() == right.len() && !are_ordered(a, b);
    let (claim, evidence) = if turned { (&right, &left) } else { (&left, &right) };
    let capped = &evidence[..evidence.len().min(rules.support.units)];
    let mut unnamed = leaves_unnamed(if turned { a } else { b }, rules);
    let mut found: Vec<Finding> = Vec::new();
    let mut shared = 0;
    for unit in claim.iter().take(rules.support.units).filter(|u| is_checked(u)) {
        let first_name = unnamed && unit.kind == UnitKind::Name;
        unnamed &= !first_name;
        match lookup(&pair, unit, capped) {
            None => shared += 1,
            Some(_) if first_name => {}
            Some((difference, other)) => found.push(finding(difference, unit, other, turned)),
        }
    }
    let (told, shown) = if turned { (b, a) } else { (a, b) };
    if let Some((unit, other)) = class::replaced(&pair, (told, claim), (shown, evidence)) {
        found.retain(|f| *side(f, turned) != unit.tokens);
        found.push(finding(Difference::CoHyponym, unit, Some(other), turned));
    }
    found.extend(negation(claim, evidence, turned));
    let named = [claim, evidence].iter().any(|units| units.iter().any(|u| is_bearer(u, lexicon)));
    conclude(found, if named { shared } else { 0 }, rules)
}

/// True for a text that says "it", "she", "the film" of somebody whom it does not name.
fn leaves_unnamed(tokens: &[Token], rules: &WordingRules) -> bool {
    let opens = tokens.first().is_some_and(|t| rules.align.function_words.contains(&t.norm));
    opens || tokens.iter().any(|t| rules.support.pronouns.contains(&t.norm))
}

/// A name that is no adjective of a people.
fn is_bearer(unit: &Unit, lexicon: &Lexicon) -> bool {
    unit.kind == UnitKind::Name && lexicon.part(&unit.text) != Some(Part::Adjective)
}

fn is_checked(unit: &Unit) -> bool {
    !matches!(unit.kind, UnitKind::Negation | UnitKind::Particle) && unit.text != "one"
}

fn finding(difference: Difference, unit: &Unit, other: Option<&Unit>, turned: bool) -> Finding {
    let (x, y) = (unit.tokens.clone(), other.map_or(0..0, |o| o.tokens.clone()));
    let run = if turned { Run { a: y, b: x } } else { Run { a: x, b: y } };
    Finding { run, difference }
}

/// Where a finding stands in the shorter text.
fn side(finding: &Finding, turned: bool) -> &Range<usize> {
    if turned { &finding.run.b } else { &finding.run.a }
}

/// `None` when the evidence has the unit; else what it has in its place.
fn lookup<'u>(pair: &Pair, unit: &Unit, evidence: &'u [Unit]) -> Option<(Difference, Option<&'u Unit>)> {
    let related = evidence.iter().filter_map(|other| pair.relate(unit, other).map(|(_, d)| (d, other)));
    let mut gravest: Option<(Difference, &Unit)> = None;
    for (difference, other) in related {
        // A more general word leaves the claim open: "state" is no support for a state by name.
        let vaguer = difference == Difference::Hypernym && !pair.lexicon.is_more_general(&unit.text, &other.text);
        if difference <= Difference::Hypernym && !vaguer {
            return None;
        }
        let risk = |d: Difference| pair.rules.risk(d);
        let counts = matches!(difference, Difference::Antonym | Difference::CoHyponym | Difference::Number)
            || difference.is_material() && unit.kind != UnitKind::Word;
        if counts && gravest.is_none_or(|(d, _)| risk(difference) > risk(d)) {
            gravest = Some((difference, other));
        }
    }
    Some(gravest.map_or((missing(unit), None), |(d, other)| (d, Some(other))))
}

/// What a unit is that the evidence has nothing for.
fn missing(unit: &Unit) -> Difference {
    match unit.kind {
        UnitKind::Name => Difference::NameAdded,
        UnitKind::Word | UnitKind::Role => Difference::Addition,
        _ => Difference::NumberAdded,
    }
}

/// A negation that only one of the two has.
fn negation(claim: &[Unit], evidence: &[Unit], turned: bool) -> Option<Finding> {
    let negations = |units: &[Unit]| units.iter().filter(|u| u.kind == UnitKind::Negation).count() % 2;
    let of = |units: &[Unit]| units.iter().find(|u| u.kind == UnitKind::Negation).cloned();
    if negations(claim) == negations(evidence) {
        return None;
    }
    of(claim)
        .map(|u| finding(Difference::Negation, &u, None, turned))
        .or_else(|| of(evidence).map(|u| finding(Difference::Negation, &u, None, !turned)))
}

fn conclude(found: Vec<Finding>, shared: usize, rules: &WordingRules) -> Supported {
    let rest: f64 = found.iter().map(|f| 1.0 - risk(f, rules)).product();
    let relation = match 1.0 - rest {
        _ if shared < rules.support.shared => Relation::Unknown,
        risk if risk >= rules.support.threshold => Relation::Incompatible,
        _ => Relation::LessPrecise,
    };
    let mut kinds: Vec<String> = found.iter().map(|f| rule_id(f.difference).replace('_', " ")).collect();
    kinds.sort_unstable();
    let why = format!(
        "{shared} units in both, the shorter differs in [{}]; chance of a contradiction {:.2}",
        kinds.join(", "),
        1.0 - rest
    );
    Supported { relation, why, found }
}

fn risk(finding: &Finding, rules: &WordingRules) -> f64 {
    let support = &rules.support;
    match finding.difference {
        Difference::Addition => support.word,
        Difference::NameAdded => support.name,
        Difference::NumberAdded => support.number,
        Difference::Negation => support.negation,
        other => rules.risk(other) * support.replaced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::asserted::tests::check_examples;

    #[test]
    fn examples_hold() {
        let rules = &WordingRules::embedded().support;
        check_examples(&rules.fires, &rules.silent);
    }
}

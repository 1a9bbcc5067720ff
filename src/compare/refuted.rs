//! One outlet prints as a fact what another tells to be not so: "she resigned", and "the rumour that she resigned is false".
//!
//! The two sentences need not be alike: the words of the report that one refutes must be among those that the other
//! affirms. Each document that affirms is set against the refutation that it says most of, so that a rumour that many
//! refute makes a row for each that prints it, and no more.

use std::cmp::Reverse;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use super::finding::{Finding, Passage};
use super::sentences::Sides;
use super::story::Told;
use super::verdict::{Judged, by_relation};
use crate::claim::{Kind, Modality, Polarity, Refutation, Statement};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::shared;
use crate::text::Token;

/// When a sentence affirms what another refutes: `[refuted]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefutedRules {
    /// What the rule does.
    pub about: String,
    /// Least share of the report's content words that the sentence affirms.
    pub share: f64,
    /// Least number of them.
    pub shared: usize,
    /// The same for a report that names nobody.
    pub shared_nameless: usize,
    /// Most refutations of a story that are looked at.
    pub most: usize,
}

/// A sentence that refutes a report.
struct Refuter<'s> {
    at: Mention,
    statement: &'s Statement,
    report: &'s Refutation,
}

/// Sets each document that affirms against the refutation that it says most of.
pub(super) fn findings(story: &Story, sides: &Sides, book: &Book, told: &mut Told) {
    let rules = &book.matching.refuted;
    let refuters: Vec<Refuter> = refuters(story).take(rules.most).collect();
    if refuters.is_empty() {
        return;
    }
    for member in 0..story.members.len() as u32 {
        let affirmed = said_most((story, sides), member, &refuters, book);
        let Some((affirming, refuter)) = affirmed else { continue };
        // Whoever calls anything a hoax may tell what the hoax told.
        let hearsay = sides.refutes(member, &book.matching.negated.refuting);
        if !hearsay && !tells_denial(story, member, refuter.report, rules) {
            told.take(judged(), |judged| finding(story, affirming, refuter, judged));
        }
    }
}

/// All sentences that refute a report, in the order of the story.
fn refuters<'s>(story: &'s Story) -> impl Iterator<Item = Refuter<'s>> {
    let refuter = |at| {
        let statement = story.statement(at);
        Some(Refuter { at, statement, report: statement.refuted.as_deref()? })
    };
    story.statements().filter_map(refuter)
}

/// The sentence of a document that affirms most of a report, with its refutation in another.
fn said_most<'r, 's>(
    (story, sides): (&Story, &Sides),
    member: u32,
    refuters: &'r [Refuter<'s>],
    book: &Book,
) -> Option<(Mention, &'r Refuter<'s>)> {
    let rules = &book.matching.refuted;
    let vouched = |at: &Mention| affirms(story.statement(*at)) && !hangs_on(sides.tokens(*at), book);
    let met = story
        .statements_of(member)
        .filter(vouched)
        .flat_map(|at| refuters.iter().filter(|r| r.at.member != member).map(move |refuter| (at, refuter)));
    let said = met.filter_map(|(at, refuter)| Some((said(story.statement(at), refuter.report, rules)?, at, refuter)));
    said.min_by_key(|(said, at, refuter)| (Reverse(*said), *at, refuter.at)).map(|(_, at, refuter)| (at, refuter))
}

/// Whether an outlet vouches for a sentence itself, and without doubt.
fn affirms(statement: &Statement) -> bool {
    statement.modality == Modality::Reported
        && statement.polarity == Polarity::Affirmed
        && statement.refuted.is_none()
        && !(statement.quoted || statement.claimed)
        && statement.speaker.is_none()
}

/// Whether a sentence tells what somebody says, what would be, or what is so of any.
fn hangs_on(tokens: &[Token], book: &Book) -> bool {
    let rules = book.extract;
    let general = |at: usize| tokens[at].is("such") || rules.refutation.doubts.contains(&tokens[at].norm);
    (0..tokens.len()).any(|at| general(at) || rules.modality.vouches(tokens, at))
}

/// Whether a document tells the denial as well: it takes no side.
fn tells_denial(story: &Story, member: u32, report: &Refutation, rules: &RefutedRules) -> bool {
    let told = |stems: &[u32]| shared(stems, &report.stems) as f64 >= rules.share * report.stems.len() as f64;
    let denies = |statement: &Statement| match &statement.refuted {
        Some(refuted) => told(&refuted.stems),
        None => statement.modality == Modality::Denied && told(&statement.stems),
    };
    story.statements_of(member).any(|at| denies(story.statement(at)))
}

/// How many words of a report a sentence affirms, where they are enough.
fn said(statement: &Statement, report: &Refutation, rules: &RefutedRules) -> Option<usize> {
    let affirmed = |stem: &&u32| statement.affirmed.iter().any(|(word, _)| word == *stem);
    let common = report.stems.iter().filter(affirmed).count();
    let named = shared(&report.names, &statement.names);
    let least = if report.names.is_empty() { rules.shared_nameless } else { rules.shared };
    let enough = common >= least && common as f64 >= rules.share * report.stems.len() as f64;
    (enough && 2 * named >= report.names.len()).then_some(common + named)
}

fn judged() -> Judged {
    let why = "one prints as a fact what the other tells to be not so";
    by_relation(Kind::Negation, Comparison::new(Relation::Incompatible, "refuted", why))
}

fn finding(story: &Story, affirming: Mention, refuter: &Refuter, judged: Judged) -> Finding {
    let value = |at| if at == refuter.at { "not so" } else { "" };
    let passage = |at: Mention, statement| Passage::of_statement(at.member, statement, value(at).to_owned());
    let mut sides = [(affirming, story.statement(affirming)), (refuter.at, refuter.statement)];
    sides.sort_by_key(|(at, _)| *at);
    let [a, b] = sides.map(|(at, statement)| passage(at, statement));
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: CompactString::const_new("statement"),
        a,
        b,
        diff: String::new(),
        rule: judged.rule.into(),
        why: judged.why,
        overtaken: None,
        confidence: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::findings;
    use crate::comparison::Verdict;

    #[test]
    fn what_another_tells_to_be_false_is_contradicted() {
        let refuted = |texts: [&str; 2]| {
            findings(&texts).iter().any(|f| f.verdict == Verdict::Contradicts && f.rule == "refuted")
        };
        let told = "The singer Nils Holm tore up a contract for a tour on Monday. He left Lindham in the evening.";
        let denied = "A rumour that Nils Holm tore up a contract for a tour is false, said his agent Clara Lind.";
        assert!(refuted([told, denied]));
        assert!(refuted([denied, told]));
        for other in [
            "The singer Nils Holm allegedly tore up a contract for a tour on Monday.",
            "The singer Nils Holm signed a contract for a film on Monday.",
            "The singer Nils Holm tore up a contract for a tour on Monday. It was a hoax.",
        ] {
            assert!(!refuted([other, denied]), "{other}");
        }
    }
}

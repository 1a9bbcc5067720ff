//! Two sentences that say nearly the same and were found so by their words alone: a
//! disagreement only when one firm difference stands in otherwise equal surroundings.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::align::{Alignment, align};
use super::difference::{Difference, Finding};
use super::pairing::{Known, Pair};
use super::relate::is_negated;
use super::standing::{both_negate, negates_own, stand_alike};
use super::wording::{WordingRules, rule_id};
use crate::claim::Kind;
use crate::comparison::{Comparison, Relation};
use crate::extract::stamp::is_torn;
use crate::lexicon::{Lexicon, Part};
use crate::rules::Words;
use crate::text::Token;

/// How sentences that were found to be alike are judged; the table `[statement]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Share of weight in common below which nothing is said.
    pub similarity: f64,
    /// Share of weight in common from which a single difference may be a disagreement.
    pub close: f64,
    /// The same for a difference of two words of one kind.
    pub close_words: f64,
    /// Content words in common that a disagreement needs.
    pub shared: usize,
    /// Units of a run that are coupled; longer runs are clauses.
    pub units: usize,
    /// Tokens behind a negation among which "but" corrects it.
    pub corrected: usize,
    /// Words behind a difference among which a sentence ends with who says it.
    pub told: usize,
    /// Least letters of a name that two spellings are known of.
    pub respelt_letters: usize,
    /// Share of letters that two spellings of a name have in common.
    pub respelt: f64,
    /// The same where the first letter and the last agree.
    pub respelt_ends: f64,
    /// Nouns that a report calls many things by: `disease`, `animal`.
    pub general: Words,
    /// Pairs that contradict.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

/// How two statements stand to each other, and what about.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementComparison {
    /// Relation, rule and reason.
    pub comparison: Comparison,
    /// What the deciding difference is about.
    pub kind: Kind,
    /// Chance that the two contradict, between 0 and 1.
    pub risk: f64,
    /// Their alignment.
    pub alignment: Alignment,
    /// The differences in order.
    pub differences: Vec<Finding>,
}

/// Compares two sentences of one story that say nearly the same.
pub fn compare_statements(a: &[Token], b: &[Token], rules: &WordingRules, lexicon: &Lexicon) -> StatementComparison {
    compare_aligned(a, b, align(a, b, &rules.align), rules, lexicon)
}

/// Whether two sentences have too little in common for their words to say anything: what
/// [`compare_aligned`] would find to be `Unknown`, without looking at the differences.
pub fn are_strangers(alignment: &Alignment, rules: &WordingRules) -> bool {
    alignment.containment < rules.statement.similarity
}

/// Compares two sentences that are aligned.
pub fn compare_aligned(
    a: &[Token],
    b: &[Token],
    alignment: Alignment,
    rules: &WordingRules,
    lexicon: &Lexicon,
) -> StatementComparison {
    let known = Known::of(&alignment.runs);
    compare_known(Pair { a, b, rules, lexicon }, alignment, &known)
}

/// The same, where something may be known of the runs already.
pub(super) fn compare_known(pair: Pair, alignment: Alignment, known: &Known) -> StatementComparison {
    let found = known.all(pair, &alignment.runs);
    let Pair { a, b, rules, lexicon } = pair;
    let scene = Scene { a, b, rules, lexicon, alignment: &alignment, found: &found };
    let (relation, decisive, why) = scene.judge();
    let rule = decisive.map_or("statement".to_owned(), rule_id);
    let kind = decisive.map_or(Kind::Statement, |d| scene.kind(d));
    let risk = decisive.map_or(0.0, |d| rules.risk(d));
    StatementComparison { comparison: Comparison { relation, rule, why }, kind, risk, alignment, differences: found }
}

/// The two sentences with what is known of their differences.
struct Scene<'s> {
    a: &'s [Token],
    b: &'s [Token],
    rules: &'s WordingRules,
    lexicon: &'s Lexicon,
    alignment: &'s Alignment,
    found: &'s [Finding],
}

type Judgement = (Relation, Option<Difference>, String);

impl Scene<'_> {
    fn judge(&self) -> Judgement {
        let gravest = self.found.iter().map(|f| f.difference).max();
        if are_strangers(self.alignment, self.rules) {
            return unknown(gravest, "the sentences have too little in common");
        }
        match gravest {
            None => (Relation::Same, None, "the same words".to_owned()),
            Some(d) if self.is_firm_somewhere() => self.judge_firm(d),
            Some(d) if is_foreign(d) => unknown(Some(d), "words differ that may change the subject"),
            Some(d) => (benign(d), Some(d), format!("nothing but {}", rule_id(d).replace('_', " "))),
        }
    }

    /// What the deciding difference is about: a driver and a baker differ in what they are, and in no event.
    fn kind(&self, decisive: Difference) -> Kind {
        let person = |tokens: &[Token]| tokens.last().is_some_and(|t| self.lexicon.topic(&t.norm) == Some("person"));
        let run = self.found.iter().find(|f| f.difference == decisive).map(|f| &f.run);
        let persons = run.is_some_and(|run| person(&self.a[run.a.clone()]) && person(&self.b[run.b.clone()]));
        match decisive {
            Difference::CoHyponym if persons => Kind::Role,
            Difference::Number if run.is_some_and(|run| self.is_of_month(self.a, &run.a)) => Kind::Date,
            Difference::Name if run.is_some_and(|run| self.rules.grammar.is_place(self.a, run.a.start)) => Kind::Place,
            other => other.kind(),
        }
    }

    /// The "22" of "July 22" and of "22 July".
    fn is_of_month(&self, tokens: &[Token], run: &Range<usize>) -> bool {
        let beside = [run.start.checked_sub(1), Some(run.end)].into_iter().flatten();
        beside.filter_map(|at| tokens.get(at)).any(|t| self.rules.grammar.months.contains(&t.norm))
    }

    fn is_firm_somewhere(&self) -> bool {
        self.found.iter().any(|f| self.rules.is_firm(f.difference))
    }

    /// One firm difference and nothing else that could change what is spoken of.
    fn judge_firm(&self, gravest: Difference) -> Judgement {
        let firm: Vec<&Finding> = self.found.iter().filter(|f| self.rules.is_firm(f.difference)).collect();
        let swapped = firm.len() == 2 && firm.iter().all(|f| f.difference == Difference::Swap);
        let (Some(only), true) = (firm.first(), firm.len() == 1 || swapped) else {
            return unknown(Some(gravest), "several things differ at once");
        };
        let foreign = self.found.iter().find(|f| !self.rules.is_firm(f.difference) && is_foreign(f.difference));
        if let Some(foreign) = foreign {
            let what = rule_id(foreign.difference).replace('_', " ");
            return unknown(Some(only.difference), &format!("another difference beside it: {what}"));
        }
        match self.place_objection(only).or_else(|| self.likeness_objection(only)) {
            Some(why) => unknown(Some(only.difference), why),
            None => (Relation::Incompatible, Some(only.difference), self.contrast(only)),
        }
    }

    /// Why the difference says nothing where it stands.
    fn place_objection(&self, only: &Finding) -> Option<&'static str> {
        let torn = || self.is_torn(self.a, &only.run.a) || self.is_torn(self.b, &only.run.b);
        if self.is_added(only) {
            Some("it stands in what only one of them tells")
        } else if only.difference == Difference::Number && torn() {
            Some("a figure is torn")
        } else if only.difference == Difference::Antonym && !self.is_known_antonym(only) {
            Some("opposites in some sense only")
        } else if only.difference == Difference::CoHyponym && self.is_more_general(only) {
            Some("one word may stand for the other")
        } else if is_named(only.difference) && !stand_alike(self.a, self.b, &only.run, self.rules) {
            Some("the names stand in other places of the sentence")
        } else if only.difference == Difference::Negation && self.negates_else(only) {
            Some("it negates what the other does not say, or both negate something")
        } else if self.is_corrected(only) {
            Some("what is negated is told to be something else")
        } else if self.is_attribution(only) || self.is_told_at_end(only) || self.is_beside_quotation(only) {
            Some("it tells who said it, and how")
        } else {
            None
        }
    }

    /// Why the two sentences do not tell of one thing that happened.
    fn likeness_objection(&self, only: &Finding) -> Option<&'static str> {
        let rules = &self.rules.statement;
        let close = if only.difference == Difference::CoHyponym { rules.close_words } else { rules.close };
        let hedges = |t: &&Token| !t.is_capitalised() && self.rules.grammar.hedges.contains(&t.norm);
        let hedged = |tokens: &[Token]| tokens.iter().filter(hedges).count();
        if self.alignment.similarity < close || self.shared() < rules.shared {
            Some("too little in common for a contradiction")
        } else if hedged(self.a) != hedged(self.b) {
            Some("one of them is planned or uncertain")
        } else if is_bearer(only.difference) && self.is_subject(only) {
            Some("another subject with the same predicate")
        } else {
            None
        }
    }

    /// "The disease", "Ebola": whether a word is one that many things go by, or both are verbs.
    fn is_more_general(&self, only: &Finding) -> bool {
        let (Some(x), Some(y)) = (self.a[only.run.a.clone()].last(), self.b[only.run.b.clone()].last()) else {
            return false;
        };
        let verb = |word: &Token| self.lexicon.part(&word.norm) == Some(Part::Verb);
        let general = |word: &Token| self.rules.statement.general.contains(&word.norm);
        !self.lexicon.is_curated(&x.norm, &y.norm) && (verb(x) && verb(y) || general(x) || general(y))
    }

    /// Whether the rules themselves set the two words against each other: WordNet's have many senses, and "he" is no
    /// other sort of person than "woman".
    fn is_known_antonym(&self, only: &Finding) -> bool {
        let (Some(x), Some(y)) = (self.a[only.run.a.clone()].first(), self.b[only.run.b.clone()].first()) else {
            return false;
        };
        self.rules.align.is_content(x) == self.rules.align.is_content(y)
            && (self.lexicon.is_curated(&x.norm, &y.norm)
                || is_negated(&x.norm, &y.norm)
                || is_negated(&y.norm, &x.norm))
    }

    /// Whether the difference stands in a run of several words that the other side has nothing for.
    fn is_added(&self, finding: &Finding) -> bool {
        let holds = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        let run = self.alignment.runs.iter().find(|r| holds(&r.a, &finding.run.a) && holds(&r.b, &finding.run.b));
        let words = |tokens: &[Token]| tokens.iter().filter(|t| t.is_wordlike()).count();
        run.map(|r| (words(&self.a[r.a.clone()]), words(&self.b[r.b.clone()])))
            .is_some_and(|(a, b)| a.min(b) == 0 && a.max(b) > self.rules.quotation.replaced)
    }

    /// Whether the difference stands behind the quotation that both sentences end their saying with.
    fn is_attribution(&self, finding: &Finding) -> bool {
        let closed = |tokens: &[Token]| tokens.iter().rposition(super::is_quotation_mark);
        let behind = |tokens: &[Token], run: &Range<usize>| closed(tokens).is_some_and(|mark| run.start > mark);
        behind(self.a, &finding.run.a) && behind(self.b, &finding.run.b)
    }

    /// Whether the difference stands outside of what both sentences mostly consist of: a quotation, with who says it.
    fn is_beside_quotation(&self, finding: &Finding) -> bool {
        is_outside_of_quotation(self.a, &finding.run.a) && is_outside_of_quotation(self.b, &finding.run.b)
    }

    /// Whether a negation is of words that only one of them has, or one more in two that negate.
    fn negates_else(&self, only: &Finding) -> bool {
        both_negate(self.a, self.b, self.rules)
            || negates_own(self.a, &only.run.a, self.b, self.rules, self.lexicon)
            || negates_own(self.b, &only.run.b, self.a, self.rules, self.lexicon)
    }

    /// "Not one man, but several" beside "several": the negation is of what the other does not say.
    fn is_corrected(&self, finding: &Finding) -> bool {
        let behind = |tokens: &[Token], run: &Range<usize>| {
            let near = run.end..(run.end + self.rules.statement.corrected).min(tokens.len());
            !run.is_empty() && tokens[near].iter().any(|t| self.rules.grammar.adversatives.contains(&t.norm))
        };
        let (left, right) = (behind(self.a, &finding.run.a), behind(self.b, &finding.run.b));
        finding.difference == Difference::Negation && (left || right)
    }

    /// Whether a figure is half of one, or the tail of one that ended the sentence before.
    fn is_torn(&self, tokens: &[Token], run: &Range<usize>) -> bool {
        let near = run.start..(run.end + 2).min(tokens.len());
        let digits = |at: usize| tokens.get(at).is_some_and(|t| t.norm.starts_with(|c: char| c.is_ascii_digit()));
        run.start == 0 && digits(0) || near.clone().any(|at| is_torn(tokens, at))
    }

    /// Whether the difference stands in the few words that end a sentence with who says it.
    fn is_told_at_end(&self, finding: &Finding) -> bool {
        let tail = |tokens: &[Token], run: &Range<usize>| {
            let end = &tokens[run.start..];
            let words = end.iter().filter(|t| t.is_wordlike()).count();
            let said = end.iter().any(|t| self.rules.grammar.sayings.contains(&t.norm));
            (words <= run.len() + self.rules.statement.told, said)
        };
        let (left, right) = (tail(self.a, &finding.run.a), tail(self.b, &finding.run.b));
        left.0 && right.0 && (left.1 || right.1)
    }

    /// Content words in common: those of the wording that keeps fewer.
    fn shared(&self) -> usize {
        let content = |tokens: &[Token]| tokens.iter().filter(|t| self.rules.align.is_content(t)).count();
        let differing = || self.found.iter().filter(|f| f.difference > Difference::Synonym);
        let lost_of_a: usize = differing().map(|f| content(&self.a[f.run.a.clone()])).sum();
        let lost_of_b: usize = differing().map(|f| content(&self.b[f.run.b.clone()])).sum();
        content(self.a).saturating_sub(lost_of_a).min(content(self.b).saturating_sub(lost_of_b))
    }

    /// True when no verb stands before the difference in either sentence, and it is no verb itself.
    fn is_subject(&self, finding: &Finding) -> bool {
        let verb = |tokens: &[Token]| tokens.iter().any(|t| self.is_verb(t));
        if verb(&self.a[finding.run.a.clone()]) || verb(&self.b[finding.run.b.clone()]) {
            return false;
        }
        !verb(&self.a[..finding.run.a.start]) || !verb(&self.b[..finding.run.b.start])
    }

    fn is_verb(&self, token: &Token) -> bool {
        !token.is_capitalised() && self.lexicon.part(&token.norm) == Some(Part::Verb)
    }

    fn contrast(&self, finding: &Finding) -> String {
        let words = |tokens: &[Token]| {
            if tokens.is_empty() {
                return "nothing".to_owned();
            }
            format!("\u{201C}{}\u{201D}", super::spaced(tokens))
        };
        let (left, right) = (words(&self.a[finding.run.a.clone()]), words(&self.b[finding.run.b.clone()]));
        let what = rule_id(finding.difference).replace('_', " ");
        format!("{left} against {right} ({what}) in otherwise equal wording")
    }
}

/// Whether a run stands outside of the one quotation that much of a sentence is.
fn is_outside_of_quotation(tokens: &[Token], run: &Range<usize>) -> bool {
    let mark = |token: &Token| super::is_quotation_mark(token) || token.is("'");
    let (Some(open), Some(close)) = (tokens.iter().position(mark), tokens.iter().rposition(mark)) else { return false };
    3 * (close - open) > tokens.len() && (run.end <= open || run.start > close)
}

fn unknown(decisive: Option<Difference>, why: &str) -> Judgement {
    (Relation::Unknown, decisive, why.to_owned())
}

/// A difference by which the sentence may speak of something else.
fn is_foreign(difference: Difference) -> bool {
    use Difference::*;
    difference >= ClauseCut || matches!(difference, Sibling | Description | Rewording | Abstract | NumberAdded)
}

/// A difference in who or what is spoken of.
fn is_bearer(difference: Difference) -> bool {
    matches!(
        difference,
        Difference::Name | Difference::Place | Difference::Role | Difference::CoHyponym | Difference::Antonym
    )
}

fn is_named(difference: Difference) -> bool {
    matches!(difference, Difference::Name | Difference::Place)
}

/// The relation of two sentences whose gravest difference is no contradiction.
pub(super) fn benign(difference: Difference) -> Relation {
    use Difference::*;
    match difference {
        Punctuation | Spelling | NumberFormat | FunctionWord | Inflection | Reordering | Repetition => Relation::Same,
        NameVariant | Synonym | Akin => Relation::Variant,
        _ => Relation::LessPrecise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    fn compare(left: &str, right: &str) -> StatementComparison {
        let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
        compare_statements(&tokens(left), &tokens(right), WordingRules::embedded(), Lexicon::embedded())
    }

    #[test]
    fn examples_hold() {
        let rules = &WordingRules::embedded().statement;
        let contradicts = |[a, b]: &[String; 2]| compare(a, b).comparison.relation == Relation::Incompatible;
        rules.fires.iter().for_each(|pair| assert!(contradicts(pair), "{pair:?} {:?}", compare(&pair[0], &pair[1])));
        rules.silent.iter().for_each(|pair| assert!(!contradicts(pair), "{pair:?}"));
    }
}

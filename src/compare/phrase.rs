//! One clause that two sentences both print, but for a word.
//!
//! Two outlets word most of a sentence each in its own way and still print one clause of it alike: "the first call came
//! from a taxi driver, who had seen sparks" beside "the first call came from a baker on his way to work". Around each
//! run in which they differ lies what both print without a gap; where that begins a clause and says enough, it is
//! judged with the run as if it were all they said.

mod hard;
mod judge;
mod opening;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::align::{Alignment, Run};
use super::pairing::Known;
use super::statement::StatementComparison;
use super::wording::WordingRules;
use super::{Rules, is_quotation_mark};
use crate::lexicon::Lexicon;
use crate::normalise::place::Gazetteer;
use crate::rules::Words;
use crate::text::{Token, TokenKind};
use hard::Hard;
use opening::Clauses;
pub use opening::Openings;

/// When a clause that two sentences share is judged by itself: `[phrase]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseRules {
    /// What the rule does.
    pub about: String,
    /// Least number of content words that both print around the difference.
    pub shared: usize,
    /// The same for a negation.
    pub shared_negated: usize,
    /// Content words around two nouns by which another noun is another thing.
    pub strong: usize,
    /// Most tokens of either side of a difference inside the clause.
    pub inside: usize,
    /// Words that begin a clause, behind which its subject stands.
    pub openers: Words,
    /// Words that end the phrase which a clause ends with.
    pub ends: Words,
    /// Words in front of where something goes: `to`, `into`.
    pub destinations: Words,
    /// Words before a noun and what describes it.
    pub determiners: Words,
    /// Words by which what is negated may come yet: `yet`.
    pub pending: Words,
    /// Words before a clause that nobody vouches for: `denied`, `whether`.
    pub doubts: Words,
    /// Words for somebody's telling, whose day is nothing else's: `announced`.
    pub tellings: Words,
    /// Words that point back to somebody: whom, the clause does not tell.
    pub pronouns: Words,
    /// Pairs of sentences that contradict by a clause.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

/// The first clause that both print and that contradicts, with its differences where they stand in the sentences.
pub fn compare_phrases(
    (a, b): (&[Token], &[Token]),
    alignment: &Alignment,
    rules: &Rules,
    knowledge: (&Lexicon, &Gazetteer),
) -> Option<StatementComparison> {
    compare_known_phrases((a, b), (alignment, &Known::of(&alignment.runs)), rules, knowledge)
}

/// The same, where something may be known of the runs already.
pub(super) fn compare_known_phrases(
    (a, b): (&[Token], &[Token]),
    (alignment, known): (&Alignment, &Known),
    rules: &Rules,
    (lexicon, gazetteer): (&Lexicon, &Gazetteer),
) -> Option<StatementComparison> {
    let pair = Pair { a, b, alignment, known, rules, lexicon, gazetteer };
    let may_tell = |at: &usize| pair.may_tell(&alignment.runs[*at]);
    let telling: Vec<usize> = (0..alignment.runs.len()).filter(may_tell).collect();
    let hard = Hard::new(&pair);
    let opens = |at: &&usize| pair.may_say_enough(&alignment.runs[**at]) && hard.is(**at);
    let clauses = telling.iter().filter(opens).filter_map(|at| pair.clause(&hard, *at));
    clauses.filter_map(|clause| pair.judge(&clause)).next().or_else(|| pair.apposed(&hard, &telling))
}

/// What both sentences print around a run, with the run.
struct Clause {
    whole: Run,
    run: Run,
    /// Content words that both print on either side of the run; none where it ends the clause.
    shared: usize,
}

struct Pair<'p> {
    a: &'p [Token],
    b: &'p [Token],
    alignment: &'p Alignment,
    known: &'p Known,
    rules: &'p Rules,
    lexicon: &'p Lexicon,
    gazetteer: &'p Gazetteer,
}

impl Pair<'_> {
    fn wording(&self) -> &WordingRules {
        &self.rules.wording
    }

    fn limits(&self) -> &PhraseRules {
        &self.rules.phrase
    }

    fn clauses(&self) -> Clauses<'_> {
        Clauses { rules: self.rules, lexicon: self.lexicon }
    }

    /// Whether a clause begins in front of a run, or a comma sets it off: most runs have neither, and what differs in
    /// them need not be asked.
    fn may_tell(&self, run: &Run) -> bool {
        self.is_set_off(run) || self.opening(0..run.a.start, 0..run.b.start).is_some()
    }

    /// Commas stand on either side of a run that has words on both.
    fn is_set_off(&self, run: &Run) -> bool {
        let comma = |tokens: &[Token], at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is(","));
        let within = |tokens: &[Token], run: &Range<usize>| {
            !run.is_empty() && comma(tokens, run.start.checked_sub(1)) && comma(tokens, Some(run.end))
        };
        within(self.a, &run.a) && within(self.b, &run.b)
    }

    /// False where a clause that holds a run says too little, even if nothing else in it differed: most are of that sort,
    /// and what differs in them need not be asked.
    fn may_say_enough(&self, run: &Run) -> bool {
        let Some(start) = self.opening(0..run.a.start, 0..run.b.start) else { return false };
        let most = (self.a.len(), self.b.len());
        let shared = self.shared(run, start, most);
        let ends_with = || self.ends_of_phrase(run).is_some();
        self.says_enough(run, start, shared)
            && !self.is_unvouched(start, (run.a.end, run.b.end))
            && (shared.1 > 0 && self.is_short(run) || ends_with())
    }

    /// The stretches on either side that hold the run and what both print around it, where they say enough.
    fn clause(&self, hard: &Hard, at: usize) -> Option<Clause> {
        let run = hard.run(at);
        let from = hard.before(at).map_or((0, 0), |before| (before.a.end, before.b.end));
        let start = self.opening(from.0..run.a.start, from.1..run.b.start)?;
        let to = hard.behind(at).map_or((self.a.len(), self.b.len()), |next| (next.a.start, next.b.start));
        let shared = self.shared(run, start, to);
        if !self.says_enough(run, start, shared) || self.is_unvouched(start, to) {
            return None;
        }
        let (before, behind) = shared;
        if behind > 0 {
            let end = |tokens: &[Token], range: Range<usize>| self.clause_end(tokens, range);
            let ends = (end(self.a, run.a.end..to.0), end(self.b, run.b.end..to.1));
            let whole = Run { a: start.0..ends.0, b: start.1..ends.1 };
            let shared = if behind > 1 { before + behind } else { 0 };
            return self.is_short(run).then(|| Clause { whole, run: run.clone(), shared });
        }
        let ends = self.ends_of_phrase(run)?;
        let whole = Run { a: start.0..ends.0, b: start.1..ends.1 };
        Some(Clause { whole, run: run.clone(), shared: 0 })
    }

    /// Content words before a run from where its clause begins, and those behind it up to where that ends, before `to`.
    fn shared(&self, run: &Run, start: (usize, usize), to: (usize, usize)) -> (usize, usize) {
        let behind = run.a.end..self.clause_end(self.a, run.a.end..to.0);
        (self.content(&self.a[start.0..run.a.start]), self.content(&self.a[behind]))
    }

    /// Whether so many content words before and behind a run say enough, and somebody vouches for the clause.
    fn says_enough(&self, run: &Run, start: (usize, usize), (before, behind): (usize, usize)) -> bool {
        let negation = self.is_negation(run);
        let least = if negation { self.limits().shared_negated } else { self.limits().shared };
        let named = behind > 0 || !negation;
        let doubted = || self.is_doubted(self.a, start.0) || self.is_doubted(self.b, start.1);
        before > 0 && before + behind >= least && named && !doubted() && !self.is_range(run)
    }

    /// Whether what lies between the beginning and the end of a clause is quoted on either side.
    fn is_unvouched(&self, start: (usize, usize), to: (usize, usize)) -> bool {
        is_quoted(self.a, start.0..to.0) || is_quoted(self.b, start.1..to.1)
    }

    fn is_short(&self, run: &Run) -> bool {
        run.a.len().max(run.b.len()) <= self.limits().inside
    }

    /// Where the first phrases of a run end, where both have one that is short.
    fn ends_of_phrase(&self, run: &Run) -> Option<(usize, usize)> {
        let ends = (self.phrase_end(self.a, &run.a), self.phrase_end(self.b, &run.b));
        (ends.0 > run.a.start && ends.1 > run.b.start).then_some(ends)
    }

    /// Where the clause begins in which two stretches end that are equal but for an owner, "the *yard's* ship": nothing
    /// where they do not hold its beginning.
    fn opening(&self, a: Range<usize>, b: Range<usize>) -> Option<(usize, usize)> {
        let (mut i, mut j) = (a.end, b.end);
        while i > a.start && j > b.start {
            let (x, y) = (&self.a[i - 1], &self.b[j - 1]);
            let owned = |token: &Token| token.kind == TokenKind::Possessive;
            match (x.norm == y.norm, owned(x), owned(y)) {
                (true, ..) => (i, j) = (i - 1, j - 1),
                (false, true, false) => i = self.before_owner(self.a, i - 1),
                (false, false, true) => j = self.before_owner(self.b, j - 1),
                _ => return None,
            }
            let clauses = self.clauses();
            let opens = clauses.opens(self.a, i) && clauses.opens(self.b, j);
            let told = |tokens: &[Token]| clauses.subject(tokens).is_some();
            if opens && told(&self.a[i..a.end]) && told(&self.b[j..b.end]) {
                return Some((i, j));
            }
        }
        None
    }

    /// Where the name begins that ends before the possessive at `at`.
    fn before_owner(&self, tokens: &[Token], at: usize) -> usize {
        let named = |token: &Token| token.is_capitalised() && self.wording().align.is_content(token);
        (0..at).rev().take_while(|at| named(&tokens[*at])).last().unwrap_or(at)
    }

    /// "35 to 40" beside "30 to 40".
    fn is_range(&self, run: &Run) -> bool {
        let number = |at: usize| self.a.get(at).is_some_and(|t| t.kind == TokenKind::Number);
        let near = run.a.start.saturating_sub(2)..run.a.start;
        number(run.a.end) || number(run.a.end + 1) || near.into_iter().any(number)
    }

    /// "Denied that the …", "asked whether the …": nobody vouches for the clause.
    fn is_doubted(&self, tokens: &[Token], start: usize) -> bool {
        const NEAR: usize = 4;
        tokens[start.saturating_sub(NEAR)..start].iter().any(|t| self.limits().doubts.contains(&t.norm))
    }

    fn content(&self, tokens: &[Token]) -> usize {
        self.clauses().content(tokens)
    }

    /// Where a mark ends the clause.
    fn clause_end(&self, tokens: &[Token], range: Range<usize>) -> usize {
        range.clone().find(|at| tokens[*at].kind == TokenKind::Mark).unwrap_or(range.end)
    }

    /// Where the first phrase of a run ends.
    fn phrase_end(&self, tokens: &[Token], run: &Range<usize>) -> usize {
        let ends = |at: &usize| tokens[*at].kind == TokenKind::Mark || self.limits().ends.contains(&tokens[*at].norm);
        let end = run.clone().skip(1).find(ends).unwrap_or(run.end);
        if end - run.start <= self.limits().inside { end } else { run.start }
    }

    fn is_negation(&self, run: &Run) -> bool {
        let negates = |tokens: &[Token]| tokens.iter().any(|t| self.wording().grammar.negates(t));
        negates(&self.a[run.a.clone()]) != negates(&self.b[run.b.clone()])
    }
}

/// Whether a stretch of a sentence stands in quotation marks, or holds one.
fn is_quoted(tokens: &[Token], stretch: Range<usize>) -> bool {
    let before = tokens[..stretch.start].iter().filter(|t| is_quotation_mark(t)).count();
    before % 2 == 1 || tokens[stretch].iter().any(is_quotation_mark)
}

/// A part of a name in the possessive.
fn is_owner(token: &Token) -> bool {
    token.is_capitalised() || token.kind == TokenKind::Possessive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::align::align;
    use crate::compare::vocabulary::Wording;
    use crate::compare::words;
    use crate::rules::RuleBook;

    #[test]
    fn only_sentences_that_share_no_clause_are_turned_away() {
        let rules = &RuleBook::load(None).unwrap().compare;
        let may_share = |[a, b]: [&str; 2]| {
            let (a, b) = (words(a), words(b));
            let openings =
                |tokens| Openings::of(&Wording::new(tokens, &rules.wording.align), rules, Lexicon::embedded());
            let (x, y) = (openings(&a), openings(&b));
            assert_eq!(x.may_share(&y), y.may_share(&x));
            x.may_share(&y)
        };
        for [a, b] in &rules.phrase.fires {
            assert!(may_share([a, b]), "{a} / {b}");
        }
        // An owner that begins no clause is in nobody's way.
        assert!(!may_share(["The storm took the roof of Olsen's yard.", "A crane fell on the harbour master's car."]));
        // What an owner has begins like what nobody has, and like nothing else.
        assert!(may_share(["The Olsen's ferry sank in the storm.", "The ferry was lost."]));
        assert!(!may_share(["The Olsen's ferry sank in the storm.", "The crane was lost."]));
        // Nobody is named anew where the other sentence sets off no name.
        assert!(!may_share(["The ferry's captain, Karl Olsen, was rescued.", "A crane, red, fell, as a nurse saw."]));
    }

    #[test]
    fn either_side_may_come_first() {
        let rules = &RuleBook::load(None).unwrap().compare;
        let known = (Lexicon::embedded(), Gazetteer::builtin());
        for [a, b] in rules.phrase.fires.iter().chain(&rules.phrase.silent) {
            let (a, b) = (words(a), words(b));
            let there = compare_phrases((&a, &b), &align(&a, &b, &rules.wording.align), rules, known);
            let back = compare_phrases((&b, &a), &align(&b, &a, &rules.wording.align), rules, known);
            assert_eq!(there.is_some(), back.is_some());
        }
        let fires = |[a, b]: &[String; 2]| {
            let (a, b) = (words(a), words(b));
            compare_phrases((&a, &b), &align(&a, &b, &rules.wording.align), rules, known).is_some()
        };
        assert!(rules.phrase.fires.iter().all(fires) && !rules.phrase.silent.iter().any(fires));
    }
}

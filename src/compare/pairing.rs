//! Sets the units of differing runs against one another, so that each difference stands alone.

use std::cell::OnceCell;
use std::ops::Range;

use super::align::Run;
use super::are_ordered;
use super::difference::{Difference, Finding};
use super::figure::{self, Figure};
use super::settle::settle;
use super::unit::{Reader, Unit, UnitKind};
use super::wording::WordingRules;
use crate::lexicon::{Lexicon, Part};
use crate::text::{Token, TokenKind};

/// Two wordings with all that is needed to compare them.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    pub a: &'p [Token],
    pub b: &'p [Token],
    pub rules: &'p WordingRules,
    pub lexicon: &'p Lexicon,
}

/// A difference with the units it was found in.
#[derive(Clone, Debug)]
pub(super) struct Paired {
    pub run: Run,
    pub difference: Difference,
    pub left: Option<Unit>,
    pub right: Option<Unit>,
}

impl From<Paired> for Finding {
    fn from(paired: Paired) -> Self {
        Self { run: paired.run, difference: paired.difference }
    }
}

/// The differences of all runs, those taken back that another run explains.
pub fn all(a: &[Token], b: &[Token], runs: &[Run], rules: &WordingRules, lexicon: &Lexicon) -> Vec<Finding> {
    Known::of(runs).all(Pair { a, b, rules, lexicon }, runs)
}

/// What each differing run of two wordings holds, looked into once: a run is asked for by itself, and again with all others.
#[derive(Debug)]
pub(super) struct Known(Vec<OnceCell<Vec<Paired>>>);

impl Known {
    /// Nothing is looked into yet.
    pub fn of(runs: &[Run]) -> Self {
        Self(vec![OnceCell::new(); runs.len()])
    }

    fn run(&self, pair: Pair, runs: &[Run], at: usize) -> &[Paired] {
        self.0[at].get_or_init(|| pair.paired(&runs[at]))
    }

    /// Whether one run by itself changes nothing of what is said: what is looked at together with others makes no more of
    /// such differences.
    pub fn is_harmless(&self, pair: Pair, runs: &[Run], at: usize) -> bool {
        self.run(pair, runs, at).iter().all(|paired| paired.difference <= Difference::Synonym)
    }

    /// The differences of one run, as if there were no other.
    pub fn alone(&self, pair: Pair, runs: &[Run], at: usize) -> Vec<Finding> {
        settled(pair, self.run(pair, runs, at).to_vec())
    }

    /// The differences of all runs, those taken back that another run explains.
    pub fn all(&self, pair: Pair, runs: &[Run]) -> Vec<Finding> {
        settled(pair, (0..runs.len()).flat_map(|at| self.run(pair, runs, at)).cloned().collect())
    }
}

fn settled(pair: Pair, mut found: Vec<Paired>) -> Vec<Finding> {
    settle(&pair, &mut found);
    found.iter_mut().filter(|paired| is_printed(&pair, paired)).for_each(|p| p.difference = Difference::NumberAdded);
    found.iter_mut().filter(|paired| is_named_too(&pair, paired)).for_each(|p| p.difference = Difference::NameAdded);
    found.into_iter().map(Finding::from).collect()
}

/// A figure that the other wording prints as often, beside one that it does not: "winds of 38 knots, gusting to 52" and
/// "winds of 52 knots". Two that both print are swapped; of "two men beside two women", "two men beside six women"
/// keeps but one.
fn is_printed(pair: &Pair, paired: &Paired) -> bool {
    let figure = |unit: &Option<Unit>| match unit.as_ref().map(|unit| unit.kind) {
        Some(UnitKind::Number(figure, _)) => Some(figure),
        _ => None,
    };
    let times = |tokens: &[Token], figure: &Figure| {
        let at = |at: &usize| figure::read(&tokens[*at..]).is_some_and(|(found, _)| found.same(figure));
        (0..tokens.len()).filter(at).count()
    };
    let (Some(x), Some(y)) = (figure(&paired.left), figure(&paired.right)) else { return false };
    let keeps = |figure: &Figure, own: &[Token], other: &[Token]| times(other, figure) >= times(own, figure);
    paired.difference == Difference::Number && keeps(&x, pair.a, pair.b) != keeps(&y, pair.b, pair.a)
}

/// A name that the other wording prints as well, beside one that it does not: "an Oregon bank" and "a Coast Bank in
/// Woodburn, Oregon"; or one that it prints by its initials.
fn is_named_too(pair: &Pair, paired: &Paired) -> bool {
    let name = |unit: &Option<Unit>| unit.as_ref().filter(|unit| unit.kind == UnitKind::Name).map(|u| u.text.clone());
    let (Some(x), Some(y)) = (name(&paired.left), name(&paired.right)) else { return false };
    let named = matches!(paired.difference, Difference::Name | Difference::Place);
    named && prints(pair.b, &x) != prints(pair.a, &y)
}

/// Whether a wording has each word of a name, or its initials.
fn prints(tokens: &[Token], name: &str) -> bool {
    let has = |word: &str| tokens.iter().any(|token| token.norm.eq_ignore_ascii_case(word) && token.is_capitalised());
    let initials: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
    name.split(' ').all(has) || initials.chars().count() > 1 && has(&initials)
}

impl<'p> Pair<'p> {
    pub fn reader(&self) -> Reader<'p> {
        Reader { grammar: &self.rules.grammar, align: &self.rules.align, lexicon: self.lexicon }
    }

    fn paired(&self, run: &Run) -> Vec<Paired> {
        if let Some(difference) = self.whole(run) {
            return vec![Paired { run: run.clone(), difference, left: None, right: None }];
        }
        let left = self.reader().units(self.a, run.a.clone());
        let right = self.reader().units(self.b, run.b.clone());
        if left.is_empty() && right.is_empty() {
            let difference = Difference::FunctionWord;
            return vec![Paired { run: run.clone(), difference, left: None, right: None }];
        }
        self.couple(run, left, right)
    }

    /// What the run is as a whole: marks, one spelling in two cuts, a bracketed or elided part.
    fn whole(&self, run: &Run) -> Option<Difference> {
        let (left, right) = (&self.a[run.a.clone()], &self.b[run.b.clone()]);
        let wordlike = |tokens: &[Token]| tokens.iter().any(Token::is_wordlike);
        let marked = |mark: &str| left.iter().chain(right).any(|t| t.is(mark));
        match (wordlike(left), wordlike(right)) {
            (false, false) => Some(Difference::Punctuation),
            (true, true) => {
                let masked = is_masked((self.a, &run.a), right) || is_masked((self.b, &run.b), left);
                (masked || letters(left).eq(letters(right))).then_some(Difference::Spelling)
            }
            _ if marked("[") && marked("]") => Some(Difference::Insertion),
            _ if marked("\u{2026}") => Some(Difference::Ellipsis),
            _ => None,
        }
    }

    /// Pairs units in order by the strongest relations, then joins what stays single.
    fn couple(&self, run: &Run, left: Vec<Unit>, right: Vec<Unit>) -> Vec<Paired> {
        if let ([x], [y]) = (&left[..], &right[..])
            && self.stands_for_number(x, y)
        {
            let (left, right) = (Some(x.clone()), Some(y.clone()));
            return vec![Paired { run: run.clone(), difference: Difference::Content, left, right }];
        }
        let known = vec![OnceCell::new(); left.len() * right.len()];
        let relate = |i: usize, j: usize| -> Option<(u32, Difference)> {
            *known[i * right.len() + j].get_or_init(|| self.relate(&left[i], &right[j]))
        };
        let score = |i, j| relate(i, j).map_or(0, |r| r.0);
        let couples = self.best_couples(run, left.len(), right.len(), score);
        let mut found: Vec<Paired> = Vec::new();
        for (i, j) in couples {
            let (x, y) = (i.map(|i| &left[i]), j.map(|j| &right[j]));
            let difference = match (x, y) {
                (Some(_), Some(_)) => i.zip(j).and_then(|(i, j)| relate(i, j)).map_or(Difference::Content, |r| r.1),
                (Some(single), None) => self.single(self.a, self.b, single, run.b.start),
                (None, Some(single)) => self.single(self.b, self.a, single, run.a.start),
                (None, None) => continue,
            };
            let place = |unit: Option<&Unit>, of: &Range<usize>| unit.map_or(of.start..of.start, |u| u.tokens.clone());
            let at = Run { a: place(x, &run.a), b: place(y, &run.b) };
            found.push(Paired { run: at, difference, left: x.cloned(), right: y.cloned() });
        }
        found
    }

    /// The same couples come out when the wordings change places: among equally good ones, those of the lesser run
    /// against the greater are taken.
    fn best_couples(
        &self,
        run: &Run,
        left: usize,
        right: usize,
        score: impl Fn(usize, usize) -> u32,
    ) -> Vec<(Option<usize>, Option<usize>)> {
        let most = self.rules.statement.units;
        if left < right || left == right && are_ordered(&self.a[run.a.clone()], &self.b[run.b.clone()]) {
            return best_couples(left, right, score, most);
        }
        let turned = best_couples(right, left, |j, i| score(i, j), most);
        turned.into_iter().map(|(j, i)| (i, j)).collect()
    }

    /// What a unit is that the other wording has nothing for.
    fn single(&self, tokens: &[Token], other: &[Token], unit: &Unit, at: usize) -> Difference {
        match unit.kind {
            UnitKind::Negation => Difference::Negation,
            UnitKind::Particle => Difference::FunctionWord,
            UnitKind::Number(..) if unit.text == "one" => Difference::FunctionWord,
            UnitKind::Name if beside_name(tokens, unit) && beside_equal(tokens, other, unit, at) => {
                Difference::NameVariant
            }
            UnitKind::Name => Difference::NameAdded,
            UnitKind::Role => Difference::Modifier,
            UnitKind::Word if self.is_describing(unit) => Difference::Modifier,
            UnitKind::Word => Difference::Addition,
            _ => Difference::NumberAdded,
        }
    }

    /// "A coalition of fear", "a coalition of four": a noun or verb in the one place where the other has a number.
    fn stands_for_number(&self, x: &Unit, y: &Unit) -> bool {
        let word = |unit: &Unit| unit.kind == UnitKind::Word && !self.is_describing(unit);
        let number = |unit: &Unit| matches!(unit.kind, UnitKind::Number(..)) && unit.text != "one";
        word(x) && number(y) || number(x) && word(y)
    }

    fn is_describing(&self, unit: &Unit) -> bool {
        matches!(self.lexicon.part(&unit.text), Some(Part::Adjective | Part::Adverb))
    }
}

/// All letters and digits of some tokens in a row.
fn letters(tokens: &[Token]) -> impl Iterator<Item = char> + '_ {
    let letters = tokens.iter().filter(|t| t.is_wordlike()).flat_map(|t| t.norm.chars());
    // "I NEVER told him", "I never told him".
    letters.filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase())
}

/// True when a word is `right` with letters that an outlet does not print: `d***n`, or broken off, `d--- fool` for
/// `damned fool`, where the dash may be common to both.
fn is_masked((tokens, run): (&[Token], &Range<usize>), right: &[Token]) -> bool {
    let mark = |token: &Token| !token.norm.is_empty() && token.norm.chars().all(|c| c == '*' || c == '-');
    let behind = tokens[run.end..].iter().take_while(|token| mark(token)).count();
    let ([first, tail @ ..], [whole, rest @ ..]) = (&tokens[run.start..run.end + behind], right) else { return false };
    let open = |tail: &[Token]| tail.iter().all(|t| !t.is_wordlike() || t.norm.starts_with('*'));
    let broken = first.norm.chars().count() == 1 || tail.iter().any(|token| token.norm.starts_with('*'));
    let masked = broken && tail.first().is_some_and(|token| mark(token) || token.norm.starts_with('*'));
    // Stars that end a quotation are no part of it: "son of a b".
    let masked = masked || broken && tail.is_empty() && whole.norm.contains('*');
    masked && first.is_wordlike() && whole.norm.starts_with(first.norm.as_str()) && open(rest)
}

/// True when a name continues before or behind the unit.
fn beside_name(tokens: &[Token], unit: &Unit) -> bool {
    let name = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.is_capitalised());
    name(unit.tokens.end) || unit.tokens.start.checked_sub(1).is_some_and(name)
}

/// True when the token beside the unit stands at the same place of the other wording.
fn beside_equal(tokens: &[Token], other: &[Token], unit: &Unit, at: usize) -> bool {
    let equal = |i: Option<usize>, j: Option<usize>| {
        let pair = i.and_then(|i| tokens.get(i)).zip(j.and_then(|j| other.get(j)));
        pair.is_some_and(|(x, y)| x.norm == y.norm && x.is_capitalised())
    };
    equal(Some(unit.tokens.end), Some(at)) || equal(unit.tokens.start.checked_sub(1), at.checked_sub(1))
}

/// Units of both sides in order, each with its counterpart or alone, so that the scores of the
/// couples add up to the most. Beyond `most` units a side nothing is coupled.
fn best_couples(
    left: usize,
    right: usize,
    score: impl Fn(usize, usize) -> u32,
    most: usize,
) -> Vec<(Option<usize>, Option<usize>)> {
    let width = right + 1;
    let mut best = vec![0; (left + 1) * width];
    let mut pairs = vec![0; left * right];
    if left.max(right) <= most {
        for i in (0..left).rev() {
            for j in (0..right).rev() {
                let coupled = score(i, j);
                pairs[i * right + j] = coupled;
                let couple = if coupled > 0 { best[(i + 1) * width + j + 1] + coupled } else { 0 };
                best[i * width + j] = couple.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
            }
        }
    }
    trace(left, right, &best, &pairs)
}

fn trace(rows: usize, columns: usize, best: &[u32], pairs: &[u32]) -> Vec<(Option<usize>, Option<usize>)> {
    let width = columns + 1;
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::with_capacity(rows.max(columns));
    while i < rows || j < columns {
        let coupled = i < rows
            && j < columns
            && pairs[i * columns + j] > 0
            && best[i * width + j] == best[(i + 1) * width + j + 1] + pairs[i * columns + j];
        if coupled {
            found.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if i < rows && (j == columns || best[i * width + j] == best[(i + 1) * width + j]) {
            found.push((Some(i), None));
            i += 1;
        } else {
            found.push((None, Some(j)));
            j += 1;
        }
    }
    found
}

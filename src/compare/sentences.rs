//! The sentences of one story, compared as wholes: what says nearly the same, word by word.

use std::cell::OnceCell;
use std::ops::Range;

use compact_str::CompactString;

use super::align::{Alignment, align_wordings, show};
use super::finding::{Finding, Passage};
use super::market;
use super::negated::is_negated;
use super::overlap::compare_overlap;
use super::pairing::{Known, Pair};
use super::phrase::{Openings, compare_known_phrases};
use super::standing::{negates_twice, opposes_by_prefix};
use super::statement::{StatementComparison, are_strangers, compare_known};
use super::story::Told;
use super::verdict::{Judged, by_relation, judge_statements};
use super::vocabulary::Wording;
use super::{Book, is_quotation_mark, refuted, words};
use crate::claim::{Kind, Modality, Statement};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::statement_pairs;
use crate::matching::phrases::phrase_pairs;
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// Judges the pairs of sentences that share enough.
pub(super) fn findings(story: &Story, book: &Book, told: &mut Told) {
    let (rules, phrases) = (&book.compare.wording.align, &book.matching.phrase);
    let pairs = statement_pairs(story, &book.matching.pairs, &book.matching.negated, &mut told.cut);
    let tokens: Vec<Vec<Token>> = story.statements().map(|m| words(&story.statement(m).text)).collect();
    let sides = Sides::new(story, &tokens, book);
    let rows =
        sides.all.iter().flat_map(|side| side.wording.rows(phrases.row, phrases.content).map(|row| (row, side.at)));
    let mut others = phrase_pairs(story, rows.collect(), phrases);
    others.retain(|pair| pairs.binary_search(pair).is_err());
    for (a, b) in others {
        let (a, b) = (sides.of(a), sides.of(b));
        if a.may_share_clause(b, book) {
            let alignment = align_wordings(&a.wording, &b.wording, rules);
            take_phrase(&sides, (a, b), (&alignment, &Known::of(&alignment.runs)), book, told);
        }
    }
    for (a, b) in pairs {
        take(&sides, sides.of(a), sides.of(b), book, told);
    }
    refuted::findings(story, &sides, book, told);
}

/// Judges two sentences by a clause that both print, or else as wholes.
fn take(sides: &Sides, a: &Side, b: &Side, book: &Book, told: &mut Told) {
    let wording = &book.compare.wording;
    let alignment = align_wordings(&a.wording, &b.wording, &wording.align);
    let pair = Pair { a: a.wording.tokens, b: b.wording.tokens, rules: wording, lexicon: book.lexicon };
    let known = Known::of(&alignment.runs);
    let compare = |alignment| compare_known(pair, alignment, &known);
    if a.may_share_clause(b, book) && take_phrase(sides, (a, b), (&alignment, &known), book, told) {
        return;
    }
    if are_strangers(&alignment, wording) {
        let judged = sustained(sides, a, b, self::judged(a, b, None, book), book);
        told.take(judged, |judged| finding(a, b, judged, &compare(alignment)));
    } else {
        let compared = compare(alignment);
        let judged = sustained(sides, a, b, self::judged(a, b, Some(&compared), book), book);
        told.take(judged, |judged| finding(a, b, judged, &compared));
    }
}

/// Takes a clause by which the two contradict; whether there is one.
fn take_phrase(
    sides: &Sides,
    (a, b): (&Side, &Side),
    aligned: (&Alignment, &Known),
    book: &Book,
    told: &mut Told,
) -> bool {
    let tokens = (a.wording.tokens, b.wording.tokens);
    let compared = compare_known_phrases(tokens, aligned, book.compare, (book.lexicon, book.gazetteer));
    let Some(compared) = compared else { return false };
    let judged = sustained(sides, a, b, by_relation(compared.kind, compared.comparison.clone()), book);
    told.take(judged, |judged| finding(a, b, judged, &compared));
    true
}

/// A statement with its place, its words, and what is asked of it for each that it is set against.
struct Side<'s> {
    at: Mention,
    statement: &'s Statement,
    wording: Wording<'s>,
    /// Whether its outlet vouches for it in words of its own.
    vouched: bool,
    openings: OnceCell<Openings>,
}

impl<'s> Side<'s> {
    fn new(at: Mention, statement: &'s Statement, wording: Wording<'s>) -> Self {
        // A sentence inside a quotation of several has no mark of its own, and is its speaker's.
        let vouched = !statement.quoted || wording.tokens.iter().any(is_quotation_mark);
        Self { at, statement, wording, vouched, openings: OnceCell::new() }
    }

    /// False where no clause can be that both outlets print in words of their own.
    fn may_share_clause(&self, other: &Self, book: &Book) -> bool {
        self.vouched && other.vouched && self.openings(book).may_share(other.openings(book))
    }

    fn openings(&self, book: &Book) -> &Openings {
        self.openings.get_or_init(|| Openings::of(&self.wording, book.compare, book.lexicon))
    }
}

/// All statements of a story.
pub(super) struct Sides<'s> {
    all: Vec<Side<'s>>,
    /// The place of each document's first.
    first: Vec<usize>,
}

impl<'s> Sides<'s> {
    /// Reads the words of each statement once; `tokens` are in the order of the story.
    fn new(story: &'s Story, tokens: &'s [Vec<Token>], book: &'s Book) -> Self {
        let rules = &book.compare.wording.align;
        let side =
            |(at, tokens): (Mention, &'s Vec<Token>)| Side::new(at, story.statement(at), Wording::new(tokens, rules));
        let first = story.members.iter().scan(0, |next, member| {
            let first = *next;
            *next += member.statements.len();
            Some(first)
        });
        Self { first: first.collect(), all: story.statements().zip(tokens).map(side).collect() }
    }

    /// The words of a statement.
    pub fn tokens(&self, at: Mention) -> &'s [Token] {
        self.of(at).wording.tokens
    }

    fn of(&self, at: Mention) -> &Side<'s> {
        &self.all[self.first[at.member as usize] + at.claim as usize]
    }

    /// Whether a document calls anything it reports a hoax, a rumour, or false. Whoever writes that a hoax "said the singer
    /// was dead" affirms nothing, and that it was a hoax stands in another sentence.
    pub fn refutes(&self, member: u32, refuting: &Words) -> bool {
        let own = self.all[self.first[member as usize]..].iter().take_while(|side| side.at.member == member);
        own.flat_map(|side| side.wording.tokens).any(|token| refuting.contains(&token.norm))
    }
}

/// Judges two statements by how their words compare; `None` for words that say nothing.
fn judged(a: &Side, b: &Side, compared: Option<&StatementComparison>, book: &Book) -> Judged {
    // What does not contradict word by word may still support, and only in so far as content is shared.
    let negated =
        is_negated(a.statement, b.statement, &book.matching.negated) && is_firm(a.statement) && is_firm(b.statement);
    let (kind, comparison) = match compared.map(|c| (c.comparison.relation, c)) {
        _ if negated => {
            let why = "one affirms what the other negates";
            (Kind::Negation, Comparison::new(Relation::Incompatible, "negated", why))
        }
        Some((Relation::Incompatible, compared))
            if compared.comparison.rule == WEEKDAY && [a, b].iter().all(|side| is_day_of_telling(side, book)) =>
        {
            let why = "the days on which somebody spoke: he may have done so on both";
            return Judged::not_comparable(compared.kind, WEEKDAY, why);
        }
        Some((Relation::Incompatible, compared)) => (compared.kind, compared.comparison.clone()),
        Some((Relation::Same, compared)) => (Kind::Statement, compared.comparison.clone()),
        _ => (Kind::Statement, compare_overlap(a.statement, b.statement, &book.compare.overlap)),
    };
    if negated { by_relation(kind, comparison) } else { judge_statements(a.statement, b.statement, kind, comparison) }
}

/// The rule by which two weekdays differ.
const WEEKDAY: &str = "weekday";

/// "The minister said Tuesday that": whether the weekday of a sentence is that of the telling.
fn is_day_of_telling(side: &Side, book: &Book) -> bool {
    let weekdays = &book.compare.wording.grammar.weekdays;
    let tells =
        |pair: &[Token]| book.extract.binding.tellings.contains(&pair[0].norm) && weekdays.contains(&pair[1].norm);
    side.wording.tokens.windows(2).any(tells)
}

/// The verdict, unless what else the two documents tell speaks against a disagreement.
fn sustained(sides: &Sides, a: &Side, b: &Side, judged: Judged, book: &Book) -> Judged {
    let asked = judged.verdict.opposes();
    match asked.then(|| objection(sides, a, b, judged.kind, book)).flatten() {
        Some(why) => Judged::not_comparable(judged.kind, &judged.rule, why),
        None => judged,
    }
}

fn objection(sides: &Sides, a: &Side, b: &Side, kind: Kind, book: &Book) -> Option<&'static str> {
    let affirms = |side: &&Side| side.statement.negated.is_empty();
    let implied =
        |side: &Side| side.wording.tokens.iter().any(|token| book.matching.negated.implicit.contains(&token.norm));
    let twice = |side: &Side| negates_twice(side.wording.tokens, &book.compare.wording);
    let hearsay = |side: &Side| sides.refutes(side.at.member, &book.matching.negated.refuting);
    match kind {
        Kind::Negation if [a, b].into_iter().any(implied) => {
            Some("one of them negates without a negation, or of others")
        }
        Kind::Negation if twice(a) || twice(b) || opposes_by_prefix(a.wording.tokens, b.wording.tokens) => {
            Some("one of them negates in some other way too")
        }
        Kind::Negation if [a, b].iter().all(|side| negates_something(side, book)) => {
            Some("both negate something, and not the same")
        }
        Kind::Negation if [a, b].into_iter().filter(affirms).any(hearsay) => {
            Some("one of them tells of a report that is not so")
        }
        Kind::Negation if [a, b].into_iter().filter(affirms).any(|side| side.statement.claimed) => {
            Some("one of them tells what somebody claims")
        }
        Kind::Number if [a, b].iter().any(|side| market::tells(side.wording.tokens, &book.compare.market)) => {
            Some("what is traded moves from hour to hour")
        }
        Kind::Number if counts_more(a, book) != counts_more(b, book) => Some("one counts what comes on top of others"),
        Kind::Person if !a.statement.names.is_empty() && a.statement.names == b.statement.names => {
            Some("both name the same, in other words")
        }
        _ => None,
    }
}

/// Whether a negation stands anywhere in a sentence.
fn negates_something(side: &Side, book: &Book) -> bool {
    side.wording.tokens.iter().any(|token| book.compare.wording.grammar.negates(token))
}

/// "In six *more* countries".
fn counts_more(side: &Side, book: &Book) -> bool {
    let more = &book.compare.verdict.more;
    side.wording.tokens.windows(2).any(|pair| pair[0].kind == TokenKind::Number && more.contains(&pair[1].norm))
}

fn finding(a: &Side, b: &Side, judged: Judged, compared: &StatementComparison) -> Finding {
    let decisive = compared.differences.iter().max_by_key(|f| f.difference);
    let words = |side: &Side, run: &Range<usize>| wording(side.statement, side.wording.tokens, run);
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: CompactString::const_new("statement"),
        a: Passage::of_statement(a.at.member, a.statement, decisive.map_or(String::new(), |f| words(a, &f.run.a))),
        b: Passage::of_statement(b.at.member, b.statement, decisive.map_or(String::new(), |f| words(b, &f.run.b))),
        diff: show((&a.statement.text, a.wording.tokens), (&b.statement.text, b.wording.tokens), &compared.alignment),
        rule: judged.rule.into(),
        why: judged.why,
        overtaken: None,
        confidence: None,
    }
}

/// Told or planned, and neither guessed nor denied.
fn is_firm(statement: &Statement) -> bool {
    matches!(statement.modality, Modality::Reported | Modality::Planned)
}

/// The words of a differing run, as printed.
fn wording(statement: &Statement, tokens: &[Token], run: &Range<usize>) -> String {
    match &tokens[run.clone()] {
        [] => String::new(),
        [first, .., last] => first.span.cover(last.span).of(&statement.text).to_owned(),
        [only] => only.span.of(&statement.text).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::findings;
    use crate::comparison::Verdict;

    #[test]
    fn what_a_report_of_a_hoax_tells_stands_against_nothing() {
        let contradicts = |texts: [&str; 2]| findings(&texts).iter().any(|f| f.verdict == Verdict::Contradicts);
        let denied = "The pilots never declared an emergency over the sea.";
        let told = "The pilots declared an emergency over the sea.";
        assert!(contradicts([told, denied]));
        let hoax = format!("{told} The post was a hoax, its author admitted.");
        assert!(!contradicts([&hoax, denied]));
    }
}

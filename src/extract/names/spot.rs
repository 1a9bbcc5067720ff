//! Spotting: the names of each sentence of the body, each on its own evidence.

use std::ops::Range;

use compact_str::CompactString;

use super::kind::Guess;
use super::lexicon::Traits;
use super::page::Page;
use super::role::{body_before, roles_of};
use super::run::runs;
use super::split::{Piece, split};
use crate::claim::EntityKind;
use crate::reading::{Role, Sentence};
use crate::text::{Case, TokenKind};

/// A name in its sentence.
#[derive(Clone, Debug)]
pub struct Spotted {
    /// Its tokens, without title.
    pub tokens: Range<usize>,
    /// Its key, see [`Page::key`].
    pub key: CompactString,
    /// What it names, judged where it stands.
    pub guess: Guess,
    /// The roles told where it stands.
    pub roles: Vec<CompactString>,
    /// What title and role tell of the sex: [`Traits::MALE`], [`Traits::FEMALE`] or nothing.
    pub sex: Traits,
    /// The country that possesses it or whose people it is of, folded: "Kenya's", "Kenyan".
    pub home: Option<CompactString>,
    /// True when it is a name only if the document names it elsewhere too.
    pub doubtful: bool,
}

/// The names in the sentences of the body.
pub fn spot(page: &Page) -> Vec<Spotted> {
    let mut spotted = Vec::new();
    for sentence in page.reading.sentences.iter().filter(|s| is_prose(page, s)) {
        for run in runs(page, sentence) {
            let pieces = split(page, &run);
            spotted.extend(pieces.into_iter().map(|piece| judge(page, sentence, piece)));
        }
    }
    spotted
}

/// True when capitals tell names apart in the sentence: no headline, no shouting.
pub fn is_prose(page: &Page, sentence: &Sentence) -> bool {
    !matches!(sentence.role, Role::Title | Role::Heading) && !is_title_case(page, sentence)
}

/// Most longer words of the sentence have a capital, and no full stop closes it.
fn is_title_case(page: &Page, sentence: &Sentence) -> bool {
    const FEWEST: usize = 5;
    const LONG: usize = 4;
    let (mut all, mut long, mut small, mut shouted) = (0, 0, 0, 0);
    for word in page.reading.tokens_of(sentence).iter().filter(|token| token.kind == TokenKind::Word) {
        let is_long = word.norm.len() >= LONG;
        all += 1;
        long += usize::from(is_long);
        small += usize::from(is_long && word.case == Case::Lower);
        shouted += usize::from(word.case == Case::Upper);
    }
    let stopped = sentence.tokens.clone().next_back().is_some_and(|at| page.is(at, ".") || page.is(at, "\""));
    all >= FEWEST && (!stopped && small * 4 < long || shouted * 3 > all * 2)
}

fn judge(page: &Page, sentence: &Sentence, piece: Piece) -> Spotted {
    let key = page.key(piece.tokens.clone());
    let may_be_person = piece.guess.kind == EntityKind::Person || piece.guess.sure < 2 && !piece.doubtful;
    let roles = if may_be_person { roles_of(page, sentence, &piece) } else { Vec::new() };
    let mut guess = piece.guess;
    if guess.sure < 2 && guess.kind != EntityKind::Person && (!roles.is_empty() || is_aged(page, piece.tokens.end)) {
        guess = Guess { kind: EntityKind::Person, sure: 1 };
    } else if guess.kind == EntityKind::Person && !roles.is_empty() {
        guess.sure = guess.sure.max(2);
    }
    let sex = sex_of(page, &piece, &roles);
    let front = if piece.title.is_empty() { piece.tokens.start } else { piece.title.start };
    let home = body_before(page, &sentence.tokens, front).filter(|_| guess.kind == EntityKind::Person);
    Spotted { tokens: piece.tokens, key, guess, roles, sex, home, doubtful: piece.doubtful }
}

/// "X, 34," tells a person.
fn is_aged(page: &Page, end: usize) -> bool {
    const OLDEST: u32 = 120;
    let age = page.norm(end + 1).parse::<u32>();
    page.is(end, ",") && age.is_ok_and(|a| a <= OLDEST) && matches!(page.norm(end + 2), "," | ".")
}

fn sex_of(page: &Page, piece: &Piece, roles: &[CompactString]) -> Traits {
    let told = |t: Traits| if t.has(Traits::MALE) { Traits::MALE } else { Traits::FEMALE };
    let sexed = Traits::MALE.with(Traits::FEMALE);
    let by_title = piece.title.clone().map(|at| page.traits[at]).find(|t| t.has(sexed));
    let of_role = |role: &CompactString| {
        let own = role.split(" of ").next().unwrap_or(role);
        own.split(' ').map(|w| page.rules.lexicon.word(w)).find(|t| t.has(Traits::ROLE) && t.has(sexed))
    };
    by_title.or_else(|| roles.iter().find_map(of_role)).map_or(Traits::default(), told)
}

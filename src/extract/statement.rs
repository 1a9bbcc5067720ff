//! Statements: the body's sentences as wholes, for the aligned route.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rules;
use super::annotations::{Annotations, within};
use super::names::NameMention;
use super::refutation::refuted;
use super::speaker::speaker_of;
use super::stamp::is_of_page;
use crate::claim::{Modality, Refutation, Statement};
use crate::reading::{Role, Sentence};
use crate::rules::Words;
use crate::text::{TokenKind, fold};

/// Which sentences count as statements: `[statement]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRules {
    /// What the rule does.
    pub about: String,
    /// Least and most content words.
    pub content_words: (usize, usize),
    /// Words that negate what follows them.
    pub negations: Words,
    /// Those that negate a thing and no deed: `no`, `without`.
    pub thing_negations: Words,
    /// Words that "not" follows where it negates what a clause tells; elsewhere it only sets apart: "and not his face".
    pub carriers: Words,
    /// Words in front of a "do not" that nobody is told of: a command negates nothing that was.
    pub command_openers: Words,
    /// Words that negate with the "to" that follows them.
    pub reversers: Words,
    /// Tokens behind a negation in which the negated word stands.
    pub negation_reach: usize,
    /// Tokens behind a negation in which a word tells of when it comes to pass.
    pub delay_reach: usize,
    /// Tokens behind a name in which the word stands that tells what it does.
    pub doing_reach: usize,
    /// Words before a negation by which it may come yet, or ought to: `has`, `should`, `hasn't`.
    pub pending: Words,
    /// The same behind it, in its clause: `yet`, `again`.
    pub pending_behind: Words,
    /// Words between a negation and what it negates.
    pub negation_fillers: Words,
    /// Words that a negation does not reach across: those that open another clause or a phrase.
    pub negation_ends: Words,
    /// Words that turn a negation into an affirmation of what came later: "not before noon".
    pub delayers: Words,
    /// Words whose "to" names a place and opens no infinitive: "go to court".
    pub movers: Words,
    /// Words behind which a sentence tells what its outlet does not vouch for.
    pub unvouched: Words,
    /// Words of sentences that tell what somebody claims: `claims`, `alleged`.
    pub claiming: Words,
    /// Words of sentences that say of something that it is not so: `hoax`, `failing`.
    pub denying: Words,
}

impl StatementRules {
    /// The words without which, and without one in `n't`, a sentence negates, denies and disowns nothing.
    pub(super) fn turning(&self) -> impl Iterator<Item = &Words> {
        [&self.negations, &self.reversers, &self.unvouched, &self.claiming, &self.denying].into_iter()
    }

    /// Whether a word denies something, without being a negation.
    fn denies(&self, word: &str) -> bool {
        self.reversers.contains(word) || self.denying.contains(word)
    }
}

/// The statements of a document.
pub fn statements(notes: &Annotations, rules: &Rules) -> Vec<Statement> {
    let body = notes.reading.sentences.iter().filter(|s| s.role == Role::Body);
    body.filter_map(|sentence| statement(sentence, notes, rules)).collect()
}

fn statement(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Option<Statement> {
    let tokens = notes.reading.tokens_of(sentence);
    if is_of_page(tokens, &rules.stamp) {
        return None;
    }
    let places = content(sentence, notes);
    let order = hashes(&places, notes);
    let stems = sorted(order.clone());
    let (least, most) = rules.statement.content_words;
    (least..=most).contains(&stems.len()).then(|| {
        let stance = notes.stance_at(sentence, sentence.tokens.start + main_predicate(tokens.len()));
        let vouched = vouched_until(sentence, notes, rules);
        let negated = negated(sentence, vouched, notes, rules);
        let denied: Vec<usize> = negated.iter().map(|(at, _)| *at).filter(|at| notes.is_verb(*at)).collect();
        Statement {
            span: sentence.span,
            line: sentence.line,
            text: notes.reading.text(sentence.span).to_owned(),
            order,
            clauses: clauses(&places, notes, rules),
            stems,
            names: names(sentence, notes),
            lead: within(&notes.names.mentions, &sentence.tokens).first().and_then(|m| last_word(m, notes)),
            figures: figures(sentence, notes),
            quoted: is_quoted(sentence, notes),
            refuted: refuted(sentence, notes, rules).map(|told| Box::new(refutation(&told, notes))),
            negated: sorted(negated.iter().map(|(at, thing)| (hash_at(*at, notes), *thing)).collect()),
            denied: sorted(hashes(&denied, notes)),
            affirmed: affirmed(sentence, &places, vouched, notes, rules),
            doings: doings(sentence, notes, rules),
            claimed: notes
                .turning_in(sentence)
                .any(|at| rules.statement.claiming.contains(&notes.reading.tokens[at].norm)),
            modality: stance.modality,
            polarity: stance.polarity,
            speaker: speaker_of(sentence, sentence.tokens.start, notes),
        }
    })
}

/// The words of what a sentence tells to be not so.
fn refutation(told: &Range<usize>, notes: &Annotations) -> Refutation {
    let mentions = within(&notes.names.mentions, told);
    let named = |at: usize| mentions.iter().any(|m| m.tokens.contains(&at));
    let places: Vec<usize> = told.clone().filter(|at| notes.is_content(*at) && !named(*at)).collect();
    Refutation {
        stems: sorted(hashes(&places, notes)),
        names: sorted(mentions.iter().filter_map(|m| last_word(m, notes)).collect()),
    }
}

/// Some of it stands in quotation marks.
fn is_quoted(sentence: &Sentence, notes: &Annotations) -> bool {
    opens_quote(sentence, notes) || sentence.tokens.clone().any(|at| notes.is_quoted(at))
}

/// It opens with a mark that no other closes, and is all quoted.
fn opens_quote(sentence: &Sentence, notes: &Annotations) -> bool {
    let first = notes.reading.tokens_of(sentence).first();
    let opens = first.is_some_and(|first| first.is("'") || first.is("\""));
    opens && !sentence.tokens.clone().any(|at| notes.is_quoted(at))
}

/// Where the content words stand, without names and numbers.
fn content(sentence: &Sentence, notes: &Annotations) -> Vec<usize> {
    let mentions = within(&notes.names.mentions, &sentence.tokens);
    let named = |at: usize| mentions.iter().any(|m| m.tokens.contains(&at));
    let mut places = Vec::with_capacity(sentence.tokens.len());
    places.extend(sentence.tokens.clone().filter(|at| notes.is_content(*at) && !named(*at)));
    places
}

/// Which clause of the sentence each place stands in: marks and joining words part them.
fn clauses(places: &[usize], notes: &Annotations, rules: &Rules) -> Vec<u16> {
    let parts = |at: &usize| rules.distance.ends_clause(&notes.reading.tokens[*at]);
    let mut clause = 0;
    let starts = places.iter().scan(places.first().copied().unwrap_or_default(), |last, at| {
        clause += u16::from((*last..*at).any(|between| parts(&between)));
        *last = *at;
        Some(clause)
    });
    starts.collect()
}

/// The stems of words in order; hyphens fall away, for outlets differ in them.
fn hashes(places: &[usize], notes: &Annotations) -> Vec<u32> {
    places.iter().map(|at| hash_at(*at, notes)).collect()
}

fn hash_at(at: usize, notes: &Annotations) -> u32 {
    notes.known[at].concept
}

/// Where the outlet stops vouching: at "falsely" or at a saying inside a saying.
fn vouched_until(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> usize {
    let tokens = notes.reading.tokens_of(sentence);
    let is_unvouched = |at: &usize| rules.statement.unvouched.contains(&notes.reading.tokens[*at].norm);
    let unvouched = notes.turning_in(sentence).find(is_unvouched);
    let mut sayings = (0..tokens.len()).filter(|at| rules.modality.vouches(tokens, *at));
    let ends = [unvouched, sayings.nth(1).map(|at| sentence.tokens.start + at)];
    ends.into_iter().flatten().min().unwrap_or(sentence.tokens.end)
}

/// What the outlet affirms: "getting the town to pay" says of nobody that he paid.
fn affirmed(
    sentence: &Sentence,
    places: &[usize],
    vouched: usize,
    notes: &Annotations,
    rules: &Rules,
) -> Vec<(u32, bool)> {
    let (tokens, start) = (notes.reading.tokens_of(sentence), sentence.tokens.start);
    let denies = |at: usize| is_negation(at, notes, rules) || rules.statement.denies(&notes.reading.tokens[at].norm);
    // What a sentence denies of something may be told of anything in it.
    if notes.turning_in(sentence).any(denies) {
        return Vec::new();
    }
    let moved = |at: usize| at > start + 1 && rules.statement.movers.contains(&tokens[at - 2 - start].norm);
    let infinitive = |at: usize| at > start && tokens[at - 1 - start].is("to") && !moved(at);
    let open = |at: usize| infinitive(at) && notes.stance_at(sentence, at).modality != Modality::Reported;
    let told = places.iter().copied().filter(|at| *at < vouched && !open(*at));
    sorted(told.map(|at| (hash_at(at, notes), is_thing(at, sentence, notes, rules))).collect())
}

/// "Her capture", "the missing planes", "five confirmed cases", "the board's meetings": a thing, and no deed.
fn is_thing(at: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let before = at.checked_sub(1).filter(|before| sentence.tokens.contains(before));
    before.map(|before| &notes.reading.tokens[before]).is_some_and(|token| {
        rules.anchor.before_noun.contains(&token.norm)
            || matches!(token.kind, TokenKind::Number | TokenKind::Possessive)
    })
}

/// The first content word behind each negation, and whether it is a thing; "at no stage" negates what follows it, "not
/// before noon" affirms.
fn negated(sentence: &Sentence, vouched: usize, notes: &Annotations, rules: &Rules) -> Vec<(usize, bool)> {
    let tokens = &notes.reading.tokens;
    let says = |at: usize| notes.is_content(at) && !rules.statement.negation_fillers.contains(&tokens[at].norm);
    let first_behind = |at: usize| {
        let reach = at + 1..(at + 1 + rules.statement.negation_reach).min(sentence.tokens.end);
        let thing = rules.statement.thing_negations.contains(&tokens[at].norm);
        // "No time to leave" negates no leaving.
        let ends = |next: &usize| {
            let norm = &tokens[*next].norm;
            rules.statement.negation_ends.contains(norm) || thing && norm == "to"
        };
        let mut open = reach.take_while(|next| !ends(next));
        let of_thing = |word: usize| thing && !tokens[word].norm.ends_with("ing");
        open.find(|next| says(*next)).map(|word| (word, of_thing(word)))
    };
    let delayed = |at: usize| {
        let behind = at + 1..(at + 1 + rules.statement.delay_reach).min(sentence.tokens.end);
        behind.into_iter().any(|next| rules.statement.delayers.contains(&tokens[next].norm))
    };
    let until = if opens_quote(sentence, notes) { 0 } else { vouched };
    let told = |at: &usize| *at < until && !notes.is_quoted(*at);
    let negations = notes.turning_in(sentence).filter(told).filter(|at| negates(*at, sentence, notes, rules));
    negations.filter_map(first_behind).filter(|(at, _)| !delayed(*at)).collect()
}

/// Whether a word negates what the outlet tells behind it.
fn negates(at: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens;
    let norm = &tokens[at].norm;
    let turned = tokens.get(at + 1).is_some_and(|next| next.is("to"));
    // "Urged him not to leave" negates nothing that he did.
    let told = is_negation(at, notes, rules) && (norm.ends_with("n't") || !turned)
        || rules.statement.reversers.contains(norm) && turned;
    told && !is_open(at, sentence, notes, rules)
        && !is_command(at, sentence, notes, rules)
        && (norm != "not" || is_carried(at, sentence, notes, rules))
}

/// Whether an auxiliary stands before "not": "did not", "was reportedly not".
fn is_carried(at: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    /// An adverb may stand between.
    const REACH: usize = 2;
    let near = at.saturating_sub(REACH).max(sentence.tokens.start)..at;
    near.into_iter().any(|before| rules.statement.carriers.contains(&notes.reading.tokens[before].norm))
}

/// "Do not panic", "so don't panic".
fn is_command(at: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens;
    let verb = if tokens[at].is("not") { at.checked_sub(1) } else { Some(at) };
    let Some(verb) = verb.filter(|verb| tokens[*verb].is("do") || tokens[*verb].is("don't")) else { return false };
    let before = verb.checked_sub(1).filter(|before| sentence.tokens.contains(before)).map(|before| &tokens[before]);
    before.is_none_or(|token| token.kind == TokenKind::Mark || rules.statement.command_openers.contains(&token.norm))
}

fn is_negation(at: usize, notes: &Annotations, rules: &Rules) -> bool {
    let norm = &notes.reading.tokens[at].norm;
    rules.statement.negations.contains(norm) || norm.ends_with("n't")
}

/// "Has not been told yet, "should never go", "will not play again": denies nothing that was or will be.
fn is_open(at: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens;
    let before = at.checked_sub(1).filter(|before| sentence.tokens.contains(before));
    let pending = before.into_iter().chain([at]).any(|at| rules.statement.pending.contains(&tokens[at].norm));
    let clause = at + 1..sentence.tokens.end;
    let mut behind = clause.take_while(|next| tokens[*next].kind != TokenKind::Mark);
    pending || behind.any(|next| rules.statement.pending_behind.contains(&tokens[next].norm))
}

/// The first content word behind each name, apart from other names.
fn doings(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<(u32, u32)> {
    let mentions = within(&notes.names.mentions, &sentence.tokens);
    let named = |at: usize| mentions.iter().any(|m| m.tokens.contains(&at));
    let behind = |m: &NameMention| {
        let reach = m.tokens.end..(m.tokens.end + rules.statement.doing_reach).min(sentence.tokens.end);
        reach.into_iter().find(|at| notes.is_content(*at)).filter(|at| !named(*at))
    };
    let doing = |m: &NameMention| Some((last_word(m, notes)?, hash_at(behind(m)?, notes)));
    sorted(mentions.iter().filter_map(doing).collect())
}

fn last_word(mention: &NameMention, notes: &Annotations) -> Option<u32> {
    notes.names.name_of(mention.entity).rsplit(' ').next().map(|w| stem_hash(&fold(w)))
}

fn names(sentence: &Sentence, notes: &Annotations) -> Vec<u32> {
    let mentions = within(&notes.names.mentions, &sentence.tokens).iter();
    sorted(mentions.filter_map(|m| last_word(m, notes)).collect())
}

fn figures(sentence: &Sentence, notes: &Annotations) -> Vec<u32> {
    let counts = within(&notes.quantities, &sentence.tokens).iter().filter(|q| !q.ordinal);
    let quantities = counts.map(|q| (q.value.low.to_bits(), q.value.high.to_bits(), &q.value.unit)).map(|q| hash(&q));
    let whens = within(&notes.whens, &sentence.tokens).iter().map(|w| hash(&w.value));
    sorted(quantities.chain(whens).collect())
}

/// A number for what was written.
fn hash(written: &impl Serialize) -> u32 {
    /// Bytes of nearly any number or day.
    const ROOM: usize = 128;
    let mut room = [0; ROOM];
    // What cannot be written down is like nothing else that can.
    let longer = || xxhash_rust::xxh3::xxh3_64(&postcard::to_allocvec(written).unwrap_or_default());
    postcard::to_slice(written, &mut room).map_or_else(|_| longer(), |bytes| xxhash_rust::xxh3::xxh3_64(bytes)) as u32
}

fn sorted<T: Ord>(mut hashes: Vec<T>) -> Vec<T> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Statements are judged as wholes; their middle stands for the predicate.
fn main_predicate(length: usize) -> usize {
    length / 2
}

/// The hash a stem is compared by.
pub fn stem_hash(stem: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(stem.as_bytes()) as u32
}

//! One quotation, two speakers: the same words put into two persons' mouths.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use super::finding::{Finding, Passage};
use super::name::compare_names;
use super::story::finding;
use super::verdict::{Judged, by_relation};
use crate::claim::{Claim, Entity, EntityKind, Kind, Statement};
use crate::comparison::{Comparison, Relation};
use crate::document::Span;
use crate::extract::named::NAMED;
use crate::matching::group::{Member, Mention, Story};
use crate::text::{Token, TokenKind};

/// What stands for whoever the sentence in front names.
const PRONOUNS: [&str; 2] = ["he", "she"];

/// Bytes between two sentences of one paragraph.
const SPACE: u32 = 1;

/// When a quotation is known well enough to ask who said it: `[speaker]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakerRules {
    /// What the rule does.
    pub about: String,
    /// Least words of the shorter quotation.
    pub words: usize,
}

/// The finding on two quotations with the same words whose speakers are two persons, each named in full by its
/// document; nothing where either is a body or untold. Its passages are the quotations with the sentences that name the two.
pub fn two_speakers(
    story: &Story,
    (a, b): (Mention, Mention),
    (left, right): (&[Token], &[Token]),
    worded: &Judged,
    book: &Book,
) -> Option<Finding> {
    let words = |tokens: &[Token]| tokens.iter().filter(|t| t.kind != TokenKind::Mark).count();
    if !worded.verdict.supports()
        || words(left).min(words(right)) < book.matching.speaker.words
        || !is_whole(left, right)
    {
        return None;
    }
    let (x, y) = (speaker(story, a)?, speaker(story, b)?);
    let named = compare_names(x.person, y.person, &book.compare.name);
    (named.relation == Relation::Incompatible && !is_misspelt(&x.person.name, &y.person.name)).then(|| {
        let why = format!("one quotation, two speakers: {}", named.why);
        let judged = by_relation(Kind::Person, Comparison::new(Relation::Incompatible, "speaker", why));
        let (said, [x, y]) =
            (story.claim(a).printed(), [(a, x), (b, y)].map(|(at, named)| named.passage(at, story.claim(at))));
        let diff = format!("“{said}” [-{}-] {{+{}+}}", x.value, y.value);
        Finding { a: x, b: y, ..finding(story, a, b, judged, diff) }
    })
}

/// "Oberholtzer" and "Olberholtzer": one long name with a slip.
fn is_misspelt(a: &str, b: &str) -> bool {
    const LETTERS: usize = 8;
    const SLIPS: usize = 2;
    let long = a.chars().count().min(b.chars().count()) >= LETTERS;
    long && a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) <= SLIPS
}

/// The person who says a quotation, with the sentence that tells it.
struct Speaker<'s> {
    person: &'s Entity,
    sentence: &'s Statement,
}

impl Speaker<'_> {
    /// The sentence that names the speaker, with the quotation.
    fn passage(&self, quotation: Mention, said: &Claim) -> Passage {
        let named = Passage::of_statement(quotation.member, self.sentence, self.person.name.to_string());
        Passage { span: named.span.cover(said.span), line: named.line.min(said.line), ..named }
    }
}

/// Whether all of the shorter stands in the longer, word by word.
fn is_whole(a: &[Token], b: &[Token]) -> bool {
    let words = |tokens: &[Token]| -> Vec<CompactString> {
        tokens.iter().filter(|t| t.kind != TokenKind::Mark).map(|t| t.norm.clone()).collect()
    };
    let (x, y) = (words(a), words(b));
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    long.windows(short.len().max(1)).any(|window| window == short)
}

/// The person who is told to say a quotation, where the document names the person in full and the text around the
/// quotation names this one alone.
fn speaker(story: &Story, mention: Mention) -> Option<Speaker<'_>> {
    let name = story.claim(mention).speaker.as_ref()?;
    let persons = || named(story.member(mention)).filter(|e| e.kind == EntityKind::Person);
    let person = persons().find(|e| e.name == *name)?;
    let around = around(story.member(mention), story.claim(mention).value_span)?;
    let told = |e: &Entity| around.iter().find(|(_, texts)| texts.iter().any(|text| names(text, e.last_word())));
    let in_front = around.get(1).map(|(sentence, _)| *sentence);
    let others = persons().filter(|e| e.name != person.name).any(|e| {
        told(e).is_some()
            || e.last_word() == person.last_word()
            || in_front.is_some_and(|s| tells_of(&s.text, e.last_word()))
    });
    let sure = |sentence: &Statement| in_front.is_none_or(|s| s.span != sentence.span || is_about(&s.text, person));
    told(person).filter(|(sentence, _)| !others && sure(sentence)).map(|(sentence, _)| Speaker { person, sentence })
}

/// Whether a sentence begins with the person, title and all: then "he said" behind it means this one. Behind "Holm was
/// asked by Mayor Lind" it may mean either.
fn is_about(text: &str, person: &Entity) -> bool {
    let before: Vec<&str> = words(text).take_while(|word| *word != person.last_word()).collect();
    let named = |word: &&&str| word.starts_with(char::is_uppercase);
    let in_front = before.len() - before.iter().rev().take_while(named).count();
    !before[..in_front].iter().skip(1).any(|word| named(&word))
}

/// Whether a text has a name, be it as the owner of something.
fn tells_of(text: &str, name: &str) -> bool {
    let owner = |word: &str| ["'s", "’s", "'", "’"].iter().any(|mark| word.strip_suffix(mark) == Some(name));
    words(text).any(|word| word == name || owner(word))
}

/// The sentence of a quotation with what it holds before and behind it, and the sentence in front of it in the same
/// paragraph, which names whom "she said" stands for.
fn around(member: &Member, quotation: Span) -> Option<Vec<(&Statement, Vec<&str>)>> {
    let holds = |span: Span| span.start <= quotation.start && quotation.end <= span.end;
    let at = member.statements.iter().position(|s| holds(s.span))?;
    let sentence = &member.statements[at];
    let (start, end) = (quotation.start - sentence.span.start, quotation.end - sentence.span.start);
    let own = vec![sentence.text.get(..start as usize)?, sentence.text.get(end as usize..)?];
    let previous = at.checked_sub(1).map(|at| &member.statements[at]);
    let previous = previous.filter(|s| sentence.span.start.saturating_sub(s.span.end) <= SPACE);
    let previous = previous.filter(|_| own.iter().any(|text| words(text).any(|w| PRONOUNS.contains(&w))));
    let previous = previous.map(|s| (s, vec![s.text.as_str()]));
    Some([(sentence, own)].into_iter().chain(previous).collect())
}

/// The words of a text with their possessive endings.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"'’-".contains(c)).filter(|word| !word.is_empty())
}

/// Whether a text names somebody by a word, other than as whose rep or office it is that speaks.
fn names(text: &str, name: &str) -> bool {
    words(text).any(|word| word == name)
}

/// The persons that a document names in full.
fn named(member: &Member) -> impl Iterator<Item = &Entity> {
    member.claims.iter().filter(|claim| claim.attribute == NAMED).filter_map(|claim| claim.value.as_name())
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn one_quotation_has_one_speaker() {
        let said = |name: &str| format!("“Nobody can guard this coast with two old boats,” {name} said.");
        let told = contradictions(&said("Clara Lind"), &said("Nils Holm"));
        assert!(told.contains("Clara Lind"), "{told}");
        assert_eq!(contradictions(&said("Clara Lind"), &said("Clara Lind")), "");
        assert_eq!(contradictions(&said("Clara Lind"), &said("she")), "");
        assert_eq!(contradictions(&said("Clara Lind"), &said("Nils Holm's lawyer")), "");
        assert_eq!(contradictions(&said("Clara Oberholt"), &said("Clara Olberholt")), "");
        let before = |name: &str| format!("{name} stood on the quay. {}", said("she"));
        let told = contradictions(&before("Clara Lind"), &before("Vera Holm"));
        assert!(told.contains("Clara Lind"), "{told}");
        assert_eq!(contradictions(&before("Clara Lind"), &before("Vera Holm and Nils Berg")), "");
        let owner = "Vera Holm was the first to say so, but it was Nils Berg's word that counted.";
        assert_eq!(contradictions(&before("Clara Lind"), &format!("{owner} {}", said("she"))), "");
        let asked = "At the hearing, Berg was asked by Mayor Vera Holm what the boats were for.";
        assert_eq!(contradictions(&before("Clara Lind"), &format!("{asked} {}", said("she"))), "");
    }
}

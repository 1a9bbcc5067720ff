//! One quotation, two speakers: the same words put into two persons' mouths.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use super::name::compare_names;
use super::verdict::{Judged, by_relation};
use crate::claim::{Entity, EntityKind, Kind};
use crate::comparison::{Comparison, Relation};
use crate::document::Span;
use crate::extract::named::NAMED;
use crate::matching::group::{Member, Mention, Story};
use crate::text::{Token, TokenKind};

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

/// The judgement of two quotations with the same words whose speakers are two persons, each named
/// in full by its document; nothing where either is a body, a pronoun's guess or untold.
pub fn two_speakers(
    story: &Story,
    (a, b): (Mention, Mention),
    (left, right): (&[Token], &[Token]),
    worded: &Judged,
    book: &Book,
) -> Option<Judged> {
    let words = |tokens: &[Token]| tokens.iter().filter(|t| t.kind != TokenKind::Mark).count();
    if !worded.verdict.supports()
        || words(left).min(words(right)) < book.matching.speaker.words
        || !is_whole(left, right)
    {
        return None;
    }
    let (x, y) = (speaker(story, a)?, speaker(story, b)?);
    let named = compare_names(x, y, &book.compare.name);
    (named.relation == Relation::Incompatible).then(|| {
        let why = format!("one quotation, two speakers: {}", named.why);
        by_relation(Kind::Person, Comparison::new(Relation::Incompatible, "speaker", why))
    })
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

/// The person who is told to say a quotation, where the document names the person in full and the
/// sentence around the quotation names this one alone.
fn speaker(story: &Story, mention: Mention) -> Option<&Entity> {
    let name = story.claim(mention).speaker.as_ref()?;
    let persons = || named(story.member(mention)).filter(|e| e.kind == EntityKind::Person);
    let last = |entity: &Entity| entity.name.rsplit(' ').next().map(CompactString::from);
    let found = persons().find(|e| e.name == *name)?;
    let around = around(story.member(mention), story.claim(mention).span)?;
    let told = |e: &Entity| last(e).is_some_and(|word| around.iter().any(|text| text.contains(word.as_str())));
    let others = persons().filter(|e| e.name != found.name).any(|e| told(e) || last(e) == last(found));
    (told(found) && !others).then_some(found)
}

/// What its sentence holds before and behind a quotation, and the sentence in front of it in the same paragraph, which
/// names whom "she said" stands for.
fn around(member: &Member, quotation: Span) -> Option<[&str; 3]> {
    let holds = |span: Span| span.start <= quotation.start && quotation.end <= span.end;
    let at = member.statements.iter().position(|s| holds(s.span))?;
    let sentence = &member.statements[at];
    let (start, end) = (quotation.start - sentence.span.start, quotation.end - sentence.span.start);
    let previous = at.checked_sub(1).map(|at| &member.statements[at]);
    let previous = previous.filter(|s| sentence.span.start.saturating_sub(s.span.end) <= SPACE);
    let text = sentence.text.as_str();
    Some([previous.map_or("", |s| s.text.as_str()), text.get(..start as usize)?, text.get(end as usize..)?])
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
        assert!(told.contains("Nobody can guard"), "{told}");
        assert_eq!(contradictions(&said("Clara Lind"), &said("Clara Lind")), "");
        assert_eq!(contradictions(&said("Clara Lind"), &said("she")), "");
        let before = |name: &str| format!("{name} stood on the quay. {}", said("she"));
        let told = contradictions(&before("Clara Lind"), &before("Vera Holm"));
        assert!(told.contains("Nobody can guard"), "{told}");
        assert_eq!(contradictions(&before("Clara Lind"), &before("Vera Holm and Nils Berg")), "");
    }
}

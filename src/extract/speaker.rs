//! Who says it: the speaker of a quotation or of reported speech, by the name the document
//! knows them under.

use std::ops::Range;

use compact_str::CompactString;

use super::annotations::{Annotations, within};
use super::names::{MentionBy, NameMention};
use crate::claim::EntityKind;
use crate::reading::Sentence;
use crate::text::{Token, TokenKind};

/// The speaker of the quotation or reported clause that a token of a sentence stands in.
pub fn speaker_of(sentence: &Sentence, at: usize, notes: &Annotations) -> Option<CompactString> {
    let quoted = notes.quotation_at(at).and_then(|q| q.speaker.as_ref()).map(|s| s.tokens.clone());
    let here = notes.attributions_in(sentence);
    let reported = || here.iter().find(|a| a.content.contains(&at)).map(|a| a.source.clone());
    quoted.or_else(reported).map(|tokens| speaker_name(&tokens, notes))
}

/// The fullest name of the entity a speaker phrase names; the phrase itself where it names none.
pub fn speaker_name(phrase: &Range<usize>, notes: &Annotations) -> CompactString {
    let names = &notes.names;
    let mentions = within(&names.mentions, phrase);
    let speaks = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Organisation);
    let tokens = &notes.reading.tokens;
    let stands_for = |m: &&NameMention| {
        let entity = &names.entities[m.entity];
        speaks(entity.kind)
            && !owns(tokens, m, phrase)
            && !(entity.kind == EntityKind::Person && is_spoken_for(&tokens[gap_before(m, mentions, phrase)]))
    };
    match mentions.iter().rev().find(stands_for) {
        Some(mention) => names.entities[mention.entity].name.clone(),
        None => notes.reading.text(notes.reading.span_of(phrase.clone())).into(),
    }
}

/// "*Her* party", "*Holm's* lawyer": whose it is that speaks.
fn owns(tokens: &[Token], mention: &NameMention, phrase: &Range<usize>) -> bool {
    let Some(behind) = tokens[..phrase.end].get(mention.tokens.end) else { return false };
    let pronoun = mention.by == MentionBy::Pronoun && behind.kind == TokenKind::Word;
    pronoun || behind.kind == TokenKind::Possessive
}

/// The tokens of a phrase in front of a mention, from the mention before it on.
fn gap_before(mention: &NameMention, mentions: &[NameMention], phrase: &Range<usize>) -> Range<usize> {
    let earlier = mentions.iter().map(|m| m.tokens.end).filter(|&end| end <= mention.tokens.start);
    earlier.max().unwrap_or(phrase.start)..mention.tokens.start
}

/// "A lawyer for *Holm*", "the firm representing *Holm*": another speaks.
fn is_spoken_for(front: &[Token]) -> bool {
    const LINKS: [&str; 4] = ["for", "of", "representing", "behind"];
    let near = front.iter().rev().take_while(|token| token.is_wordlike() || token.is("."));
    let before = near.into_iter().find(|token| token.is_wordlike() && !token.is_capitalised() && !token.is("the"));
    before.is_some_and(|token| LINKS.iter().any(|link| token.is(link)))
}

#[cfg(test)]
mod tests {
    use crate::extract::examples::claims_of;
    use crate::rules::RuleBook;

    #[test]
    fn whoever_speaks_is_no_possessor() {
        let book = RuleBook::load(None).unwrap();
        for (text, expected) in [
            ("Anna Strand won on Monday. She said that the clinic was closed for 61 days.", "Anna Strand"),
            ("Anna Strand won on Monday. Her party says that the clinic was closed for 61 days.", "Her party"),
            ("Anna Strand's lawyer said that the clinic was closed for 61 days.", "Anna Strand's lawyer"),
            ("A lawyer for Anna Strand said that the clinic was closed for 61 days.", "A lawyer for Anna Strand"),
            (
                "The firm representing Strand said that the clinic was closed for 61 days.",
                "The firm representing Strand",
            ),
        ] {
            let claims = claims_of(text, &book.extract);
            let told = claims.iter().find(|claim| claim.attribute == "closed-for");
            assert_eq!(told.and_then(|claim| claim.speaker.as_deref()), Some(expected), "{text}");
        }
    }
}

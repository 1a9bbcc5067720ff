//! Who says it: the speaker of a quotation or of reported speech, by the name the document
//! knows them under.

use std::ops::Range;

use compact_str::CompactString;

use super::annotations::{Annotations, within};
use crate::claim::EntityKind;
use crate::reading::Sentence;

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
    let named = mentions.iter().rev().map(|m| &names.entities[m.entity]).find(|e| speaks(e.kind));
    match named {
        Some(entity) => entity.name.clone(),
        None => notes.reading.text(notes.reading.span_of(phrase.clone())).into(),
    }
}

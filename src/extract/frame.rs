//! The time a sentence tells of: the document's own, or one long before.
//!
//! "In 2019 a freighter struck the same reef. Two sailors died." tells of another happening, and
//! so does its second sentence, which gives no time of its own.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Deserialize;

use super::annotations::within;
use super::kit::Kit;
use super::modality::stance;
use super::when::WhenMention;
use crate::claim::Modality;
use crate::normalise::when::resolve;
use crate::reading::{Reading, Sentence};
use crate::rules::Words;

/// What long before means: `[frame]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameRules {
    /// What the rule does.
    pub about: String,
    /// Days before the document from which a time is long before.
    pub remote_days: i32,
    /// Words before a time that make it the beginning of a stretch up to now: `since`.
    pub up_to_now: Words,
}

/// For each sentence, the last day of the time long before that it tells of. `published` is the document's day;
/// without it the latest year the text names stands in.
pub fn remote(reading: &Reading, whens: &[WhenMention], published: Option<Date>, kit: &Kit) -> Vec<Option<Date>> {
    let Some(now) = published.or_else(|| latest_year(whens)) else { return vec![None; reading.sentences.len()] };
    let Ok(limit) = now.checked_sub(kit.rules.frame.remote_days.days()) else {
        return vec![None; reading.sentences.len()];
    };
    let mut frames: Vec<Option<Date>> = Vec::with_capacity(reading.sentences.len());
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let same_paragraph = index > 0 && reading.sentences[index - 1].paragraph == sentence.paragraph;
        let before = if same_paragraph { frames[index - 1] } else { None };
        frames.push(frame(reading, sentence, whens, published, limit, kit).unwrap_or(before));
    }
    frames
}

fn latest_year(whens: &[WhenMention]) -> Option<Date> {
    whens.iter().filter_map(|w| w.value.year).max().map(|year| date(year, 1, 1))
}

/// The last of a sentence's times when all are long before, and nothing when not; nothing at all
/// where it gives none.
fn frame(
    reading: &Reading,
    sentence: &Sentence,
    whens: &[WhenMention],
    published: Option<Date>,
    limit: Date,
    kit: &Kit,
) -> Option<Option<Date>> {
    let told = within(whens, &sentence.tokens).iter().filter(|w| sets_frame(reading, sentence, w, kit));
    let resolved = |w: &WhenMention| resolve(w, published, is_planned(reading, sentence, w, kit), &kit.normalise.when);
    let last_days: Vec<Date> = told.filter_map(|w| resolved(w).days.map(|(_, last)| last)).collect();
    let last = last_days.iter().max().copied();
    last.map(|last| Some(last).filter(|last| *last < limit))
}

/// "Will go to trial in January": the next one.
fn is_planned(reading: &Reading, sentence: &Sentence, when: &WhenMention, kit: &Kit) -> bool {
    let at = when.tokens.start - sentence.tokens.start;
    stance(reading.tokens_of(sentence), at..at + 1, &kit.rules.modality).modality == Modality::Planned
}

/// "Since 1994" sets no frame, but "since 1994, when…" does for what follows.
fn sets_frame(reading: &Reading, sentence: &Sentence, when: &WhenMention, kit: &Kit) -> bool {
    let tokens = &reading.tokens;
    let first = when.tokens.start;
    let cue = [first.checked_sub(1), Some(first)].into_iter().flatten().filter(|at| *at >= sentence.tokens.start);
    let up_to_now = cue.into_iter().any(|at| kit.rules.frame.up_to_now.contains(&tokens[at].norm));
    let behind = when.tokens.end..(when.tokens.end + 2).min(sentence.tokens.end);
    !up_to_now || tokens[behind].iter().any(|t| t.is("when"))
}

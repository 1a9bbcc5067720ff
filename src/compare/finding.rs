//! What comparing a story yields: judged pairs of passages, and the slots they fill.

use std::borrow::Cow;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::confidence::Confidence;
use super::verdict::Side;
use crate::claim::{Claim, Kind, Modality, Statement};
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::group::Member;

/// One side of a pair: a passage of one document with the value it gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Index of the document among the story's members.
    pub member: u32,
    /// The passage in the document.
    pub span: Span,
    /// Its line.
    pub line: u32,
    /// The value, as printed; [`Member::text`] has the passage.
    pub value: String,
    /// How firmly it is told.
    pub modality: Modality,
    /// Who is named as saying it.
    pub speaker: Option<CompactString>,
}

impl Passage {
    /// The side that a claim stands for.
    pub fn of_claim(member: u32, claim: &Claim) -> Self {
        Self {
            member,
            span: claim.span,
            line: claim.line,
            value: claim.printed().to_owned(),
            modality: claim.modality,
            speaker: claim.speaker.clone(),
        }
    }

    /// The side that a statement stands for; its value is the differing words.
    pub fn of_statement(member: u32, statement: &Statement, value: String) -> Self {
        Self {
            member,
            span: statement.span,
            line: statement.line,
            value,
            modality: statement.modality,
            speaker: statement.speaker.clone(),
        }
    }

    /// The passage as printed, from the member it stands in.
    pub fn text<'m>(&self, members: &'m [Member]) -> Cow<'m, str> {
        members[self.member as usize].text(self.span)
    }

    /// What tells passages of a story apart.
    pub fn key(&self) -> (u32, Span) {
        (self.member, self.span)
    }
}

/// A judged pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// What it is about.
    pub kind: Kind,
    /// The attribute of the slot: a rule id, `quotation`, `open`, `role-holder` or `statement`.
    pub attribute: CompactString,
    /// The side of the document that sorts first.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// The differing words: `upon [-invitation-] {+investigation+}`; empty where values say it.
    pub diff: String,
    /// The rule that decided.
    pub rule: String,
    /// Why, in words.
    pub why: String,
    /// The side that later events overtook.
    pub overtaken: Option<Side>,
    /// How likely it is that this is a contradiction; nothing for what is none.
    pub confidence: Option<Box<Confidence>>,
}

//! Match: which documents tell one story, which claims fill one slot, which pairs are worth comparing.

pub mod alike;
pub mod company;
pub mod credit;
mod crowd;
pub mod emblem;
pub mod event;
mod exclusive;
mod felt;
pub mod group;
pub mod identity;
pub mod linkage;
mod links;
mod named;
mod neighbours;
pub mod pairs;
pub mod phrases;
pub mod ragged;
pub mod reprint;
mod search;
mod sequel;
pub mod sets;
pub mod signature;
pub mod signatures;
pub mod slot;
pub mod story;
pub mod straggler;
pub mod transposed;
mod weighed;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::{Example, Exemplified, Rule};

/// `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What a story is recognised by.
    pub signature: signature::SignatureRules,
    /// When documents tell one story.
    pub story: story::StoryRules,
    /// When mentions are worth comparing.
    pub pairs: pairs::PairRules,
    /// When two sentences may share a clause.
    pub phrase: phrases::PhrasePairRules,
    /// When open claims tell of the same thing.
    pub open: slot::OpenSlotRules,
    /// When equal values are of one thing.
    pub alike: alike::AlikeRules,
    /// Which of several values stand against each other.
    pub rivals: crate::compare::rivals::RivalRules,
    /// When values left over stand against each other.
    pub leftover: crate::compare::leftover::LeftoverRules,
    /// Sentences that tell one thing in two ways.
    pub twin: crate::compare::twins::TwinRules,
    /// When it is asked who said a quotation.
    pub speaker: crate::compare::speakers::SpeakerRules,
    /// When times of events are of one happening.
    pub event_time: slot::OpenSlotRules,
    /// When two words of a contrast are told of the same thing.
    pub contrast: slot::OpenSlotRules,
    /// What figures are of.
    pub topic: crate::compare::topic::TopicRules,
    /// When two ages are one person's.
    pub bearer: slot::BearerRules,
    /// When figures with the same digits are one.
    pub transposed: transposed::TransposedRules,
    /// When one statement negates another.
    pub negated: crate::compare::negated::NegatedRules,
    /// When one outlet affirms what another refutes.
    pub refuted: crate::compare::refuted::RefutedRules,
    /// When documents share text.
    pub reprint: reprint::ReprintRules,
    /// Who credits whom.
    pub credit: credit::CreditRules,
}

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        (rule.path == "credit").then(|| credit::is_example(example.text(), &self.credit))
    }
}

//! An attribute as TOML describes it: what is told, by which words, with what kind of value, and
//! whose it is. A new attribute is a table in `rules/extract.toml` or in a pack, and no code.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Kind;
use crate::rules::{Checked, Wordings};

/// A table `[attribute.<id>]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// What it tells, in one sentence.
    pub about: String,
    /// What kind of value it has, which chooses the scanner and the comparator.
    pub kind: Kind,
    /// Nouns and noun phrases that name the happening: `visit`, `death toll`.
    #[serde(default)]
    pub nouns: Wordings,
    /// Verbs that name it, as lemmas, and verb phrases: `arrive`, `set off`. In any phrase `*` stands for a few words of the
    /// clause or none, among which the value may be: `claim * lives`.
    #[serde(default)]
    pub verbs: Wordings,
    /// Verb phrases whose doer is the value, in front of them: `greet * at the airport`.
    #[serde(default)]
    pub active: Wordings,
    /// True where each person named is an anchor: "Lind, 43," tells Lind's age.
    #[serde(default)]
    pub persons: bool,
    /// For numbers: what must be counted; empty for anything.
    #[serde(default)]
    pub counted: Vec<String>,
    /// Of these, the nouns that count all of them, whichever an outlet prefers: `people`, `demonstrators`.
    #[serde(default)]
    pub whole: Vec<String>,
    /// For numbers: base units, one of which the value must have; empty for a plain count.
    #[serde(default)]
    pub units: Vec<String>,
    /// For terms: the values there are, each with all its wordings. Where the attribute has no nouns and verbs, they are
    /// anchors themselves; else they are values that one of those must be near.
    #[serde(default)]
    pub terms: Vec<Wordings>,
    /// Whose it is.
    #[serde(default)]
    pub subject: SubjectOf,
    /// On which side of the anchor the value stands.
    #[serde(default)]
    pub side: Side,
    /// The greatest cost of what stands between anchor and value; the `reach` of `[binding]`
    /// where this is not given.
    pub reach: Option<u32>,
    /// Words one of which must stand between anchor and value.
    #[serde(default)]
    pub links: Vec<String>,
    /// Words that, in the same sentence, tell that something else is meant.
    #[serde(default)]
    pub excludes: Wordings,
    /// Phrases one of which must stand in the sentence: a cigarette is a cause where something was started by it.
    #[serde(default)]
    pub needs: Wordings,
    /// True for figures that grow as more becomes known: an earlier, smaller one is superseded.
    #[serde(default)]
    pub rises: bool,
    /// True for figures that grow or fall as time passes: of reports of two days the later supersedes the earlier.
    #[serde(default)]
    pub changes: bool,
    /// True where each anchor noun has a slot of its own: the length of the cable, of the bridge.
    #[serde(default)]
    pub keyed: bool,
    /// True where a story has one such thing and its anchors tell it without further words: a kick-off.
    #[serde(default)]
    pub single: bool,
    /// True where a year alone tells it: when a thing was built.
    #[serde(default)]
    pub years: bool,
    /// True where one thing may well have several values at once (a meeting of many stops), so
    /// that two of them are no contradiction.
    #[serde(default)]
    pub many: bool,
    /// Sentences that state it, with the value as printed.
    pub fires: Vec<Checked<Fires>>,
    /// Sentences that do not.
    pub silent: Vec<Checked<String>>,
}

impl Attribute {
    /// Whether its terms are values of its other anchors, and none themselves.
    pub fn has_bound_terms(&self) -> bool {
        !(self.terms.is_empty() || self.nouns.is_empty() && self.verbs.is_empty())
    }
}

/// An example that fires.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fires {
    /// The sentence.
    pub text: String,
    /// The value as it stands in it.
    pub value: String,
    /// Names of the subject, where the attribute has one.
    #[serde(default)]
    pub subject: Vec<String>,
}

/// Whose an attribute is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectOf {
    /// The story's own event: the crash, the vote. One a story.
    #[default]
    Event,
    /// Who does it: the traveller of a visit.
    Agent,
    /// All who take part: the two who meet.
    Participants,
    /// Whom or what it is done to: the company bought, the man sentenced.
    Object,
    /// Whom it is meant for: the guest of a dinner.
    Beneficiary,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Before or behind.
    #[default]
    Any,
    /// Only before: "five-day visit".
    Before,
    /// Only behind.
    After,
}

//! How two values stand to each other, and the verdict that follows.

use serde::{Deserialize, Serialize};

/// How two values of one slot stand to each other. A comparator answers with this and never
/// with a verdict: time, modality and copies are judged by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They say the same.
    Same,
    /// One is contained in the other, or bounds it: both can be true.
    LessPrecise,
    /// Two writings of one thing: spellings of a name, units, a translation.
    Variant,
    /// Both cannot be true of the same thing.
    Incompatible,
    /// Nothing can be said.
    Unknown,
}

/// The result of one comparator on two values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How the values stand to each other.
    pub relation: Relation,
    /// The rule that decided: its id in `rules/compare.toml`.
    pub rule: String,
    /// The reason in words, with both values.
    pub why: String,
}

impl Comparison {
    /// A comparison by `rule` for the reason `why`.
    pub fn new(relation: Relation, rule: &str, why: impl Into<String>) -> Self {
        Self { relation, rule: rule.to_owned(), why: why.into() }
    }
}

/// What is said of a pair of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Both say the same.
    Agrees,
    /// Both can be true, one says less.
    LessPrecise,
    /// One thing in two writings.
    Variant,
    /// A plan overtaken by events, or an earlier figure by a later one.
    Superseded,
    /// Both cannot be true of the same thing at the same time.
    Contradicts,
    /// An earlier question was answered with no; the reason says which.
    NotComparable,
}

impl Verdict {
    /// Whether both say the same, in one writing or two.
    pub fn is_same(self) -> bool {
        matches!(self, Self::Agrees | Self::Variant)
    }

    /// Whether one bears the other out: it says the same, or less.
    pub fn supports(self) -> bool {
        self.is_same() || self == Self::LessPrecise
    }

    /// Whether the values stand against each other, both at one time or one after the other.
    pub fn opposes(self) -> bool {
        matches!(self, Self::Contradicts | Self::Superseded)
    }
}

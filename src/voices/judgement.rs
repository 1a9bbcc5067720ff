//! One pair as a person judged it. A judgement overrides the verdict of the rules, and is a label to measure them by.

use serde::{Deserialize, Serialize};

use crate::comparison::Verdict;

/// `judgements.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgements {
    /// In the order they were made.
    #[serde(default)]
    pub judgement: Vec<Judgement>,
}

/// One pair as a person judged it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The id in the column `disagreement_id`.
    pub pair: String,
    /// What the person says of the two.
    pub verdict: Answer,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who judged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What the pair was about; with the passages it is known again when its documents move.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The first document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document_a: String,
    /// Its passage.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_a: String,
    /// Its value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value_a: String,
    /// The second document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document_b: String,
    /// Its passage.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_b: String,
    /// Its value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value_b: String,
}

/// What a person says of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// As [`Verdict::Agrees`].
    Agrees,
    /// As [`Verdict::LessPrecise`].
    LessPrecise,
    /// As [`Verdict::Variant`].
    Variant,
    /// As [`Verdict::Superseded`].
    Superseded,
    /// As [`Verdict::Contradicts`].
    Contradicts,
    /// As [`Verdict::NotComparable`].
    NotComparable,
    /// The person cannot tell: nothing is overridden.
    #[default]
    Unsure,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 7] = [
        Self::Agrees,
        Self::LessPrecise,
        Self::Variant,
        Self::Superseded,
        Self::Contradicts,
        Self::NotComparable,
        Self::Unsure,
    ];

    /// The verdict that it overrides with; none for unsure.
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Agrees => Some(Verdict::Agrees),
            Self::LessPrecise => Some(Verdict::LessPrecise),
            Self::Variant => Some(Verdict::Variant),
            Self::Superseded => Some(Verdict::Superseded),
            Self::Contradicts => Some(Verdict::Contradicts),
            Self::NotComparable => Some(Verdict::NotComparable),
            Self::Unsure => None,
        }
    }

    /// Its name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::LessPrecise => "less-precise",
            Self::Variant => "variant",
            Self::Superseded => "superseded",
            Self::Contradicts => "contradicts",
            Self::NotComparable => "not-comparable",
            Self::Unsure => "unsure",
        }
    }

    /// The answer of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}

/// What a pair is known by when its id is another: what it is about, and both passages in either order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passages {
    kind: String,
    sides: [(String, String); 2],
}

impl Passages {
    /// Of two passages with their values.
    pub fn new(kind: &str, sides: [(&str, &str); 2]) -> Self {
        let mut sides = sides.map(|(text, value)| (text.to_owned(), value.to_owned()));
        sides.sort();
        Self { kind: kind.to_owned(), sides }
    }
}

impl Judgement {
    /// Its passages, where the file tells them.
    pub fn passages(&self) -> Option<Passages> {
        let told = !self.text_a.is_empty() && !self.text_b.is_empty();
        told.then(|| Passages::new(&self.kind, [(&self.text_a, &self.value_a), (&self.text_b, &self.value_b)]))
    }
}

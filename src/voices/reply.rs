//! The right of reply: what a source says to a finding about itself, printed wherever the finding is.

use serde::Deserialize;
use toml::value::Datetime;

/// `replies.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replies {
    /// In the order they are printed.
    #[serde(default)]
    pub reply: Vec<Reply>,
}

/// One reply. It changes no verdict and no score.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Who replies.
    pub source: String,
    /// What it says.
    pub text: String,
    /// The finding: an id in the column `disagreement_id`.
    #[serde(default)]
    pub pair: String,
    /// Or all findings of one slot. Without either the reply stands by the source's scorecard.
    #[serde(default)]
    pub slot: String,
    /// When it was given.
    #[serde(default)]
    pub date: Option<Datetime>,
    /// Where it can be read.
    #[serde(default)]
    pub url: String,
}

impl Reply {
    /// Whether it is about this pair.
    pub fn is_about(&self, pair: &str, slot: &str) -> bool {
        !self.pair.is_empty() && self.pair == pair || !self.slot.is_empty() && self.slot == slot
    }

    /// Whether it is about the source's scorecard.
    pub fn is_general(&self) -> bool {
        self.pair.is_empty() && self.slot.is_empty()
    }

    /// Who says what, in a line; `source` is the name to print.
    pub fn shown(&self, source: &str) -> String {
        let date = self.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let url = if self.url.is_empty() { String::new() } else { format!(" {}", self.url) };
        format!("{source}{date}: {}{url}", self.text)
    }
}

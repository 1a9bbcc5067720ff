//! A page becomes an article: its main text, and what the page says of itself.

#[cfg(feature = "html")]
mod article;
#[cfg(feature = "html")]
mod blocks;
#[cfg(feature = "html")]
mod classes;
#[cfg(feature = "html")]
mod metadata;
#[cfg(feature = "html")]
mod trim;

use super::record::Record;
use super::rules::Rules;
use super::trouble::Trouble;

/// Fills what a record does not say from its page: the text, and the fields that are empty.
#[cfg(feature = "html")]
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    article::fill(record, rules)
}

/// Needs the feature `html`.
#[cfg(not(feature = "html"))]
pub(super) fn fill(_: &mut Record, _: &Rules) -> Result<(), Trouble> {
    Err(Trouble::FeatureOff("html"))
}

/// True for a text that is written in HTML.
pub(super) fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains("</")
}

/// The text of a piece of HTML, a block a line, nothing but furniture left out.
#[cfg(feature = "html")]
pub(super) fn plain(piece: &str, rules: &Rules) -> String {
    article::plain(piece, rules)
}

/// Without the feature `html` markup stays text.
#[cfg(not(feature = "html"))]
pub(super) fn plain(piece: &str, _: &Rules) -> String {
    piece.to_owned()
}

//! A page becomes an article: its main text, and what the page says of itself.

#[cfg(feature = "html")]
mod article;
#[cfg(feature = "html")]
mod blocks;
#[cfg(feature = "html")]
mod cells;
#[cfg(feature = "html")]
mod classes;
#[cfg(feature = "html")]
mod front;
#[cfg(feature = "html")]
mod metadata;
#[cfg(feature = "html")]
mod nesting;
pub(super) mod rules;
#[cfg(feature = "html")]
mod trim;
#[cfg(feature = "html")]
mod unscripted;
#[cfg(feature = "html")]
mod xml;

use super::record::Record;
use super::rules::Rules;
use super::trouble::Trouble;

/// Fills what a record does not say from its page: the text, and the fields that are empty.
///
/// # Errors
/// The page is nested too deeply or holds no article.
#[cfg(feature = "html")]
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    // Parsing takes time with the square of the depth, so the depth is judged first, without a parser.
    if nesting::nesting(&record.html) > rules.limits.html_depth {
        return Err(Trouble::TooDeep(rules.limits.html_depth));
    }
    // The parser and readability are other people's code and meet hostile pages: if they panic, that costs the page.
    let filled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| article::fill(record, rules)));
    filled.unwrap_or(Err(Trouble::NoArticle))
}

/// Needs the feature `html`.
#[cfg(not(feature = "html"))]
pub(super) fn fill(_: &mut Record, _: &Rules) -> Result<(), Trouble> {
    Err(Trouble::FeatureOff("html"))
}

/// The record in XML as trafilatura writes it.
///
/// # Errors
/// It is nested too deeply.
#[cfg(feature = "html")]
pub(super) fn from_xml(xml: &str, rules: &Rules) -> Result<Record, Trouble> {
    if nesting::nesting(xml) > rules.limits.html_depth {
        return Err(Trouble::TooDeep(rules.limits.html_depth));
    }
    let read = std::panic::catch_unwind(|| {
        let mut record = Record::default();
        xml::fill(&mut record, xml, rules);
        record
    });
    read.map_err(|_| Trouble::NoArticle)
}

/// Needs the feature `html`.
#[cfg(not(feature = "html"))]
pub(super) fn from_xml(_: &str, _: &Rules) -> Result<Record, Trouble> {
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

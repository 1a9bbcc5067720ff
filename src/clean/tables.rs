//! The tables of `rules/clean.toml`, as serde fills them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::block::Wrap;
use super::chain::{Chain, PlaceWeights};
use super::front::Front;
use super::lexicon::Phrases;
use super::noise::NoiseWeights;
use super::page::PageSigns;
use super::repeats::Repeats;
use super::roles::Layout;
use super::run::Run;
use super::shape::WordLists;
use crate::text::Abbreviations;

/// `rules/clean.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Dots that end no sentence.
    pub abbreviations: Abbreviations,
    /// Words that shape prose.
    pub words: WordLists,
    /// Hard-wrapped text.
    pub wrap: Wrap,
    /// Repeats within a source.
    pub repeats: Repeats,
    /// What tells a page from a bare text.
    pub page: PageSigns,
    /// The best run of lines.
    pub run: Run,
    /// What tells a front page, which has no article.
    pub front: Front,
    /// How marks follow one another.
    pub chain: Chain,
    /// What evidence is worth.
    pub weights: PlaceWeights,
    /// Where titles, bylines, captions and headings stand.
    pub layout: Layout,
    /// Phrases of furniture.
    pub furniture: Furniture,
    /// Phrases of an article's own parts.
    pub parts: Parts,
    /// The noise score.
    pub noise: NoiseWeights,
}

macro_rules! phrase_tables {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$doc])* pub $field: Phrases,)* }

        impl $name {
            /// Names and tables, in the order of the fields.
            pub fn all(&self) -> Vec<(&'static str, &Phrases)> { vec![$((stringify!($field), &self.$field),)*] }

            /// The names, in the same order.
            pub const NAMES: &[&str] = &[$(stringify!($field),)*];
        }
    };
}

phrase_tables! {
    /// Kinds of furniture; a table's name is the kind and the rule that `furniture.csv` prints.
    Furniture {
        /// Other stories: recent posts, most read.
        related,
        /// Readers' comments and the form for them.
        comments,
        /// Text of the site's template that nobody replaced.
        template,
        /// Weather, counters, ratings, votes, prices.
        widget,
        /// Subscribe, sign up, donate, switch off the blocker.
        plea,
        /// Buttons that share, print, save.
        share,
        /// Copyright lines.
        copyright,
        /// Terms, cookies, disclaimers, corrections policy.
        legal,
        /// Advertisements and affiliate links.
        advert,
        /// Where the text came from: source link, first published on.
        origin,
        /// Who the author or the site is.
        bio,
        /// Navigation.
        menu,
    }
}

phrase_tables! {
    /// Parts of an article that are not its prose.
    Parts {
        /// A photograph's credit.
        credit,
        /// Words that describe a photograph.
        caption,
        /// Who wrote it.
        byline,
        /// When it was published or changed.
        dateline,
        /// Heads questions and answers that restate the article.
        faq,
        /// Heads a list of the article's points.
        key_points,
        /// Opens a paragraph that sums up.
        summary,
    }
}

/// Numbers of the furniture tables in the lexicon.
pub(crate) const FURNITURE: Range<usize> = 0..Furniture::NAMES.len();
pub(crate) const RELATED: usize = 0;
pub(crate) const COMMENTS: usize = 1;
/// Furniture tables whose short lines head more furniture: related and comments.
pub(crate) const HEADINGS: Range<usize> = 0..2;
pub(crate) const CREDIT: usize = FURNITURE.end;
pub(crate) const CAPTION: usize = FURNITURE.end + 1;
pub(crate) const BYLINE: usize = FURNITURE.end + 2;
pub(crate) const DATELINE: usize = FURNITURE.end + 3;
pub(crate) const FAQ: usize = FURNITURE.end + 4;
pub(crate) const KEY_POINTS: usize = FURNITURE.end + 5;
pub(crate) const SUMMARY: usize = FURNITURE.end + 6;

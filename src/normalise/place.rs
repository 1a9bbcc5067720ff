//! Places by canonical name, with what contains them.

use std::collections::BTreeMap;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::embedded;
use crate::text::fold_char;

pub use super::gazetteer::{Gazetteer, Place};

/// The table `[place]` of `rules/normalise.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the table is for.
    pub about: String,
    /// Inhabitants, in thousands, from which a bare name is taken for the town.
    pub well_known: u32,
    /// Folded names that are hardly ever meant as places.
    pub not_places: Vec<String>,
    /// Canonical name → other names.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Canonical name → folded words for its people and its adjective.
    pub demonyms: BTreeMap<String, Vec<String>>,
    /// Places that the built-in table lacks.
    pub more: BTreeMap<String, More>,
    /// Class of venue → folded words for it.
    pub venues: BTreeMap<String, Vec<String>>,
}

/// A place added by hand.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct More {
    /// What it is.
    pub kind: PlaceKind,
    /// The class of a venue; empty for others.
    #[serde(default)]
    pub class: String,
    /// What contains it; empty for nothing.
    pub inside: String,
    /// Its other names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What kind of place a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// A continent.
    Continent,
    /// A state.
    Country,
    /// A stretch of land without sharp borders, or a part of a town.
    Area,
    /// A province, a state of a federation.
    Region,
    /// A town.
    City,
    /// A sea, a lake, a river.
    Water,
    /// A building or site.
    Venue,
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../rules/normalise.toml"), "place")
    }
}

/// The key under which a name is looked up: lower case, no accents, dots or apostrophes, hyphens
/// as blanks, no leading article.
pub fn place_key(name: &str) -> CompactString {
    let mut key = if name.is_ascii() { ascii_key(name) } else { wide_key(name) };
    if key.starts_with("the ") {
        key = CompactString::from(&key[4..]);
    }
    key
}

/// Most names have none of the marks that keys lack.
fn ascii_key(name: &str) -> CompactString {
    let mut key = if name.bytes().all(|b| plain(char::from(b)) == Some(char::from(b))) {
        CompactString::new(name)
    } else {
        name.chars().filter_map(plain).collect()
    };
    key.make_ascii_lowercase();
    key
}

fn wide_key(name: &str) -> CompactString {
    let base = name.nfd().filter(|c| !is_combining_mark(*c)).map(fold_char);
    base.flat_map(char::to_lowercase).filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    match c {
        '.' | '\'' | '\u{02BB}' => None,
        '-' => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_drop_what_writings_differ_in() {
        for (name, key) in [("The Hague", "hague"), ("U.S.", "us"), ("Nur-Sultan", "nur sultan"), ("Zürich", "zurich")]
        {
            assert_eq!(place_key(name), key);
        }
    }

    #[test]
    fn locates_with_what_contains_it() {
        let gazetteer = Gazetteer::builtin();
        for (name, canonical, inside) in [
            ("Lyon", "Lyon", "Auvergne-Rhône-Alpes, France, Europe"),
            ("Kiev", "Kyiv", "Kyiv City, Ukraine, Europe"),
            ("Britain", "United Kingdom", "Europe"),
            ("Manhattan", "Manhattan", "New York City, New York, United States, North America"),
            ("the Netherlands", "The Netherlands", "Europe"),
        ] {
            let found = gazetteer.locate(name).map(|l| (l.name.to_string(), l.inside.join(", ")));
            assert_eq!(found, Some((canonical.to_owned(), inside.to_owned())), "{name}");
        }
        assert_eq!(gazetteer.locate("Xyzzyville"), None);
    }

    #[test]
    fn context_settles_namesakes() {
        let gazetteer = Gazetteer::builtin();
        for (name, context, last) in [("Paris", "Texas", "Texas"), ("Springfield", "Illinois", "Illinois")] {
            let found = gazetteer.locate_in(name, context).map(|l| l.inside[0].to_string());
            assert_eq!(found.as_deref(), Some(last), "{name}");
        }
    }

    #[test]
    fn demonyms_and_venue_words() {
        let gazetteer = Gazetteer::builtin();
        assert_eq!(gazetteer.demonym("kenyan"), Some("Kenya"));
        assert_eq!(gazetteer.demonym("south african"), Some("South Africa"));
        assert_eq!(gazetteer.class_of("cosmodrome"), gazetteer.class_of("spaceport"));
        assert_eq!(gazetteer.class_of("weather"), None);
    }
}

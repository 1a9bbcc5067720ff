//! Places and venues.

use std::ops::Range;

use serde::Deserialize;

use super::names::Names;
use crate::claim::{EntityKind, Location};
use crate::normalise::place::Gazetteer;
use crate::reading::Reading;

/// Rules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct LocationMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is.
    pub value: Location,
}

/// Locations.
pub fn locations(_: &Reading, names: &Names, gazetteer: &Gazetteer, _: &Rules) -> Vec<LocationMention> {
    let placed = names
        .mentions
        .iter()
        .filter(|m| matches!(names.entities[m.entity].kind, EntityKind::Place | EntityKind::Venue));
    placed
        .map(|m| {
            let name = names.entities[m.entity].name.clone();
            let value =
                gazetteer.locate(&name).unwrap_or(Location { name, class: "".into(), named: true, inside: vec![] });
            LocationMention { tokens: m.tokens.clone(), value }
        })
        .collect()
}

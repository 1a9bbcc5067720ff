//! All attributes: found by their ids, and by their numbers in the order of these.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::attribute::Attribute;

/// The tables `[attribute.<id>]` of all files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Attribute>")]
pub struct Attributes {
    ids: Vec<String>,
    attributes: Vec<Attribute>,
}

impl From<BTreeMap<String, Attribute>> for Attributes {
    fn from(attributes: BTreeMap<String, Attribute>) -> Self {
        let (ids, attributes) = attributes.into_iter().unzip();
        Self { ids, attributes }
    }
}

impl Attributes {
    /// The attribute of an id.
    pub fn get(&self, id: &str) -> Option<&Attribute> {
        self.ids.binary_search_by(|known| known.as_str().cmp(id)).ok().map(|number| &self.attributes[number])
    }

    /// The attribute of a number.
    pub fn at(&self, number: usize) -> &Attribute {
        &self.attributes[number]
    }

    /// The id of a number.
    pub fn id(&self, number: usize) -> &str {
        &self.ids[number]
    }

    /// The attributes by number.
    pub fn values(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter()
    }

    /// The attributes by number, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Attribute)> {
        self.ids.iter().map(String::as_str).zip(&self.attributes)
    }
}

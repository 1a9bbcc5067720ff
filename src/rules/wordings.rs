//! A list of wordings as TOML has it, in one piece: there are a hundred thousand of them, and a text of its own for each takes
//! four times its letters.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Wordings in their order; in TOML a list of strings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wordings {
    letters: Box<str>,
    /// Where each ends.
    ends: Box<[u32]>,
}

impl Wordings {
    /// The wordings, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.letters[start as usize..*end as usize])
    }

    /// The wording that stands for all of them.
    pub fn first(&self) -> Option<&str> {
        self.iter().next()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Wordings {
    fn from_iter<I: IntoIterator<Item = S>>(wordings: I) -> Self {
        let mut gathered = Gathered::default();
        wordings.into_iter().for_each(|wording| gathered.push(wording.as_ref()));
        gathered.into()
    }
}

/// Wordings as they are read.
#[derive(Default)]
struct Gathered {
    letters: String,
    ends: Vec<u32>,
}

impl Gathered {
    fn push(&mut self, wording: &str) {
        self.letters.push_str(wording);
        self.ends.push(self.letters.len() as u32);
    }
}

impl From<Gathered> for Wordings {
    fn from(Gathered { letters, ends }: Gathered) -> Self {
        Self { letters: letters.into(), ends: ends.into() }
    }
}

impl<'de> Deserialize<'de> for Wordings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(List)
    }
}

/// The schema of rules tells what a list is by default.
impl Serialize for Wordings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Reads a list.
struct List;

impl<'de> Visitor<'de> for List {
    type Value = Wordings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Wordings, A::Error> {
        let mut gathered = Gathered::default();
        while list.next_element_seed(Item(&mut gathered))?.is_some() {}
        Ok(gathered.into())
    }
}

/// Reads one wording to the others.
struct Item<'g>(&'g mut Gathered);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Item<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, wording: &str) -> Result<(), E> {
        self.0.push(wording);
        Ok(())
    }
}

impl JsonSchema for Wordings {
    fn schema_name() -> Cow<'static, str> {
        "Wordings".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::Wordings;

    #[test]
    fn wordings_come_as_they_are_listed() {
        for listed in [&[][..], &["visit"], &["", "set off", "", "été"]] {
            let wordings: Wordings = listed.iter().collect();
            assert_eq!(wordings.iter().collect::<Vec<_>>(), listed);
            assert_eq!((wordings.first(), wordings.is_empty()), (listed.first().copied(), listed.is_empty()));
            let table = toml::Table::from_iter([("listed".to_owned(), listed.to_vec().into())]);
            assert_eq!(table["listed"].clone().try_into::<Wordings>().unwrap(), wordings);
        }
        assert_eq!(serde_json::to_string(&Wordings::default()).unwrap(), "[]");
        let wrong = toml::Value::from(vec![1]).try_into::<Wordings>().unwrap_err();
        assert_eq!(wrong.message(), toml::Value::from(vec![1]).try_into::<Vec<String>>().unwrap_err().message());
    }
}

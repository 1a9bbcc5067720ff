//! What is known before a run: verified values of slots, and sources whose trust is told.

use std::collections::BTreeMap;

use crate::compare::slot::Slot;
use crate::score::anchors::Fact;
use crate::score::ledger::NO_CLASS;
use crate::score::properties::number;

/// Verified facts and trusted sources.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Verified values by id of the slot.
    facts: BTreeMap<String, String>,
    /// Sources with a trust from 0 to 1. A slot's id is kept here too where its value looks like a share; no source
    /// goes by that name.
    pub trusted: Vec<(String, f64)>,
}

impl Known {
    /// Sorts out the rows of a file of anchors: a name with a share is a trusted source, anything may be a slot.
    pub fn new(rows: Vec<Fact>) -> Self {
        let mut known = Self::default();
        for Fact { item, value } in rows {
            let item = String::from_utf8_lossy(&item).trim().to_owned();
            let share = number(&value).filter(|share| (0.0..=1.0).contains(share));
            known.trusted.extend(share.map(|share| (item.clone(), share)));
            known.facts.insert(item, String::from_utf8_lossy(&value).trim().to_owned());
        }
        known
    }

    /// A digest of all that is known.
    pub fn digest(&self) -> u128 {
        xxhash_rust::xxh3::xxh3_128(format!("{:?} {:?}", self.facts, self.trusted).as_bytes())
    }

    /// The same with sources under other names.
    #[must_use]
    pub fn renamed(mut self, name: impl Fn(&str) -> String) -> Self {
        self.trusted.iter_mut().for_each(|(source, _)| *source = name(source));
        self
    }

    /// The class of a slot that has the verified value; [`NO_CLASS`] when no passage gives it.
    pub fn class(&self, id: &str, slot: &Slot) -> Option<u32> {
        let verified = self.facts.get(id)?;
        let same = |value: &str| {
            let numbers = number(value.as_bytes()).zip(number(verified.as_bytes()));
            value.eq_ignore_ascii_case(verified) || numbers.is_some_and(|(x, y)| x == y)
        };
        Some(slot.values.iter().find(|value| same(&value.value)).map_or(NO_CLASS, |value| value.class))
    }
}

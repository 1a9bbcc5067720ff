//! Whose text a copy group's text was first, and who tells.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::record::Key;
use crate::matching::credit::{CreditRules, First, Outlets, Printed, first, is_told, origin};
use crate::matching::group::Member;
use crate::matching::ragged::Ragged;
use crate::matching::reprint::Copy;
use crate::report::mask::Mask;
use crate::score::names::Interner;

/// What is known of each document's print, by number.
#[derive(Default)]
pub struct Prints {
    outlets: Outlets,
    /// Of outlets and of whom they credit.
    names: Interner,
    sources: Vec<u32>,
    published: Vec<Option<Date>>,
    texts: Vec<u64>,
    /// Whom each credits, sorted by name.
    credits: Ragged<u32>,
    /// Where each document came.
    rows: Vec<u32>,
}

impl Prints {
    /// No prints yet; `sources` are all outlets of the corpus, sorted.
    pub fn new(sources: &[&str], rules: &CreditRules, mask: &Mask) -> Self {
        // Credits are found by the names that texts give, and told by what the tables call the outlets.
        let code = |name: &str| sources.binary_search(&name).is_ok().then(|| mask.source(name));
        Self { outlets: Outlets::new(sources.iter().copied(), rules).renamed(&code), ..Self::default() }
    }

    /// Takes from a key what tells whose text it is.
    pub fn push(&mut self, key: &Key, mask: &Mask) {
        let source = mask.source(&key.source);
        let credits = self.outlets.credits(&source, &key.credits);
        let credits: Vec<u32> = credits.into_iter().map(|name| self.names.id(name.as_bytes())).collect();
        self.sources.push(self.names.id(source.as_bytes()));
        self.published.push(key.published);
        self.texts.push(key.signature.digest());
        self.credits.push(credits);
    }

    /// Numbers the documents anew: document `n` is the one that came as `order[n]`.
    #[must_use]
    pub fn in_order(self, order: Vec<u32>) -> Self {
        Self { rows: order, ..self }
    }

    fn row(&self, document: usize) -> usize {
        self.rows[document] as usize
    }

    /// What is known of a document.
    pub fn of(&self, document: usize) -> Printed<'_> {
        let credits = self.credits.row(self.row(document)).iter().map(|name| self.names.plain(*name));
        Printed { source: self.source(document), published: self.published(document), credits: credits.collect() }
    }

    /// The outlet of a document.
    pub fn source(&self, document: usize) -> &str {
        self.names.plain(self.sources[self.row(document)])
    }

    /// The day of publication of a document.
    pub fn published(&self, document: usize) -> Option<Date> {
        self.published[self.row(document)]
    }

    /// Orders documents by day of publication, unknown days last, then by what they tell: what they are called decides
    /// only between two that tell the same.
    pub fn age(&self, document: usize) -> (bool, Option<Date>, u64, usize) {
        let published = self.published(document);
        (published.is_none(), published, self.texts[self.row(document)], document)
    }

    /// Which of two documents was first.
    pub fn first(&self, copy: &Copy) -> First {
        first(&self.of(copy.a), &self.of(copy.b))
    }

    /// Whether the copy says whose text it is.
    pub fn is_told(&self, copy: &Copy) -> bool {
        is_told(&self.of(copy.a), &self.of(copy.b))
    }
}

/// The outlet or agency behind each unit, where it is known.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// By unit: few have one, and a story has few of them all.
    names: FxHashMap<u32, String>,
}

impl Origins {
    /// The origins of units; `unit` tells that of each document. A document that nobody copies is its outlet's own.
    pub fn of_units(unit: &[u32], prints: &Prints) -> Self {
        let mut members: Vec<Vec<usize>> = Vec::new();
        for (document, unit) in unit.iter().enumerate() {
            members.resize(members.len().max(*unit as usize + 1), Vec::new());
            members[*unit as usize].push(document);
        }
        let name = |members: &Vec<usize>| {
            let printed: Vec<Printed> = members.iter().map(|document| prints.of(*document)).collect();
            origin(&printed.iter().collect::<Vec<_>>()).map(str::to_owned)
        };
        let copied = (0..).zip(&members).filter(|(_, members)| members.len() > 1);
        Self { names: copied.filter_map(|(unit, members)| Some((unit, name(members)?))).collect() }
    }

    /// The origins of a story's units, from the origin of each member's text.
    pub fn of_members(members: &[Member], origins: &[Option<String>]) -> Self {
        let told = members.iter().zip(origins).filter_map(|(member, origin)| Some((member.unit, origin.clone()?)));
        Self { names: told.collect() }
    }

    /// The origin of a unit's text, where it is known.
    pub fn name(&self, unit: u32) -> Option<&str> {
        self.names.get(&unit).map(String::as_str)
    }

    /// The origin of a unit's text, unless it is the source itself.
    pub fn of(&self, unit: u32, source: &str) -> Option<&str> {
        self.name(unit).filter(|origin| *origin != source)
    }
}

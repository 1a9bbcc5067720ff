//! The gazetteer: the built-in table of places and the user's own, loaded once and looked up by
//! folded name. The table is data of GeoNames, see `data/README.md`.

use std::io::Read;
use std::sync::OnceLock;

use compact_str::CompactString;
use flate2::read::ZlibDecoder;
use rustc_hash::{FxHashMap, FxHashSet};

use super::place::{More, PlaceKind, Rules, place_key};
use crate::claim::Location;
use crate::rules::WordMap;
use crate::text::WordList;

static TABLE: &[u8] = include_bytes!("data/places.tsv.zz");

/// No row.
const NONE: u32 = u32::MAX;
/// A region's weight against towns, in thousands of inhabitants: greater towns win its name.
const REGION_WEIGHT: u32 = 600;

/// Names of places, their demonyms and the words for venues.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    keys: WordList,
    /// The first entry of the chain of places that bear a key, by its number.
    chains: Vec<u32>,
    entries: Vec<Entry>,
    demonyms: WordMap<CompactString>,
    classes: WordMap<CompactString>,
    not_places: FxHashSet<CompactString>,
    well_known: u32,
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Canonical name.
    pub name: CompactString,
    /// What it is.
    pub kind: PlaceKind,
    /// The class of a venue; empty for others.
    pub class: CompactString,
    /// Thousands of inhabitants, or a weight of that order.
    pub weight: u32,
    parent: u32,
}

#[derive(Debug)]
struct Entry {
    place: u32,
    next: u32,
}

impl Gazetteer {
    /// The built-in gazetteer with the built-in rules.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Gazetteer> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::with(&Rules::default()))
    }

    /// The built-in table with `rules` on top.
    pub fn with(rules: &Rules) -> Self {
        let mut built = Self { well_known: rules.well_known, ..Self::default() };
        built.not_places = rules.not_places.iter().map(CompactString::from).collect();
        for (name, more) in &rules.more {
            built.add_more(name, more);
        }
        let table = table_text();
        built.places.reserve(table.lines().count());
        built.add_table(&table);
        built.link_more(rules);
        for (name, others) in &rules.aliases {
            built.add_aliases(name, others);
        }
        let words = |(to, words): (&String, &Vec<String>)| -> Vec<(CompactString, CompactString)> {
            words.iter().map(|w| (w.into(), to.into())).collect()
        };
        built.keys.shrink_to_fit();
        built.chains.shrink_to_fit();
        built.entries.shrink_to_fit();
        built.demonyms = rules.demonyms.iter().flat_map(words).collect();
        built.classes = rules.venues.iter().flat_map(words).collect();
        built
    }

    /// The place a name most likely means, by canonical name, with what contains it.
    pub fn locate(&self, name: &str) -> Option<Location> {
        self.best(&place_key(name)).map(|place| self.location(place))
    }

    /// As [`Self::locate`], unless lesser places bear the name too and the text may mean one.
    pub fn locate_certain(&self, name: &str) -> Option<Location> {
        const DWARFED: u32 = 10;
        let key = place_key(name);
        let best = self.best_id(&key)?;
        let place = &self.places[best as usize];
        let rival =
            |at: u32| at != best && self.places[at as usize].weight > place.weight / DWARFED && !self.nested(at, best);
        (!self.bearers(&key).any(rival)).then(|| self.location(place))
    }

    /// True when one of two places of one name contains the other: a town and its province.
    fn nested(&self, a: u32, b: u32) -> bool {
        let holds = |outer: u32, inner: u32| {
            self.chain(&self.places[inner as usize]).any(|p| std::ptr::eq(p, &self.places[outer as usize]))
        };
        holds(a, b) || holds(b, a)
    }

    /// The place of this name that lies inside `context`; without such, as [`Self::locate`].
    pub fn locate_in(&self, name: &str, context: &str) -> Option<Location> {
        let container = self.best(&place_key(context)).map(|p| p.name.as_str());
        let inside = |place: &&Place| self.chain(place).any(|p| Some(p.name.as_str()) == container);
        let key = place_key(name);
        let mut bearers = self.bearers(&key).map(|at| &self.places[at as usize]);
        bearers.find(inside).or_else(|| self.best(&key)).map(|place| self.location(place))
    }

    /// The weightiest place under a key made by [`place_key`].
    pub fn best(&self, key: &str) -> Option<&Place> {
        self.best_id(key).map(|at| &self.places[at as usize])
    }

    fn best_id(&self, key: &str) -> Option<u32> {
        self.bearers(key).max_by_key(|&at| (self.places[at as usize].weight, std::cmp::Reverse(at)))
    }

    /// True when the bare name under `key` means the place without more evidence.
    pub fn is_well_known(&self, key: &str) -> bool {
        !self.not_places.contains(key) && self.best(key).is_some_and(|p| p.weight >= self.well_known)
    }

    /// True when the name under `key` is a country's, a region's or a great city's.
    pub fn is_eminent(&self, key: &str) -> bool {
        !self.not_places.contains(key) && self.best(key).is_some_and(|p| p.weight >= REGION_WEIGHT)
    }

    /// The place whose people or adjective the folded word is.
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.demonyms.get(word).map(CompactString::as_str)
    }

    /// The class of venue that the folded word names.
    pub fn class_of(&self, word: &str) -> Option<&str> {
        self.classes.get(word).map(CompactString::as_str)
    }

    /// The class of venue that two words in a row name: `guest house`.
    pub fn class_of_pair(&self, first: &str, second: &str) -> Option<&str> {
        self.classes.get_pair(first, second).map(CompactString::as_str)
    }

    fn location(&self, place: &Place) -> Location {
        let mut inside: Vec<CompactString> = self.chain(place).map(|p| p.name.clone()).collect();
        inside.retain(|name| *name != place.name);
        Location { name: place.name.clone(), class: place.class.clone(), named: true, inside }
    }

    /// What contains a place, innermost first.
    fn chain<'g>(&'g self, place: &'g Place) -> impl Iterator<Item = &'g Place> {
        const DEEPEST: usize = 8;
        let parent = |p: &&'g Place| self.places.get(p.parent as usize);
        std::iter::successors(parent(&place), move |p| parent(p)).take(DEEPEST)
    }

    /// The places that bear a name, the last added first.
    fn bearers(&self, key: &str) -> impl Iterator<Item = u32> {
        let entry = |at: u32| self.entries.get(at as usize);
        let first = self.keys.number(key).and_then(|number| entry(self.chains[number as usize]));
        std::iter::successors(first, move |e| entry(e.next)).map(|e| e.place)
    }

    fn add(&mut self, place: Place) -> u32 {
        let at = self.places.len() as u32;
        self.add_key(&place_key(&place.name), at);
        self.places.push(place);
        at
    }

    fn add_key(&mut self, key: &str, place: u32) {
        let (entry, number) = (self.entries.len() as u32, self.keys.add(key) as usize);
        if number == self.chains.len() {
            self.chains.push(NONE);
        }
        let next = std::mem::replace(&mut self.chains[number], entry);
        self.entries.push(Entry { place, next });
    }

    fn add_more(&mut self, name: &str, more: &More) {
        let weight = weight_of(more.kind);
        let (kind, class) = (more.kind, more.class.as_str().into());
        let at = self.add(Place { name: name.into(), kind, class, weight, parent: NONE });
        for alias in &more.aliases {
            self.add_key(&place_key(alias), at);
        }
    }

    /// Sets what contains the places added by hand, once all places are known.
    fn link_more(&mut self, rules: &Rules) {
        for (at, more) in rules.more.values().enumerate() {
            self.places[at].parent =
                self.best_id(&place_key(&more.inside)).filter(|&p| p as usize != at).unwrap_or(NONE);
        }
    }

    fn add_aliases(&mut self, name: &str, others: &[String]) {
        let Some(at) = self.best_id(&place_key(name)) else { return };
        for other in others {
            self.add_key(&place_key(other), at);
        }
    }

    /// Reads the table: countries, then regions, then towns by falling size.
    fn add_table<'t>(&mut self, text: &'t str) {
        // Country and region code → place; a country stands under the empty region.
        let mut codes: FxHashMap<(&'t str, &'t str), u32> = FxHashMap::default();
        for line in text.lines() {
            let cells: [&str; 6] = cells_of(line);
            let [kind, name, country, region, thousands, aliases] = cells;
            let parent = match kind {
                "country" => self.best_id(&place_key(region)),
                "region" => codes.get(&(country, "")).copied(),
                _ => codes.get(&(country, region)).or_else(|| codes.get(&(country, ""))).copied(),
            };
            let at = self.add(row(kind, name, thousands, parent.unwrap_or(NONE)));
            match kind {
                "country" => drop(codes.insert((country, ""), at)),
                "region" => drop(codes.insert((country, region), at)),
                _ => aliases.split('|').filter(|a| !a.is_empty()).for_each(|a| self.add_key(a, at)),
            }
        }
    }
}

fn cells_of<const N: usize>(line: &str) -> [&str; N] {
    let mut cells = line.split('\t');
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

fn row(kind: &str, name: &str, thousands: &str, parent: u32) -> Place {
    let (kind, weight) = match kind {
        "country" => (PlaceKind::Country, weight_of(PlaceKind::Country)),
        "region" => (PlaceKind::Region, weight_of(PlaceKind::Region)),
        _ => (PlaceKind::City, thousands.parse().unwrap_or(0)),
    };
    Place { name: name.into(), kind, class: CompactString::default(), weight, parent }
}

fn weight_of(kind: PlaceKind) -> u32 {
    match kind {
        PlaceKind::Country => u32::MAX,
        PlaceKind::Continent | PlaceKind::Area | PlaceKind::Water | PlaceKind::Venue => u32::MAX / 2,
        PlaceKind::Region | PlaceKind::City => REGION_WEIGHT,
    }
}

/// The inflated table; its bytes are a constant, and the tests read them.
fn table_text() -> String {
    let mut text = String::new();
    let read = ZlibDecoder::new(TABLE).read_to_string(&mut text);
    debug_assert!(read.is_ok());
    text
}

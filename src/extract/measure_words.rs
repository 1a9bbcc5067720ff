//! The words of numbers, measures and dates in one table, so that a token is looked up once
//! and both scanners read the answer.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::quantity::QuantityRules;
use super::when::{CalendarUnit, Piece, WhenRules};
use crate::claim::{Bound, DayPart};
use crate::normalise::unit::{Unit, UnitRules};
use crate::rules::WordMap;

/// The place of words that mean nothing here.
pub const UNKNOWN: u16 = 0;
/// The place of hyphenated words that must be taken apart.
pub const COMPOUND: u16 = 1;

/// A unit by its place in [`MeasureWords`].
pub type UnitId = u16;

/// A phrase that begins or ends with the word it is kept under: its other words, and its meaning.
pub type Phrase<T> = (Vec<CompactString>, T);

/// Everything one word can mean to the scanners of numbers and dates.
#[derive(Clone, Debug, Default)]
pub struct Sense {
    /// `seven`.
    pub cardinal: Option<f64>,
    /// `seventh`.
    pub ordinal: Option<f64>,
    /// `quarter`.
    pub fraction: Option<f64>,
    /// `dozen`.
    pub group: Option<f64>,
    /// `million`.
    pub scale: Option<f64>,
    /// `millions`.
    pub plural_scale: Option<f64>,
    /// `several`, with the least and greatest value meant.
    pub vague: Option<(f64, f64)>,
    /// `miles`.
    pub unit: Option<UnitId>,
    /// Units of several words that begin with this one.
    pub unit_phrases: Vec<Phrase<UnitId>>,
    /// Marks of money before a number that begin with this word or mark.
    pub prefixes: Vec<Phrase<UnitId>>,
    /// Phrases that bound a number and end with this word, their other words nearest first.
    pub bounds: Vec<Phrase<Bound>>,
    /// Phrases behind a number that begin with this word.
    pub tails: Vec<Phrase<Bound>>,
    /// `weeklong`.
    pub long: Option<UnitId>,
    /// A word no count reaches over.
    pub stop: bool,
    /// A noun that heads a count.
    pub head: bool,
    /// Looks like a plural and is none.
    pub not_head: bool,
    /// A number behind it is a label.
    pub label: bool,
    /// A month's name.
    pub month: Option<i8>,
    /// The month's name is another word too.
    pub ambiguous: bool,
    /// Shows that the name behind it is a month.
    pub month_cue: bool,
    /// A weekday's name.
    pub weekday: Option<i8>,
    /// A weekday's short name.
    pub short_weekday: Option<i8>,
    /// `noon`: part of the day that stands alone.
    pub hour: Option<DayPart>,
    /// `afternoon`.
    pub part: Option<DayPart>,
    /// `yesterday`, with the part of the day in it.
    pub day: Option<(i32, Option<DayPart>)>,
    /// `last`, counted from the day of publication.
    pub shift: Option<i32>,
    /// `following`, counted from a day told before.
    pub story_shift: Option<i32>,
    /// `week`.
    pub span: Option<CalendarUnit>,
    /// `ago`, `later`.
    pub offset: Option<Offset>,
    /// `summer`.
    pub season: Option<Piece>,
    /// `late`.
    pub section: Option<Piece>,
    /// `gmt`, in minutes east of Greenwich.
    pub zone: Option<i16>,
    /// `a`, `an`, `the`.
    pub article: bool,
    /// Hyphenated and unknown as a whole.
    pub compound: bool,
    /// A quantity may begin here: worked out from the others.
    pub opens_quantity: bool,
    /// A date may begin here: worked out from the others.
    pub opens_when: bool,
}

impl Sense {
    /// Works out what may begin with the word, so that the scanners pass all other words by.
    fn settle(&mut self) {
        let number = self.cardinal.or(self.ordinal).or(self.fraction).or(self.group).is_some();
        let vague = self.vague.is_some() || self.plural_scale.is_some();
        let measure = self.unit.is_some() || self.long.is_some() || !self.prefixes.is_empty();
        let name = self.month.or(self.weekday).or(self.short_weekday).is_some();
        let told = self.day.is_some() || self.shift.or(self.story_shift).is_some() || self.span.is_some();
        let piece = self.hour.is_some() || self.season.or(self.section).is_some();
        let any = self.article || self.compound || number || vague;
        self.opens_quantity = any || measure;
        self.opens_when = any || name || told || piece;
    }
}

/// Which way, and from where, a number of days or years is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// Back from the day of publication.
    Ago,
    /// On from a day told before.
    Later,
    /// Back from a day told before.
    Earlier,
}

/// All words of numbers, measures and dates.
#[derive(Clone, Debug)]
pub struct MeasureWords {
    /// The rules for numbers.
    pub quantity: QuantityRules,
    /// The rules for dates.
    pub when: WhenRules,
    places: WordMap<u16>,
    senses: Vec<Sense>,
    units: Vec<Unit>,
    stuck: FxHashMap<CompactString, UnitId>,
    glued: FxHashMap<CompactString, UnitId>,
    clocks: FxHashMap<CompactString, (i16, bool)>,
}

impl MeasureWords {
    /// Lays the words of the rules out for looking up.
    pub fn new(quantity: &QuantityRules, when: &WhenRules, units: &UnitRules) -> Self {
        let mut words = Self {
            quantity: quantity.clone(),
            when: when.clone(),
            places: WordMap::default(),
            senses: vec![Sense::default(), Sense { compound: true, ..Sense::default() }],
            units: Vec::new(),
            stuck: FxHashMap::default(),
            glued: FxHashMap::default(),
            clocks: FxHashMap::default(),
        };
        words.add_numbers(quantity);
        words.add_bounds(quantity);
        words.add_roles(quantity);
        words.add_calendar(when);
        words.add_shifts(when);
        units.measures.values().chain(units.currencies.values()).for_each(|unit| words.add_unit(unit));
        words.add_long(quantity);
        ["a", "an", "the"].iter().for_each(|word| words.sense_mut(word).article = true);
        words.senses.iter_mut().for_each(Sense::settle);
        words
    }

    /// What a word means; the empty sense for a word that means nothing here.
    pub fn sense_of(&self, word: &str) -> &Sense {
        self.at(self.place_of(word))
    }

    /// The sense at a place.
    pub(super) fn at(&self, place: u16) -> &Sense {
        &self.senses[usize::from(place)]
    }

    /// The unit of an id.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[usize::from(id)]
    }

    /// The unit stuck to digits as `tail`: `5km`.
    pub fn stuck_unit(&self, tail: &str) -> Option<UnitId> {
        self.stuck.get(tail).copied()
    }

    /// The currency whose letters stand before digits without a space: `R312`.
    pub fn glued_unit(&self, letters: &str) -> Option<UnitId> {
        self.glued.get(letters).copied()
    }

    /// The clock of a place: minutes east of Greenwich in winter, and whether it is ahead in summer.
    pub fn clock(&self, place: &str) -> Option<(i16, bool)> {
        self.clocks.get(place).copied()
    }

    /// True for the unit of ages.
    pub fn is_year(&self, unit: UnitId) -> bool {
        self.sense_of("year").unit == Some(unit)
    }

    /// The place of a word's sense: [`UNKNOWN`] for a word that means nothing here, [`COMPOUND`]
    /// for a hyphenated one that must be taken apart.
    pub(super) fn place_of(&self, word: &str) -> u16 {
        match self.places.get(word) {
            Some(place) => *place,
            None if word.as_bytes().contains(&b'-') => COMPOUND,
            None => UNKNOWN,
        }
    }

    fn sense_mut(&mut self, word: &str) -> &mut Sense {
        let place = self.places.meaning_mut(word);
        if *place == UNKNOWN {
            *place = self.senses.len() as u16;
            self.senses.push(Sense::default());
        }
        &mut self.senses[usize::from(*place)]
    }

    fn add_numbers(&mut self, rules: &QuantityRules) {
        rules.cardinals.iter().for_each(|(w, v)| self.sense_mut(w).cardinal = Some(*v));
        rules.ordinals.iter().for_each(|(w, v)| self.sense_mut(w).ordinal = Some(*v));
        rules.fractions.iter().for_each(|(w, v)| self.sense_mut(w).fraction = Some(*v));
        rules.groups.iter().for_each(|(w, v)| self.sense_mut(w).group = Some(*v));
        rules.scales.iter().for_each(|(w, v)| self.sense_mut(w).scale = Some(*v));
        rules.plural_scales.iter().for_each(|(w, v)| self.sense_mut(w).plural_scale = Some(*v));
        rules.vague.iter().for_each(|(w, v)| self.sense_mut(w).vague = Some((v[0], v[1])));
    }

    fn add_bounds(&mut self, rules: &QuantityRules) {
        for (bound, phrase) in rules.bounds.each() {
            let mut parts: Vec<CompactString> = phrase.split(' ').rev().map(CompactString::from).collect();
            let last = parts.remove(0);
            add_phrase(&mut self.sense_mut(&last).bounds, parts, bound);
        }
        for (bound, phrase) in rules.tails.each() {
            let (first, rest) = split_phrase(phrase);
            add_phrase(&mut self.sense_mut(&first).tails, rest, bound);
        }
    }

    fn add_roles(&mut self, rules: &QuantityRules) {
        rules.stops.iter().for_each(|w| self.sense_mut(w).stop = true);
        rules.heads.iter().for_each(|w| self.sense_mut(w).head = true);
        rules.not_heads.iter().for_each(|w| self.sense_mut(w).not_head = true);
        rules.labels.iter().for_each(|w| self.sense_mut(w).label = true);
    }

    fn add_calendar(&mut self, rules: &WhenRules) {
        rules.months.iter().for_each(|(w, v)| self.sense_mut(w).month = Some(*v));
        rules.weekdays.iter().for_each(|(w, v)| self.sense_mut(w).weekday = Some(*v));
        rules.short_weekdays.iter().for_each(|(w, v)| self.sense_mut(w).short_weekday = Some(*v));
        rules.hours.iter().for_each(|(w, v)| self.sense_mut(w).hour = Some(*v));
        rules.parts.iter().for_each(|(w, v)| self.sense_mut(w).part = Some(*v));
        rules.seasons.iter().for_each(|(w, v)| self.sense_mut(w).season = Some(*v));
        rules.sections.iter().for_each(|(w, v)| self.sense_mut(w).section = Some(*v));
        rules.zones.iter().for_each(|(w, v)| self.sense_mut(w).zone = Some(*v));
        for clock in &rules.clocks {
            clock.places.iter().for_each(|place| _ = self.clocks.insert(place.into(), (clock.offset, clock.summer)));
        }
        rules.ambiguous_months.iter().for_each(|w| self.sense_mut(w).ambiguous = true);
        rules.month_cues.iter().for_each(|w| self.sense_mut(w).month_cue = true);
    }

    fn add_shifts(&mut self, rules: &WhenRules) {
        rules.days.iter().for_each(|(w, v)| self.sense_mut(w).day = Some((v.shift, v.part)));
        rules.shifts.iter().for_each(|(w, v)| self.sense_mut(w).shift = Some(*v));
        rules.story_shifts.iter().for_each(|(w, v)| self.sense_mut(w).story_shift = Some(*v));
        rules.ago.iter().for_each(|w| self.sense_mut(w).offset = Some(Offset::Ago));
        rules.later.iter().for_each(|w| self.sense_mut(w).offset = Some(Offset::Later));
        rules.earlier.iter().for_each(|w| self.sense_mut(w).offset = Some(Offset::Earlier));
        rules.spans.iter().for_each(|(w, v)| self.sense_mut(w).span = Some(*v));
    }

    fn add_unit(&mut self, unit: &Unit) {
        let id = self.units.len() as UnitId;
        self.units.push(unit.clone());
        for name in &unit.names {
            let (first, rest) = split_phrase(name);
            match rest.is_empty() {
                true => self.sense_mut(&first).unit = Some(id),
                false => add_phrase(&mut self.sense_mut(&first).unit_phrases, rest, id),
            }
        }
        for mark in &unit.marks {
            let (first, rest) = split_phrase(mark);
            add_phrase(&mut self.sense_mut(&first).prefixes, rest, id);
        }
        let glued =
            unit.glued.iter().chain(unit.marks.iter().filter(|mark| mark.bytes().all(|b| b.is_ascii_alphabetic())));
        glued.for_each(|letters| _ = self.glued.insert(letters.into(), id));
        unit.names.iter().chain(&unit.stuck).for_each(|name| _ = self.stuck.insert(name.into(), id));
    }

    fn add_long(&mut self, rules: &QuantityRules) {
        for (word, unit) in &rules.long {
            let id = self.sense_of(unit).unit;
            self.sense_mut(word).long = id;
        }
    }
}

fn split_phrase(phrase: &str) -> (CompactString, Vec<CompactString>) {
    let mut parts = phrase.split(' ').map(CompactString::from);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Longest first, so that the first phrase that fits is the best.
fn add_phrase<T>(phrases: &mut Vec<Phrase<T>>, words: Vec<CompactString>, meaning: T) {
    let at = phrases.iter().position(|(w, _)| w.len() < words.len()).unwrap_or(phrases.len());
    phrases.insert(at, (words, meaning));
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::Span;
    use crate::extract::measure_scan::Scan;
    use crate::text::tokenize;

    /// A table of a file of rules.
    pub(crate) fn table<T: serde::de::DeserializeOwned>(file: &str, name: &str) -> T {
        let mut rules: toml::Table = file.parse().unwrap();
        rules.remove(name).unwrap().try_into().unwrap()
    }

    /// The words of the rules in the repository.
    pub(crate) fn words() -> MeasureWords {
        let extract = include_str!("../../rules/extract.toml");
        let normalise = include_str!("../../rules/normalise.toml");
        MeasureWords::new(&table(extract, "quantity"), &table(extract, "when"), &table(normalise, "unit"))
    }

    #[test]
    fn senses_are_found_by_folded_word() {
        let words = words();
        let text = "Seven people may march";
        let tokens = tokenize(text, Span::new(0, text.len()));
        let scan = Scan::new(&tokens, &words);
        assert_eq!(scan.sense(0).cardinal, Some(7.0));
        assert!(scan.sense(1).head);
        assert_eq!(scan.sense(3).month, Some(3));
        assert!(!scan.is_known(9));
    }
}

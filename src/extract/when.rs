//! Days, weeks, months, years and times of day as written: `Sept. 13`, `late August`, `three days later`,
//! `Sunday afternoon`, `18:38 (0938 GMT)`. Nothing is resolved here.

mod calendar;
mod clock;
mod deadline;
mod join;
mod length;
mod piece;
mod relative;
mod weekday;
mod zone;

use std::ops::Range;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::measure_scan::Scan;
use super::measure_words::MeasureWords;
use crate::claim::{DayPart, When};
use crate::text::Token;

pub(super) use length::length;

/// The table `when` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhenRules {
    /// What the table is for.
    pub about: String,
    /// Sentences in which a date or time is read.
    pub fires: Vec<String>,
    /// Sentences in which none is.
    pub silent: Vec<String>,
    /// A bare number of four digits from here on can be a year.
    pub first_year: u16,
    /// And up to here.
    pub last_year: u16,
    /// Names of months that are other words or names too.
    pub ambiguous_months: Vec<String>,
    /// Words that show that the name behind them is a month.
    pub month_cues: Vec<String>,
    /// A weekday behind one of these is a name or a set of days.
    pub weekday_not_after: Vec<String>,
    /// A weekday before one of these is a name.
    pub weekday_not_before: Vec<String>,
    /// `ago`.
    pub ago: Vec<String>,
    /// `later`.
    pub later: Vec<String>,
    /// `earlier`.
    pub earlier: Vec<String>,
    /// Verbs that move something from one day to another.
    pub movers: Vec<String>,
    /// `about`.
    pub about_words: Vec<String>,
    /// `shortly` before "after" and "before".
    pub shortly: Vec<String>,
    /// `a.m.`
    pub am: Vec<String>,
    /// `p.m.`
    pub pm: Vec<String>,
    /// `o'clock`.
    pub oclock: Vec<String>,
    /// Words behind figures that are a length and no time of day: "2:46 min".
    pub running: Vec<String>,
    /// Words between minutes and the hour they follow: "half past six".
    pub past_words: Vec<String>,
    /// Words between minutes and the hour they precede: "ten minutes to six".
    pub to_words: Vec<String>,
    /// Words behind which "ten to four" is a time of day.
    pub spoken_cues: Vec<String>,
    /// Words for minutes in front of them.
    pub minutes: FxHashMap<String, u16>,
    /// May stand between a day and a time of day.
    pub connectors: Vec<String>,
    /// Before a year.
    pub year_cues: Vec<String>,
    /// Before "the weekend".
    pub weekend_cues: Vec<String>,
    /// Behind something that goes on, before its end: "until Friday".
    pub deadline_ends: Vec<String>,
    /// Before the last day for something: "by Friday".
    pub deadline_within: Vec<String>,
    /// Words of a clause that tells of something to be done.
    pub deadline_open: Vec<String>,
    /// Words before what is asked to be done by then.
    pub deadline_asked: Vec<String>,
    /// Words of a clause that tells what went on until then, and no more.
    pub deadline_over: Vec<String>,
    /// Words of a clause that tells what was done by then.
    pub deadline_perfect: Vec<String>,
    /// `between`.
    pub between: Vec<String>,
    /// Join the ends of a range.
    pub joints: Vec<String>,
    /// Before "the morning".
    pub part_cues: Vec<String>,
    /// Behind what is left to play: "7:42 *left*".
    pub clock_rest: Vec<String>,
    /// Before a time of day.
    pub clock_cues: Vec<String>,
    /// Months by name.
    pub months: FxHashMap<String, i8>,
    /// Weekdays by name, Monday 1.
    pub weekdays: FxHashMap<String, i8>,
    /// Weekdays by short name.
    pub short_weekdays: FxHashMap<String, i8>,
    /// Parts of the day that stand alone.
    pub hours: FxHashMap<String, DayPart>,
    /// Parts of the day.
    pub parts: FxHashMap<String, DayPart>,
    /// `yesterday`.
    pub days: FxHashMap<String, DayWord>,
    /// `last`, counted from publication.
    pub shifts: FxHashMap<String, i32>,
    /// `following`, counted from a day told before.
    pub story_shifts: FxHashMap<String, i32>,
    /// `week`.
    pub spans: FxHashMap<String, CalendarUnit>,
    /// `summer`.
    pub seasons: FxHashMap<String, Piece>,
    /// `late`.
    pub sections: FxHashMap<String, Piece>,
    /// `gmt`, in minutes east of Greenwich.
    pub zones: FxHashMap<String, i16>,
    /// Behind a time on the clock of a day of 24 hours: `hrs`.
    pub hour_marks: Vec<String>,
    /// Between the name of a clock and "time": `standard`, and by how many minutes it is ahead then.
    pub clock_kinds: FxHashMap<String, i16>,
    /// Clocks of places.
    pub clocks: Vec<PlaceClock>,
}

/// The clock of some places that have one each.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceClock {
    /// Minutes east of Greenwich, in winter.
    pub offset: i16,
    /// True where it is put forward by an hour in summer.
    #[serde(default)]
    pub summer: bool,
    /// Names of the places as they stand before "time", folded.
    pub places: Vec<String>,
}

/// A word for a day near the day of publication.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayWord {
    /// Days from publication.
    pub shift: i32,
    /// The part of the day in the word.
    pub part: Option<DayPart>,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CalendarUnit {
    /// Days.
    Day,
    /// Weeks, Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Months of the calendar.
    Month,
    /// Quarters of the calendar year.
    Quarter,
    /// Years of the calendar.
    Year,
    /// `the 1990s`.
    Decade,
    /// Centuries.
    Century,
    /// What [`WhenMention::value`] names: a weekday, a month, a year, a season of one.
    Named,
}

/// Which piece of a stretch is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// All of it.
    #[default]
    Whole,
    /// `early`.
    Early,
    /// `mid`.
    Middle,
    /// `late`.
    Late,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
    /// A quarter of a year, 1 to 4.
    Quarter(u8),
    /// A half of a year, 1 or 2.
    Half(u8),
}

/// What a date is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The day of publication.
    #[default]
    Publication,
    /// A day that the text told before: `the following day`.
    Story,
}

/// What is needed to resolve a date that was not written in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// What it is counted from.
    pub origin: Origin,
    /// What is counted.
    pub unit: CalendarUnit,
    /// How many units on; nothing where the tense must tell ("in July").
    pub shift: Option<i32>,
    /// Which piece of the result is meant.
    pub piece: Piece,
}

/// A date or time in a sentence, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct WhenMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What was written; `days` stays empty until it is resolved.
    pub value: When,
    /// The other end of a range: `from Monday to Thursday`.
    pub until: Option<When>,
    /// What is needed to resolve it; nothing for a date that the value tells alone.
    pub relative: Option<Relative>,
    /// True where it ends something that is not over: `until Friday`.
    pub ahead: bool,
}

impl WhenMention {
    fn new(tokens: Range<usize>, value: When) -> Self {
        Self { tokens, value, until: None, relative: None, ahead: false }
    }

    fn relative(tokens: Range<usize>, value: When, relative: Relative) -> Self {
        Self { tokens, value, until: None, relative: Some(relative), ahead: false }
    }

    fn has_time(&self) -> bool {
        self.value.clock.is_some() || self.value.part.is_some()
    }

    fn has_date(&self) -> bool {
        let value = &self.value;
        self.relative.is_some() || value.weekday.is_some() || value.month.is_some() || value.year.is_some()
    }
}

/// The dates and times of a sentence, in the order of the text.
pub fn whens(tokens: &[Token], words: &MeasureWords) -> Vec<WhenMention> {
    find(&Scan::new(tokens, words))
}

/// The dates and times of a scanned sentence.
pub(super) fn find(scan: &Scan) -> Vec<WhenMention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        match component(scan, at) {
            Some(mention) => {
                let mention = join::join(scan, mention);
                let mention = WhenMention { ahead: deadline::is_ahead(scan, &mention), ..mention };
                at = mention.tokens.end;
                found.push(mention);
            }
            None => at += 1,
        }
    }
    found
}

/// The date or time that begins at `at`, before anything is joined to it.
fn component(scan: &Scan, at: usize) -> Option<WhenMention> {
    use crate::text::TokenKind::{Number, Word};
    match scan.tokens.get(at)?.kind {
        Number => {
            clock::read(scan, at).or_else(|| calendar::in_digits(scan, at)).or_else(|| relative::counted(scan, at))
        }
        Word if !scan.sense(at).opens_when => None,
        Word if scan.is_known(at) => calendar::month_first(scan, at)
            .or_else(|| weekday::read(scan, at))
            .or_else(|| relative::read(scan, at))
            .or_else(|| piece::read(scan, at))
            .or_else(|| clock::in_words(scan, at)),
        Word => piece::in_compound(scan, at),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

//! The clock a time is told by: `GMT`, `UTC+5:30`, `Eastern time`, `New Zealand time`, `local time (0938 GMT)`, `in France`.

use compact_str::CompactString;

use super::clock::{HOUR, military, written};
use crate::extract::measure_scan::Scan;
use crate::text::Case;

/// Most words of the name of a clock, "time" not counted.
const WORDS: usize = 4;
/// How far clocks lie apart at most, in minutes west and east of Greenwich.
const EARTH: [i16; 2] = [-720, 840];

/// What a time is told by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Zone {
    /// Minutes east of Greenwich.
    pub offset: Option<i16>,
    /// True where it may be an hour more.
    pub summer: bool,
    /// True where only a place is told beside the time.
    pub beside: bool,
}

impl Zone {
    fn told(offset: i16, summer: bool) -> Self {
        Self { offset: Some(offset), summer, beside: false }
    }
}

/// The zone behind the time of day that ends before `end`: where it ends, and itself.
pub fn zone(scan: &Scan, end: usize, minute: u16) -> (usize, Zone) {
    if let Some(found) = named(scan, end) {
        return found;
    }
    let bracketed = if scan.is(end, "(") { named(scan, end + 1) } else { None };
    if let Some((stop, zone)) = bracketed.filter(|(stop, _)| scan.is(*stop, ")")) {
        return (stop + 1, zone);
    }
    let local = usize::from(scan.is(end, "local") && scan.is(end + 1, "time")) * 2;
    let open = end + local;
    let other = other_time(scan, open + 1).filter(|_| scan.is(open, "("));
    if let Some((other, stop, zone)) = other.and_then(|(other, at)| with_zone(scan, other, at)) {
        let offset = zone.offset.map(|offset| turned(offset_of(minute, other) + offset));
        return (stop + usize::from(scan.is(stop, ")")), Zone { offset, ..zone });
    }
    let beside = if local == 0 { beside(scan, end) } else { None };
    beside.unwrap_or((end + local, Zone::default()))
}

/// A time in brackets: its minutes, and what follows it.
fn other_time(scan: &Scan, at: usize) -> Option<(u16, usize)> {
    let (minute, half, stuck) = written(scan.word(at))?;
    let minute = if minute == 24 * HOUR { military(scan.word(at))? } else { minute };
    let half = half.map_or_else(|| super::clock::half_day(scan, at + 1), Some);
    let next = at + 1 + usize::from(half.is_some() && !stuck);
    let minute = half.map_or(Some(minute), |afternoon| super::clock::twelve_hours(minute, afternoon))?;
    Some((minute, next))
}

fn with_zone(scan: &Scan, minute: u16, at: usize) -> Option<(u16, usize, Zone)> {
    named(scan, at).map(|(end, zone)| (minute, end, zone))
}

/// A zone by its letters or by the name of its clock.
pub fn named(scan: &Scan, at: usize) -> Option<(usize, Zone)> {
    let upper = scan.tokens.get(at).is_some_and(|token| token.case == Case::Upper);
    let known = scan.sense(at).zone.filter(|_| upper);
    if let Some(offset) = known {
        let (end, shift) = shifted(scan, at + 1).unwrap_or((at + 1, 0));
        return Some((end, Zone::told(offset + shift, false)));
    }
    let clock = scan.words.clock(scan.word(at)).filter(|_| upper && scan.word(at).len() == 2);
    if let Some((offset, summer)) = clock {
        return Some((at + 1, Zone::told(offset, summer)));
    }
    hyphenated(scan, at).or_else(|| clock_time(scan, at))
}

/// `+5`, `-3:30` behind "UTC".
fn shifted(scan: &Scan, at: usize) -> Option<(usize, i16)> {
    let sign = match scan.word(at) {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    hours(scan.word(at + 1)).map(|minutes| (at + 2, sign * minutes))
}

/// `UTC-5`, which is one word.
fn hyphenated(scan: &Scan, at: usize) -> Option<(usize, Zone)> {
    let (name, digits) = scan.word(at).split_once('-')?;
    let offset = scan.words.sense_of(name).zone.filter(|_| scan.is_capitalised(at))?;
    hours(digits).map(|minutes| (at + 1, Zone::told(offset - minutes, false)))
}

/// Minutes of `5` and `5:30`.
fn hours(word: &str) -> Option<i16> {
    let (hour, minute) = word.split_once(':').unwrap_or((word, "0"));
    let (hour, minute): (i16, i16) = (hour.parse().ok()?, minute.parse().ok()?);
    (0..=14).contains(&hour).then_some(hour * HOUR as i16 + minute)
}

/// "Eastern time", "Central European Summer Time", "New Zealand time".
fn clock_time(scan: &Scan, at: usize) -> Option<(usize, Zone)> {
    let time = (at + 1..=at + WORDS).find(|at| scan.is(*at, "time"))?;
    let kind = scan.words.when.clock_kinds.get(scan.word(time - 1)).copied().filter(|_| time > at + 1);
    let name = name(scan, at, time - usize::from(kind.is_some()));
    let (offset, summer) = scan.words.clock(&name)?;
    Some((time + 1, Zone::told(offset + kind.unwrap_or(0), summer && kind.is_none())))
}

/// "In France", "in New York": the clock of the place told beside the time.
fn beside(scan: &Scan, end: usize) -> Option<(usize, Zone)> {
    let first = end + 1;
    let capital = |at: usize| scan.is_capitalised(at);
    if !scan.is(end, "in") || !capital(first) {
        return None;
    }
    let stop = (first..first + WORDS).find(|at| !capital(*at)).unwrap_or(first + WORDS);
    let (offset, summer) = scan.words.clock(&name(scan, first, stop))?;
    Some((end, Zone { offset: Some(offset), summer, beside: true }))
}

fn name(scan: &Scan, from: usize, to: usize) -> CompactString {
    let mut name = CompactString::default();
    for at in from..to {
        if at > from {
            name.push(' ');
        }
        name.push_str(scan.word(at));
    }
    name
}

/// How far the local time is ahead of the other.
fn offset_of(local: u16, other: u16) -> i16 {
    local as i16 - other as i16
}

/// An offset as clocks have it: the same hour of another day.
fn turned(offset: i16) -> i16 {
    const DAY: i16 = 1440;
    match offset {
        _ if offset <= EARTH[0] => offset + DAY,
        _ if offset > EARTH[1] => offset - DAY,
        _ => offset,
    }
}

//! The times of day of two dates: clock with clock, part with part, clock with part.

use super::WhenCompareRules;
use super::day::is_told;
use crate::claim::{Clock, DayPart, HalfDay, When};
use crate::comparison::Relation;

const HOUR: i32 = 60;
const HALF_DAY: i32 = 720;
const DAY: i32 = 1440;
const QUARTER: u16 = 15;

/// How the times of day stand to each other; nothing where one side tells none.
pub fn relation(a: &When, b: &When, rules: &WhenCompareRules) -> Option<Relation> {
    match (a.clock, b.clock) {
        (Some(x), Some(y)) => Some(clocks(x, y, rules)),
        (Some(x), None) => Some(within(x, b.part?, rules)),
        (None, Some(y)) => Some(within(y, a.part?, rules)),
        (None, None) => Some(parts(a.part?, b.part?, rules)),
    }
}

/// How two times of the clock stand to each other where a zone is told: by the one clock that all
/// zones share, days and all. Nothing where neither tells one.
pub fn zoned(a: &When, b: &When, rules: &WhenCompareRules) -> Option<Relation> {
    let (x, y) = (a.clock?, b.clock?);
    let told = |clock: Clock| clock.offset.filter(|_| !clock.beside);
    let days = days_apart(a, b);
    if days.is_none() && is_told(a) && is_told(b) && x.offset.or(y.offset).is_some() {
        return Some(Relation::Unknown);
    }
    match (x.offset, y.offset) {
        (None, None) => days.and_then(|days| across_midnight(x, y, days, rules)),
        (Some(p), Some(q)) if told(x).is_some() || told(y).is_some() || p != q => {
            let ahead = |clock: Clock| if clock.summer { &[0, 60][..] } else { &[0] };
            let gap = |p: i32, q: i32| apart((utc(x, p) - utc(y, q)) + days.unwrap_or(0) * DAY, days);
            let offsets =
                ahead(x).iter().flat_map(|m| ahead(y).iter().map(move |n| (i32::from(p) + m, i32::from(q) + n)));
            offsets.map(|(p, q)| gap(p, q)).min().map(|apart| near(x, y, apart, rules))
        }
        (Some(_), Some(_)) => None,
        (Some(zone), None) => Some(untold(x, zone, y, days, rules)?),
        (None, Some(zone)) => Some(untold(y, zone, x, days.map(|days| -days), rules)?),
    }
}

/// "Shortly before midnight on Sunday" and "shortly after 0:05 on Monday" are two days and nearly one time.
fn across_midnight(a: Clock, b: Clock, days: i32, rules: &WhenCompareRules) -> Option<Relation> {
    let apart = (i32::from(a.minute) - i32::from(b.minute) + days * DAY).abs();
    (days.abs() == 1 && apart <= DAY / 2)
        .then(|| near(a, b, apart, rules))
        .filter(|relation| *relation == Relation::LessPrecise)
}

/// A time with a zone and one without: they are one moment where the clock of some place shows both.
/// A place told beside a time is mostly where it happened, and both go by its clock.
fn untold(zoned: Clock, zone: i16, other: Clock, days: Option<i32>, rules: &WhenCompareRules) -> Option<Relation> {
    let (zoned_minute, minute) = (i32::from(zoned.minute), i32::from(other.minute));
    if zoned.beside {
        let peculiar = zoned_minute != minute && minute % rules.peculiar_minutes != 0;
        return (peculiar && (zoned_minute - minute) % HOUR == 0).then_some(Relation::LessPrecise);
    }
    if zoned_minute == minute && days.unwrap_or(0) == 0 && !is_untold(zoned) && !is_untold(other) {
        return Some(Relation::LessPrecise);
    }
    let ahead = minute - (zoned_minute - i32::from(zone)) - days.unwrap_or(0) * DAY;
    let turns = if days.is_some() { &[0][..] } else { &[-DAY, 0, DAY] };
    let fits = |turn: &i32| {
        let ahead = ahead + turn;
        (rules.clocks[0]..=rules.clocks[1]).contains(&ahead) && ahead % rules.zone_minutes == 0
    };
    Some(if turns.iter().any(fits) { Relation::LessPrecise } else { Relation::Unknown })
}

/// Days from the second to the first, where both are told.
fn days_apart(a: &When, b: &When) -> Option<i32> {
    const WEEK: i32 = 7;
    let single = |when: &When| when.days.filter(|(first, last)| first == last).map(|(day, _)| day);
    if let (Some(x), Some(y)) = (single(a), single(b)) {
        return Some((x - y).get_days());
    }
    let apart = (i32::from(a.weekday?) - i32::from(b.weekday?)).rem_euclid(WEEK);
    Some(if apart > WEEK / 2 { apart - WEEK } else { apart })
}

/// Minutes apart; of times whose days are not told the least.
fn apart(minutes: i32, days: Option<i32>) -> i32 {
    if days.is_some() { minutes.abs() } else { minutes_apart(minutes, 0) }
}

fn clocks(a: Clock, b: Clock, rules: &WhenCompareRules) -> Relation {
    near(a, b, minutes_apart(i32::from(a.minute), i32::from(b.minute)), rules)
}

fn near(a: Clock, b: Clock, apart: i32, rules: &WhenCompareRules) -> Relation {
    // Of a time without its half of the day only the hours on the dial are known.
    let dial = apart % HALF_DAY;
    let apart = if is_untold(a) || is_untold(b) { dial.min(HALF_DAY - dial) } else { apart };
    let round = [a, b].iter().any(|clock| clock.minute.is_multiple_of(QUARTER));
    let about = a.about || b.about;
    match apart {
        0 if a.about == b.about => Relation::Same,
        HALF_DAY if a.half != HalfDay::Told || b.half != HalfDay::Told => Relation::Unknown,
        apart if apart == 0 || round && apart <= i32::from(rules.round_minutes) => Relation::LessPrecise,
        apart if about && apart <= i32::from(rules.about_minutes) => Relation::LessPrecise,
        _ => Relation::Incompatible,
    }
}

fn is_untold(clock: Clock) -> bool {
    clock.half == HalfDay::Untold
}

fn utc(clock: Clock, offset: i32) -> i32 {
    i32::from(clock.minute) - offset
}

fn minutes_apart(a: i32, b: i32) -> i32 {
    let apart = (a - b).rem_euclid(DAY);
    apart.min(DAY - apart)
}

/// A time of the clock and a part of the day. A time told by the clock of some zone says nothing of the light outside.
fn within(clock: Clock, part: DayPart, rules: &WhenCompareRules) -> Relation {
    let Some([from, to]) = rules.parts.get(&part).copied() else { return Relation::Unknown };
    if clock.offset.is_some() && !clock.beside {
        return Relation::Unknown;
    }
    let slack = rules.part_minutes;
    let inside = |minute: i32| (from - slack..=to + slack).contains(&minute);
    let minute = i32::from(clock.minute);
    let dial = is_untold(clock) && inside((minute + HALF_DAY) % DAY);
    match dial || inside(minute) || inside(minute + DAY) || inside(minute - DAY) {
        true => Relation::LessPrecise,
        false => Relation::Incompatible,
    }
}

fn parts(a: DayPart, b: DayPart, rules: &WhenCompareRules) -> Relation {
    let (Some(x), Some(y)) = (rules.parts.get(&a), rules.parts.get(&b)) else { return Relation::Unknown };
    let overlap = |turn: i32| x[0].max(y[0] + turn) < x[1].min(y[1] + turn);
    match (a == b, [-DAY, 0, DAY].into_iter().any(overlap)) {
        (true, _) => Relation::Same,
        (_, true) => Relation::LessPrecise,
        _ => Relation::Incompatible,
    }
}

//! The times of day of two dates: clock with clock, part with part, clock with part.

use super::WhenCompareRules;
use crate::claim::{Clock, DayPart, HalfDay, When};
use crate::comparison::Relation;

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

/// Times in different zones may fall on neighbouring days.
pub fn may_turn_the_day(a: &When, b: &When) -> bool {
    let offset = |when: &When| when.clock.and_then(|clock| clock.offset);
    let near = match (a.days, b.days) {
        (Some(a), Some(b)) => (a.0 - b.0).get_days().abs() <= 1,
        _ => true,
    };
    near && offset(a).is_some() && offset(b).is_some() && offset(a) != offset(b)
}

fn clocks(a: Clock, b: Clock, rules: &WhenCompareRules) -> Relation {
    let apart = match (a.offset, b.offset) {
        (Some(x), Some(y)) => minutes_apart(utc(a, x), utc(b, y)),
        (None, None) => minutes_apart(i32::from(a.minute), i32::from(b.minute)),
        _ if a.minute == b.minute && !is_untold(a) && !is_untold(b) => return Relation::LessPrecise,
        _ => return Relation::Unknown,
    };
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

fn utc(clock: Clock, offset: i16) -> i32 {
    i32::from(clock.minute) - i32::from(offset)
}

fn minutes_apart(a: i32, b: i32) -> i32 {
    let apart = (a - b).rem_euclid(DAY);
    apart.min(DAY - apart)
}

/// A time of the clock and a part of the day. A time given in Greenwich says nothing of the light outside.
fn within(clock: Clock, part: DayPart, rules: &WhenCompareRules) -> Relation {
    let Some([from, to]) = rules.parts.get(&part).copied() else { return Relation::Unknown };
    if clock.offset == Some(0) {
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

//! Questions about time: are both told of one, and are two days that differ of one happening?

use jiff::civil::Date;

use super::{Case, Judged, Side};
use crate::claim::{Claim, Kind, Modality, Value, When};
use crate::compare::when::compare_whens;
use crate::compare::words;
use crate::comparison::Relation;
use crate::extract::quantity::AGE;
use crate::matching::pairs::is_long;
use crate::matching::transposed::transposed_years;

/// The rule of all these questions.
const RULE: &str = "same-time";

/// Same time? A claim about long ago is not one about now; and of everything but times and
/// names, two claims that give times that cannot both be are of two happenings.
pub(super) fn other_time(case: &Case) -> Option<Judged> {
    let (a, b, around) = (case.a, case.b, case.around);
    // The year that somebody took office is what is told, and not when it is told of.
    let dated = around.years && !a.subject.is_empty() && !b.subject.is_empty();
    if a.remote.is_some() != b.remote.is_some() && !around.both_remote && !dated {
        return Some(case.not_comparable(RULE, "one tells of a time long before"));
    }
    if matches!(a.value, Value::When(_) | Value::Name(_)) {
        return None;
    }
    if let Some((x, y)) = a.remote.zip(b.remote)
        && around.rises
        && (y - x).get_days().abs() > case.rules.verdict.story_days
    {
        return Some(case.not_comparable(RULE, "they tell of two times long before"));
    }
    if around.rises && around.one_past {
        return Some(case.not_comparable(RULE, "one tells of a time well before its report"));
    }
    let recalled = |of: &Option<When>, other: &Option<When>| {
        !around.unasked && other.is_none() && of.as_ref().is_some_and(|when| is_month(when) && when.days.is_none())
    };
    if recalled(&a.time, &b.time) || recalled(&b.time, &a.time) {
        return Some(case.not_comparable(RULE, "one is told of a month of which it is not known how long ago it was"));
    }
    // Its day may be what outlets differ in as well.
    if around.single {
        return None;
    }
    let (x, y) = (a.time.as_ref()?, b.time.as_ref()?);
    if is_month(x) && is_near(y) || is_month(y) && is_near(x) {
        return Some(case.not_comparable(RULE, "one is told of a month, the other of a day of the week"));
    }
    // The part of the day is what outlets differ in; another day is another happening.
    let day = |when: &When| When { part: None, clock: None, ..when.clone() };
    let times = compare_whens(&day(x), &day(y), &case.rules.when);
    (times.relation == Relation::Incompatible)
        .then(|| case.not_comparable(RULE, format!("told of another time: {}", times.why)))
}

/// "In September": a time that is not of this week.
fn is_month(when: &When) -> bool {
    when.month.is_some() && when.day.is_none() && when.weekday.is_none()
}

/// "On Sunday": of this week.
fn is_near(when: &When) -> bool {
    when.weekday.is_some() && when.day.is_none()
}

/// A weekday written without a date may be the last or the next one: the same weekday in two
/// reports of one story is no disagreement.
pub(super) fn same_weekday(case: &Case) -> Option<Judged> {
    let (x, y) = case.times()?;
    let (day_x, day_y) = (single_day(x)?, single_day(y)?);
    let near = (day_x - day_y).get_days().abs() <= case.rules.verdict.weekday_days && day_x != day_y;
    let unsettled = near && day_x.weekday() == day_y.weekday() && (is_near(x) || is_near(y));
    unsettled.then(|| case.not_comparable(RULE, "the same weekday; which week is not told"))
}

/// "On Tuesday" in Tuesday's report, "on Wednesday" in Wednesday's: each tells the news of its own day.
pub(super) fn own_day(case: &Case) -> Option<Judged> {
    let (x, y) = case.times()?;
    let between = case.around.days_apart.filter(|days| *days != 0)?;
    // What is to come is told of one day by all.
    let reported = case.a.modality == Modality::Reported && case.b.modality == Modality::Reported;
    let written = x.day.is_some() || y.day.is_some();
    if !written && case.a.printed().eq_ignore_ascii_case(case.b.printed()) {
        return Some(case.not_comparable(RULE, "the same words, counted from the day of each report"));
    }
    let later = (single_day(y)? - single_day(x)?).get_days();
    (reported && !written && later.signum() == between.signum())
        .then(|| case.not_comparable(RULE, "the later report tells of a later day: each may tell of its own"))
}

/// Whether days lie between two reports of what a story has no single one of: what was so may be so no more.
fn lie_apart(case: &Case, moves: bool) -> bool {
    let rules = &case.rules.verdict;
    // A short report tells one thing, and what it tells of it holds longer.
    let least = if moves && case.around.long { rules.state_days } else { rules.event_days };
    let days = case.around.days_apart.is_some_and(|days| days.abs() >= least);
    days && !case.around.single && !case.around.both_remote
}

/// In another state when it was told of? What somebody did, where, or how something stands, in reports that lie days
/// apart.
pub(super) fn other_state(case: &Case) -> Option<Judged> {
    let told = matches!(case.a.value, Value::Term(_) | Value::Location(_));
    let states = told && (case.differs() || case.a.polarity != case.b.polarity);
    let moves = !matches!(case.a.value, Value::Location(_));
    (states && lie_apart(case, moves))
        .then(|| case.not_comparable(RULE, "reports that lie days apart tell of two moments"))
}

/// The same of figures, but for what grows old by itself.
pub(super) fn other_moment(case: &Case) -> Option<Judged> {
    let (x, _) = case.figures()?;
    // How long a visit lasts is told alike before it and after.
    let moves = case.a.kind != Kind::Duration;
    (x.unit != AGE && lie_apart(case, moves))
        .then(|| case.not_comparable(RULE, "reports that lie days apart give the figures of two moments"))
}

/// The day of a time that is one.
fn single_day(when: &When) -> Option<Date> {
    when.days.filter(|(first, last)| first == last).map(|(day, _)| day)
}

/// Outlets differ on the day of one happening by a few days; what lies further apart, or is told
/// by month or year, is another happening, but for the year that a thing was built in.
pub(super) fn far_apart(case: &Case) -> Option<Judged> {
    let (x, y) = case.times()?;
    let rules = &case.rules.verdict;
    let vague = |when: &When| when.days.is_some() && single_day(when).is_none();
    let gap = x.days.zip(y.days).map_or_else(|| days_of_year(x, y), |((x, _), (y, _))| (x - y).get_days().abs());
    let most = if case.around.single { rules.single_days } else { rules.event_days };
    let near = gap <= most || gap <= rules.written_days && x.day.is_some() && y.day.is_some();
    let years = case.around.years && is_long(x) && is_long(y) || transposed_years(x, y);
    (!years && (vague(x) || vague(y) || !near)).then(|| {
        let why = format!("too far apart, or too vague, for one happening: {}", case.comparison.why);
        case.not_comparable(RULE, why)
    })
}

/// Days between two days of the year, whichever year it was; 0 where one is told by less.
fn days_of_year(x: &When, y: &When) -> i32 {
    const LEAP_YEAR: i16 = 2000;
    const DAYS: i32 = 366;
    let told = |when: &When| {
        let written = when.month.zip(when.day).and_then(|(month, day)| Date::new(LEAP_YEAR, month, day).ok());
        let known = single_day(when).and_then(|day| Date::new(LEAP_YEAR, day.month(), day.day()).ok());
        known.or(written)
    };
    let gap = told(x).zip(told(y)).map_or(0, |(x, y)| (x - y).get_days().abs());
    gap.min(DAYS - gap)
}

/// Two days that differ of which one is told by less than a day: how near they are is not known.
pub(super) fn is_untold(case: &Case) -> bool {
    let told = |when: &When| when.days.is_some() || when.month.is_some() && when.day.is_some();
    case.times().is_some_and(|(x, y)| !told(x) || !told(y))
}

/// "The road is open" in a report of the day after "the road is closed": it may have been both.
pub(super) fn turned(case: &Case) -> Option<Judged> {
    const RULE: &str = "turned";
    let around = case.around;
    let times = case.a.time.as_ref().zip(case.b.time.as_ref());
    let one_day = || times.is_some_and(|(x, y)| compare_whens(x, y, &case.rules.when).relation == Relation::Same);
    if !around.turns || !case.differs() || one_day() {
        return None;
    }
    match around.days_apart {
        None => Some(case.not_comparable(RULE, "which of the reports is the later one is not known")),
        Some(0) => None,
        Some(days) => {
            let earlier = if days > 0 { Side::A } else { Side::B };
            Some(case.superseded(
                earlier,
                RULE,
                format!("the later report tells how it is now: {}", case.comparison.why),
            ))
        }
    }
}

/// "He had pleaded not guilty" beside "he pleaded guilty": one is of what had been before.
pub(super) fn earlier(case: &Case) -> Option<Judged> {
    let rules = &case.rules.verdict;
    let had_been = |side: Side, claim: &Claim| {
        let retold = || words(&claim.text).iter().any(|token| rules.retold.contains(&token.norm));
        // "He had no weapon" is no "he had fled".
        let owned = || words(claim.printed()).first().is_some_and(|token| rules.owned.contains(&token.norm));
        case.nearby(side).has_in_front(1, &rules.earlier) && !owned() && !retold()
    };
    let terms = matches!(case.a.value, Value::Term(_)) && case.differs();
    (terms && had_been(Side::A, case.a) != had_been(Side::B, case.b))
        .then(|| case.not_comparable(RULE, "one tells what had been before"))
}

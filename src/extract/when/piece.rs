//! Pieces of a stretch: `late August`, `early next year`, `mid-May`, `the third quarter of 2019`, `the end of the year`.

use super::relative::from_publication;
use super::{CalendarUnit, Piece, Relative, WhenMention, calendar, component};
use crate::claim::{DayPart, When};
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::MeasureWords;
use crate::text::TokenKind;

/// The piece that begins at `at`.
pub fn read(scan: &Scan, at: usize) -> Option<WhenMention> {
    section(scan, at)
        .or_else(|| season(scan, at))
        .or_else(|| numbered(scan, at))
        .or_else(|| calendar::ordinal_first(scan, at))
}

/// "Early Wednesday", "late in August", "the end of the year".
fn section(scan: &Scan, at: usize) -> Option<WhenMention> {
    let of = scan.is(at + 1, "of");
    // What is "beginning in 2028" may begin late in it.
    let piece = scan.sense(at).section.filter(|_| of || !scan.word(at).ends_with("ing"))?;
    let next = at + 1 + usize::from(of || scan.is(at + 1, "in") || scan.is(at + 1, "on"));
    if let Some(unit) = scan.sense(next + 1).span.filter(|_| of && scan.is(next, "the")) {
        return Some(WhenMention::relative(at..next + 2, When::default(), from_publication(unit, Some(0), piece)));
    }
    let next = next + usize::from(scan.is(next, "the") && scan.word(next + 1).ends_with('s'));
    if scan.sense(next).section.is_some() {
        return None;
    }
    let whole = component(scan, next).filter(|whole| of || whole.has_date())?;
    let end = whole.tokens.end;
    Some(WhenMention { tokens: at..end, ..narrowed(whole, piece) })
}

/// A piece of a day is a part of the day, of anything longer a range of days.
fn narrowed(whole: WhenMention, piece: Piece) -> WhenMention {
    let value = &whole.value;
    let unit = whole.relative.map(|relative| relative.unit);
    let one_day = value.day.is_some() || value.weekday.is_some() || unit == Some(CalendarUnit::Day);
    if !one_day {
        let relative = whole.relative.unwrap_or(from_publication(CalendarUnit::Named, None, piece));
        return WhenMention { relative: Some(Relative { piece, ..relative }), ..whole };
    }
    let part = match piece {
        Piece::Early => Some(DayPart::Early),
        Piece::Late => Some(DayPart::Night),
        _ => None,
    };
    let value = When { part: value.part.or(part), ..whole.value };
    WhenMention { value, ..whole }
}

/// "Summer 2022", "in the winter of 2019", "in spring".
fn season(scan: &Scan, at: usize) -> Option<WhenMention> {
    let season = scan.sense(at).season?;
    let behind = at + 1 + usize::from(scan.is(at + 1, "of"));
    let year = component(scan, behind).filter(is_year);
    let relative = from_publication(CalendarUnit::Named, None, season);
    if let Some(year) = year {
        return Some(WhenMention::relative(at..year.tokens.end, year.value, relative));
    }
    let cued = at > 0 && scan.sense(at - 1).month_cue && !scan.is(at + 1, "of") && !is_noun(scan, at + 1);
    cued.then(|| WhenMention::relative(at..at + 1, When::default(), relative))
}

/// "In spring training" names no season.
fn is_noun(scan: &Scan, at: usize) -> bool {
    scan.is_kind(at, TokenKind::Word) && !scan.sense(at).stop
}

fn is_year(mention: &WhenMention) -> bool {
    let value = &mention.value;
    value.year.is_some() && value.month.is_none() && mention.until.is_none()
}

/// "The third quarter of 2019", "the first half of the year".
fn numbered(scan: &Scan, at: usize) -> Option<WhenMention> {
    let number = scan.sense(at).ordinal? as u8;
    let quarter = scan.is(at + 1, "quarter") && number <= 4;
    let half = scan.is(at + 1, "half") && number <= 2;
    let piece = if quarter { Piece::Quarter(number) } else { Piece::Half(number) };
    let year = year_behind(scan, at + 2);
    (quarter || half && year.is_some()).then(|| of_year(at, at + 2, piece, year))
}

/// The year behind a quarter: its end and value; "of the year" is this one.
fn year_behind(scan: &Scan, at: usize) -> Option<(usize, WhenMention)> {
    let of = usize::from(scan.is(at, "of"));
    if of == 1 && scan.is(at + 1, "the") && scan.is(at + 2, "year") {
        let this = from_publication(CalendarUnit::Year, Some(0), Piece::Whole);
        return Some((at + 3, WhenMention::relative(at..at + 3, When::default(), this)));
    }
    let year = component(scan, at + of)?;
    let whole = is_year(&year) || year.relative.is_some_and(|relative| relative.unit == CalendarUnit::Year);
    whole.then_some((year.tokens.end, year))
}

fn of_year(at: usize, end: usize, piece: Piece, year: Option<(usize, WhenMention)>) -> WhenMention {
    let Some((end, year)) = year else {
        return WhenMention::relative(at..end, When::default(), from_publication(CalendarUnit::Named, None, piece));
    };
    let whole = year.relative.unwrap_or(from_publication(CalendarUnit::Named, None, piece));
    WhenMention::relative(at..end, year.value, Relative { piece, ..whole })
}

/// `mid-May`, `mid-1990s`, `third-quarter`, `July-September`.
pub fn in_compound(scan: &Scan, at: usize) -> Option<WhenMention> {
    let (first, rest) = scan.word(at).split_once('-')?;
    let sense = scan.words.sense_of(first);
    if let Some(piece) = sense.section {
        let value = named(scan.words, rest)?;
        let unit = if rest.ends_with("0s") { CalendarUnit::Decade } else { CalendarUnit::Named };
        return Some(WhenMention::relative(at..at + 1, value, from_publication(unit, None, piece)));
    }
    if let Some(number) = sense.ordinal.filter(|number| rest == "quarter" && *number <= 4.0) {
        return Some(of_year(at, at + 1, Piece::Quarter(number as u8), year_behind(scan, at + 1)));
    }
    let (month, last) = (sense.month?, scan.words.sense_of(rest).month?);
    let of = |month| When { month: Some(month), ..When::default() };
    let value = When { lasting: true, ..of(month) };
    scan.is_capitalised(at).then(|| WhenMention { until: Some(of(last)), ..WhenMention::new(at..at + 1, value) })
}

/// The month, year or decade in the rest of a compound.
fn named(words: &MeasureWords, rest: &str) -> Option<When> {
    let year = rest.strip_suffix('s').unwrap_or(rest);
    let year = year.parse::<u16>().ok().filter(|year| (words.when.first_year..=words.when.last_year).contains(year));
    let sense = words.sense_of(rest);
    let value = When { month: sense.month, weekday: sense.weekday, year: year.map(|y| y as i16), ..When::default() };
    (value.month.is_some() || value.year.is_some()).then_some(value)
}

//! Hyphenated words that hold a number: `two-day`, `34-year-old`, `twenty-one`, `two-thirds`, `12-member`.

use super::fraction::share_of;
use super::numeral::{Form, Numeral, Stuck};
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::{MeasureWords, Phrase, UnitId};

/// What a hyphenated word says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compound<'a> {
    /// A number with what is stuck to it.
    Number {
        /// Its value.
        value: f64,
        /// What follows it.
        stuck: Stuck<'a>,
    },
    /// `several-day`: a vague number.
    Vague(f64, f64, Stuck<'a>),
    /// `twenty-first`.
    Ordinal(f64),
    /// `two-thirds`.
    Share(f64),
}

/// The number in the hyphenated word at `at`.
pub fn in_word<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let end = at + 1;
    Some(match read(scan.words, scan.word(at))? {
        Compound::Number { value, stuck } => Numeral { stuck, ..Numeral::exact(end, value, step_of(value)) },
        Compound::Vague(low, high, stuck) => {
            Numeral { high, stuck, form: Form::Vague, ..Numeral::exact(end, low, 1.0) }
        }
        Compound::Ordinal(value) => Numeral { form: Form::Ordinal, ..Numeral::exact(end, value, 1.0) },
        Compound::Share(value) => share_of(scan, end, value),
    })
}

fn step_of(value: f64) -> f64 {
    if value.fract() == 0.0 { 1.0 } else { 0.5 }
}

/// `10-day`: digits already read, with the rest of their word.
pub fn behind_digits<'a>(scan: &Scan<'a>, plain: Numeral<'a>, rest: &'a str) -> Option<Numeral<'a>> {
    let mut state = State { value: plain.low, seen: true, stuck: Stuck::Nothing };
    state.take_all(scan.words, rest)?;
    Some(Numeral { low: state.value, high: state.value, stuck: state.stuck, ..plain })
}

/// Reads a hyphenated word.
pub fn read<'a>(words: &MeasureWords, word: &'a str) -> Option<Compound<'a>> {
    let (first, rest) = word.split_once('-')?;
    let sense = words.sense_of(first);
    if let Some(unit) = sense.unit.filter(|id| rest == "long" && words.unit(*id).is_time()) {
        let (low, high) = (words.quantity.bare[0], words.quantity.bare[1]);
        let several = first.ends_with('s') && words.sense_of(&first[..first.len() - 1]).unit == Some(unit);
        return Some(match several {
            true => Compound::Vague(low, high, Stuck::Unit(unit)),
            false => Compound::Number { value: 1.0, stuck: Stuck::Unit(unit) },
        });
    }
    if let Some((low, high)) = sense.vague {
        let unit = words.sense_of(rest).unit?;
        return Some(Compound::Vague(low, high, Stuck::Unit(unit)));
    }
    let value = sense.cardinal.or(sense.fraction.filter(|share| *share == 0.5))?;
    number(words, value, rest)
}

fn number<'a>(words: &MeasureWords, value: f64, rest: &'a str) -> Option<Compound<'a>> {
    let last = words.sense_of(rest);
    if let Some(share) = last.fraction.filter(|_| (1.0..20.0).contains(&value)) {
        return Some(Compound::Share(value * share));
    }
    if let Some(ordinal) = last.ordinal.filter(|o| is_tens(value) && *o < 10.0) {
        return Some(Compound::Ordinal(value + ordinal));
    }
    let mut state = State { value, seen: false, stuck: Stuck::Nothing };
    state.take_all(words, rest)?;
    // "half-brother", "one-sided": no number is told.
    let idle = value <= 1.0 && matches!(state.stuck, Stuck::Noun(_)) || value < 1.0 && state.stuck == Stuck::Age;
    (!idle).then_some(Compound::Number { value: state.value, stuck: state.stuck })
}

fn is_tens(value: f64) -> bool {
    (20.0..100.0).contains(&value) && value % 10.0 == 0.0
}

/// The unit of several words that begins with `piece`, and what follows it.
fn phrase<'a>(words: &MeasureWords, piece: &str, behind: &'a str) -> Option<(UnitId, &'a str)> {
    let fits = |(more, unit): &Phrase<UnitId>| {
        let rest = more.iter().try_fold(behind, |rest, word| {
            let rest = rest.strip_prefix(word.as_str())?;
            rest.strip_prefix('-').or((rest.is_empty()).then_some(rest))
        })?;
        Some((*unit, rest))
    };
    words.sense_of(piece).unit_phrases.iter().find_map(fits)
}

struct State<'a> {
    value: f64,
    seen: bool,
    stuck: Stuck<'a>,
}

impl<'a> State<'a> {
    /// Takes the pieces between hyphens, units of several words as one: `180-square-metre`.
    fn take_all(&mut self, words: &MeasureWords, mut rest: &'a str) -> Option<()> {
        while !rest.is_empty() {
            let (piece, behind) = rest.split_once('-').unwrap_or((rest, ""));
            let known = phrase(words, piece, behind).filter(|_| self.stuck == Stuck::Nothing);
            match known {
                Some((unit, _)) => self.stuck = Stuck::Unit(unit),
                None => self.take(words, piece)?,
            }
            rest = known.map_or(behind, |(_, behind)| behind);
        }
        Some(())
    }

    fn take(&mut self, words: &MeasureWords, piece: &'a str) -> Option<()> {
        let sense = words.sense_of(piece);
        match (self.stuck, sense.cardinal, sense.scale.or(sense.group), sense.unit) {
            (Stuck::Nothing, Some(unit), ..) if is_tens(self.value) && unit < 10.0 => self.value += unit,
            (Stuck::Nothing, None, Some(scale), _) => self.value *= scale,
            (Stuck::Nothing, None, None, Some(unit)) => self.stuck = Stuck::Unit(unit),
            (Stuck::Nothing, ..) if matches!(piece, "and" | "a") => self.seen = true,
            (Stuck::Nothing, ..) if self.seen && sense.fraction == Some(0.5) => self.value += 0.5,
            (Stuck::Nothing, None, ..) if !sense.stop && !piece.is_empty() => self.stuck = Stuck::Noun(piece),
            // "An eight-month-old truce" tells a length of time, "a 34-year-old" mostly an age.
            (Stuck::Unit(unit), ..) if words.quantity.age_after.iter().any(|old| piece.starts_with(old.as_str())) => {
                self.stuck = if words.is_year(unit) { Stuck::Age } else { self.stuck };
            }
            (Stuck::Unit(_), ..) if words.quantity.dimensions.iter().any(|word| word == piece) => {}
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::measure_words::tests::words;

    #[test]
    fn reads_hyphenated_numbers() {
        let words = words();
        let unit = |name: &str| Stuck::Unit(words.sense_of(name).unit.unwrap());
        let square_metre = phrase(&words, "square", "metre").unwrap().0;
        let number = |value: f64, stuck| Some(Compound::Number { value, stuck });
        for (word, expected) in [
            ("two-day", number(2.0, unit("day"))),
            ("twenty-one", number(21.0, Stuck::Nothing)),
            ("three-year-old", number(3.0, Stuck::Age)),
            ("two-and-a-half-year", number(2.5, unit("year"))),
            ("half-hour", number(0.5, unit("hour"))),
            ("half-dozen", number(6.0, Stuck::Nothing)),
            ("week-long", number(1.0, unit("week"))),
            ("weeks-long", Some(Compound::Vague(2.0, 20.0, unit("week")))),
            ("twelve-member", number(12.0, Stuck::Noun("member"))),
            ("two-square-metre", number(2.0, Stuck::Unit(square_metre))),
            ("two-thirds", Some(Compound::Share(2.0 / 3.0))),
            ("thirty-second", Some(Compound::Ordinal(32.0))),
            ("several-day", Some(Compound::Vague(3.0, 9.0, unit("day")))),
            ("one-on-one", None),
            ("one-sided", None),
            ("half-brother", None),
            ("third-quarter", None),
            ("vice-president", None),
        ] {
            assert_eq!(read(&words, word), expected, "{word}");
        }
    }
}

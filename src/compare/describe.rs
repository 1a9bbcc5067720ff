//! Quantities in words that a person reads: `5 days`, `about 310 km`, `$3.4 billion`.
//!
//! Values are kept in the base units of `rules/normalise.toml`; here they step back up to the
//! unit that suits their size. The steps are those of the systems of units, a closed class.

use crate::claim::{Bound, Quantity};
use crate::extract::quantity::{AGE, ORDINAL, SCORE};

/// Significant digits, tried in turn until two quantities read differently.
const DIGITS: [i32; 4] = [4, 6, 9, 15];

/// A larger or smaller unit to write values in.
struct Step {
    /// Base units in one of it.
    size: f64,
    /// Its name as it stands behind a number.
    name: &'static str,
}

/// How values of a base unit are written.
struct Style<'q> {
    /// Stands before each number.
    before: &'q str,
    /// Stands behind the last one.
    after: String,
    /// The units that suit, the largest first.
    steps: &'static [Step],
    /// Which of them are taken, and whether digits may be dropped.
    rounding: Rounding,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rounding {
    /// A step is taken that leaves whole numbers: 90 minutes, and not 1.5 hours.
    Whole,
    /// A step is taken that loses no digit: 3.4 million, but 3,412,345.
    Exact,
    /// The largest step that fits is taken, digits are dropped: 48.28 km.
    Rounded,
}

macro_rules! steps {
    ($($size:literal $name:literal),*) => { &[$(Step { size: $size, name: $name }),*] };
}

const TIME: &[Step] =
    steps![31_556_952.0 " year", 2_629_746.0 " month", 86_400.0 " day", 3600.0 " hour", 60.0 " minute", 1.0 " second"];
const AMOUNT: &[Step] = steps![1e12 " trillion", 1e9 " billion", 1e6 " million", 1.0 ""];
const LENGTH: &[Step] = steps![1000.0 " km", 1.0 " m", 0.01 " cm", 0.001 " mm"];
const AREA: &[Step] = steps![1e6 " km²", 1.0 " m²"];
const WEIGHT: &[Step] = steps![1000.0 " tonnes", 1.0 " kg", 0.001 " g"];
const SPEED: &[Step] = steps![0.277_777_8 " km/h"];
const VOLUME: &[Step] = steps![1e12 " km³", 1e9 " million m³", 1e6 " million litres", 1.0 " litres"];
const ENERGY: &[Step] = steps![1e12 " TWh", 1e9 " GWh", 1e6 " MWh", 1000.0 " kWh", 1.0 " Wh"];
const PRESSURE: &[Step] = steps![100.0 " hPa"];
const POWER: &[Step] = steps![1e9 " GW", 1e6 " MW", 1000.0 " kW", 1.0 " W"];

/// Two quantities in words, with as many digits as it takes to tell them apart.
pub fn describe_pair(a: &Quantity, b: &Quantity) -> (String, String) {
    let written = |q: &Quantity| (q.low.to_bits(), q.high.to_bits(), q.bound, q.unit.clone());
    if written(a) == written(b) {
        let both = describe(a, DIGITS[0]);
        return (both.clone(), both);
    }
    let pair = |digits: i32| (describe(a, digits), describe(b, digits));
    DIGITS.into_iter().map(pair).find(|(a, b)| a != b).unwrap_or_else(|| pair(DIGITS[0]))
}

/// A quantity in words: `at least 30`, `10 to 15 km`, `90 minutes`.
fn describe(quantity: &Quantity, digits: i32) -> String {
    let Quantity { low, high, .. } = *quantity;
    if quantity.unit == SCORE {
        return format!("{}-{}", figure(high, digits), figure(low, digits));
    }
    let style = Style::of(&quantity.unit);
    let ends = if low == high { &[low][..] } else { &[low, high] };
    let step = style.step(ends, digits);
    let digits = if style.rounding == Rounding::Rounded { digits } else { digits.max(whole_digits(high / step.size)) };
    let numbers: Vec<String> = ends.iter().map(|end| figure(end / step.size, digits)).collect();
    let plural = if style.rounding == Rounding::Whole && numbers != ["1"] { "s" } else { "" };
    let written = numbers.iter().map(|number| format!("{}{number}", style.before)).collect::<Vec<_>>().join(" to ");
    format!("{}{written}{}{plural}{}", bound(quantity.bound), step.name, style.after)
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    }
}

impl<'q> Style<'q> {
    fn of(unit: &'q str) -> Self {
        let (steps, rounding) = match unit {
            "s" => (TIME, Rounding::Whole),
            "m" => (LENGTH, Rounding::Rounded),
            "m2" => (AREA, Rounding::Rounded),
            "kg" => (WEIGHT, Rounding::Rounded),
            "m/s" => (SPEED, Rounding::Rounded),
            "W" => (POWER, Rounding::Rounded),
            "Wh" => (ENERGY, Rounding::Rounded),
            "l" => (VOLUME, Rounding::Rounded),
            "Pa" => (PRESSURE, Rounding::Rounded),
            _ => (AMOUNT, Rounding::Exact),
        };
        let (before, after) = if rounding == Rounding::Exact { marks(unit) } else { ("", String::new()) };
        Self { before, after, steps, rounding }
    }

    /// The step that both ends are written in.
    fn step(&self, ends: &[f64], digits: i32) -> &'static Step {
        let fits = |step: &&Step| ends.iter().all(|end| self.fits(end / step.size, digits));
        let smallest = &self.steps[self.steps.len() - 1];
        let near = || self.steps.iter().find(|step| ends.iter().all(|end| end.abs() >= step.size));
        let otherwise = if self.rounding == Rounding::Exact { None } else { near() };
        self.steps.iter().find(fits).or(otherwise).unwrap_or(smallest)
    }

    fn fits(&self, value: f64, digits: i32) -> bool {
        const HAIR: f64 = 1e-9;
        let kept = match self.rounding {
            Rounding::Whole => value.round(),
            Rounding::Exact => round(value, digits),
            Rounding::Rounded => return false,
        };
        value.abs() >= 1.0 && (value - kept).abs() <= HAIR * value.abs()
    }
}

/// What stands before and behind amounts of a unit.
fn marks(unit: &str) -> (&str, String) {
    let (unit, per) = unit.split_once('/').unwrap_or((unit, ""));
    let (before, after) = match unit {
        "" => ("", ""),
        "USD" => ("$", ""),
        "EUR" => ("€", ""),
        "GBP" => ("£", ""),
        "JPY" => ("¥", ""),
        "INR" => ("₹", ""),
        "%" | "°" | "°C" => ("", unit),
        "pp" => ("", " percentage points"),
        AGE => ("", " years old"),
        ORDINAL => ("no. ", ""),
        _ => return ("", format!(" {unit}{}", each(per))),
    };
    (before, format!("{after}{}", each(per)))
}

/// `a day` of `USD/day`.
fn each(per: &str) -> String {
    if per.is_empty() { String::new() } else { format!(" a {per}") }
}

/// How many digits stand before the decimal point; 0 or fewer below 1.
fn whole_digits(value: f64) -> i32 {
    const WIDEST: f64 = 300.0;
    if value == 0.0 { 1 } else { value.abs().log10().floor().clamp(-WIDEST, WIDEST) as i32 + 1 }
}

/// The value with so many significant digits.
fn round(value: f64, digits: i32) -> f64 {
    let dropped = whole_digits(value) - digits;
    if dropped > 0 {
        let step = 10_f64.powi(dropped);
        (value / step).round() * step
    } else {
        let step = 10_f64.powi(-dropped);
        (value * step).round() / step
    }
}

/// Significant digits, commas between the thousands, and no zeros behind the decimal point.
fn figure(value: f64, digits: i32) -> String {
    // Whole numbers are most there are, and are written without looking for decimals.
    const EXACT: f64 = 1e9;
    if (1.0..EXACT).contains(&value) && value.fract() == 0.0 && whole_digits(value) <= digits {
        return grouped(&(value as u64).to_string());
    }
    let decimals = (digits - whole_digits(value)).clamp(0, DIGITS[3]) as usize;
    let text = format!("{:.decimals$}", round(value, digits));
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest}", grouped(whole))
}

/// `12345678` as `12,345,678`.
fn grouped(whole: &str) -> String {
    const GROUP: usize = 3;
    let digits = whole.trim_start_matches('-');
    let mut text = whole[..whole.len() - digits.len()].to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(GROUP) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::interval::tests::quantity;

    #[test]
    fn describes_quantities() {
        for (text, expected) in [
            ("at least 30 people", "at least 30"),
            ("12345 people", "12,345"),
            ("3.5 million voters", "3.5 million"),
            ("3,412,345 voters", "3,412,345"),
            ("10 to 15 km", "10 to 15 km"),
            ("500 metres", "500 m"),
            ("30 miles", "48.28 km"),
            ("0.7%", "0.7%"),
            ("It cost $3.4 billion.", "$3.4 billion"),
            ("It cost $3-5 billion.", "$3 to $5 billion"),
            ("It cost $41.17.", "$41.17"),
            ("He earns $20 a day.", "$20 a day"),
            ("They paid 4 million Swiss francs.", "4 million CHF"),
            ("lasted five days", "5 days"),
            ("It took 90 minutes.", "90 minutes"),
            ("It lasted one day.", "1 day"),
            ("two and a half years", "30 months"),
            ("12 months", "1 year"),
            ("They won 3-1.", "3-1"),
            ("She is 29 years old.", "29 years old"),
            ("500 square kilometres burned.", "500 km²"),
            ("5 tonnes", "5 tonnes"),
            ("200 litres", "200 litres"),
            ("1.4 billion kilowatt-hours", "1.4 TWh"),
            ("8.9 billion cubic metres", "8.9 km³"),
            ("980 hPa", "980 hPa"),
        ] {
            assert_eq!(describe(&quantity(text), DIGITS[0]), expected, "{text}");
        }
    }

    #[test]
    fn digits_are_added_until_the_two_read_differently() {
        let pair = |a, b| describe_pair(&quantity(a), &quantity(b));
        assert_eq!(pair("48.281 km", "48.284 km"), ("48.281 km".to_owned(), "48.284 km".to_owned()));
        assert_eq!(pair("two days", "48 hours"), ("2 days".to_owned(), "2 days".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(low in proptest::num::f64::ANY, high in proptest::num::f64::ANY, unit in "s|m|kg|USD|%||score") {
            let mut any = quantity("31 people");
            (any.low, any.high, any.unit) = (low, high, unit.into());
            proptest::prop_assert!(!describe(&any, DIGITS[0]).is_empty());
        }
    }
}

//! Digits and what hangs on them: `1,200`, `3.5bn`, `70th`.

/// Digits and what hangs on them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digits<'t> {
    /// Their value.
    pub value: f64,
    /// The step of the last digit.
    pub step: f64,
    /// The letters behind: `th`, `bn`, `-day`.
    pub tail: &'t str,
}

/// Reads `1,200.5bn`; nothing for times, dotted dates and digits grouped in an unusual way.
pub fn digits(norm: &str) -> Option<Digits<'_>> {
    let end = norm.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(norm.len());
    let (head, tail) = norm.split_at(end);
    let (whole, decimals) = head.split_once('.').unwrap_or((head, ""));
    if tail.starts_with(':') || decimals.contains(['.', ',']) || !is_grouped(whole) {
        return None;
    }
    let digit = |sum: f64, b: u8| sum * 10.0 + f64::from(b - b'0');
    let value = whole.bytes().chain(decimals.bytes()).filter(u8::is_ascii_digit).fold(0.0, digit);
    let step = 0.1_f64.powi(decimals.len() as i32);
    Some(Digits { value: value / 10_f64.powi(decimals.len() as i32), step, tail })
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    groups.next().is_some_and(|first| !first.is_empty()) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits() {
        for (word, expected) in [
            ("1,200", Some((1200.0, 1.0, ""))),
            ("3.5bn", Some((3.5, 0.1, "bn"))),
            ("70th", Some((70.0, 1.0, "th"))),
            ("10-day", Some((10.0, 1.0, "-day"))),
            ("18:38", None),
            ("1,2", None),
            ("1.2.3", None),
        ] {
            assert_eq!(digits(word).map(|d| (d.value, d.step, d.tail)), expected, "{word}");
        }
    }
}

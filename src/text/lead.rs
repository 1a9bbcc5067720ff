//! The lead of an agency: where, when and by whom a report was written.

/// The place, day and agency that open a report: `SANTA RUFINA, 3 March (Agency)` before a dash,
/// all within the first `longest` bytes.
pub fn agency_lead(text: &str, longest: usize) -> Option<&str> {
    let place = text.split(|c: char| !c.is_alphabetic()).next()?;
    if place.len() < 2 || !place.chars().all(char::is_uppercase) {
        return None;
    }
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let front = &text[..end];
    let dashes = [" - ", " \u{2013} ", " \u{2014} ", "\u{2014}", " -- "];
    dashes.iter().filter_map(|dash| front.find(dash)).min().map(|at| &front[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_opens_with_its_place() {
        for (text, expected) in [
            ("SANTA RUFINA, 3 March (Agency) - A tremor shook", Some("SANTA RUFINA, 3 March (Agency)")),
            ("TARNBY \u{2014} The mine reopened", Some("TARNBY")),
            ("The mine - it reopened", None),
            ("A tremor - the second - shook", None),
            ("TARNBY The mine", None),
        ] {
            assert_eq!(agency_lead(text, 90), expected, "{text}");
        }
    }
}

//! Two persons told apart by their ages: "the 36-year-old fell 60 metres" beside "a 32-year-old fell 600 metres".

use crate::claim::Claim;

/// Whether the sentences of two claims tell ages that cannot be one person's.
pub(super) fn are_of_other_ages(a: &Claim, b: &Claim) -> bool {
    let x = ages(&a.text);
    let y = if x.is_empty() { Vec::new() } else { ages(&b.text) };
    let meet = |one: &Age, other: &Age| one.0 <= other.1 && other.0 <= one.1;
    !y.is_empty() && !x.iter().any(|one| y.iter().any(|other| meet(one, other)))
}

/// The least and the greatest that somebody can be.
type Age = (u32, u32);

/// The ages that a sentence tells: `36-year-old`, `in his early 30s`.
fn ages(text: &str) -> Vec<Age> {
    if !may_tell_ages(text) {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let told = |at: usize| written(words[at]).or_else(|| decade(&words[..=at]));
    let figure = |at: &usize| words[*at].starts_with(|c: char| c.is_ascii_digit() || c == '+');
    (0..words.len()).filter(figure).filter_map(told).collect()
}

/// Every pair of figures is asked, and hardly any sentence has "-year" or "0s".
fn may_tell_ages(text: &str) -> bool {
    let bytes = text.as_bytes();
    let year = |at: usize| bytes.get(at + 1..at + 5).is_some_and(|word| word.eq_ignore_ascii_case(b"year"));
    memchr::memchr_iter(b'-', bytes).any(year) || memchr::memmem::find(bytes, b"0s").is_some()
}

fn written(word: &str) -> Option<Age> {
    const AGED: [&str; 2] = ["-year-old", "-years-old"];
    let age = AGED.iter().find_map(|aged| word.to_lowercase().split_once(aged)?.0.parse().ok())?;
    Some((age, age))
}

/// "His early 30s", by the last of some words; the whole decade where no part of it is told.
fn decade(words: &[&str]) -> Option<Age> {
    const PARTS: [(&str, u32, u32); 3] = [("early", 0, 4), ("mid", 3, 7), ("late", 6, 9)];
    const OWNERS: [&str; 3] = ["his", "her", "their"];
    let (last, before) = words.split_last()?;
    let first: u32 = last.trim_end_matches(|c: char| !c.is_alphanumeric()).strip_suffix('s')?.parse().ok()?;
    let (word, rest) = before.split_last()?;
    let part = PARTS.iter().find(|(name, ..)| word.trim_end_matches('-').eq_ignore_ascii_case(name));
    let owner = if part.is_some() { rest.last()? } else { word };
    let (_, low, high) = part.copied().unwrap_or(("", 0, 9));
    (first.is_multiple_of(10) && OWNERS.contains(owner)).then_some((first + low, first + high))
}

#[cfg(test)]
mod tests {
    use super::ages;

    #[test]
    fn ages_are_read_as_they_are_told() {
        for (text, expected) in [
            ("A 36-year-old climber fell.", vec![(36, 36)]),
            ("The man, in his early 30s, fell 60 metres.", vec![(30, 34)]),
            ("A woman in her late 50s was hurt.", vec![(56, 59)]),
            ("Two people in their 20s were hurt.", vec![(20, 29)]),
            ("The 36-YEAR-OLD climber fell.", vec![(36, 36)]),
            ("The hall was built in the 1930s.", vec![]),
            ("The hall, ten-year-old, has 30 seats.", vec![]),
        ] {
            assert_eq!(ages(text), expected, "{text}");
        }
    }
}

//! "The museum's director", "the director of the museum": who leads the one house of a story.

use compact_str::CompactString;

use super::role::Rules;
use crate::claim::Claim;
use crate::text::{Token, TokenKind};

/// Whether two claims tell of one office in a house of which a story has one, each by the definite article.
pub fn in_one_house(a: &Claim, b: &Claim, role: &str, rules: &Rules) -> bool {
    rules.leads_house(role) && house(a, role, rules).is_some_and(|x| house(b, role, rules) == Some(x))
}

/// The house that a claim's sentence tells an office of.
fn house(claim: &Claim, role: &str, rules: &Rules) -> Option<CompactString> {
    let words = super::words(&claim.text);
    let noun = role.rsplit(' ').next()?;
    let at = words.iter().position(|word| word.is(noun))?;
    let told = |at: usize| words.get(at).filter(|word| rules.houses.contains(&word.norm)).map(|word| word.norm.clone());
    owner(&words, at).and_then(told).or_else(|| told(behind(&words, at)?))
}

/// "The *museum*'s director".
fn owner(words: &[Token], at: usize) -> Option<usize> {
    let owner = at.checked_sub(1).filter(|at| words[*at].kind == TokenKind::Possessive)?.checked_sub(1)?;
    is_definite(words, owner).then_some(owner)
}

/// "The director of the *museum*".
fn behind(words: &[Token], at: usize) -> Option<usize> {
    let house = at + 3;
    let of = words.get(at + 1).is_some_and(|word| word.is("of"));
    (of && is_definite(words, at) && is_definite(words, house)).then_some(house)
}

fn is_definite(words: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| word.is("the"))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use crate::compare::story::tests::{contradictions, findings_on};
    use crate::comparison::Verdict;

    #[test]
    fn one_house_has_one_director() {
        let behind = "Clara Lind, the director of the museum, called the theft a wound.";
        for (other, expected) in [
            ("Nils Holm, the museum's director, spoke by telephone.", "Clara Lind / Nils Holm"),
            ("Nils Holm, the museum’s director, spoke by telephone.", "Clara Lind / Nils Holm"),
            ("Nils Holm, the gallery's director, spoke by telephone.", ""),
            ("Nils Holm, a director of the museum, spoke by telephone.", ""),
            ("Nils Holm, the museum's former director, spoke by telephone.", ""),
            ("Nils Holm, the museum's director, spoke for Clara Lind.", ""),
            ("Nils Holm, the museum's spokesman, spoke by telephone.", ""),
        ] {
            assert_eq!(contradictions(behind, other), expected, "{other}");
        }
    }

    #[test]
    fn a_house_has_one_head_for_a_week() {
        let texts =
            ["Clara Lind, the director of the museum, wept.", "Nils Holm, the museum's director, spoke by telephone."];
        for (days, expected) in [(4, true), (7, true), (8, false)] {
            let found = findings_on(&texts, |unit| Some(date(2026, 3, 12) + (i64::from(unit) * days).days()));
            assert_eq!(found.iter().any(|f| f.verdict == Verdict::Contradicts), expected, "{days} days");
        }
    }
}

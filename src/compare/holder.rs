//! Two persons told as holding one role.
//!
//! Most roles have many holders, and one story may name several. Two names are a disagreement
//! only where one person alone can hold the role: in a body that both tell, or under names so
//! alike that one of them is a slip ("police chief Tom Reyes", "police chief Tom Ramos").

use super::definite::in_one_house;
use super::name::{self, compare_names};
use super::role::{self, compare_holders, compare_offices};
use super::{Book, Rules};
use crate::claim::{Claim, Entity};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::text::fold;

/// How two claims that persons hold roles stand to each other: two holders of one role, or two
/// offices of one person. `None` where they are no such claims.
pub fn compare_role_claims(story: &Story, a: Mention, b: Mention, book: &Book) -> Option<Comparison> {
    let (left, right) = (story.claim(a), story.claim(b));
    let (x, y) = (left.value.as_name()?, right.value.as_name()?);
    let (role, other) = (told(left)?, told(right)?);
    let (roles, names) = (&book.compare.role, &book.compare.name);
    if role != other {
        let one = matches!(compare_names(x, y, names).relation, Relation::Same | Relation::Variant);
        let unknown = || Comparison::new(Relation::Unknown, "role", "two roles of two persons");
        let kin = || one_owner(left, role).is_some_and(|owner| one_owner(right, other) == Some(owner));
        if one && roles.are_other_kin(role, other) && kin() {
            let why = format!("two ties of kin: {} / {}", role.min(other), role.max(other));
            return Some(Comparison::new(Relation::Incompatible, "role", why));
        }
        return Some(if one { compare_offices((role, other), x, y, roles) } else { unknown() });
    }
    let held = compare_told([left, right], [x, y], book.compare);
    let apart = days_apart(story, a, b);
    let of_story = || roles.is_of_story(role) && apart <= book.compare.verdict.event_days;
    let of_house = || apart <= roles.house_days && in_one_house(left, right, role, roles);
    let alone = held.relation == Relation::Unknown && (of_story() || of_house());
    let strangers = || !names_person(story, a, y, book) && !names_person(story, b, x, book);
    if alone && [a, b].iter().all(|m| holders(story, *m, role) == 1) && strangers() {
        let named = compare_names(x, y, names);
        return Some(Comparison { rule: "role".into(), why: format!("{role}: {}", named.why), ..named });
    }
    Some(held)
}

/// The pronoun by which a claim tells whose kin somebody is; nothing where it names somebody: "Hart's sister".
fn one_owner(claim: &Claim, role: &str) -> Option<&'static str> {
    const OWNERS: [&str; 3] = ["his", "her", "their"];
    /// "Her *elder* sister".
    const NEAR: usize = 2;
    let noun = role.rsplit(' ').next()?;
    let words = crate::compare::words(&claim.text);
    let at = words.iter().position(|word| word.is(noun))?;
    let before = words[at.saturating_sub(NEAR)..at].iter().rev();
    before.into_iter().find_map(|word| OWNERS.into_iter().find(|owner| word.is(owner)))
}

/// Days between two reports: a judge is of one trial, and a museum may have a new director. 0 where a day is not known.
fn days_apart(story: &Story, a: Mention, b: Mention) -> i32 {
    let days = story.member(a).published.zip(story.member(b).published);
    days.map_or(0, |(x, y)| (y - x).get_days().abs())
}

/// The role a claim is about.
fn told(claim: &Claim) -> Option<&str> {
    (claim.attribute == "role-holder").then(|| claim.context.first().map_or("", |role| role.as_str()))
}

/// Whether the document of a mention names a person anywhere: then it knows of both.
fn names_person(story: &Story, mention: Mention, person: &Entity, book: &Book) -> bool {
    let named = story.member(mention).claims.iter().filter_map(|claim| claim.value.as_name());
    let mut relations = named.map(|entity| compare_names(entity, person, &book.compare.name).relation);
    relations.any(|relation| matches!(relation, Relation::Same | Relation::Variant | Relation::LessPrecise))
}

/// How many persons the document of a mention names with a role.
fn holders(story: &Story, mention: Mention, role: &str) -> usize {
    let office = |told: &str| told == role || told.split(" of ").next() == Some(role);
    let claims = story.member(mention).claims.iter();
    claims.filter(|claim| told(claim).is_some_and(office)).count()
}

/// How two claims of one role stand to each other. Whom a surname alone stands for was inferred ("President
/// Trump", "Trump's gown"), so two that print the same do not disagree.
pub fn compare_told([a, b]: [&Claim; 2], [x, y]: [&Entity; 2], rules: &Rules) -> Comparison {
    let role = a.context.first().map_or("", |role| role.as_str());
    let held = compare_role(role, x, y, &rules.role, &rules.name);
    if held.relation == Relation::Incompatible && a.printed() == b.printed() {
        return Comparison::new(Relation::Unknown, "role", format!("both print {} only", a.printed()));
    }
    if held.relation == Relation::Incompatible && (is_numbered(a, x) || is_numbered(b, y)) {
        return Comparison::new(
            Relation::Unknown,
            "role",
            "rulers who bear a number held the office one after the other",
        );
    }
    held
}

/// "Pope Martin IV", "King Olav II": a name with a number, in it or right behind it.
fn is_numbered(claim: &Claim, holder: &Entity) -> bool {
    let roman = |word: &str| word.len() > 1 && word.bytes().all(|byte| b"IVX".contains(&byte));
    let behind = claim.text.get((claim.value_span.end - claim.span.start) as usize..).unwrap_or_default();
    let next = behind.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    roman(holder.last_word()) || behind.starts_with(' ') && next.is_some_and(roman)
}

/// How two holders of a role, named with `role` in both documents, stand to each other.
fn compare_role(role: &str, a: &Entity, b: &Entity, roles: &role::Rules, names: &name::Rules) -> Comparison {
    let named = compare_names(a, b, names);
    if named.relation != Relation::Incompatible {
        return named;
    }
    if is_slip(a, b, roles) && roles.is_single(role) {
        let why = format!("{role}: {}", named.why);
        return Comparison::new(Relation::Incompatible, "role", why);
    }
    let held = compare_holders(a, b, roles, names);
    match held.relation {
        Relation::Incompatible => held,
        _ => Comparison::new(Relation::Unknown, "role", format!("a role that several may hold: {role}")),
    }
}

/// True when the two share their first or their last name and not the other.
fn is_slip(a: &Entity, b: &Entity, roles: &role::Rules) -> bool {
    let ends = |e: &Entity| {
        let words: Vec<_> = e.name.split_whitespace().map(fold).collect();
        words.first().cloned().zip(words.last().cloned()).filter(|_| words.len() > 1)
    };
    match (ends(a), ends(b)) {
        (Some((first_a, last_a)), Some((first_b, last_b))) => {
            let differ = |x: &str, y: &str| x != y && strsim::normalized_damerau_levenshtein(x, y) < roles.spelt_alike;
            // Half of a movement's men are called Abu something.
            let particle = [&first_a, &first_b].into_iter().any(|first| roles.particles.contains(first));
            !particle
                && (first_a == first_b && differ(&last_a, &last_b) || last_a == last_b && differ(&first_a, &first_b))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::EntityKind;
    use crate::compare::story::tests::contradictions;
    use crate::extract::examples::claims_of;
    use crate::rules::RuleBook;

    #[test]
    fn two_that_print_one_surname_hold_no_role_against_each_other() {
        let book = RuleBook::load(None).unwrap();
        let told = |text: &str| claims_of(text, &book.extract).into_iter().find(|c| c.attribute == "role-holder");
        let named = |name: &str| Entity { kind: EntityKind::Person, name: name.into(), roles: Vec::new() };
        let compare = |left: &str, right: &str| {
            let (a, b) = (told(left).unwrap(), told(right).unwrap());
            compare_told([&a, &b], [&named("Anna Merkow"), &named("Paul Merkow")], &book.compare).relation
        };
        let (anna, paul) = ("President Anna Merkow resigned.", "President Paul Merkow resigned.");
        assert_eq!(compare(anna, paul), Relation::Incompatible);
        let surname = "President Merkow resigned.";
        assert_eq!(compare(surname, surname), Relation::Unknown);
    }

    #[test]
    fn one_person_has_one_office_and_one_story_one_coroner() {
        for (left, right, expected) in [
            ("Fisheries Minister Nils Holm signed.", "Housing Minister Nils Holm signed.", "Nils Holm / Nils Holm"),
            ("Minister Nils Holm signed.", "Housing Minister Nils Holm signed.", ""),
            ("Her daughter Ida Moen spoke.", "Her niece Ida Moen spoke.", "Ida Moen / Ida Moen"),
            ("Her daughter Ida Moen spoke.", "Lind's niece Ida Moen spoke.", ""),
            ("Her daughter Ida Moen spoke.", "His niece Ida Moen spoke.", ""),
            ("Her daughter Ida Moen spoke.", "Her sister Ida Moen spoke.", ""),
            ("Photographer Nils Holm spoke.", "The teacher and photographer Nils Holm spoke.", ""),
            ("King Olav III of Norway spoke.", "King Olav Holm of Norway spoke.", ""),
            (
                "The finding was read by Coroner Clara Lind.",
                "Coroner Ida Moen read the finding.",
                "Clara Lind / Ida Moen",
            ),
            (
                "The finding was read by Coroner Clara Lind.",
                "Coroner Ida Moen read the finding. Clara Lind was ill.",
                "",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}

//! Two persons told as holding one role.
//!
//! Most roles have many holders, and one story may name several. Two names are a disagreement
//! only where one person alone can hold the role: in a body that both tell, or under names so
//! alike that one of them is a slip ("police chief Tom Reyes", "police chief Tom Ramos").

use super::Rules;
use super::name::{self, compare_names};
use super::role::{self, compare_holders};
use crate::claim::{Claim, Entity};
use crate::comparison::{Comparison, Relation};
use crate::text::fold;

/// How two claims of one role stand to each other. Whom a surname alone stands for was inferred ("President
/// Trump", "Trump's gown"), so two that print the same do not disagree.
pub fn compare_told([a, b]: [&Claim; 2], [x, y]: [&Entity; 2], rules: &Rules) -> Comparison {
    let role = a.context.first().map_or("", |role| role.as_str());
    let held = compare_role(role, x, y, &rules.role, &rules.name);
    if held.relation == Relation::Incompatible && a.printed() == b.printed() {
        return Comparison::new(Relation::Unknown, "role", format!("both print {} only", a.printed()));
    }
    held
}

/// How two holders of a role, named with `role` in both documents, stand to each other.
fn compare_role(role: &str, a: &Entity, b: &Entity, roles: &role::Rules, names: &name::Rules) -> Comparison {
    let named = compare_names(a, b, names);
    if named.relation != Relation::Incompatible {
        return named;
    }
    if is_slip(a, b) && roles.is_single(role) {
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
fn is_slip(a: &Entity, b: &Entity) -> bool {
    let ends = |e: &Entity| {
        let words: Vec<_> = e.name.split_whitespace().map(fold).collect();
        words.first().cloned().zip(words.last().cloned()).filter(|_| words.len() > 1)
    };
    match (ends(a), ends(b)) {
        (Some((first_a, last_a)), Some((first_b, last_b))) => (first_a == first_b) != (last_a == last_b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::EntityKind;
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
}

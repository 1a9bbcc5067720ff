//! Two persons told as holding one role.
//!
//! Most roles have many holders, and one story may name several. Two names are a disagreement
//! only where one person alone can hold the role: in a body that both tell, or under names so
//! alike that one of them is a slip ("police chief Tom Reyes", "police chief Tom Ramos").

use super::name::{self, compare_names};
use super::role::{self, compare_holders};
use crate::claim::Entity;
use crate::comparison::{Comparison, Relation};
use crate::text::fold;

/// How two holders of a role, named with `role` in both documents, stand to each other.
pub fn compare_role(role: &str, a: &Entity, b: &Entity, roles: &role::Rules, names: &name::Rules) -> Comparison {
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

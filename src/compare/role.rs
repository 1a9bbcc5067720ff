//! Two roles, and two holders of one role.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::name;
use crate::claim::{Entity, EntityKind};
use crate::comparison::{Comparison, Relation};
use crate::embedded;
use crate::normalise::place::{Gazetteer, place_key};

/// The id under which this comparator's results are printed.
const RULE: &str = "role";

/// The table `[role]` of `rules/compare.toml`; all words folded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the table is for.
    pub about: String,
    /// Pairs that are incompatible.
    pub fires: Vec<[String; 2]>,
    /// Pairs that are not.
    pub silent: Vec<[String; 2]>,
    /// Phrases for one role, the one that stands for all first.
    pub same: Vec<Vec<String>>,
    /// Share of letters from which two surnames are one in two transliterations, and no slip.
    pub spelt_alike: f64,
    /// Words that open many names: two that share one share nothing.
    pub particles: crate::rules::Words,
    /// Words that say when a role is held.
    pub times: Vec<String>,
    /// Roles that one person holds at a time.
    pub single_holder: Vec<String>,
    /// Roles that a story has one holder of, where each document names one: the coroner, the mediator.
    pub story_holder: Vec<String>,
    /// Nouns for houses of which a story has one, where "the" stands before them: `museum`.
    pub houses: crate::rules::Words,
    /// Roles of which such a house has one holder, besides `single_holder`: `director`.
    pub heads: crate::rules::Words,
    /// Days between two reports up to which such a holder is still the same.
    pub house_days: i32,
    /// Nouns of which a person holds one, by the words before it: the minister of this or of that.
    pub portfolios: Vec<String>,
    /// Posts of which one person may hold two at once, or by one of which another may be called: `chair`, `leader`.
    pub joint: Vec<String>,
    /// Posts in one body of which a person holds one.
    pub posts: Vec<String>,
    /// Callings of which a person has one.
    pub callings: Vec<String>,
    /// What somebody is to another by two words, of which one alone is right: `niece` and `daughter`. Not the ties of
    /// one household, where a sister of one is the daughter of another.
    pub kin: Vec<[String; 2]>,
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../rules/compare.toml"), "role")
    }
}

/// A role as [`Entity::roles`] prints it, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    /// The role under the phrase that stands for all its writings.
    office: CompactString,
    /// The body or country it is held in; empty for untold.
    body: CompactString,
    /// True for "former" and the like.
    dated: bool,
}

impl Rules {
    fn parts(&self, role: &str) -> Parts {
        let key = place_key(role);
        let known = |phrase: &str| {
            self.same.iter().find(|set| set.iter().any(|p| p == phrase)).map(|set| set[0].as_str().into())
        };
        let dated = key.split(' ').any(|w| self.times.iter().any(|t| t == w));
        let plain: Vec<&str> = key.split(' ').filter(|w| !self.times.iter().any(|t| t == *w)).collect();
        let plain = plain.join(" ");
        let cut = |(office, body): (&str, &str)| (CompactString::from(office), CompactString::from(body));
        let (office, body) = match known(&plain) {
            Some(whole) => (whole, CompactString::default()),
            None => {
                plain.rsplit_once(" of ").map_or((CompactString::from(plain.as_str()), CompactString::default()), cut)
            }
        };
        let body = Gazetteer::builtin().locate(&body).map_or(body, |l| place_key(&l.name));
        Parts { office: known(&office).unwrap_or(office), body, dated }
    }
}

/// How two roles stand to each other. Symmetric. Roles of two bodies say nothing of each other,
/// for one person may hold both.
pub fn compare_roles(a: &str, b: &str, rules: &Rules) -> Comparison {
    let (left, right) = (rules.parts(a), rules.parts(b));
    let (relation, reason) = relate(&left, &right, rules);
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    Comparison::new(relation, RULE, format!("{reason}: {first} / {second}"))
}

fn relate(a: &Parts, b: &Parts, rules: &Rules) -> (Relation, &'static str) {
    let one_body = a.body == b.body;
    let ends = |long: &Parts, short: &Parts| long.office.ends_with(short.office.as_str());
    let single = |p: &Parts| rules.has_one_holder(p);
    match () {
        () if !one_body && !a.body.is_empty() && !b.body.is_empty() => (Relation::Unknown, "roles in two bodies"),
        () if a.office == b.office && one_body => (Relation::Same, "one role"),
        () if a.office == b.office => (Relation::LessPrecise, "one role, its body told once"),
        () if ends(a, b) || ends(b, a) => (Relation::LessPrecise, "a role and its kind"),
        () if rules.are_joint(a, b) => (Relation::Unknown, "posts that one person may hold together"),
        () if single(a) && single(b) && one_body && !a.body.is_empty() => (Relation::Incompatible, "two offices"),
        () if rules.are_rivals(a, b) => (Relation::Incompatible, "two offices"),
        () => (Relation::Unknown, "roles that one person may hold"),
    }
}

/// How two offices of one person stand to each other: incompatible only where no office that
/// either document gives the person is one that the other gives. Symmetric.
pub fn compare_offices(roles: (&str, &str), a: &Entity, b: &Entity, rules: &Rules) -> Comparison {
    let met = |x: &str, y: &str| {
        matches!(compare_roles(x, y, rules).relation, Relation::Same | Relation::LessPrecise | Relation::Variant)
    };
    if a.roles.iter().any(|x| b.roles.iter().any(|y| met(x, y))) {
        return Comparison::new(Relation::Unknown, RULE, "both documents give the person one office");
    }
    compare_roles(roles.0, roles.1, rules)
}

/// How two persons said to hold the same role stand to each other: incompatible only where the
/// role is one that a single person holds, in a body that both tell. Symmetric.
pub fn compare_holders(a: &Entity, b: &Entity, rules: &Rules, names: &name::Rules) -> Comparison {
    let shared = a.roles.iter().find_map(|left| b.roles.iter().find_map(|right| rules.shared(left, right)));
    let named = name::compare_names(a, b, names);
    let Some(parts) = shared.filter(|_| a.kind == EntityKind::Person && b.kind == EntityKind::Person) else {
        return Comparison::new(Relation::Unknown, RULE, "no role that both hold and one person alone can");
    };
    Comparison::new(named.relation, RULE, format!("{} of {}: {}", parts.office, parts.body, named.why))
}

impl Rules {
    /// True for a role that a story has one holder of.
    pub fn is_of_story(&self, role: &str) -> bool {
        let parts = self.parts(role);
        !parts.dated && self.story_holder.iter().any(|office| *office == parts.office)
    }

    /// True for the office of whoever alone leads a house.
    pub fn leads_house(&self, role: &str) -> bool {
        let parts = self.parts(role);
        !parts.dated && (self.has_one_holder(&parts) || self.heads.contains(&parts.office))
    }

    /// True for a role that one person alone holds at a time.
    pub fn is_single(&self, role: &str) -> bool {
        self.has_one_holder(&self.parts(role))
    }

    /// Two ministries, two posts in one body, two callings: no person has both at a time.
    fn are_rivals(&self, a: &Parts, b: &Parts) -> bool {
        let listed = |list: &[String], office: &str| list.iter().any(|known| known == office);
        let noun = |p: &Parts| CompactString::from(p.office.rsplit(' ').next().unwrap_or_default());
        let (x, y) = (noun(a), noun(b));
        let portfolios = x == y && a.office != x && b.office != y && listed(&self.portfolios, &x);
        let one_body = a.body == b.body && !a.body.is_empty();
        let post = |p: &Parts| listed(&self.posts, &p.office) || listed(&self.posts, &noun(p));
        let callings = x != y && listed(&self.callings, &x) && listed(&self.callings, &y);
        !a.dated && !b.dated && (portfolios || one_body && x != y && post(a) && post(b) || callings)
    }

    /// "Her daughter" beside "her niece".
    pub fn are_other_kin(&self, a: &str, b: &str) -> bool {
        let noun = |role: &str| CompactString::from(role.rsplit(' ').next().unwrap_or_default());
        let (x, y) = (noun(a), noun(b));
        self.kin.iter().any(|[one, other]| *one == x && *other == y || *one == y && *other == x)
    }

    /// The chair and chief executive of one company; the leader who is a president.
    fn are_joint(&self, a: &Parts, b: &Parts) -> bool {
        let listed = |p: &Parts| self.joint.iter().any(|post| *post == p.office);
        listed(a) && listed(b)
    }

    fn has_one_holder(&self, parts: &Parts) -> bool {
        !parts.dated && self.single_holder.iter().any(|office| *office == parts.office)
    }

    /// The role that both phrases mean, when one person alone holds it.
    fn shared(&self, a: &str, b: &str) -> Option<Parts> {
        let (a, b) = (self.parts(a), self.parts(b));
        (a == b && !a.body.is_empty() && self.has_one_holder(&a)).then_some(a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(a: &str, b: &str) -> Relation {
        let rules = Rules::default();
        let forth = compare_roles(a, b, &rules);
        assert_eq!(forth, compare_roles(b, a, &rules), "{a} / {b}");
        forth.relation
    }

    #[test]
    fn examples_of_the_table() {
        let rules = Rules::default();
        for [a, b] in &rules.fires {
            assert_eq!(relation(a, b), Relation::Incompatible, "{a} / {b}");
        }
        for [a, b] in &rules.silent {
            assert_ne!(relation(a, b), Relation::Incompatible, "{a} / {b}");
        }
    }

    #[test]
    fn roles_by_office_and_body() {
        for (a, b, expected) in [
            ("chief executive of harrow steel", "ceo of harrow steel", Relation::Same),
            ("minister of defence", "defense minister", Relation::Same),
            ("minister", "health minister of ghana", Relation::LessPrecise),
            ("mayor of lyon", "mayor", Relation::LessPrecise),
            ("mayor of lyon", "mayor of lille", Relation::Unknown),
            ("captain", "striker", Relation::Unknown),
            ("former president of peru", "prime minister of peru", Relation::Unknown),
        ] {
            assert_eq!(relation(a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn one_office_has_one_holder() {
        let person =
            |name: &str, role: &str| Entity { kind: EntityKind::Person, name: name.into(), roles: vec![role.into()] };
        for (a, b, expected) in [
            (person("Ida Holm", "mayor of lyon"), person("Jan Roos", "mayor of lyon"), Relation::Incompatible),
            (person("Ida Holm", "mayor of lyon"), person("Jan Roos", "former mayor of lyon"), Relation::Unknown),
            (person("Ida Holm", "spokeswoman of lyon"), person("Jan Roos", "spokesman of lyon"), Relation::Unknown),
            (
                person("Ida Holm", "general secretary of harrow steelworkers"),
                person("Jan Roos", "general secretary of harrow steelworkers"),
                Relation::Incompatible,
            ),
            (person("Ha Son Mi", "mayor of lyon"), person("Ha Sun Mi", "mayor of lyon"), Relation::Variant),
        ] {
            let found = compare_holders(&a, &b, &Rules::default(), &name::Rules::default());
            assert_eq!(found.relation, expected, "{} / {}", a.name, b.name);
        }
    }
}

//! Which way something goes: "from Ostby to Holm", where another outlet has it go from Holm to Ostby.

use compact_str::format_compact;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use super::names::NameMention;
use crate::claim::{Claim, EntityKind, Kind, Value};
use crate::text::fold;

/// The attribute of such claims.
pub const ROUTE: &str = "route";

/// The words around the two ends: `[route]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteRules {
    /// What the rule does.
    pub about: String,
    /// The word before where it begins: `from`.
    pub from: String,
    /// The word between the two: `to`.
    pub to: String,
    /// Sentences that tell a way.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
}

/// A claim for each way of the body: "ostby to holm".
pub fn route_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let ends = notes.names.mentions.windows(2);
    ends.filter_map(|ends| route(&ends[0], &ends[1], notes, rules)).collect()
}

fn route(begin: &NameMention, end: &NameMention, notes: &Annotations, rules: &Rules) -> Option<Claim> {
    let tokens = begin.tokens.start..end.tokens.end;
    let place = Place::of(&tokens, notes)?;
    let is = |at: Option<usize>, word: &str| {
        at.and_then(|at| notes.token_in(place.sentence, at)).is_some_and(|token| token.is(word))
    };
    let between = end.tokens.start == begin.tokens.end + 1 && is(Some(begin.tokens.end), &rules.route.to);
    let goes = between && is(begin.tokens.start.checked_sub(1), &rules.route.from);
    let person = |m: &NameMention| notes.names.entities[m.entity].kind == EntityKind::Person;
    if !goes || person(begin) || person(end) {
        return None;
    }
    let [from, to] = [begin, end].map(|m| fold(notes.names.name_of(m.entity)));
    let way = format_compact!("{from} {} {to}", rules.route.to);
    Some(place.claim(notes, rules, Kind::Place, ROUTE, Value::Term(way)))
}

//! Who holds a role: "Foreign Minister A. Ito", once a document and person.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use crate::claim::{Claim, EntityKind, Kind, Value};
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::TokenKind;

/// Whose a role is: `[role]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRules {
    /// What the rule does.
    pub about: String,
    /// Tokens around a name in which its role stands.
    pub reach: usize,
    /// Words that make a role one of another time: `former`.
    pub dated: Words,
    /// Words that tell of a predecessor where they are written small: `new`, but not of New York.
    pub fresh: Words,
}

/// A claim for each role of each person at the first place that names the person.
pub fn role_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut seen = vec![false; notes.names.entities.len()];
    for mention in &notes.names.mentions {
        let entity = &notes.names.entities[mention.entity];
        if entity.kind != EntityKind::Person || std::mem::replace(&mut seen[mention.entity], true) {
            continue;
        }
        let Some(place) = Place::of(&mention.tokens, notes) else { continue };
        if is_heading(place.sentence, notes) {
            continue;
        }
        for role in entity.roles.iter().filter(|role| is_own(role, &mention.tokens, place.sentence, notes, rules)) {
            let mut claim = place.claim(notes, rules, Kind::Person, "role-holder", Value::Name(entity.clone()));
            claim.context = vec![role.clone()];
            claims.push(claim);
        }
    }
    claims
}

/// "Pope Benedict Leaves Behind A Mixed Legacy": where each word has a capital, none tells where a name ends.
fn is_heading(sentence: &Sentence, notes: &Annotations) -> bool {
    const SHORT: usize = 4;
    let words = || notes.reading.tokens_of(sentence).iter().filter(|t| t.kind == TokenKind::Word);
    words().count() > SHORT && words().filter(|t| t.norm.len() > 2).all(|t| t.is_capitalised())
}

/// Most words from "former" to the office it dates.
const DATED_REACH: usize = 4;

/// Whether the role is held by the person now: not the president's daughter, no former speaker.
fn is_own(role: &str, name: &Range<usize>, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens;
    let reach = rules.role.reach;
    let near = name.start.saturating_sub(reach).max(sentence.tokens.start)..(name.end + reach).min(sentence.tokens.end);
    let office = role.split(" of ").next().unwrap_or(role).rsplit(' ').next().unwrap_or(role);
    let owned =
        |at: usize| tokens[at].is(office) && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Possessive);
    // "Nils Holm, her manager, is a former actor" is her manager now.
    let dates = |at: usize| {
        let behind = tokens[at + 1..near.end.max(at + 1)].iter().take(DATED_REACH);
        let fresh = rules.role.fresh.contains(&tokens[at].norm) && !tokens[at].is_capitalised();
        (fresh || rules.role.dated.contains(&tokens[at].norm)) && behind.into_iter().any(|t| t.is(office))
    };
    !near.clone().any(|at| owned(at) || dates(at))
}

#[cfg(test)]
mod tests {
    use crate::extract::examples::claims_of;
    use crate::rules::RuleBook;

    #[test]
    fn a_role_is_of_now_unless_a_word_dates_it() {
        let book = RuleBook::load(None).unwrap();
        for (text, held) in [
            ("Interior Minister Clara Lind spoke on Monday.", true),
            ("The report was praised by Interior Minister Clara Lind.", true),
            ("The report was praised by new Interior Minister Clara Lind.", false),
            ("The report was praised by former Interior Minister Clara Lind.", false),
        ] {
            let claims = claims_of(text, &book.extract);
            assert_eq!(claims.iter().any(|claim| claim.attribute == "role-holder"), held, "{text}");
        }
    }
}

//! The table `[names]` of `rules/extract.toml`, and the rules compiled from it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::lexicon::{Lexicon, Traits};
use crate::claim::EntityKind;
use crate::embedded;

type Words = Vec<String>;

/// The rules of this room: the table and the lexicon compiled from it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Tables")]
#[schemars(with = "Tables")]
pub struct Rules {
    /// The table as read.
    pub tables: Tables,
    /// Its words, compiled.
    pub lexicon: Lexicon,
}

impl From<Tables> for Rules {
    fn from(tables: Tables) -> Self {
        let lexicon = Lexicon::new(&tables);
        Self { tables, lexicon }
    }
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../../rules/extract.toml"), "names")
    }
}

/// Word lists as they stand in TOML; all words folded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// What the table is for.
    pub about: String,
    /// Texts that name somebody or something.
    pub fires: Vec<String>,
    /// Texts that do not.
    pub silent: Vec<String>,
    /// Words that a capital makes no name of.
    pub openers: Words,
    /// Months and weekdays.
    pub calendar: Words,
    /// Capitalised words that are no names.
    pub never_names: Words,
    /// Adjectives of belief, party, quarter.
    pub affiliations: Words,
    /// `van`, `de`, `bin`.
    pub particles: Words,
    /// `Jr`.
    pub suffixes: Words,
    /// Before the possessive inside a name.
    pub possessors: Words,
    /// Take a number behind them.
    pub numbered: Words,
    /// `Mr`.
    pub honorifics_male: Words,
    /// `Mrs`.
    pub honorifics_female: Words,
    /// `Dr`.
    pub honorifics: Words,
    /// Kinship of men.
    pub kin_male: Words,
    /// Kinship of women.
    pub kin_female: Words,
    /// Roles of men.
    pub roles_male: Words,
    /// Roles of women.
    pub roles_female: Words,
    /// Roles of anybody.
    pub roles: Words,
    /// Before the head of a role.
    pub role_modifiers: Words,
    /// Role → the narrower roles it may stand for.
    pub wider_roles: BTreeMap<String, Words>,
    /// What first and last words tell of the kind.
    pub cues: Cues,
    /// Verbs that follow speakers and persons.
    pub verbs: Verbs,
    /// Pronouns and what goes with them.
    pub pronouns: Pronouns,
    /// Noun for a body → words of the names it may stand for.
    pub descriptions: BTreeMap<String, Words>,
    /// Given names and family names that stand first.
    pub given: Given,
    /// Well-known names.
    pub known: KnownNames,
}

/// What first and last words tell of the kind.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Last words of bodies.
    pub organisation: Words,
    /// Before `of` and `for` in bodies.
    pub organisation_lead: Words,
    /// Last words of places.
    pub place: Words,
    /// First words of places.
    pub place_lead: Words,
    /// First words of mountains, lakes, ports.
    pub landmark: Words,
    /// Nouns before the names of things.
    pub things: Words,
    /// Cues that are family names too.
    pub surnames: Words,
    /// Prepositions that make a place of an unknown name.
    pub inside: Words,
    /// Prepositions that make a place of a bare name.
    pub near: Words,
    /// Last words of other things.
    pub other: Words,
    /// First words of other things.
    pub other_lead: Words,
}

/// Verbs that follow speakers and persons.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verbs {
    /// Whoever does it speaks.
    pub speech: Words,
    /// Whoever does it is a person.
    pub personal: Words,
}

/// Pronouns and what goes with them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pronouns {
    /// Of men.
    pub male: Words,
    /// Of women.
    pub female: Words,
    /// Of several.
    pub plural: Words,
    /// Of things and bodies.
    pub neuter: Words,
    /// Behind them a clause begins.
    pub clauses: Words,
    /// Pronouns that are objects.
    pub objects: Words,
    /// After a first `it` that stands for nothing.
    pub dummies: Words,
    /// Before a crowd: `both`, `two`.
    pub pairs: Words,
    /// After `the`: `pair`.
    pub couples: Words,
    /// Several persons: `leaders`.
    pub crowds: Words,
}

/// Given names and family names that stand first.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Of men.
    pub male: Words,
    /// Of women.
    pub female: Words,
    /// Family names that stand first.
    pub family_first: Words,
}

/// Well-known names by kind; an entry in capitals matches capitals only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownNames {
    /// Bodies.
    pub organisation: Words,
    /// Places.
    pub place: Words,
    /// Things.
    pub other: Words,
    /// Persons.
    pub person: Words,
}

impl Tables {
    /// The word lists with the traits they give.
    pub fn lists(&self) -> Vec<(&Words, Traits)> {
        let mut lists = self.grammar();
        lists.extend(self.titles());
        lists.extend(self.evidence());
        lists
    }

    fn grammar(&self) -> Vec<(&Words, Traits)> {
        let p = &self.pronouns;
        vec![
            (&self.openers, Traits::OPENER),
            (&self.calendar, Traits::CALENDAR),
            (&self.never_names, Traits::NEVER),
            (&self.affiliations, Traits::DEMONYM),
            (&self.particles, Traits::PARTICLE),
            (&self.suffixes, Traits::SUFFIX),
            (&self.possessors, Traits::POSSESSOR),
            (&self.numbered, Traits::NUMBERED),
            (&p.male, Traits::PRONOUN.with(Traits::MALE)),
            (&p.female, Traits::PRONOUN.with(Traits::FEMALE)),
            (&p.plural, Traits::PRONOUN.with(Traits::PLURAL)),
            (&p.neuter, Traits::PRONOUN),
            (&p.clauses, Traits::CLAUSE),
            (&p.crowds, Traits::CROWD),
        ]
    }

    fn titles(&self) -> Vec<(&Words, Traits)> {
        vec![
            (&self.honorifics_male, Traits::HONORIFIC.with(Traits::MALE)),
            (&self.honorifics_female, Traits::HONORIFIC.with(Traits::FEMALE)),
            (&self.honorifics, Traits::HONORIFIC),
            (&self.kin_male, Traits::ROLE.with(Traits::KIN).with(Traits::MALE)),
            (&self.kin_female, Traits::ROLE.with(Traits::KIN).with(Traits::FEMALE)),
            (&self.roles_male, Traits::ROLE.with(Traits::MALE)),
            (&self.roles_female, Traits::ROLE.with(Traits::FEMALE)),
            (&self.roles, Traits::ROLE),
            (&self.role_modifiers, Traits::ROLE_MODIFIER),
        ]
    }

    fn evidence(&self) -> Vec<(&Words, Traits)> {
        vec![
            (&self.cues.organisation, Traits::BODY),
            (&self.cues.organisation_lead, Traits::BODY_LEAD),
            (&self.cues.place, Traits::PLACE),
            (&self.cues.place_lead, Traits::PLACE_LEAD),
            (&self.cues.landmark, Traits::LANDMARK),
            (&self.cues.things, Traits::THING),
            (&self.cues.surnames, Traits::SURNAME),
            (&self.cues.near, Traits::NEAR),
            (&self.cues.inside, Traits::NEAR.with(Traits::INSIDE)),
            (&self.cues.other, Traits::OTHER),
            (&self.cues.other_lead, Traits::OTHER_LEAD),
            (&self.verbs.speech, Traits::SPEECH),
            (&self.verbs.personal, Traits::PERSONAL),
            (&self.given.male, Traits::GIVEN_MALE),
            (&self.given.female, Traits::GIVEN_FEMALE),
            (&self.given.family_first, Traits::FAMILY_FIRST),
        ]
    }

    /// Well-known names with their kind.
    pub fn known_names(&self) -> [(EntityKind, &Words); 4] {
        let known = &self.known;
        [
            (EntityKind::Organisation, &known.organisation),
            (EntityKind::Place, &known.place),
            (EntityKind::Other, &known.other),
            (EntityKind::Person, &known.person),
        ]
    }
}

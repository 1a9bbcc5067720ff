//! Extract: from the sentences of one document to its claims and statements.
//!
//! Scanners find names, numbers, times, places and quotations; the attributes of
//! `rules/extract.toml` and its packs say which words make which of them a claim, and whose.

pub mod age;
mod anaphor;
pub mod anchor;
pub mod annotations;
pub mod attribute;
pub mod attributes;
pub mod attribution;
pub mod bearing;
pub mod binding;
pub mod claims;
pub mod concepts;
pub mod condition;
pub mod contrast;
pub mod distance;
pub(crate) mod examples;
pub mod frame;
pub mod kin;
pub mod kit;
pub mod known;
mod likened;
pub mod location;
pub mod measure_scan;
pub mod measure_words;
pub mod measured;
pub mod modality;
pub mod named;
pub mod names;
pub mod office;
pub mod open;
mod proviso;
pub mod quantity;
pub mod quotation;
pub mod quotes;
pub mod refutation;
pub mod role;
pub mod route;
pub mod speaker;
pub mod stamp;
pub mod statement;
pub mod subject;
pub mod vintage;
pub mod when;
pub mod zero;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::{Claim, Statement};
use crate::rules::Words;
use crate::text::recent::new_seed;
use anchor::{AnchorIndex, AnchorRules};
use annotations::Annotations;
use attribute::Attribute;
use attributes::Attributes;
use proviso::Proviso;

/// `rules/extract.toml`, with the attributes of all packs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What keeps two places of a sentence apart.
    pub distance: distance::DistanceRules,
    /// How far values bind.
    pub binding: binding::BindingRules,
    /// How anchors are found.
    pub anchor: AnchorRules,
    /// What the page printed between the sentences.
    pub stamp: stamp::StampRules,
    /// What pronouns stand for.
    pub anaphor: anaphor::AnaphorRules,
    /// What long before means.
    pub frame: frame::FrameRules,
    /// How subjects are found.
    pub subject: subject::SubjectRules,
    /// What values no attribute asks for are known by.
    pub open: open::OpenRules,
    /// How old people are.
    pub age: age::AgeRules,
    /// How persons are related.
    pub kin: kin::KinRules,
    /// In which year a thing was built, by its age.
    pub vintage: vintage::VintageRules,
    /// What figures measure.
    pub measured: measured::MeasuredRules,
    /// What a distance is measured from.
    pub bearing: bearing::BearingRules,
    /// From where to where.
    pub route: route::RouteRules,
    /// Who holds which office.
    pub office: office::OfficeRules,
    /// Whose a role is.
    pub role: role::RoleRules,
    /// Which sentences are statements.
    pub statement: statement::StatementRules,
    /// How a report is told to be not so.
    pub refutation: refutation::RefutationRules,
    /// Which quotations are claims.
    pub quote: quotes::QuoteRules,
    /// Who and what is named.
    pub names: names::Rules,
    /// Places and venues.
    pub location: location::Rules,
    /// Numbers, amounts and lengths of time.
    pub quantity: quantity::QuantityRules,
    /// Dates and times.
    pub when: when::WhenRules,
    /// Words of saying.
    pub speech: quotation::Speech,
    /// Direct speech.
    pub quotation: quotation::Rules,
    /// Reported speech.
    pub attribution: attribution::Rules,
    /// Plans, doubts and negations.
    pub modality: modality::Rules,
    /// How none is told.
    pub zero: zero::ZeroRules,
    /// Which words tell the condition of a thing.
    pub condition: condition::ConditionRules,
    /// Conditions that exclude each other, by id.
    #[serde(default)]
    pub opposite: BTreeMap<String, condition::Opposite>,
    /// Words that stand against each other, by id.
    #[serde(default)]
    pub contrast: BTreeMap<String, contrast::Contrast>,
    /// The attributes, by id.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Attribute>")]
    pub attribute: Attributes,
    #[serde(skip)]
    index: OnceLock<Index>,
}

/// What is made of the attributes once.
#[derive(Clone, Debug)]
struct Index {
    anchors: AnchorIndex,
    contrasts: contrast::ContrastIndex,
    /// Their words have numbers, and so have those of provisos.
    opposites: condition::OppositeIndex,
    provisos: Vec<Proviso>,
    turning: Words,
    /// A number that no other rules have.
    seed: u64,
}

impl Rules {
    /// The anchors of all attributes.
    pub fn anchors(&self) -> &AnchorIndex {
        &self.index().anchors
    }

    /// The words of all contrasts.
    pub fn contrasts(&self) -> &contrast::ContrastIndex {
        &self.index().contrasts
    }

    /// The wordings of all opposites.
    pub fn opposites(&self) -> &condition::OppositeIndex {
        &self.index().opposites
    }

    /// The words by which a sentence denies or disowns something. Most sentences have none, and are asked no more.
    pub fn turning(&self) -> &Words {
        &self.index().turning
    }

    /// The attribute an anchor belongs to.
    pub fn attribute_at(&self, number: usize) -> &Attribute {
        self.attribute.at(number)
    }

    /// The attributes that are told of each person named.
    pub fn person_attributes(&self) -> impl Iterator<Item = usize> + '_ {
        self.attribute.values().enumerate().filter(|(_, a)| a.persons).map(|(number, _)| number)
    }

    /// Its id.
    pub fn attribute_id(&self, number: usize) -> &str {
        self.attribute.id(number)
    }

    /// The attribute of an id.
    pub fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attribute.get(id)
    }

    /// What words say against the attribute of a number.
    fn proviso(&self, number: usize) -> &Proviso {
        &self.index().provisos[number]
    }

    /// What answers about words are known by that these rules give.
    fn seed(&self) -> u64 {
        self.index().seed
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut opposites = condition::phrases(&self.opposite);
            let mut number = |word: &str| opposites.number(word);
            let provisos = self.attribute.values().map(|attribute| Proviso::new(attribute, &mut number)).collect();
            Index {
                anchors: AnchorIndex::new(self.attribute.values(), &self.anchor),
                contrasts: contrast::index(&self.contrast, |word| self.anchor.lemma_stem(word)),
                opposites: opposites.map(),
                provisos,
                turning: self.statement.turning().chain(self.refutation.turning()).flat_map(Words::iter).collect(),
                // Each kind of token has a number of its own.
                seed: new_seed() << 8,
            }
        })
    }
}

/// The claims and statements of a document, each in the order of the text.
pub fn extract(notes: &Annotations, rules: &Rules) -> (Vec<Claim>, Vec<Statement>) {
    let mut claims = claims::attribute_claims(notes, rules);
    claims.extend(contrast::contrast_claims(notes, rules));
    claims.extend(condition::condition_claims(notes, rules));
    claims.extend(measured::measured_claims(notes, rules));
    claims.extend(measured::located_claims(notes, rules));
    claims.extend(measured::dated_claims(notes, rules));
    claims.extend(bearing::bearing_claims(notes, rules));
    claims.extend(route::route_claims(notes, rules));
    claims.extend(office::office_claims(notes, rules));
    claims.extend(age::age_claims(notes, rules));
    claims.extend(kin::kin_claims(notes, rules));
    claims.extend(vintage::vintage_claims(notes, rules));
    claims.extend(role::role_claims(notes, rules));
    claims.extend(named::named_claims(notes, rules));
    claims.extend(quotes::quote_claims(notes, rules));
    claims.sort_by(|a, b| place(a).cmp(&place(b)));
    // Two anchors of one attribute, "ran" and "ran aground", tell a value once.
    claims.dedup();
    (claims, statement::statements(notes, rules))
}

fn place(claim: &Claim) -> (u32, u32, u32, &str) {
    (claim.span.start, claim.value_span.start, claim.value_span.end, &claim.attribute)
}

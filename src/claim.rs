//! The nouns: values, entities and the claims made of them.

use compact_str::CompactString;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Span;
use crate::store::numbers;

/// What a claim, and so a disagreement, is about; the `kind` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The words somebody is quoted with.
    Quote,
    /// A count, an amount, a measure.
    Number,
    /// How long something took.
    Duration,
    /// A day, a week, a month, a year.
    Date,
    /// A time of day or a part of the day.
    Time,
    /// The building, site or facility where something happened.
    Venue,
    /// A town, a region, a country.
    Place,
    /// Who.
    Person,
    /// What office somebody holds.
    Role,
    /// Whether it happened at all.
    Negation,
    /// One of two opposites.
    Antonym,
    /// Which of several like happenings: lunch or dinner.
    EventTerm,
    /// Anything else a sentence states.
    Statement,
}

/// Who vouches for a claim and how firmly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Told as having happened or as being so.
    #[default]
    Reported,
    /// Told as intended, expected or scheduled.
    Planned,
    /// Told as possible, likely or unconfirmed.
    Hedged,
    /// Told as being disputed by somebody.
    Denied,
}

/// Whether a claim affirms or negates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Negated,
}

/// How a number was bounded in the writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "31".
    #[default]
    Exact,
    /// "about 30", "some 30", "dozens".
    About,
    /// "more than 30", "at least 30".
    AtLeast,
    /// "up to 30", "fewer than 30".
    AtMost,
}

/// A number with what it measures. Durations are quantities whose unit is `s`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Least value meant, in base units.
    pub low: f64,
    /// Greatest value meant, in base units; equal to `low` for a single number.
    pub high: f64,
    /// Half the step of the writing in base units: .5 for "31", 50,000 for "3.5 million".
    pub tolerance: f64,
    /// How it was bounded.
    pub bound: Bound,
    /// Base unit: `s`, `m`, `kg`, `m2`, `USD`, `%`, `°C`…; empty for a plain count.
    pub unit: CompactString,
    /// What is counted, folded as written: `officials`, `people`; empty for measures.
    pub counted: CompactString,
    /// True where only some of what is counted are meant: "three of the passengers".
    pub part: bool,
}

impl Quantity {
    /// Whether it is an amount of money: its unit is the code of a currency.
    pub fn is_money(&self) -> bool {
        const CODE: usize = 3;
        self.unit.len() == CODE
    }
}

/// A part of the day, in the order of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayPart {
    /// Before the morning.
    Early,
    /// Morning.
    Morning,
    /// Noon.
    Noon,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
}

/// A time of day in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// Minutes after midnight where it was written.
    pub minute: u16,
    /// Offset from UTC in minutes, when the writing says.
    pub offset: Option<i16>,
    /// True where the clocks may be an hour ahead of that: "Eastern time" in summer.
    pub summer: bool,
    /// True where the offset is only that of the place told beside it: "at nine in Paris".
    pub beside: bool,
    /// True for "about six", "shortly after 18:00".
    pub about: bool,
    /// How surely it is of its half of the day.
    pub half: HalfDay,
}

/// Whether a time of day tells the half of the day it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HalfDay {
    /// "5:40 p.m.", "05:40", "17:40".
    #[default]
    Told,
    /// "5:40": by the hours it is of the morning, and may have lost its "p.m.".
    Supposed,
    /// "Half past five".
    Untold,
}

/// When something happened, as precisely as it was written and no more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// First and last possible day, once an anchor makes them certain.
    pub days: Option<(Date, Date)>,
    /// True when `days` is the stretch something lasted ("from Monday to Thursday"), and not
    /// the range within which a single day is not known ("late August").
    pub lasting: bool,
    /// The weekday written, Monday 1 to Sunday 7, with or without an anchor.
    pub weekday: Option<i8>,
    /// The month written (1 to 12) and the day of it, when no year could be settled.
    pub month: Option<i8>,
    /// The day of the month, when written.
    pub day: Option<i8>,
    /// The year, when written.
    pub year: Option<i16>,
    /// The part of the day written.
    pub part: Option<DayPart>,
    /// The time of day written.
    pub clock: Option<Clock>,
    /// True for "about", "early in", "around": near and not exactly.
    pub about: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// A town, region, country, water.
    Place,
    /// A building, site, campus, stadium, hospital.
    Venue,
    /// A company, agency, party, court, team.
    Organisation,
    /// A people or the adjective of a place: "Russian".
    Demonym,
    /// Anything else named: a law, a ship, a tournament.
    Other,
}

/// Somebody or something a document names, under the fullest name it prints.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name, as printed, without title and possessive: `Sergei K. Shoigu`.
    pub name: CompactString,
    /// Its titles and roles as the document prints them, folded: `foreign minister`.
    pub roles: Vec<CompactString>,
}

impl Entity {
    /// The last word of its name: a person's surname.
    pub fn last_word(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }
}

/// A place or venue with what contains it, innermost first, by canonical name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Location {
    /// As written, without article: `Far Eastern Federal University`, `cosmodrome`.
    pub name: CompactString,
    /// The type of venue when the writing or the gazetteer tells: `university`, `cosmodrome`.
    pub class: CompactString,
    /// True when `name` is a proper name and not only a type ("a cosmodrome").
    pub named: bool,
    /// What contains it, as far as writing and gazetteer tell: `Vladivostok`, `Primorye`, `Russia`.
    pub inside: Vec<CompactString>,
}

/// What a claim says of its slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A number or duration.
    Quantity(Quantity),
    /// A date or time.
    When(When),
    /// A venue or place.
    Location(Location),
    /// A person or body.
    Name(Entity),
    /// One word or phrase of a set of like terms, folded: `lunch`.
    Term(CompactString),
    /// Running words: a quotation or a sentence, as printed.
    Words(String),
}

impl Value {
    /// The person or body, where it is one.
    pub fn as_name(&self) -> Option<&Entity> {
        match self {
            Self::Name(entity) => Some(entity),
            _ => None,
        }
    }
}

/// The normalised statement of one mention: who says what of whom, where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The passage: the sentence, or the sentences that hold the quotation.
    pub span: Span,
    /// The line the passage begins on, counted from 1.
    pub line: u32,
    /// The passage as printed.
    pub text: String,
    /// The bytes that carry the value, inside `span`.
    pub value_span: Span,
    /// What it is about.
    pub kind: Kind,
    /// Id of the attribute in `rules/extract.toml` or a pack; `age`, `measured`, `located`, `dated` and
    /// `office` for what is known by the words beside it; `quotation` or `open` where no
    /// attribute but the words around the value tell what it is.
    pub attribute: CompactString,
    /// Whose: the traveller of a visit, the two who met. Empty for attributes of the event itself.
    pub subject: Vec<Entity>,
    /// What is said.
    pub value: Value,
    /// The time the sentence gives for what it tells, apart from the value.
    pub time: Option<When>,
    /// The day of the time long before the document's own that it is told of: another happening.
    pub remote: Option<Date>,
    /// The place the sentence gives, apart from the value.
    pub place: Option<Location>,
    /// How firmly.
    pub modality: Modality,
    /// Yes or no.
    pub polarity: Polarity,
    /// Who is quoted or named as saying it, as an entity of the document or as printed.
    pub speaker: Option<CompactString>,
    /// Stems of the content words near the value, nearest first: what an open claim is matched by.
    pub context: Vec<CompactString>,
}

impl Claim {
    /// The value as printed.
    pub fn printed(&self) -> &str {
        let at = |byte: u32| (byte - self.span.start) as usize;
        self.text.get(at(self.value_span.start)..at(self.value_span.end)).unwrap_or(&self.text)
    }
}

/// The words of a report that a sentence tells to be not so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refutation {
    /// Hashes of its content stems, names and numbers left out; sorted, without repeats.
    pub stems: Vec<u32>,
    /// Hashes of the last words of the names in it; sorted, without repeats.
    pub names: Vec<u32>,
}

/// A sentence of the body as a whole: what the aligned route compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub span: Span,
    /// The line it begins on, counted from 1.
    pub line: u32,
    /// The sentence as printed.
    pub text: String,
    /// Hashes of its content stems in the order of the text, names and numbers left out.
    #[serde(with = "numbers")]
    pub order: Vec<u32>,
    /// Which clause each word of `order` stands in, counted from 0.
    #[serde(with = "numbers")]
    pub clauses: Vec<u16>,
    /// The words of `order`, sorted, without repeats.
    #[serde(with = "numbers")]
    pub stems: Vec<u32>,
    /// Hashes of the last words of the names in it, sorted, without repeats.
    #[serde(with = "numbers")]
    pub names: Vec<u32>,
    /// Hashes of its numbers and dates as written, sorted, without repeats.
    #[serde(with = "numbers")]
    pub figures: Vec<u32>,
    /// True when some of it stands in quotation marks.
    pub quoted: bool,
    /// Hashes of the content stems that a negation stands right before, and whether each is a thing ("no siren") and no
    /// deed or state.
    #[serde(with = "numbers")]
    pub negated: Vec<(u32, bool)>,
    /// Those of them that are verbs: what is told not to have been done.
    #[serde(with = "numbers")]
    pub denied: Vec<u32>,
    /// Hashes of the content stems that it affirms: those not behind "to", "falsely" or a saying
    /// inside a saying, and whether each is a thing there ("the siren"); sorted, without repeats.
    #[serde(with = "numbers")]
    pub affirmed: Vec<(u32, bool)>,
    /// Who does what: the last word of each name or pronoun's name with the content stem that
    /// follows it, hashed, sorted, without repeats.
    #[serde(with = "numbers")]
    pub doings: Vec<(u32, u32)>,
    /// True where it tells what a report or somebody claims: "a report claims that".
    pub claimed: bool,
    /// What it tells to be not so: "the rumour that she resigned is false".
    pub refuted: Option<Box<Refutation>>,
    /// How firmly its main clause is told.
    pub modality: Modality,
    /// Whether its main clause affirms.
    pub polarity: Polarity,
    /// The hash of the last word of the first name in it: whom it is about.
    pub lead: Option<u32>,
    /// Who is named as saying it.
    pub speaker: Option<CompactString>,
}

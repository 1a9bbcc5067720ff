//! Kinds of difference between two wordings, and which of them change what is said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::align::{Run, align};
use super::pairing;
use super::wording::WordingRules;
use crate::claim::Kind;
use crate::lexicon::Lexicon;
use crate::text::Token;

/// A kind of difference; the name of its table under `[differences]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Marks only.
    Punctuation,
    /// One word in two spellings.
    Spelling,
    /// One number in two writings.
    NumberFormat,
    /// Two numbers that can both be right: rounded, or one is a bound.
    Rounding,
    /// Function words.
    FunctionWord,
    /// Two inflections of one word.
    Inflection,
    /// The same words elsewhere.
    Reordering,
    /// A word that the other wording has elsewhere too.
    Repetition,
    /// Two names of one bearer.
    NameVariant,
    /// Words that can mean the same.
    Synonym,
    /// Words that a thesaurus lists side by side.
    Akin,
    /// A more general word.
    Hypernym,
    /// Two nouns of one kind, of things one cannot touch: they shade into one another.
    Sibling,
    /// Adjectives or adverbs that the lexicon does not join.
    Description,
    /// Verbs, or words of different classes, that the lexicon does not join.
    Rewording,
    /// Nouns of things one cannot touch that the lexicon does not join.
    Abstract,
    /// An explanation in square brackets.
    Insertion,
    /// Something left out behind `…`.
    Ellipsis,
    /// Words missing at the beginning or end.
    Truncation,
    /// A describing word more or less.
    Modifier,
    /// A content word more or less.
    Addition,
    /// A number more or less.
    NumberAdded,
    /// A name more or less.
    NameAdded,
    /// Several content words more or less in the middle.
    ClauseCut,
    /// Another content word.
    Content,
    /// Another content word that looks like the first.
    LookAlike,
    /// One of a set of like terms for another.
    CoHyponym,
    /// A word for its opposite.
    Antonym,
    /// Another office or rank.
    Role,
    /// Another place.
    Place,
    /// Another name.
    Name,
    /// Names that changed places.
    Swap,
    /// Another part or time of the day.
    TimeOfDay,
    /// Another month.
    Date,
    /// Another day of the week.
    Weekday,
    /// Another number.
    Number,
    /// A negation more or less.
    Negation,
}

impl Difference {
    /// True when both wordings cannot be right at once, were they about the same thing.
    pub fn is_material(self) -> bool {
        self >= Self::ClauseCut
    }

    /// What a disagreement by this difference is about.
    pub fn kind(self) -> Kind {
        match self {
            Self::Number | Self::NumberAdded | Self::Rounding | Self::NumberFormat => Kind::Number,
            Self::Date | Self::Weekday => Kind::Date,
            Self::TimeOfDay => Kind::Time,
            Self::Name | Self::Swap | Self::NameAdded | Self::NameVariant => Kind::Person,
            Self::Place => Kind::Place,
            Self::Role => Kind::Role,
            Self::Negation => Kind::Negation,
            Self::Antonym => Kind::Antonym,
            Self::CoHyponym => Kind::EventTerm,
            _ => Kind::Statement,
        }
    }
}

/// A differing run with its kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where.
    pub run: Run,
    /// What.
    pub difference: Difference,
}

/// All differences of two wordings that stand alone, in the order of the first.
pub fn differences(a: &[Token], b: &[Token], rules: &WordingRules, lexicon: &Lexicon) -> Vec<Finding> {
    let alignment = align(a, b, &rules.align);
    pairing::all(a, b, &alignment.runs, rules, lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    fn found(left: &str, right: &str) -> Vec<Difference> {
        let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
        let found = differences(&tokens(left), &tokens(right), WordingRules::embedded(), Lexicon::embedded());
        found.into_iter().map(|f| f.difference).collect()
    }

    #[test]
    fn examples_hold() {
        for (difference, class) in &WordingRules::embedded().differences {
            assert!(!class.about.is_empty() && !class.fires.is_empty() && !class.silent.is_empty(), "{difference:?}");
            for [left, right] in &class.fires {
                assert!(
                    found(left, right).contains(difference),
                    "{difference:?}: {left} / {right}: {:?}",
                    found(left, right)
                );
                assert!(found(right, left).contains(difference), "{difference:?}: {right} / {left}");
            }
            for [left, right] in &class.silent {
                assert!(!found(left, right).contains(difference), "{difference:?}: {left} / {right}");
            }
        }
    }
}

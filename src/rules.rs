//! The rules of all stages: loaded, checked as a whole before any work, listed and tried.
//!
//! Each stage's `Rules` struct *is* its file `rules/<stage>.toml`: the built-in one, or that of a
//! person's folder. Packs in `packs/*.toml` add rules for a subject area to any stage, under
//! a table named as the stage.

mod bits;
mod checked;
pub mod diagnostic;
pub mod example;
mod explain;
mod fill;
mod grove;
mod phrases;
pub mod sheet;
mod shelf;
mod tree;
mod wordings;
mod words;

use std::path::Path;

use crate::failure::Failure;
pub use bits::WordBits;
pub use checked::Checked;
pub use diagnostic::Diagnostic;
pub use example::{Example, Exemplified, Rule, Trial};
pub use phrases::{PhraseMap, Phrases};
pub use sheet::RuleFile;
use shelf::{Default, Shelf};
pub use wordings::Wordings;
pub use words::{WordMap, WordSets, Words};

/// Makes the book of rules out of one line a stage: `name: type of its rules`.
macro_rules! rule_book {
    ($($(#[$doc:meta])* $stage:ident: $rules:ty,)*) => {
        /// The rules of every stage, filled and checked.
        #[derive(Debug)]
        pub struct RuleBook {
            $($(#[$doc])* pub $stage: $rules,)*
            shelf: Shelf,
        }

        /// The built-in rules, in the order of the stages.
        const DEFAULTS: &[Default] = &[$((
            stringify!($stage),
            include_str!(concat!("../rules/", stringify!($stage), ".toml")),
        ),)*];

        impl RuleBook {
            fn fill(mut shelf: Shelf) -> Result<Self, Failure> {
                let ground = shelf.ground();
                let mut grove = shelf.grow(&ground);
                $(let $stage = shelf.take::<$rules>(stringify!($stage), &mut grove);)*
                shelf.verdict()?;
                match ($($stage,)*) {
                    ($(Some($stage),)*) => Ok(Self { $($stage,)* shelf }),
                    _ => Err(Failure::Fatal("rules without mistakes were not filled".into())),
                }
            }

            fn stages(&self) -> Vec<&dyn Exemplified> {
                vec![$(&self.$stage),*]
            }
        }

        /// The JSON Schema of each stage's file, by stage.
        pub fn schemas() -> Vec<(&'static str, schemars::Schema)> {
            vec![$((stringify!($stage), schemars::schema_for!($rules)),)*]
        }
    };
}

rule_book! {
    /// How files become documents.
    read: crate::read::Rules,
    /// How furniture is told from text.
    clean: crate::clean::Rules,
    /// How claims are read.
    extract: crate::extract::Rules,
    /// How values are made comparable.
    normalise: crate::normalise::Rules,
    /// What words mean.
    lexicon: crate::lexicon::Lexicon,
    /// How stories and pairs are found.
    matching: crate::matching::Rules,
    /// How pairs are judged.
    compare: crate::compare::Rules,
    /// How sources are scored.
    score: crate::score::Rules,
    /// How tables are written.
    report: crate::report::Rules,
}

/// Built-in packs: name and text.
const PACKS: &[Default] = &[
    ("business", include_str!("../rules/packs/business.toml")),
    ("courts", include_str!("../rules/packs/courts.toml")),
    ("crime", include_str!("../rules/packs/crime.toml")),
    ("culture", include_str!("../rules/packs/culture.toml")),
    ("disasters", include_str!("../rules/packs/disasters.toml")),
    ("economy", include_str!("../rules/packs/economy.toml")),
    ("elections", include_str!("../rules/packs/elections.toml")),
    ("games", include_str!("../rules/packs/games.toml")),
    ("health", include_str!("../rules/packs/health.toml")),
    ("leaders", include_str!("../rules/packs/leaders.toml")),
    ("measures", include_str!("../rules/packs/measures.toml")),
    ("nature", include_str!("../rules/packs/nature.toml")),
    ("people", include_str!("../rules/packs/people.toml")),
    ("places", include_str!("../rules/packs/places.toml")),
    ("politics", include_str!("../rules/packs/politics.toml")),
    ("schedules", include_str!("../rules/packs/schedules.toml")),
    ("science", include_str!("../rules/packs/science.toml")),
    ("society", include_str!("../rules/packs/society.toml")),
    ("sport", include_str!("../rules/packs/sport.toml")),
    ("transport", include_str!("../rules/packs/transport.toml")),
    ("visits", include_str!("../rules/packs/visits.toml")),
    ("war", include_str!("../rules/packs/war.toml")),
    ("weather", include_str!("../rules/packs/weather.toml")),
];

impl RuleBook {
    /// Loads the rules of `dir`, and the built-in ones for stages that have no file there.
    ///
    /// # Errors
    /// [`Failure::Usage`] with every mistake of every file, each with its line and a caret.
    pub fn load(dir: Option<&Path>) -> Result<Self, Failure> {
        apart(|| Self::fill(Shelf::open(DEFAULTS, PACKS, dir)?))
    }

    /// The same, with `settings` having the last word: what they say in a table named as a stage replaces
    /// what the rules say.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn load_overruled(dir: Option<&Path>, settings: &[RuleFile]) -> Result<Self, Failure> {
        apart(|| Self::fill(Shelf::open(DEFAULTS, PACKS, dir)?.overruled_by(settings)))
    }

    /// Every rule of every stage, in the order they are written.
    pub fn rules(&self) -> Vec<Rule> {
        self.shelf.rules()
    }

    /// Runs the examples of all rules: one trial a stage, with its name.
    pub fn try_examples(&self) -> Vec<(&'static str, Trial)> {
        let stages = self.shelf.sheets().iter().zip(self.stages());
        stages.map(|(sheet, stage)| (sheet.stage, example::try_all(sheet, stage))).collect()
    }

    /// A digest of all texts: 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        self.shelf.digest()
    }

    /// A digest of what one stage's file and the packs say about it; comments and spacing change nothing.
    pub fn stage_digest(&self, stage: &str) -> u128 {
        self.shelf.stage_digest(stage)
    }

    /// Every file that took part, with its text.
    pub fn files(&self) -> &[RuleFile] {
        self.shelf.files()
    }

    /// The built-in files as (name, text), for a person to edit.
    pub fn built_in() -> impl Iterator<Item = (String, &'static str)> {
        let stages = DEFAULTS.iter().map(|(name, text)| (format!("{name}.toml"), *text));
        stages.chain(PACKS.iter().map(|(name, text)| (format!("packs/{name}.toml"), *text)))
    }
}

/// What `make` makes, in a thread of its own. An allocator keeps what a thread gives back for that thread; reading rules
/// takes and gives back tens of megabytes, which go to the first thread that works this way and lie idle otherwise.
fn apart<T: Send>(make: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(make).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Fills `T` from a file a person wrote that is no stage's: settings, judgements, replies.
///
/// # Errors
/// [`Failure::Usage`] with every mistake, each with its line and a caret.
pub fn fill_file<T: serde::de::DeserializeOwned>(file: &RuleFile) -> Result<T, Failure> {
    fill::fill(&sheet::Sheet::new("", file.clone(), &[])).map_err(|mut found| {
        found.sort();
        found.dedup();
        Failure::Usage(shelf::report_of(&found, ""))
    })
}

/// The mistakes and failing examples of several files as one text.
pub fn render(found: &[Diagnostic]) -> String {
    shelf::report(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_have_no_mistakes_and_their_examples_do_as_they_say() {
        let book = RuleBook::load(None).unwrap_or_else(|failure| panic!("{failure}"));
        for (stage, trial) in book.try_examples() {
            assert!(trial.failed.is_empty(), "{stage}\n{}", render(&trial.failed));
        }
    }

    #[test]
    fn every_rule_says_what_it_is_about() {
        let book = RuleBook::load(None).unwrap_or_else(|failure| panic!("{failure}"));
        for rule in book.rules() {
            assert!(!rule.about.trim().is_empty(), "{}:{} {}", rule.file, rule.line, rule.path);
        }
    }
}

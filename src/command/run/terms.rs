//! All that a run goes by, before anything is read.

use super::{Args, Effective};
use crate::failure::Failure;
use crate::read::Plan;
use crate::report::mask::Mask;
use crate::rules::RuleBook;
use crate::run::known::Known;
use crate::run::lore::Lore;
use crate::run::progress::Progress;
use crate::run::publish::Setup;
use crate::run::stop::Stop;
use crate::score;
use crate::settings::Layers;
use crate::voices::Voices;

/// Rules, settings in effect, and what people said.
pub struct Terms {
    /// The rules of all stages.
    pub book: RuleBook,
    /// The settings in effect.
    pub effective: Effective,
    /// The first day of publication, where one was named.
    pub since: Option<jiff::civil::Date>,
    voices: Voices,
    known: Known,
    mask: Mask,
}

impl Terms {
    /// Reads what the options and the other layers name.
    ///
    /// # Errors
    /// [`Failure::Usage`] for rules and settings with mistakes, [`Failure::NoInput`] for a file that cannot be read.
    pub fn of(args: &Args, layers: &Layers) -> Result<Self, Failure> {
        let book = layers.book(args.rules.as_deref())?;
        let effective = Effective::of(args, layers);
        let voices = Voices::read(effective.judgements.as_deref(), effective.replies.as_deref())?;
        let anchors = effective.anchors.as_deref().map(score::read::facts).transpose()?;
        let mask = Mask::new(effective.anonymize.clone());
        let known = anchors.map(Known::new).unwrap_or_default().renamed(|name| mask.name(name));
        let since = args.inputs.since(layers);
        Ok(Self { book, effective, since, voices, known, mask })
    }

    /// What people judged to be no contradiction stays in a table.
    fn near_misses(&self) -> bool {
        self.effective.near_misses || self.voices.has_judgements()
    }

    /// What the stages go by.
    pub fn lore(&self) -> Lore<'_> {
        Lore::new(&self.book, (&self.known, &self.voices), &self.mask, self.near_misses())
    }

    /// A run of what is planned; `hands` show its progress and can stop it.
    pub fn setup<'s>(&'s self, plan: &'s Plan, fresh: bool, hands: (Progress, Stop)) -> Setup<'s> {
        let effective = &self.effective;
        Setup {
            book: &self.book,
            plan,
            output: &effective.output,
            memory: effective.memory,
            dialect: effective.dialect,
            near_misses: self.near_misses(),
            known: &self.known,
            pages: effective.pages,
            max_fail: effective.max_fail,
            gates: &effective.gates,
            progress: hands.0,
            quiet: effective.quiet,
            settings: &effective.told,
            voices: &self.voices,
            mask: &self.mask,
            fresh,
            stop: hands.1,
        }
    }
}

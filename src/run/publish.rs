//! From an analysis to a published run folder, and the exit code that tells cron the truth.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cache::Cache;
use super::gate::{Gate, Share};
use super::known::Known;
use super::lore::Lore;
use super::manifest::{Clock, manifest};
use super::progress::{Progress, Show};
use super::stop::Stop;
use super::summary;
use super::written::Report;
use super::{Analysis, Work, analyse};
use crate::failure::{Failure, Outcome};
use crate::read::Plan;
use crate::report::csv::Dialect;
use crate::report::describe;
use crate::report::manifest::Setting;
use crate::report::mask::Mask;
use crate::report::pages::Pages;
use crate::report::stored::Stored;
use crate::rules::RuleBook;
use crate::store::RunFolder;
use crate::voices::Voices;

/// What a run was asked for.
pub struct Setup<'s> {
    /// The rules of all stages.
    pub book: &'s RuleBook,
    /// What to read.
    pub plan: &'s Plan,
    /// Where run folders go.
    pub output: &'s Path,
    /// Ceiling for memory in bytes.
    pub memory: usize,
    /// The flavour of CSV.
    pub dialect: Dialect,
    /// Writes the pairs turned down.
    pub near_misses: bool,
    /// What is known beforehand.
    pub known: &'s Known,
    /// Writes the page and the workbook.
    pub pages: Pages,
    /// Share of documents that may fail.
    pub max_fail: Share,
    /// Conditions that make the run no success.
    pub gates: &'s [Gate],
    /// Shows how far the work is.
    pub progress: Progress,
    /// Says nothing at the end.
    pub quiet: bool,
    /// Uses nothing of what earlier runs kept.
    pub fresh: bool,
    /// Asked whether to go on.
    pub stop: Stop,
    /// All settings in effect, by name.
    pub settings: &'s BTreeMap<String, Setting>,
    /// What people judged and sources replied.
    pub voices: &'s Voices,
    /// Hides the names of sources.
    pub mask: &'s Mask,
}

/// What a run goes by that nobody told anything beside what to read.
#[derive(Default)]
pub struct Untold {
    known: Known,
    settings: BTreeMap<String, Setting>,
    voices: Voices,
    mask: Mask,
}

impl Untold {
    /// What the stages go by.
    pub fn lore<'l>(&'l self, book: &'l RuleBook, near_misses: bool) -> Lore<'l> {
        Lore::new(book, (&self.known, &self.voices), &self.mask, near_misses)
    }
}

impl<'s> Setup<'s> {
    /// A run by itself: it shows nothing, uses nothing of earlier runs, fails by no document and has a gigabyte.
    pub fn silent(book: &'s RuleBook, plan: &'s Plan, output: &'s Path, untold: &'s Untold) -> Self {
        Self {
            book,
            plan,
            output,
            memory: 1 << 30,
            dialect: Dialect::default(),
            near_misses: false,
            known: &untold.known,
            pages: Pages::default(),
            max_fail: Share(1.0),
            gates: &[],
            progress: Progress::new(Show::Never),
            quiet: true,
            fresh: true,
            stop: Stop::never(),
            settings: &untold.settings,
            voices: &untold.voices,
            mask: &untold.mask,
        }
    }
}

impl Setup<'_> {
    /// What the stages go by.
    pub fn lore(&self) -> Lore<'_> {
        Lore::new(self.book, (self.known, self.voices), self.mask, self.near_misses)
    }
}

/// Documents and stories are cut into this many parts; a part a thread is in memory at a time.
const PARTITIONS: usize = 64;

/// Analyses, writes and publishes.
///
/// # Errors
/// Whatever kept the run from being complete; nothing is published then.
pub fn publish(setup: &Setup) -> Result<Published, Failure> {
    let press = Press::begin(setup.output)?;
    let scratch = press.scratch();
    let cache = Cache::open(setup.output, setup.book, setup.fresh)?;
    let work = Work {
        lore: setup.lore(),
        scratch: &scratch,
        partitions: PARTITIONS,
        memory: setup.memory,
        progress: &setup.progress,
        cache: &cache,
        stop: &setup.stop,
    };
    let published = press.issue(analyse(setup.plan, &work)?, setup)?;
    if setup.mask.is_on() {
        // What is kept for the next run bears the names.
        cache.forget()?;
    }
    Ok(published)
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How the run ended.
    pub outcome: Outcome,
    /// Its folder.
    pub path: PathBuf,
}

/// A run folder from its beginning until it is published. While it lives no other run writes there.
pub struct Press {
    clock: Clock,
    folder: RunFolder,
}

impl Press {
    /// Begins a run under `output`, named after this moment.
    ///
    /// # Errors
    /// [`Failure::Output`] when `output` cannot be written, [`Failure::Usage`] when another run is writing to it.
    pub fn begin(output: &Path) -> Result<Self, Failure> {
        let clock = Clock::start();
        let folder = RunFolder::create(output, &clock.run_id())?;
        Ok(Self { clock, folder })
    }

    /// A folder for what is needed only until the run is published.
    pub fn scratch(&self) -> PathBuf {
        self.folder.scratch()
    }

    /// Writes what was found, and publishes it.
    ///
    /// # Errors
    /// Whatever kept the run from being complete; nothing is published then.
    pub fn issue(self, analysis: Analysis, setup: &Setup) -> Result<Published, Failure> {
        let Self { clock, folder } = self;
        let line = setup.progress.stage("write", 0);
        let report = Report::write(folder.path(), analysis, setup)?;
        line.finish();
        setup.stop.check()?;
        describe(folder.path(), folder.run_id(), setup.dialect, &report.written)?;
        let outcome = report.outcome(setup);
        let told = manifest(setup, &report, &clock, folder.run_id(), outcome);
        let bytes = told.to_json()?;
        if setup.pages.are_wanted() {
            let rules = &setup.book.report;
            let stored = Stored::open(folder.path(), &rules.cells)?.with_manifest(&bytes);
            setup.pages.write(folder.path(), &stored, rules)?;
        }
        setup.stop.check()?;
        let path = if outcome == Outcome::TooManyFailed { folder.keep(&bytes)? } else { folder.publish(&bytes)? };
        setup.progress.log("end", &summary::facts(&report, &path, &told));
        if !setup.quiet {
            eprint!("{}{}", setup.voices.summary(), summary::text(&report, outcome, &path, &told));
        }
        Ok(Published { outcome, path })
    }
}

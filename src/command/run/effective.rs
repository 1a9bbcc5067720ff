//! The settings in effect for one run, and who set each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Args;
use crate::report::csv::Dialect;
use crate::report::manifest::Setting;
use crate::report::pages::Pages;
use crate::run::gate::{Gate, Share};
use crate::run::progress::Show;
use crate::settings::parsed::Size;
use crate::settings::{Layers, Settings, told};

/// Where run folders go when nothing else is said.
pub const OUTPUT: &str = "reports";
/// Ceiling for memory when nothing else is said.
pub const MEMORY: usize = 2 << 30;
const MAX_FAIL: f64 = 0.05;

/// What a run goes by.
#[derive(Debug)]
pub struct Effective {
    /// Where run folders go.
    pub output: PathBuf,
    /// People's verdicts.
    pub judgements: Option<PathBuf>,
    /// Sources' replies.
    pub replies: Option<PathBuf>,
    /// Verified facts and trusted sources.
    pub anchors: Option<PathBuf>,
    /// The key that names are hidden by.
    pub anonymize: Option<String>,
    /// Threads; one a processor where nothing is said.
    pub jobs: Option<usize>,
    /// Ceiling for memory in bytes.
    pub memory: usize,
    /// The flavour of CSV.
    pub dialect: Dialect,
    /// Writes the pairs turned down.
    pub near_misses: bool,
    /// Writes the page and the workbook.
    pub pages: Pages,
    /// Share of documents that may fail.
    pub max_fail: Share,
    /// Conditions that make the run no success.
    pub gates: Vec<Gate>,
    /// When progress is shown.
    pub progress: Show,
    /// Says nothing but errors.
    pub quiet: bool,
    /// All of them by name, for `run.json`.
    pub told: BTreeMap<String, Setting>,
}

impl Effective {
    /// The options of the command line, completed by the other layers and the defaults.
    pub fn of(args: &Args, layers: &Layers) -> Self {
        let mut on = Picking { layers, told: BTreeMap::new() };
        let gates = Some(args.fail_on.clone()).filter(|gates| !gates.is_empty());
        let from_file = |s: &Settings| s.fail_on.clone().map(|gates| gates.into_iter().map(|g| g.0).collect());
        let conditions = |gates: &Vec<Gate>| json!(gates.iter().map(ToString::to_string).collect::<Vec<_>>());
        let quiet = on.flag("quiet", layers.manner.quiet, |s| s.quiet);
        Self {
            output: on.take("output", args.output.clone(), |s| s.output.clone(), OUTPUT.into(), |p| path(p)),
            judgements: on.file("judgements", args.judgements.clone(), |s| s.judgements.clone()),
            replies: on.file("replies", args.replies.clone(), |s| s.replies.clone()),
            anchors: on.named("anchors", args.anchors.clone(), |s| s.anchors.clone()),
            anonymize: on.key(args.anonymize.clone()),
            jobs: on.maybe("jobs", args.jobs, |s| s.jobs),
            memory: on
                .take("max_memory", args.max_memory, |s| s.max_memory.map(|m| m.0), Size(MEMORY), |m| json!(m.0))
                .0,
            dialect: on.take("csv", args.csv, |s| s.csv, Dialect::default(), |d| json!(d)),
            near_misses: on.flag("near_misses", args.near_misses, |s| s.near_misses),
            pages: Pages { html: on.flag("html", args.html, |s| s.html), xlsx: on.flag("xlsx", args.xlsx, |s| s.xlsx) },
            max_fail: on.take("max_fail", args.max_fail, |s| s.max_fail.map(|m| m.0), Share(MAX_FAIL), |m| json!(m.0)),
            gates: on.take("fail_on", gates, from_file, Vec::new(), conditions),
            progress: if quiet {
                Show::Never
            } else {
                layers.pick(layers.manner.progress, |s| s.progress).value.unwrap_or_default()
            },
            quiet,
            told: on.told,
        }
    }
}

impl Effective {
    /// A line a setting: its name, its value and who set it.
    pub fn lines(&self) -> String {
        let line = |(name, setting): (&String, &Setting)| format!("{name} = {} ({})\n", setting.value, setting.origin);
        self.told.iter().map(line).collect()
    }
}

fn path(path: &Path) -> Value {
    path.display().to_string().into()
}

/// Picks settings and notes who set them.
struct Picking<'l> {
    layers: &'l Layers,
    told: BTreeMap<String, Setting>,
}

impl Picking<'_> {
    fn take<T>(
        &mut self,
        name: &str,
        option: Option<T>,
        get: impl Fn(&Settings) -> Option<T>,
        default: T,
        show: impl Fn(&T) -> Value,
    ) -> T {
        let (value, origin) = self.layers.pick(option, get).or(default);
        self.told.insert(name.to_owned(), told(show(&value), &origin));
        value
    }

    fn flag(&mut self, name: &str, option: bool, get: impl Fn(&Settings) -> Option<bool>) -> bool {
        self.take(name, option.then_some(true), get, false, |flag| json!(flag))
    }

    fn maybe(&mut self, name: &str, option: Option<usize>, get: impl Fn(&Settings) -> Option<usize>) -> Option<usize> {
        let picked = self.layers.pick(option, get);
        self.told.insert(name.to_owned(), told(json!(picked.value), &picked.origin));
        picked.value
    }

    /// A file that was named.
    fn named(
        &mut self,
        name: &str,
        option: Option<PathBuf>,
        get: impl Fn(&Settings) -> Option<PathBuf>,
    ) -> Option<PathBuf> {
        let picked = self.layers.pick(option, get);
        self.told.insert(name.to_owned(), told(json!(picked.value), &picked.origin));
        picked.value
    }

    /// A file that was named, or the one of that name in the current folder, if there.
    fn file(
        &mut self,
        name: &str,
        option: Option<PathBuf>,
        get: impl Fn(&Settings) -> Option<PathBuf>,
    ) -> Option<PathBuf> {
        let here = PathBuf::from(format!("{name}.toml"));
        match self.named(name, option, get) {
            None if here.is_file() => {
                self.told.insert(name.to_owned(), told(json!(here), "current folder"));
                Some(here)
            }
            named => named,
        }
    }

    /// The key that hides names is itself not told.
    fn key(&mut self, option: Option<String>) -> Option<String> {
        let picked = self.layers.pick(option, |s| s.anonymize.clone());
        self.told.insert("anonymize".into(), told(picked.value.is_some(), &picked.origin));
        picked.value
    }
}

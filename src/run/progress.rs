//! One line a stage: documents, rate, time left, failures. It is drawn on a terminal only, and
//! told once a minute as a plain line elsewhere.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::log::Log;

/// When progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// A line on a terminal, a plain line a minute elsewhere.
    #[default]
    Auto,
    /// A line, whatever stderr is.
    Always,
    /// Nothing.
    Never,
}

/// Makes a line for each stage.
#[derive(Debug)]
pub struct Progress {
    show: Show,
    log: Option<Arc<Log>>,
    watch: Watch,
    spent: Spent,
}

/// The seconds that stages took which are over.
type Spent = Arc<Mutex<BTreeMap<&'static str, f64>>>;

/// How far the work is, as other threads see it.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Mutex<Option<(&'static str, ProgressBar)>>>);

impl Watch {
    fn follow(&self, stage: &'static str, bar: &ProgressBar) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((stage, bar.clone()));
    }

    /// The stage at work, its steps done, and how many there are (0 where that is not known); nothing before the first.
    pub fn look(&self) -> Option<(&'static str, u64, u64)> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.as_ref().map(|(stage, bar)| (*stage, bar.position(), bar.length().unwrap_or(0)))
    }
}

/// The line of one stage.
#[derive(Debug)]
pub struct Line {
    bar: ProgressBar,
    failures: AtomicU64,
    stage: &'static str,
    began: Instant,
    told: Mutex<Instant>,
    /// Told on stderr too, for it cannot be redrawn there.
    plain: bool,
    log: Option<Arc<Log>>,
    spent: Spent,
}

/// How often a plain line is told.
const MINUTE: Duration = Duration::from_secs(60);

impl Progress {
    /// Progress as `show` says.
    pub fn new(show: Show) -> Self {
        Self { show, log: None, watch: Watch::default(), spent: Spent::default() }
    }

    /// The same, and everything is told to a log as well.
    pub fn with_log(self, log: Option<Log>) -> Self {
        Self { log: log.map(Arc::new), ..self }
    }

    /// Where another thread sees how far the work is.
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// The seconds on the clock that a stage took, so far as it is over; 0 for one that was not.
    pub fn seconds(&self, stage: &str) -> f64 {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).get(stage).copied().unwrap_or(0.0)
    }

    /// Tells an event to the log, where there is one.
    pub fn log(&self, event: &str, facts: &Value) {
        self.log.iter().for_each(|log| log.tell(event, facts));
    }

    /// Says that kept work was damaged and is made again; silent where nothing was.
    pub fn note_damage(&self, what: &str, partitions: usize) {
        if partitions == 0 {
            return;
        }
        self.log("damage", &json!({ "kept": what, "partitions": partitions }));
        if self.show != Show::Never {
            eprintln!("note: kept {what} were damaged in {partitions} places; what is lost there is made again");
        }
    }

    /// Begins a stage of `total` steps; 0 where the number is not known.
    pub fn stage(&self, stage: &'static str, total: u64) -> Line {
        let terminal = std::io::stderr().is_terminal();
        let drawn = self.show == Show::Always || self.show == Show::Auto && terminal;
        let target = if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target((total > 0).then_some(total), target)
            .with_style(style(total))
            .with_prefix(stage);
        self.log("stage", &json!({ "stage": stage, "total": total }));
        self.watch.follow(stage, &bar);
        let plain = self.show == Show::Auto && !terminal;
        let now = Instant::now();
        Line {
            bar,
            failures: AtomicU64::new(0),
            stage,
            began: now,
            told: Mutex::new(now),
            plain,
            log: self.log.clone(),
            spent: self.spent.clone(),
        }
    }
}

fn style(total: u64) -> ProgressStyle {
    let known = "{prefix:>8} [{bar:24}] {human_pos} of {human_len} · {per_sec} · {eta} left{msg}";
    let open = "{prefix:>8} {spinner} {human_pos} · {per_sec} · {elapsed}{msg}";
    ProgressStyle::with_template(if total > 0 { known } else { open }).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Line {
    /// Counts `steps` as done.
    pub fn add(&self, steps: u64) {
        self.bar.inc(steps);
        self.tell();
    }

    /// Counts a failure.
    pub fn fail(&self) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.set_message(format!(" · {failures} failed"));
    }

    /// Takes the line away and notes what the stage took.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        *spent.entry(self.stage).or_default() += self.began.elapsed().as_secs_f64();
        drop(spent);
        self.log("stage-end");
    }

    fn tell(&self) {
        let Ok(mut told) = self.told.try_lock() else { return };
        if told.elapsed() < MINUTE {
            return;
        }
        *told = Instant::now();
        self.log("progress");
        if self.plain {
            let of = self.bar.length().map(|total| format!(" of {total}")).unwrap_or_default();
            let failures = self.failures.load(Ordering::Relaxed);
            eprintln!("{}: {}{of} done, {failures} failed", self.stage, self.bar.position());
        }
    }

    fn log(&self, event: &str) {
        let Some(log) = &self.log else { return };
        let seconds = (self.began.elapsed().as_secs_f64() * 10.0).round() / 10.0;
        let failed = self.failures.load(Ordering::Relaxed);
        let facts = json!({ "stage": self.stage, "done": self.bar.position(), "failed": failed, "seconds": seconds });
        log.tell(event, &facts);
    }
}

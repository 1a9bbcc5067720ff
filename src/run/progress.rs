//! One line a stage: documents, rate, time left, failures. It is drawn on a terminal only, and
//! told once a minute as a plain line elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
}

/// The line of one stage.
#[derive(Debug)]
pub struct Line {
    bar: ProgressBar,
    failures: AtomicU64,
    plain: Option<Plain>,
}

/// What is told where lines cannot be redrawn.
#[derive(Debug)]
struct Plain {
    stage: &'static str,
    told: Mutex<Instant>,
}

/// How often a plain line is told.
const MINUTE: Duration = Duration::from_secs(60);

impl Progress {
    /// Progress as `show` says.
    pub fn new(show: Show) -> Self {
        Self { show }
    }

    /// Says that kept work was damaged and is made again; silent where nothing was.
    pub fn note_damage(&self, what: &str, partitions: usize) {
        if partitions > 0 && self.show != Show::Never {
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
        let plain = (self.show == Show::Auto && !terminal).then(|| Plain { stage, told: Mutex::new(Instant::now()) });
        Line { bar, failures: AtomicU64::new(0), plain }
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

    /// Takes the line away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn tell(&self) {
        let Some(plain) = &self.plain else { return };
        let Ok(mut told) = plain.told.try_lock() else { return };
        if told.elapsed() >= MINUTE {
            *told = Instant::now();
            let failures = self.failures.load(Ordering::Relaxed);
            eprintln!("{}: {} done, {failures} failed", plain.stage, self.bar.position());
        }
    }
}

//! Interruptions: a signal lets the document or story at hand be finished, then the run ends with nothing published.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::failure::Failure;

/// Asked between two documents or stories whether to go on.
#[derive(Debug)]
pub struct Stop {
    /// The number of the signal that came; 0 while none has.
    raised: Arc<AtomicUsize>,
    /// Questions that are still answered with yes.
    patience: AtomicU64,
    /// The command that resumes.
    resume: String,
}

/// Interrupts from elsewhere.
#[derive(Clone, Debug)]
pub struct Switch(Arc<AtomicUsize>);

impl Switch {
    /// Lets the document or story at hand be finished, and no more.
    pub fn press(&self) {
        self.0.store(INTERRUPT, Ordering::Relaxed);
    }
}

/// What a run ends as whose patience is over, as if the terminal had asked for it.
const INTERRUPT: usize = 2;

impl Stop {
    /// Nothing interrupts.
    pub fn never() -> Self {
        Self::after(u64::MAX)
    }

    /// Goes on for so many documents and stories: for callers that work in slices.
    pub fn after(questions: u64) -> Self {
        Self { raised: Arc::default(), patience: AtomicU64::new(questions), resume: String::new() }
    }

    /// SIGINT and SIGTERM interrupt; the second signal ends the process at once. `resume` is the command that goes on.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the system takes no handler.
    pub fn on_signals(resume: String) -> Result<Self, Failure> {
        let stop = Self { resume, ..Self::never() };
        listen(&stop.raised).map_err(|error| Failure::Fatal(format!("cannot listen for signals: {error}")))?;
        Ok(stop)
    }

    /// Interrupts when it is pressed: for callers that hear of signals by themselves.
    pub fn switch(&self) -> Switch {
        Switch(Arc::clone(&self.raised))
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] once a signal came.
    pub fn check(&self) -> Result<(), Failure> {
        let spent = self.patience.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if spent.is_err() {
            self.raised.store(INTERRUPT, Ordering::Relaxed);
        }
        match self.raised.load(Ordering::Relaxed) {
            0 => Ok(()),
            signal => Err(Failure::Interrupted { signal: signal as u8, resume: self.resume.clone() }),
        }
    }

    /// The same as a reader asks it.
    pub fn flow(&self) -> ControlFlow<()> {
        if self.check().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

#[cfg(unix)]
fn listen(raised: &Arc<AtomicUsize>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    let again = Arc::new(std::sync::atomic::AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Handlers run in this order: the first signal finds `again` unset, sets it, and the second one ends the process.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again))?;
        flag::register_usize(signal, Arc::clone(raised), signal as usize)?;
    }
    for signal in [SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&again))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicUsize>) -> std::io::Result<()> {
    Ok(())
}

/// A command as it is typed into a shell.
pub fn shell_line(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().map(|word| quoted(&word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_as_an_interrupt_and_stays_ended() {
        let stop = Stop::after(2);
        assert!(stop.check().is_ok() && stop.flow().is_continue());
        for _ in 0..2 {
            assert!(matches!(stop.check(), Err(Failure::Interrupted { signal: 2, .. })));
        }
        assert!(Stop::never().check().is_ok());
    }

    #[test]
    fn a_command_can_be_typed_as_it_is_told() {
        let words = ["variorum", "run", "dumps/*.gz", "it's", "", "--max-fail=5%"];
        assert_eq!(shell_line(words.map(str::to_owned)), r"variorum run 'dumps/*.gz' 'it'\''s' '' --max-fail=5%");
    }
}

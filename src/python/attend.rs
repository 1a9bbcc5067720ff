//! Work without the interpreter's lock, while its thread watches for interruptions and tells how far the work is.

use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::failure::raised;
use crate::failure::Failure;
use crate::run::stop::{Stop, Switch};

/// How often the interpreter is asked.
const TICK: Duration = Duration::from_millis(100);

/// Does `work` in a thread of its own. Between ticks the lock is free; at each, `tell` may say how far the work is, and
/// an interruption, or what `tell` raises, presses `switch`.
///
/// # Errors
/// The work's failure, or what interrupted it.
pub fn attend<T: Send>(
    py: Python<'_>,
    switch: &Switch,
    tell: impl Fn(Python<'_>) -> PyResult<()>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> PyResult<T> {
    thread::scope(|scope| {
        let worker = scope.spawn(work);
        let mut interrupted = Ok(());
        let mut wait = Duration::from_millis(1);
        while !worker.is_finished() {
            py.detach(|| thread::sleep(wait));
            wait = (wait * 2).min(TICK);
            if interrupted.is_ok() {
                interrupted = py.check_signals().and_then(|()| tell(py));
                if interrupted.is_err() {
                    switch.press();
                }
            }
        }
        let done = py.detach(|| worker.join());
        interrupted?;
        match done {
            Ok(done) => done.map_err(|failure| raised(&failure)),
            Err(_) => Err(PyRuntimeError::new_err("a worker stopped unexpectedly")),
        }
    })
}

/// The same for work that tells nothing on the way.
///
/// # Errors
/// As [`attend`].
pub fn quietly<T: Send>(py: Python<'_>, work: impl FnOnce(&Stop) -> Result<T, Failure> + Send) -> PyResult<T> {
    let stop = Stop::never();
    attend(py, &stop.switch(), |_| Ok(()), || work(&stop))
}

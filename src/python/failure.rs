//! Failures as exceptions of `variorum.errors`, which carry file, line and advice.

use arrow_schema::ArrowError;
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

use crate::failure::{Failure, Told};

/// The exception of a failure.
pub fn raised(failure: &Failure) -> PyErr {
    let name = match failure {
        Failure::Fatal(_) => "VariorumError",
        Failure::Usage(_) => "SettingsError",
        Failure::NoInput(_) => "InputError",
        Failure::Output { .. } => "OutputError",
        Failure::Interrupted { .. } => return PyKeyboardInterrupt::new_err(()),
    };
    Python::attach(|py| exception(py, name, &failure.to_string()))
}

/// Something that was given is not as it should be.
pub fn input_error(message: &str) -> PyErr {
    Python::attach(|py| exception(py, "InputError", message))
}

/// A batch could not be read or made.
pub fn arrow_error(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(inner) => match inner.downcast::<Failure>() {
            Ok(failure) => raised(&failure),
            Err(other) => PyRuntimeError::new_err(other.to_string()),
        },
        other => input_error(&other.to_string()),
    }
}

fn exception(py: Python<'_>, name: &str, message: &str) -> PyErr {
    let Told { what, file, line, advice } = Told::of(message);
    let made = py
        .import("variorum.errors")
        .and_then(|errors| errors.getattr(name))
        .and_then(|kind| kind.call1((what, file, line, advice)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

//! The Python package's native half: the same functions, with Arrow batches across the border.
//!
//! Tables go out as Arrow streams (the PyCapsule interface), so pyarrow, pandas, polars and DuckDB take them as they
//! are; tables come in from whatever offers such a stream. The interpreter's lock is released while Rust works.

mod arrow;
mod attend;
mod columns;
mod compare;
mod extract;
mod failure;
mod fuse;
mod run;
mod stations;
mod table;
mod wire;

/// What `python/variorum` is made of; its documentation is there.
#[pyo3::pymodule]
mod _variorum {
    #[pymodule_export]
    use super::compare::compare;
    #[pymodule_export]
    use super::extract::extract;
    #[pymodule_export]
    use super::fuse::fuse;
    #[pymodule_export]
    use super::run::{run, stored};
    #[pymodule_export]
    use super::stations::{Driver, Station, Worker};
    #[pymodule_export]
    use super::table::Table;
}

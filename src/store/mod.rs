//! Files that outlive a crash: complete files under their names, run folders, and the records of
//! work that does not fit in memory.

pub mod atomic;
pub(crate) mod frame;
pub mod journal;
pub mod numbers;
pub(crate) mod packed;
pub mod parcel;
pub mod rows;
pub mod run_folder;
pub mod sorter;
pub mod spool;
pub mod tape;

pub use journal::Journal;
pub use parcel::Parcel;
pub use rows::Rows;
pub use run_folder::RunFolder;
pub use sorter::{Sortable, Sorted, Sorter};
pub use spool::{Spool, Spooled};
pub use tape::Tape;

//! The pipeline's driver on one machine: partitions in parallel, each in memory that is bounded.
//!
//! Per-document work, per-group work and the score table meet only through spools on disk, so
//! that another driver can run the same functions elsewhere.

mod documents;
mod extraction;
mod grouping;
pub mod progress;
pub mod record;
mod stories;

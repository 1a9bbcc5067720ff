//! The program from outside: what a run writes for corpora that a person can read.

mod cli;
mod corpora;
mod determinism;
mod example;
mod faults;
mod ids;
mod licences;
#[path = "../bench/news.rs"]
mod news;
mod resume;
mod seeds;
mod util;

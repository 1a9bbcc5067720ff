//! The program from outside: what a run writes for corpora that a person can read.

mod account;
mod attacks;
mod cli;
mod corpora;
mod determinism;
mod diff;
mod estimate;
mod example;
mod faults;
mod fuzz;
mod hostile;
mod ids;
mod licences;
#[path = "../tools/synth/news/mod.rs"]
mod news;
mod noise;
mod package;
mod pages;
mod passages;
mod people;
mod recall;
mod resume;
mod seeds;
mod stories;
#[path = "../fuzz/targets.rs"]
mod targets;
mod tools;
#[cfg(unix)]
mod tour;
mod util;

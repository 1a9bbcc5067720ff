//! The program from outside: what a run writes for corpora that a person can read.

mod cli;
mod corpora;
mod determinism;
mod example;
mod licences;
mod ids;
mod seeds;
mod util;

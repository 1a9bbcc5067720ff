//! The program from outside: what a run writes for corpora that a person can read.

mod account;
mod attacks;
mod cli;
mod corpora;
mod determinism;
mod example;
mod ids;
mod licences;
mod seeds;
mod util;

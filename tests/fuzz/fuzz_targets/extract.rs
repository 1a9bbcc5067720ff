#![no_main]
//! See `targets::extract`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::extract(bytes));

#![no_main]
//! See `targets::load_rules`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::load_rules(bytes));

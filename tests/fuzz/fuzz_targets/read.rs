#![no_main]
//! See `targets::read_any`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::read_any(bytes));

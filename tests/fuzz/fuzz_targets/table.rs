#![no_main]
//! See `targets::write_cells`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::write_cells(bytes));

#![no_main]
//! See `targets::fuse`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::fuse(bytes));

//! The fuzz target of [`sigillo_fuzz::mx_pattern`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::mx_pattern(data));

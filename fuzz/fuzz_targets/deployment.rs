//! The fuzz target of [`sigillo_fuzz::deployment`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::deployment(data));

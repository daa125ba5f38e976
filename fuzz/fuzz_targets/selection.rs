//! The fuzz target of [`sigillo_fuzz::selection`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::selection(data));

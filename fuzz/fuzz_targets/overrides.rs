//! The fuzz target of [`sigillo_fuzz::overrides`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::overrides(data));

//! The fuzz target of [`sigillo_fuzz::certificate`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::certificate(data));

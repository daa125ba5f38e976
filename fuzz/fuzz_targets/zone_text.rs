//! The fuzz target of [`sigillo_fuzz::zone_text`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::zone_text(data));

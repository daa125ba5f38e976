//! The fuzz target of [`sigillo_fuzz::domain_name`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::domain_name(data));

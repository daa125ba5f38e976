//! The fuzz target of [`sigillo_fuzz::report_uri`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::report_uri(data));

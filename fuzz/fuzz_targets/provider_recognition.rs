//! The fuzz target of [`sigillo_fuzz::provider_recognition`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::provider_recognition(data));

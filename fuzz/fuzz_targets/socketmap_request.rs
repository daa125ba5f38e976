//! The fuzz target of [`sigillo_fuzz::socketmap_request`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::socketmap_request(data));

//! The fuzz target of [`sigillo_fuzz::smtp_reply`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::smtp_reply(data));

//! The fuzz target of [`sigillo_fuzz::tls_answer`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::tls_answer(data));

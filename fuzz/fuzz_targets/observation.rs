//! The fuzz target of [`sigillo_fuzz::observation`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::observation(data));

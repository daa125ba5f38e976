//! The fuzz target of [`sigillo_fuzz::dmarc_record`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::dmarc_record(data));

//! The fuzz target of [`sigillo_fuzz::mta_sts_record`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::mta_sts_record(data));

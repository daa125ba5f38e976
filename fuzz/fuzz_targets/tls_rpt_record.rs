//! The fuzz target of [`sigillo_fuzz::tls_rpt_record`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::tls_rpt_record(data));

//! The fuzz target of [`sigillo_fuzz::next_hop`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sigillo_fuzz::next_hop(data));

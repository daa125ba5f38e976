//! Observations as they are stored: JSON, packed (RFC 1950), which says if it is damaged.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sigillo_check::Observation;

use crate::StoreError;
use crate::limits::{OBSERVATION_BYTES, PACKED_BYTES};

const WHAT: &str = "the observation";

/// Packs an observation.
pub(super) fn pack(observation: &Observation) -> Result<Vec<u8>, StoreError> {
    let too_large = |limit| StoreError::TooLarge { what: WHAT, limit };
    let not_packed = |reason| StoreError::NotPacked { what: WHAT, reason };
    let text = serde_json::to_vec(observation).map_err(|error| not_packed(error.to_string()))?;
    if text.len() > OBSERVATION_BYTES {
        return Err(too_large(OBSERVATION_BYTES));
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(&text).and_then(|()| encoder.finish());
    let packed = packed.map_err(|error| not_packed(error.to_string()))?;
    if packed.len() > PACKED_BYTES {
        return Err(too_large(PACKED_BYTES));
    }
    Ok(packed)
}

/// Unpacks an observation; an `Err` says what is wrong with it.
pub(super) fn unpack(packed: &[u8]) -> Result<Observation, String> {
    let mut text = Vec::new();
    let mut decoder = ZlibDecoder::new(packed).take(OBSERVATION_BYTES as u64 + 1);
    decoder.read_to_end(&mut text).map_err(|error| error.to_string())?;
    if text.len() > OBSERVATION_BYTES {
        return Err(format!("it has more than {OBSERVATION_BYTES} bytes"));
    }
    let value: serde_json::Value =
        serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    Observation::from_saved(&value).map_err(|error| error.to_string())
}

//! Style sheet, scripts and images, inside the binary. Their address holds a hash of all of them, so browsers may
//! keep them for ever.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file that pages refer to.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const IMAGE: &str = "image/svg+xml";

/// The files of the folder `assets`.
macro_rules! assets {
    ($($name:literal $content_type:ident)+) => {
        &[$(Asset {
            name: $name,
            content_type: $content_type,
            bytes: include_bytes!(concat!("../assets/", $name)),
        }),+]
    };
}

static ASSETS: &[Asset] = assets! {
    "site.css" STYLE
    "codes.js" SCRIPT
    "check.js" SCRIPT
    "copy.js" SCRIPT
    "live-form.js" SCRIPT
    "validator.js" SCRIPT
    "seal.svg" IMAGE
};

/// The name of this set of files: it changes when any of them does.
pub(crate) fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut hash = Sha256::new();
        for asset in ASSETS {
            hash.update(asset.name);
            hash.update(asset.bytes);
        }
        let digest = hash.finalize();
        let start =
            digest.iter().take(6).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        format!("{start:012x}")
    })
}

/// A file of the set.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let headers = [
                (CONTENT_TYPE, asset.content_type),
                (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What browsers ask for unasked.
pub(crate) async fn favicon() -> Response {
    let headers = [(CONTENT_TYPE, IMAGE), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, include_bytes!("../assets/seal.svg").as_slice()).into_response()
}

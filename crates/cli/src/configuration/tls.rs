//! `[tls]`: which certificates are trusted.

use sigillo_net::limits::PEM_BYTES;
use sigillo_net::tls::Trust;

use super::error::Fault;
use super::keys;
use super::reader::{Reader, Told};
use super::values;

/// How large a file with roots or trust anchors may be, in bytes.
pub(crate) const TRUST_BYTES: usize = PEM_BYTES;

/// Where systems keep their roots: Debian, Ubuntu, Arch and Alpine; Fedora and its kin; openSUSE;
/// the BSDs.
const SYSTEM_FILES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Whose roots are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Roots {
    /// Those that came with the program.
    Bundled,
    /// Those of the system.
    System,
}

/// Which certificates are trusted.
#[derive(Debug, Clone)]
pub(crate) struct TlsConfiguration {
    /// The public authorities alone.
    pub(crate) roots: Trust,
    /// The same with one's own.
    pub(crate) trust: Trust,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<TlsConfiguration, Told> {
    let roots = reader.value(&keys::TLS_ROOTS, &values::ROOTS).and_then(|roots| match roots {
        Roots::Bundled => Ok(Trust::bundled()),
        Roots::System => system(reader),
    });
    let base = roots.as_ref().map_or_else(|Told| Trust::none(), Clone::clone);
    let with_own = |pem: &[u8]| base.with_pem(pem).map_err(|error| error.to_string());
    let extended = reader.file(&keys::TLS_EXTRA_CA_FILE, TRUST_BYTES, with_own)?;
    let roots = roots?;
    Ok(TlsConfiguration { trust: extended.unwrap_or_else(|| roots.clone()), roots })
}

/// The roots of the system, of the first file that there is.
fn system(reader: &mut Reader<'_>) -> Result<Trust, Told> {
    let files = SYSTEM_FILES.into_iter();
    let first = files.filter_map(|path| {
        (reader.sources.read_file)(path, TRUST_BYTES).ok().map(|pem| (path, pem))
    });
    let trust = match first.into_iter().next() {
        Some((path, pem)) => {
            Trust::none().with_pem(&pem).map_err(|error| (path, error.to_string()))
        }
        None => Err((SYSTEM_FILES[0], "No such file".to_owned())),
    };
    trust.map_err(|(path, reason)| {
        let place = reader.place(&keys::TLS_ROOTS);
        let fault = Fault::UnusableFile { path: path.to_owned(), reason };
        reader.fail(&keys::TLS_ROOTS, fault, place)
    })
}

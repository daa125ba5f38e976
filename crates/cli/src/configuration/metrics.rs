//! `[metrics]`: numbers for monitoring, away from the public pages.

use sigillo_web::serve::ListenAddress;

use super::error::Fault;
use super::keys;
use super::reader::{Reader, Told};
use super::values;

/// Where the metrics are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MetricsConfiguration {
    /// The addresses; at least one.
    pub(crate) listen: Vec<ListenAddress>,
}

/// Reads the section; `public` are the addresses of the pages, which metrics are never at.
pub(super) fn read(
    reader: &mut Reader<'_>,
    public: &[ListenAddress],
) -> Result<MetricsConfiguration, Told> {
    let listen = reader.filled_list(&keys::METRICS_LISTEN, &values::LISTEN)?;
    match listen.iter().find(|address| public.contains(address)) {
        Some(address) => {
            let value = address.to_string();
            let fault = Fault::SameAddress { value, other: &keys::WEB_LISTEN };
            let place = reader.place(&keys::METRICS_LISTEN);
            Err(reader.fail(&keys::METRICS_LISTEN, fault, place))
        }
        None => Ok(MetricsConfiguration { listen }),
    }
}

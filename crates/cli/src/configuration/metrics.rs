//! `[metrics]`: numbers for monitoring, away from the public pages.

use sigillo_listen::ListenAddress;

use super::keys;
use super::listeners::TakenAddresses;
use super::reader::{Reader, Told};
use super::values;

/// Where the metrics are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MetricsConfiguration {
    /// The addresses; at least one.
    pub(crate) listen: Vec<ListenAddress>,
}

/// Reads the section; metrics are never at an address of another listener.
pub(super) fn read(
    reader: &mut Reader<'_>,
    taken: &mut TakenAddresses,
) -> Result<MetricsConfiguration, Told> {
    let listen = reader.filled_list(&keys::METRICS_LISTEN, &values::LISTEN)?;
    taken.take(reader, &keys::METRICS_LISTEN, &listen);
    Ok(MetricsConfiguration { listen })
}

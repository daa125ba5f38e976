//! The addresses of listeners, each of which only one can have.

use sigillo_listen::{ListenAddress, SOCKET_PATH_BYTES};

use super::error::{Fault, Place};
use super::keys::Key;
use super::reader::{Reader, Told};
use super::written::Value;

/// The addresses that keys give, in their order.
#[derive(Debug, Default)]
pub(super) struct TakenAddresses(Vec<Taken>);

/// An address, the key that gives it, and where.
#[derive(Debug)]
struct Taken {
    address: ListenAddress,
    key: &'static Key,
    place: Place,
}

impl TakenAddresses {
    /// Notes the addresses of a key.
    pub(super) fn take<'a>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static Key,
        addresses: impl IntoIterator<Item = &'a ListenAddress>,
    ) {
        let written = reader.written(key);
        let place = |index: usize| match &written {
            None => Place::Default,
            Some(written) => match &written.value {
                Value::List(items) => {
                    let item = items.get(index);
                    item.map_or_else(
                        || written.place.clone(),
                        |(_, span)| written.place.part(*span),
                    )
                }
                _ => written.place.clone(),
            },
        };
        for (index, address) in addresses.into_iter().enumerate() {
            let place = place(index);
            // A path that is too long is told already; the rest is judged all the same.
            if !is_free_port(address) && hold_path(reader, key, address, &place).is_ok() {
                self.0.push(Taken { address: address.clone(), key, place });
            }
        }
    }

    /// Tells once of each address that several keys give: where the last of them that somebody
    /// wrote stands, since a default can't be mended in its place.
    pub(super) fn tell(self, reader: &mut Reader<'_>) {
        let mut rest = self.0;
        while let Some(first) = rest.first() {
            let address = first.address.clone();
            let (same, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|taken| taken.address == address);
            rest = others;
            let is_written = |taken: &&Taken| taken.place != Place::Default;
            let Some(told) = same.iter().rfind(is_written).or_else(|| same.last()) else {
                continue;
            };
            let mut others: Vec<_> = same.iter().map(|taken| taken.key).collect();
            others.retain(|key| *key != told.key);
            others.dedup();
            if !others.is_empty() {
                let fault = Fault::SameAddress { value: address.to_string(), others };
                reader.fail(told.key, fault, told.place.clone());
            }
        }
    }
}

/// Refuses a path that is too long for a Unix socket.
pub(super) fn hold_path(
    reader: &mut Reader<'_>,
    key: &'static Key,
    address: &ListenAddress,
    place: &Place,
) -> Result<(), Told> {
    let ListenAddress::Unix(path) = address else { return Ok(()) };
    let length = path.as_os_str().len();
    if length <= SOCKET_PATH_BYTES {
        return Ok(());
    }
    let fault = Fault::SocketPathTooLong {
        key,
        path: path.display().to_string(),
        length,
        limit: SOCKET_PATH_BYTES,
    };
    Err(reader.fail(key, fault, place.clone()))
}

/// Whether the system chooses the port, so that two listeners get different ones.
fn is_free_port(address: &ListenAddress) -> bool {
    matches!(address, ListenAddress::Tcp(address) if address.port() == 0)
}

//! The addresses of listeners, each of which only one can have.

use sigillo_listen::ListenAddress;

use super::error::{Fault, Place};
use super::keys::Key;
use super::reader::Reader;
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
        reader: &Reader<'_>,
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
        let taken = addresses.into_iter().enumerate();
        let taken = taken.filter(|(_, address)| !is_free_port(address));
        self.0.extend(taken.map(|(index, address)| Taken {
            address: address.clone(),
            key,
            place: place(index),
        }));
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

/// Whether the system chooses the port, so that two listeners get different ones.
fn is_free_port(address: &ListenAddress) -> bool {
    matches!(address, ListenAddress::Tcp(address) if address.port() == 0)
}

//! The addresses of listeners, each of which only one can have.

use sigillo_listen::ListenAddress;

use super::error::Fault;
use super::keys::Key;
use super::reader::{Reader, Told};

/// The addresses that are taken, and by which key.
#[derive(Debug, Default)]
pub(super) struct TakenAddresses(Vec<(ListenAddress, &'static Key)>);

impl TakenAddresses {
    /// Takes the addresses of a key, unless another key has one of them.
    pub(super) fn take<'a>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static Key,
        addresses: impl IntoIterator<Item = &'a ListenAddress> + Clone,
    ) -> Result<(), Told> {
        for address in addresses.clone().into_iter().filter(|address| !is_free_port(address)) {
            if let Some((_, other)) = self.0.iter().find(|(taken, _)| taken == address) {
                let fault = Fault::SameAddress { value: address.to_string(), other };
                let place = reader.place(key);
                return Err(reader.fail(key, fault, place));
            }
        }
        self.0.extend(addresses.into_iter().map(|address| (address.clone(), key)));
        Ok(())
    }
}

/// Whether the system chooses the port, so that two listeners get different ones.
fn is_free_port(address: &ListenAddress) -> bool {
    matches!(address, ListenAddress::Tcp(address) if address.port() == 0)
}

//! Where the pages are reached.

use std::io::Write as _;

use sigillo_listen::{ListenAddress, Listener, SocketOwner};

use crate::commands::Context;
use crate::failure::Failure;
use crate::input::io_reason;

/// Listens at all addresses; Unix sockets belong to `owner`.
pub(super) async fn bind(
    context: &Context<'_>,
    addresses: &[ListenAddress],
    owner: Option<SocketOwner>,
) -> Result<Vec<Listener>, Failure> {
    let mut listeners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let listener = Listener::bind(address, owner)
            .await
            .map_err(|error| unusable(context, address, &error))?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// An address that can't be listened at.
pub(super) fn unusable(
    context: &Context<'_>,
    address: &impl ToString,
    error: &std::io::Error,
) -> Failure {
    let reason = io_reason(error, context.language);
    let about = [("address", address.to_string().into()), ("reason", reason.into())];
    context.failure("listen-unusable", &about)
}

/// Says on standard error where the pages are; whoever started this at a terminal wants to know.
pub(super) fn say_where(context: &Context<'_>, listeners: &[Listener], base_path: &str) {
    for listener in listeners {
        let Ok(address) = listener.address() else { continue };
        let url = match &address {
            ListenAddress::Tcp(address) => format!("http://{address}{base_path}/"),
            ListenAddress::Unix(_) => address.to_string(),
        };
        say(context, "say-serving", &[("url", &url)]);
    }
}

/// Says something on standard error.
pub(super) fn say(context: &Context<'_>, message: &str, about: &[(&str, &str)]) {
    let about: Vec<_> = about.iter().map(|(name, value)| (*name, (*value).into())).collect();
    let text = context.words().format(message, &about);
    // Nobody may be there to read it.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

//! The addresses of one family of a host, and what is seen at each of them.

use std::net::IpAddr;

use futures_util::future::join_all;
use sigillo_check::observation::DnsLook;
use sigillo_net::dns::RecordKind;
use tokio::time::Instant;

use crate::Look;
use crate::limits::{ADDRESSES, TIME_SHARE};

/// Addresses and the looks at them.
pub(crate) struct Family<T> {
    pub(crate) addresses: DnsLook<String>,
    pub(crate) looks: Vec<T>,
    /// How many addresses are not looked at: beyond the bound, or found too late.
    pub(crate) left_out: u32,
}

impl Look<'_> {
    /// Asks for the addresses of a host and looks at them at once: what is known of the other
    /// family, or how long it takes, makes no difference.
    pub(crate) async fn family<T, F: Future<Output = Option<T>>>(
        &self,
        host: &str,
        kind: RecordKind,
        look_at: impl Fn(IpAddr) -> F,
    ) -> Family<T> {
        let addresses = self.addresses(host, kind).await;
        let records = addresses.records.iter();
        let targets: Vec<IpAddr> = if self.has_time() {
            records.take(ADDRESSES).filter_map(|address| address.parse().ok()).collect()
        } else {
            Vec::new()
        };
        let left_out = addresses.records.len().saturating_sub(targets.len());
        let looks = join_all(targets.into_iter().map(look_at)).await;
        Family {
            looks: looks.into_iter().flatten().collect(),
            left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
            addresses,
        }
    }

    /// Whether a host would have enough time to answer. Otherwise it would be blamed for what
    /// others took.
    fn has_time(&self) -> bool {
        let left = self.deadline.saturating_duration_since(Instant::now());
        left >= self.settings.timeout / TIME_SHARE
    }
}

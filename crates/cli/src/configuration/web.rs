//! `[web]`: the pages and the API.

use std::time::Duration;

use sigillo_listen::ListenAddress;
use sigillo_net::address_guard::AddressGuard;
use sigillo_web::live::{LiveSettings, Quota};
use sigillo_web::{SiteSettings, TrustedProxies};

use super::keys;
use super::listeners::TakenAddresses;
use super::reader::{Reader, Told};
use super::values;

/// The bounds of how long results are kept and given again, in seconds: ten years are for ever.
const LONGEST: Duration = Duration::from_hours(10 * 365 * 24);

/// The pages and the API.
#[derive(Debug, Clone)]
pub(crate) struct WebConfiguration {
    /// Where they are reached; at least one address.
    pub(crate) listen: Vec<ListenAddress>,
    /// How they present themselves, and whom they believe.
    pub(crate) site: SiteSettings,
    /// Which addresses they look at.
    pub(crate) address_guard: AddressGuard,
    /// What live checks may cost, and how long their results are kept.
    pub(crate) checks: LiveSettings,
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    taken: &mut TakenAddresses,
) -> Result<WebConfiguration, Told> {
    let listen = reader.filled_list(&keys::WEB_LISTEN, &values::LISTEN);
    let public_url = reader.optional(&keys::WEB_PUBLIC_URL, &values::PUBLIC_URL);
    let base_path = reader.value(&keys::WEB_BASE_PATH, &values::BASE_PATH);
    let proxies = reader.list(&keys::WEB_TRUSTED_PROXIES, &values::PROXY);
    let address_guard = reader.value(&keys::WEB_ADDRESS_GUARD, &values::ADDRESS_GUARD);
    let checks = read_limits(reader);
    let proxies = proxies?;
    // Each of them has been read alone.
    let trusted_proxies =
        TrustedProxies::parse(proxies.iter().map(String::as_str)).map_err(|_| Told)?;
    let listen = listen?;
    taken.take(reader, &keys::WEB_LISTEN, &listen);
    Ok(WebConfiguration {
        listen,
        site: SiteSettings { base_path: base_path?, public_url: public_url?, trusted_proxies },
        address_guard: address_guard?,
        checks: checks?,
    })
}

fn read_limits(reader: &mut Reader<'_>) -> Result<LiveSettings, Told> {
    let at_once = reader.number(&keys::WEB_CHECKS_AT_ONCE, 1..=1000_u32);
    let per_client = read_quota(
        reader,
        &keys::WEB_CHECKS_PER_CLIENT_BURST,
        &keys::WEB_CHECKS_PER_CLIENT_PER_MINUTE,
    );
    let overall =
        read_quota(reader, &keys::WEB_CHECKS_OVERALL_BURST, &keys::WEB_CHECKS_OVERALL_PER_MINUTE);
    let fresh_for = reader.duration(&keys::WEB_RESULTS_FRESH_FOR, Duration::ZERO..=LONGEST);
    let an_hour = Duration::from_hours(1);
    let kept_for = reader.duration(&keys::WEB_RESULTS_KEPT_FOR, an_hour..=LONGEST);
    Ok(LiveSettings {
        at_once: at_once? as usize,
        per_client: per_client?,
        overall: overall?,
        fresh_for: fresh_for?,
        kept_for: kept_for?,
        ..LiveSettings::default()
    })
}

fn read_quota(
    reader: &mut Reader<'_>,
    burst: &'static keys::Key,
    per_minute: &'static keys::Key,
) -> Result<Quota, Told> {
    let burst = reader.number(burst, 1..=1_000_000_u32);
    let per_minute = reader.number(per_minute, 1..=1_000_000_u32);
    Ok(Quota { burst: burst?, per_minute: per_minute? })
}

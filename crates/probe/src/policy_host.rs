//! The policy host: its addresses, and what each of them serves.

use futures_util::future::join_all;
use sigillo_check::observation::{PathLook, PolicyHostLook};
use sigillo_formats::{DomainName, policy};
use sigillo_net::dns::RecordKind;
use sigillo_net::https::fetch_policy;
use std::net::{IpAddr, SocketAddr};

use crate::Look;

/// Where policies are put by mistake.
const WRONG_PATHS: [&str; 3] = ["/mta-sts.txt", "/.well-known/mta-sts", "/.well-known/MTA-STS.txt"];

pub(crate) async fn look(look: &Look<'_>) -> PolicyHostLook {
    let name = format!("mta-sts.{}", look.domain);
    let host = DomainName::parse(&name).ok();
    let host = host.as_ref();
    let family =
        |kind| {
            look.family(&name, kind, move |address| async move {
                Some(look.fetch(host?, address).await)
            })
        };
    let (ipv4, ipv6, caa) =
        tokio::join!(family(RecordKind::A), family(RecordKind::Aaaa), look.caa(&name));
    let left_out = ipv4.left_out.saturating_add(ipv6.left_out);
    let fetches = [ipv4.looks, ipv6.looks].concat();
    // Only where the right place has nothing is it worth looking elsewhere.
    let has_policy = fetches.iter().any(|fetch| {
        fetch.http.as_ref().is_some_and(|http| {
            http.status == 200 && policy::parse(http.body.as_bytes()).is_valid()
        })
    });
    let reached = fetches.iter().find(|fetch| fetch.http.is_some()).map(|fetch| fetch.address);
    let other_paths = match (host, reached) {
        (Some(host), Some(address)) if !has_policy => {
            let looks = WRONG_PATHS.iter().map(|path| wrong_path(look, host, address, path));
            join_all(looks).await.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    PolicyHostLook {
        name,
        ipv4: ipv4.addresses,
        ipv6: ipv6.addresses,
        fetches,
        left_out,
        other_paths,
        caa: Some(caa),
    }
}

async fn wrong_path(
    look: &Look<'_>,
    host: &DomainName,
    address: IpAddr,
    path: &str,
) -> Option<PathLook> {
    let socket = SocketAddr::new(address, look.settings.https_port);
    let fetched = fetch_policy(socket, host, &look.request(path, address).await).await;
    let response = fetched.response?;
    let is_policy = response.status == 200 && {
        let value = policy::parse(&response.body).value();
        value.version.is_some() && value.mode.is_some()
    };
    Some(PathLook { url: format!("https://{host}{path}"), status: response.status, is_policy })
}

//! What an address of the policy host serves.

use std::net::{IpAddr, SocketAddr};

use sha2::{Digest, Sha256};
use sigillo_check::observation::{FetchLook, HttpFailure, HttpLook, text_and_hex};
use sigillo_formats::DomainName;
use sigillo_net::https::{
    FetchError, FetchRequest, HttpError, PolicyFetch, PolicyResponse, fetch_policy,
};
use tokio::time::Instant;

use crate::dns::milliseconds;
use crate::progress::Progress;
use crate::{Look, tls};

impl Look<'_> {
    /// A request for a path to an address, once it is our turn, with what is then left of the time.
    pub(crate) async fn request(&self, path: &str, address: IpAddr) -> FetchRequest {
        if let Some(paces) = self.policy_hosts {
            paces.turn(address).await;
        }
        let mut request = FetchRequest::new(&self.settings.user_agent, self.now);
        path.clone_into(&mut request.path);
        request.deadline = self.deadline.saturating_duration_since(Instant::now());
        request.connect.guard = self.settings.guard;
        request.connect.source = self.settings.source;
        request.trust = self.settings.trust.clone();
        request
    }

    /// Fetches the policy from one address.
    pub(crate) async fn fetch(&self, host: &DomainName, address: IpAddr) -> FetchLook {
        let request = self.request(sigillo_net::https::WELL_KNOWN_PATH, address).await;
        let socket = SocketAddr::new(address, self.settings.https_port);
        let fetched = fetch_policy(socket, host, &request).await;
        let look = observed(address, &fetched);
        self.progress.tell(Progress::PolicyHost {
            address: address.to_string(),
            answered: look.http.is_some(),
        });
        look
    }
}

fn observed(address: IpAddr, fetched: &PolicyFetch) -> FetchLook {
    let mut look = FetchLook {
        address,
        connect_failure: None,
        tls: fetched.tls.as_ref().and_then(tls::session),
        tls_failure: None,
        http: None,
        http_failure: None,
        elapsed_ms: milliseconds(fetched.timings.total),
    };
    match &fetched.error {
        None => look.http = fetched.response.as_ref().map(http),
        Some(FetchError::Connect(error)) => {
            look.connect_failure = Some(tls::connect_failure(error));
        }
        Some(FetchError::Tls(error)) => {
            look.tls_failure = Some(tls::failure(error, fetched.legacy.as_ref()));
        }
        Some(FetchError::Http(error)) => look.http_failure = Some(http_failure(error)),
        Some(other) => {
            look.http_failure = Some(HttpFailure::Malformed { reason: other.to_string() });
        }
    }
    look
}

fn http(response: &PolicyResponse) -> HttpLook {
    // The reader takes a byte more than a policy may have, to see that there is more.
    let limit = sigillo_formats::limits::POLICY_BYTES;
    let body = response.body.get(..limit).unwrap_or(&response.body);
    let (text, body_hex) = text_and_hex(body);
    HttpLook {
        status: response.status,
        location: response.location().map(str::to_owned),
        content_type: response.content_type().map(str::to_owned),
        content_encoding: response.content_encoding().map(str::to_owned),
        server: response.server().map(str::to_owned),
        blocked_by: blocked_by(response),
        body: text,
        body_hex,
        body_sha256: tls::hexadecimal(&Sha256::digest(body)),
        truncated: response.truncated || response.body.len() > limit,
    }
}

fn http_failure(error: &HttpError) -> HttpFailure {
    match error {
        HttpError::Timeout(_) => HttpFailure::Timeout,
        HttpError::Closed(_) | HttpError::Reset(_) => HttpFailure::Closed,
        other => HttpFailure::Malformed { reason: other.to_string() },
    }
}

/// Marks of firewalls and bot checks: a header field or a part of the page, and the product.
///
/// They answer a person's browser with the policy and anybody else with a page of their own.
const BLOCKERS: [(&str, &str, &str); 7] = [
    ("cf-mitigated", "", "Cloudflare"),
    ("", "cf-browser-verification", "Cloudflare"),
    ("", "/cdn-cgi/challenge-platform/", "Cloudflare"),
    ("", "attention required! | cloudflare", "Cloudflare"),
    ("x-sucuri-block", "", "Sucuri"),
    ("", "incapsula incident id", "Imperva"),
    ("", "/_sec/cp_challenge/", "Akamai"),
];

fn blocked_by(response: &PolicyResponse) -> Option<String> {
    let is_page = response.content_type().is_some_and(|kind| kind.contains("html"));
    if response.status == 200 && !is_page {
        return None;
    }
    let page = String::from_utf8_lossy(&response.body).to_ascii_lowercase();
    let marked = BLOCKERS.iter().find(|(field, mark, _)| {
        (!field.is_empty() && response.field(field).is_some())
            || (!mark.is_empty() && page.contains(mark))
    });
    if let Some((_, _, product)) = marked {
        return Some((*product).to_owned());
    }
    let refused = matches!(response.status, 403 | 503);
    (refused && response.field("cf-ray").is_some()).then(|| "Cloudflare".to_owned())
}

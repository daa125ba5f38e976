use sigillo_formats::DomainName;

use super::answer::{Answer, Outcome, Security};
use super::query_name::QueryName;
use super::record::RecordKind;
use super::resolver::Resolver;

/// What the DNS says about one mail exchanger, as far as DANE needs it (RFC 7672 §2.2): how
/// secure its addresses are, and what its TLSA records are, asked for only where they may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaneHost {
    /// The IPv4 addresses.
    pub ipv4: Answer,
    /// The IPv6 addresses.
    pub ipv6: Answer,
    /// The security of both together: the weaker of the two.
    pub address_security: Security,
    /// The TLSA base domain: the name that the TLSA records were found at or last looked for
    /// below, which is also the name to ask the host for (SNI) and to check (RFC 7672 §2.2.3).
    pub base: QueryName,
    /// The TLSA records of [`base`](Self::base); none where DANE can't apply, because neither the
    /// addresses nor the alias to them are secure. A failure means that mail has to wait.
    pub tlsa: Option<Answer>,
}

impl DaneHost {
    /// Whether there are TLSA records to go by: found, and secure.
    #[must_use]
    pub fn has_secure_tlsa(&self) -> bool {
        self.tlsa.as_ref().is_some_and(is_secure_and_found)
    }
}

impl Resolver {
    /// Looks up what DANE needs to know about a mail exchanger of a domain whose MX records are
    /// secure. That they are is the caller's to see: [`Answer::security`] of the lookup of
    /// [`RecordKind::Mx`].
    ///
    /// The TLSA records are looked for at the end of the host's aliases, if it has any and all is
    /// secure, and then at its own name.
    pub async fn dane_host(&self, host: &DomainName, port: u16) -> DaneHost {
        let name = QueryName::from(host);
        let (ipv4, ipv6) =
            tokio::join!(self.lookup(&name, RecordKind::A), self.lookup(&name, RecordKind::Aaaa));
        let address_security = ipv4.security.weaker(ipv6.security);
        let bases = self.tlsa_bases(&name, &ipv4, &ipv6, address_security).await;
        let mut found = DaneHost { ipv4, ipv6, address_security, base: name, tlsa: None };
        for base in bases {
            let Ok(tlsa_name) = base.tlsa(port) else {
                continue;
            };
            let tlsa = self.lookup(&tlsa_name, RecordKind::Tlsa).await;
            // Only where it is sure that there is nothing may another name be tried.
            let goes_on = tlsa.is_absent() || tlsa.security == Security::Insecure;
            found.base = base;
            found.tlsa = Some(tlsa);
            if !goes_on {
                break;
            }
        }
        found
    }

    /// The names that TLSA records may be below, in order.
    async fn tlsa_bases(
        &self,
        name: &QueryName,
        ipv4: &Answer,
        ipv6: &Answer,
        security: Security,
    ) -> Vec<QueryName> {
        let alias = [ipv4, ipv6].into_iter().find_map(|answer| answer.aliases.last());
        match (security, alias) {
            (Security::Secure, None) => vec![name.clone()],
            (Security::Secure, Some(alias)) => {
                QueryName::parse(alias).into_iter().chain([name.clone()]).collect()
            }
            // A secure alias to an insecure host: the alias's own name counts.
            (Security::Insecure, Some(_)) => {
                let alias = self.lookup(name, RecordKind::Cname).await;
                let secure = alias.security == Security::Secure && alias.records().is_some();
                if secure { vec![name.clone()] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }
}

fn is_secure_and_found(answer: &Answer) -> bool {
    answer.security == Security::Secure && matches!(answer.outcome, Outcome::Found(_))
}

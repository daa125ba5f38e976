use sigillo_formats::DomainName;

/// How many MX hosts of a domain are looked at: senders try a handful, and a list that a stranger
/// made long must not cost more than a long policy does. What comes after them is left out.
pub const LIVE_MX_HOSTS: usize = 100;

/// The hosts that are looked at, each once, in their order.
pub(crate) fn considered(live_mx: &[DomainName]) -> Vec<&DomainName> {
    let mut hosts = Vec::new();
    for host in live_mx.iter().take(LIVE_MX_HOSTS) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_bounded_and_each_is_there_once() {
        let host = |number: usize| DomainName::parse(&format!("mx{number}.example.com")).unwrap();
        let mut hosts: Vec<DomainName> = (0..500).map(host).collect();
        hosts.insert(1, host(0));
        let considered = considered(&hosts);
        assert_eq!(considered.len(), LIVE_MX_HOSTS - 1);
        assert_eq!(considered.last(), Some(&&host(98)));
    }
}

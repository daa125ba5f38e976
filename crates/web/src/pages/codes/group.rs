use sigillo_findings::Code;

/// Codes that speak of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeGroup {
    Policy,
    Record,
    TlsRpt,
    Dmarc,
    Report,
    Generate,
    LiveRecord,
    PolicyHost,
    Fetch,
    LifeCycle,
    Mx,
    Smtp,
    Dane,
    LiveReporting,
}

impl CodeGroup {
    /// All groups, in the order of the page.
    const ALL: [Self; 14] = [
        Self::Policy,
        Self::Record,
        Self::TlsRpt,
        Self::Dmarc,
        Self::Report,
        Self::Generate,
        Self::LiveRecord,
        Self::PolicyHost,
        Self::Fetch,
        Self::LifeCycle,
        Self::Mx,
        Self::Smtp,
        Self::Dane,
        Self::LiveReporting,
    ];

    /// The groups with their codes, in the order of the catalogue.
    pub(super) fn all_with_codes() -> Vec<(Self, Vec<Code>)> {
        let codes = |group| Code::ALL.iter().copied().filter(move |code| Self::of(*code) == group);
        Self::ALL.into_iter().map(|group| (group, codes(group).collect())).collect()
    }

    /// The group of a code, by its name.
    fn of(code: Code) -> Self {
        let name = code.name();
        let begins = |stems: &[&str]| stems.iter().any(|stem| name.starts_with(stem));
        match code.is_live() {
            false if begins(&["policy-"]) => Self::Policy,
            false if begins(&["record-"]) => Self::Record,
            false if begins(&["tls-rpt-"]) => Self::TlsRpt,
            false if begins(&["dmarc-"]) => Self::Dmarc,
            false if begins(&["report-"]) => Self::Report,
            false => Self::Generate,
            true if begins(&["dns-", "record-"]) => Self::LiveRecord,
            true if begins(&["policy-host-"]) => Self::PolicyHost,
            true if begins(&["tls-rpt-", "dmarc-"]) => Self::LiveReporting,
            true if begins(&["certificate-", "tls-", "http-"]) => Self::Fetch,
            true if begins(&["smtp-", "starttls-", "mx-certificate-"]) => Self::Smtp,
            true if begins(&["mx-"]) => Self::Mx,
            true if begins(&["dane-"]) => Self::Dane,
            true => Self::LifeCycle,
        }
    }

    /// The message that names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Policy => "codes-group-policy",
            Self::Record => "codes-group-record",
            Self::TlsRpt => "codes-group-tls-rpt",
            Self::Dmarc => "codes-group-dmarc",
            Self::Report => "codes-group-report",
            Self::Generate => "codes-group-generate",
            Self::LiveRecord => "codes-group-live-record",
            Self::PolicyHost => "codes-group-policy-host",
            Self::Fetch => "codes-group-fetch",
            Self::LifeCycle => "codes-group-life-cycle",
            Self::Mx => "codes-group-mx",
            Self::Smtp => "codes-group-smtp",
            Self::Dane => "codes-group-dane",
            Self::LiveReporting => "codes-group-live-reporting",
        }
    }

    /// The name that links within the page lead to.
    pub(super) fn id(self) -> &'static str {
        self.name().trim_start_matches("codes-group-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_in_the_group_of_its_kind() {
        let groups = CodeGroup::all_with_codes();
        let count: usize = groups.iter().map(|(_, codes)| codes.len()).sum();
        assert_eq!(count, Code::ALL.len());
        for (group, codes) in groups {
            assert!(!codes.is_empty(), "{group:?}");
            // What is left over has to be what these groups are for.
            let stems: &[&str] = match group {
                CodeGroup::Generate => &["generate-"],
                CodeGroup::LifeCycle => &["mode-", "enforce-", "subdomain-"],
                _ => continue,
            };
            for code in codes {
                assert!(
                    stems.iter().any(|stem| code.name().starts_with(stem)),
                    "{code}: {group:?}"
                );
            }
        }
    }
}

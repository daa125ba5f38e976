//! The messages for what the formats define.

use sigillo_formats::Kind;
use sigillo_formats::dmarc::{Alignment, Disposition, PublicSuffixDomain};
use sigillo_formats::policy::Mode;
use sigillo_formats::report::{PolicyType, ResultType};

use crate::kind_choice::KindChoice;

/// What a choice of the form is called.
pub(super) const fn of_choice(choice: KindChoice) -> &'static str {
    match choice {
        KindChoice::Auto => "validator-kind-auto",
        KindChoice::Is(kind) => of_kind(kind),
    }
}

/// What a kind is called.
pub(super) const fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Policy => "validator-kind-policy",
        Kind::Record => "validator-kind-record",
        Kind::TlsRpt => "validator-kind-tls-rpt",
        Kind::Dmarc => "validator-kind-dmarc",
        Kind::Report => "validator-kind-report",
    }
}

/// What the example of a kind is called.
pub(super) const fn of_example(kind: Kind) -> &'static str {
    match kind {
        Kind::Policy => "validator-example-policy",
        Kind::Record => "validator-example-record",
        Kind::TlsRpt => "validator-example-tls-rpt",
        Kind::Dmarc => "validator-example-dmarc",
        Kind::Report => "validator-example-report",
    }
}

/// The verdict on a text.
pub(super) const fn of_verdict(kind: Kind, is_valid: bool) -> &'static str {
    match (kind, is_valid) {
        (Kind::Policy, true) => "validator-valid-policy",
        (Kind::Policy, false) => "validator-invalid-policy",
        (Kind::Record, true) => "validator-valid-record",
        (Kind::Record, false) => "validator-invalid-record",
        (Kind::TlsRpt, true) => "validator-valid-tls-rpt",
        (Kind::TlsRpt, false) => "validator-invalid-tls-rpt",
        (Kind::Dmarc, true) => "validator-valid-dmarc",
        (Kind::Dmarc, false) => "validator-invalid-dmarc",
        (Kind::Report, true) => "validator-valid-report",
        (Kind::Report, false) => "validator-invalid-report",
    }
}

/// What a mode means.
pub(super) const fn of_mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Enforce => "validator-mode-enforce",
        Mode::Testing => "validator-mode-testing",
        Mode::None => "validator-mode-none",
    }
}

/// What a DMARC policy means.
pub(super) const fn of_disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::None => "validator-dmarc-none",
        Disposition::Quarantine => "validator-dmarc-quarantine",
        Disposition::Reject => "validator-dmarc-reject",
    }
}

/// What an alignment of DKIM means.
pub(super) const fn of_adkim(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Relaxed => "validator-dmarc-adkim-r",
        Alignment::Strict => "validator-dmarc-adkim-s",
    }
}

/// What an alignment of SPF means.
pub(super) const fn of_aspf(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Relaxed => "validator-dmarc-aspf-r",
        Alignment::Strict => "validator-dmarc-aspf-s",
    }
}

/// What a `psd` means.
pub(super) const fn of_psd(psd: PublicSuffixDomain) -> &'static str {
    match psd {
        PublicSuffixDomain::Yes => "validator-dmarc-psd-y",
        PublicSuffixDomain::No => "validator-dmarc-psd-n",
        PublicSuffixDomain::Unknown => "validator-dmarc-psd-u",
    }
}

/// What a policy of a report is called.
pub(super) const fn of_policy_type(kind: PolicyType) -> &'static str {
    match kind {
        PolicyType::Sts => "validator-report-policy-sts",
        PolicyType::Tlsa => "validator-report-policy-tlsa",
        PolicyType::NoPolicyFound => "validator-report-policy-no-policy-found",
    }
}

/// What a result type means (RFC 8460 §4.3).
pub(super) const fn of_result_type(kind: ResultType) -> &'static str {
    match kind {
        ResultType::StarttlsNotSupported => "validator-result-starttls-not-supported",
        ResultType::CertificateHostMismatch => "validator-result-certificate-host-mismatch",
        ResultType::CertificateExpired => "validator-result-certificate-expired",
        ResultType::CertificateNotTrusted => "validator-result-certificate-not-trusted",
        ResultType::ValidationFailure => "validator-result-validation-failure",
        ResultType::TlsaInvalid => "validator-result-tlsa-invalid",
        ResultType::DnssecInvalid => "validator-result-dnssec-invalid",
        ResultType::DaneRequired => "validator-result-dane-required",
        ResultType::StsPolicyFetchError => "validator-result-sts-policy-fetch-error",
        ResultType::StsPolicyInvalid => "validator-result-sts-policy-invalid",
        ResultType::StsWebpkiInvalid => "validator-result-sts-webpki-invalid",
    }
}

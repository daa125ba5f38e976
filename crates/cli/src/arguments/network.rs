//! How commands that look reach the network.

use clap::{Arg, Args, ValueEnum};

/// How a command that looks reaches the network.
#[derive(Debug, Clone, Args)]
pub(crate) struct NetworkArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
    #[arg(long, value_name = "ADDR[:PORT]")]
    pub(crate) resolver: Vec<String>,
    #[arg(long, value_name = "MODE", value_enum, hide_possible_values = true)]
    pub(crate) dnssec: Option<DnssecMode>,
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_anchor: Option<String>,
    #[arg(long, value_name = "PEM")]
    pub(crate) ca_file: Option<String>,
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) https_port: Option<u16>,
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) smtp_port: Option<u16>,
    #[arg(long, value_name = "DURATION")]
    pub(crate) timeout: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) helo: Option<String>,
    #[arg(long)]
    pub(crate) internal: bool,
}

impl NetworkArguments {
    /// Whether one is given that says how to look; which configuration to read does not.
    pub(crate) const fn is_given(&self) -> bool {
        let Self {
            config: _,
            resolver,
            dnssec,
            trust_anchor,
            ca_file,
            https_port,
            smtp_port,
            timeout,
            helo,
            internal,
        } = self;
        !resolver.is_empty()
            || dnssec.is_some()
            || trust_anchor.is_some()
            || ca_file.is_some()
            || https_port.is_some()
            || smtp_port.is_some()
            || timeout.is_some()
            || helo.is_some()
            || *internal
    }
}

/// Who looks at the signatures of DNSSEC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DnssecMode {
    Auto,
    Validate,
    TrustAd,
    Off,
}

/// Hides the options of the network that have nothing to do with the DNS.
pub(super) fn hide_all_but_dns(argument: Arg) -> Arg {
    let others = ["ca_file", "https_port", "smtp_port", "helo", "internal"];
    let is_other = others.contains(&argument.get_id().as_str());
    argument.hide(is_other)
}

/// Hides the options of the network that have to do with mail hosts.
pub(super) fn hide_mail_hosts(argument: Arg) -> Arg {
    let is_of_mail = ["smtp_port", "helo"].contains(&argument.get_id().as_str());
    argument.hide(is_of_mail)
}

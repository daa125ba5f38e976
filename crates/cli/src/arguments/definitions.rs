use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use sigillo_findings::Severity;

use super::network::{NetworkArguments, hide_all_but_dns};
use super::sending::{CacheCommand, QueryArguments};

/// The program.
#[derive(Debug, Parser)]
#[command(name = "sigillo", version, disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Cli {
    #[arg(long, global = true, display_order = 900)]
    pub(crate) json: bool,
    #[arg(long, global = true, display_order = 901, value_name = "it|en", value_parser = ["it", "en"], hide_possible_values = true)]
    pub(crate) lang: Option<String>,
    #[arg(
        long,
        global = true,
        display_order = 902,
        value_name = "SEVERITY",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) fail_on: FailOn,
    #[arg(short, long, global = true, display_order = 903, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, display_order = 904, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// From which severity on findings give exit status 1.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Hint,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Hint => Self::Hint,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<CheckArguments>),
    Scan(Box<ScanArguments>),
    Generate(Box<GenerateArguments>),
    #[command(subcommand)]
    Validate(ValidateCommand),
    #[command(subcommand)]
    Dmarc(DmarcCommand),
    #[command(subcommand)]
    TlsRpt(TlsRptCommand),
    Explain(ExplainArguments),
    Query(Box<QueryArguments>),
    Serve(ServeArguments),
    #[command(subcommand)]
    Cache(CacheCommand),
    #[command(subcommand)]
    Config(ConfigCommand),
    Completions(CompletionsArguments),
    Man(ManArguments),
    Schema(SchemaArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[arg(value_name = "DOMAIN", required_unless_present = "observation")]
    pub(crate) domain: Vec<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        conflicts_with = "json",
        hide_possible_values = true
    )]
    pub(crate) format: Option<CheckFormat>,
    #[arg(long, value_name = "FILE", conflicts_with = "observation")]
    pub(crate) save: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with = "domain")]
    pub(crate) observation: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) since: Option<String>,
    #[arg(long)]
    pub(crate) no_smtp: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArguments,
}

/// How a check is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "a switch on the command line is a bool")]
pub(crate) struct ScanArguments {
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) list: String,
    #[arg(long, value_name = "NAME")]
    pub(crate) column: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<String>,
    #[arg(long, requires = "out")]
    pub(crate) resume: bool,
    #[arg(long, requires = "out", conflicts_with = "resume")]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) ordered: bool,
    #[arg(long)]
    pub(crate) full: bool,
    #[arg(long, value_name = "K/N")]
    pub(crate) shard: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) exclude: Vec<String>,
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) concurrency: Option<u32>,
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: Option<u32>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rate_per_resolver: Option<u32>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rate_per_policy_host: Option<u32>,
    #[arg(long, value_name = "URL")]
    pub(crate) contact: Option<String>,
    #[arg(long)]
    pub(crate) no_smtp: bool,
    #[arg(long, value_name = "RESULTS", conflicts_with_all = ["list", "column", "out", "resume", "force", "ordered", "full", "shard", "exclude", "concurrency", "rate", "rate_per_resolver", "rate_per_policy_host", "contact", "no_smtp"])]
    pub(crate) summary: Option<String>,
    #[command(flatten)]
    pub(crate) network: NetworkArguments,
}

// Of the network it needs the DNS alone; the rest is taken for those who give it everywhere.
#[derive(Debug, Args)]
#[command(mut_args(hide_all_but_dns))]
pub(crate) struct GenerateArguments {
    #[arg(value_name = "DOMAIN", required_unless_present_any = ["provider", "recipe"])]
    pub(crate) domain: Option<String>,
    #[arg(long, value_name = "MODE", value_parser = ["testing", "enforce", "none"], hide_possible_values = true)]
    pub(crate) mode: Option<String>,
    #[arg(long, value_name = "PATTERN")]
    pub(crate) mx: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) provider: Vec<String>,
    #[arg(long)]
    pub(crate) from_dns: bool,
    #[arg(long, value_name = "HOST")]
    pub(crate) live_mx: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) from_policy: Option<String>,
    #[arg(long, value_name = "DURATION")]
    pub(crate) max_age: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "URI")]
    pub(crate) tls_rpt: Vec<String>,
    #[arg(long, value_name = "TARGET")]
    pub(crate) policy_host: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) recipe: Option<String>,
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) zone: Option<String>,
    #[arg(long, value_name = "DURATION")]
    pub(crate) ttl: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = ["zone", "nsupdate", "octodns", "terraform"], hide_possible_values = true)]
    pub(crate) dns_format: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<String>,
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ValidateCommand {
    Policy {
        #[arg(value_name = "FILE")]
        file: String,
    },
    Record {
        #[arg(value_name = "TEXT")]
        text: String,
    },
    TlsRpt {
        #[arg(value_name = "TEXT")]
        text: String,
    },
    Dmarc {
        #[arg(value_name = "TEXT")]
        text: String,
    },
    Report {
        #[arg(value_name = "FILE")]
        file: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DmarcCommand {
    Generate(DmarcArguments),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "a switch on the command line is a bool")]
pub(crate) struct DmarcArguments {
    #[arg(value_name = "DOMAIN")]
    pub(crate) domain: String,
    #[arg(short, long, value_name = "POLICY", value_parser = DISPOSITIONS, default_value = "none", hide_possible_values = true, hide_default_value = true)]
    pub(crate) policy: String,
    #[arg(long, value_name = "POLICY", value_parser = DISPOSITIONS, hide_possible_values = true)]
    pub(crate) subdomain_policy: Option<String>,
    #[arg(long, value_name = "POLICY", value_parser = DISPOSITIONS, hide_possible_values = true)]
    pub(crate) nonexistent_policy: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) rua: Vec<String>,
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) ruf: Vec<String>,
    #[arg(long, value_name = "OPTIONS", requires = "ruf")]
    pub(crate) fo: Option<String>,
    #[arg(long)]
    pub(crate) strict_dkim: bool,
    #[arg(long)]
    pub(crate) strict_spf: bool,
    #[arg(long)]
    pub(crate) test: bool,
    #[arg(long, value_name = "y|n", value_parser = ["y", "n"], hide_possible_values = true)]
    pub(crate) psd: Option<String>,
    #[arg(long, requires = "test")]
    pub(crate) compatible: bool,
    #[command(flatten)]
    pub(crate) publication: PublicationArguments,
}

/// The values of `p`, `sp` and `np`.
const DISPOSITIONS: [&str; 3] = ["none", "quarantine", "reject"];

#[derive(Debug, Subcommand)]
pub(crate) enum TlsRptCommand {
    Generate(TlsRptArguments),
}

#[derive(Debug, Args)]
pub(crate) struct TlsRptArguments {
    #[arg(value_name = "DOMAIN")]
    pub(crate) domain: String,
    #[arg(long, value_name = "ADDRESS", required = true)]
    pub(crate) rua: Vec<String>,
    #[command(flatten)]
    pub(crate) publication: PublicationArguments,
}

/// Where and how a record is published.
#[derive(Debug, Args)]
pub(crate) struct PublicationArguments {
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) zone: Option<String>,
    #[arg(long, value_name = "DURATION")]
    pub(crate) ttl: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = ["zone", "nsupdate", "octodns", "terraform"], hide_possible_values = true)]
    pub(crate) dns_format: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    #[arg(value_name = "CODE", required_unless_present = "list", conflicts_with = "list")]
    pub(crate) code: Option<String>,
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    Check(ConfigArguments),
    Show(ConfigArguments),
}

/// Which configuration.
#[derive(Debug, Args)]
pub(crate) struct ConfigArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<String>,
    // The same for those who are used to it from other commands.
    #[arg(long, value_name = "FILE", conflicts_with = "file", hide = true)]
    pub(crate) config: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
    pub(crate) shell: Shell,
}

/// A shell that completions exist for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    #[value(name = "powershell")]
    Power,
    Zsh,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) out: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

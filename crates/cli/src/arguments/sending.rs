//! The commands of the sending side: `query` and `cache`.

use clap::{Args, Subcommand, ValueEnum};

use super::network::{NetworkArguments, hide_mail_hosts};

// It looks at policy hosts and the DNS; the rest is taken for those who give it everywhere.
#[derive(Debug, Args)]
#[command(mut_args(hide_mail_hosts))]
pub(crate) struct QueryArguments {
    #[arg(value_name = "NEXT_HOP", required = true)]
    pub(crate) next_hop: Vec<String>,
    #[arg(long)]
    pub(crate) fresh: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    List(ServiceArguments),
    Show {
        #[arg(value_name = "DOMAIN")]
        domain: String,
        #[command(flatten)]
        service: ServiceArguments,
    },
    Refresh {
        #[arg(value_name = "DOMAIN", required = true)]
        domain: Vec<String>,
        #[command(flatten)]
        service: ServiceArguments,
    },
    Purge(PurgeArguments),
    Export {
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
        #[arg(long, requires = "out")]
        force: bool,
        #[command(flatten)]
        service: ServiceArguments,
    },
    Import(ImportArguments),
}

#[derive(Debug, Args)]
pub(crate) struct PurgeArguments {
    // One of both is needed; the command itself says so, by their names.
    #[arg(value_name = "DOMAIN", conflicts_with = "all")]
    pub(crate) domain: Vec<String>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) service: ServiceArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    #[arg(long, value_name = "PROGRAM", value_enum, hide_possible_values = true)]
    pub(crate) from: Option<ForeignCache>,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) service: ServiceArguments,
}

/// A program whose cache can be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ForeignCache {
    PostfixMtaStsResolver,
}

/// Which running service is asked.
#[derive(Debug, Args)]
pub(crate) struct ServiceArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
}

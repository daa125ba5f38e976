//! The policy host of the domains that no cache was filled with: HTTPS with a certificate of its own
//! authority.

use std::fs;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use sigillo_lab::certificates::Pki;
use sigillo_lab::server::{self, Server};

use crate::failure::Failure;
use crate::names::{self, FIRST};

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:0")]
    address: SocketAddr,
    /// The number of the domain that it is for
    #[arg(long, default_value_t = 0)]
    domain: u32,
    /// The file for the authority
    #[arg(long)]
    root: PathBuf,
}

/// Says where it listens, then for each line of its input how many have fetched the policy; ends with
/// its input.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let domain = names::domain(arguments.domain, FIRST);
    let pki = Pki::new();
    fs::write(&arguments.root, pki.root_pem()).map_err(Failure::Output)?;
    let policy = names::policy(&domain);
    let answer = server::http_answer("200 OK\r\nContent-Type: text/plain", policy.as_bytes());
    let script = server::policy_host(&pki.issue(&[&format!("mta-sts.{domain}")]), answer);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(Failure::Poll)?;
    let server = runtime.block_on(Server::run_at(arguments.address, vec![script]));
    let mut output = io::stdout().lock();
    writeln!(output, "{}", server.address).map_err(Failure::Output)?;
    for line in io::stdin().lock().lines() {
        line.map_err(Failure::Output)?;
        writeln!(output, "{}", server.heard().len()).map_err(Failure::Output)?;
    }
    Ok(())
}

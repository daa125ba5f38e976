use std::fs;
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::process::Command;

use tempfile::TempDir;

use crate::certificates::Identity;
use crate::{Program, find, free_port};

/// The file of the policy.
const POLICY: &str = "www/.well-known/mta-sts.txt";

/// A real nginx that serves a policy and nothing else. It ends when it is dropped.
#[derive(Debug)]
pub struct Nginx {
    address: SocketAddrV4,
    _program: Program,
    folder: TempDir,
}

impl Nginx {
    /// Starts it at an address of loopback, on a free port.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(address: Ipv4Addr, host: &str, identity: &Identity, policy: &str) -> Self {
        for _ in 0..5 {
            let address = SocketAddrV4::new(address, free_port());
            match Self::listen(address, host, identity, policy) {
                Ok(nginx) => return nginx,
                Err(log) => assert!(log.contains("in use"), "nginx ended at once:\n{log}"),
            }
        }
        panic!("no free port for nginx in five attempts");
    }

    /// Starts it at an address and port of loopback.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start_at(address: SocketAddrV4, host: &str, identity: &Identity, policy: &str) -> Self {
        Self::listen(address, host, identity, policy)
            .unwrap_or_else(|log| panic!("nginx ended at once:\n{log}"))
    }

    /// An error is the log of one that has ended.
    fn listen(
        address: SocketAddrV4,
        host: &str,
        identity: &Identity,
        policy: &str,
    ) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        configure(&folder, address, host, identity, policy);
        let mut command = Command::new(find("nginx"));
        command.arg("-p").arg(folder.path()).args(["-e", "stderr", "-c", "nginx.conf"]);
        let mut program = Program::start(&mut command, "nginx", folder.path());
        program.wait_until(|| TcpStream::connect(address).is_ok())?;
        Ok(Self { address, _program: program, folder })
    }

    /// Serves another policy from now on.
    ///
    /// # Panics
    /// If it can't be written.
    pub fn set_policy(&self, policy: &str) {
        let folder = self.folder.path();
        // No request is to see half of it.
        fs::write(folder.join("next.txt"), policy).unwrap();
        fs::rename(folder.join("next.txt"), folder.join(POLICY)).unwrap();
    }

    /// Serves no policy from now on: 404.
    ///
    /// # Panics
    /// If there was none.
    pub fn remove_policy(&self) {
        fs::remove_file(self.folder.path().join(POLICY)).unwrap();
    }

    /// How often the policy has been asked for since the start.
    #[must_use]
    pub fn requests(&self) -> usize {
        let log = fs::read_to_string(self.folder.path().join("access.log")).unwrap();
        log.lines().filter(|line| line.contains("/mta-sts.txt")).count()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddrV4 {
        self.address
    }
}

/// One process, which ends with its parent's word; everything it writes is in the folder.
fn configure(
    folder: &TempDir,
    address: SocketAddrV4,
    host: &str,
    identity: &Identity,
    policy: &str,
) {
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    for name in ["temp", "www", "www/.well-known"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    write(POLICY, policy);
    write("chain.pem", &identity.chain_pem);
    write("key.pem", &identity.key_pem);
    write(
        "nginx.conf",
        &format!(
            "user root;
            daemon off;
            master_process off;
            pid nginx.pid;
            events {{ }}
            http {{
                access_log access.log;
                client_body_temp_path temp/body;
                proxy_temp_path temp/proxy;
                fastcgi_temp_path temp/fastcgi;
                uwsgi_temp_path temp/uwsgi;
                scgi_temp_path temp/scgi;
                server {{
                    listen {address} ssl;
                    server_name {host};
                    ssl_certificate chain.pem;
                    ssl_certificate_key key.pem;
                    root www;
                    location = /.well-known/mta-sts.txt {{
                        types {{ }}
                        default_type text/plain;
                    }}
                    location / {{
                        return 404;
                    }}
                }}
            }}"
        ),
    );
}

use std::fs;
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::process::Command;

use tempfile::TempDir;

use crate::certificates::Identity;
use crate::{Program, find, free_port};

/// A real nginx that serves a policy and nothing else. It ends when it is dropped.
#[derive(Debug)]
pub struct Nginx {
    address: SocketAddrV4,
    _program: Program,
    _folder: TempDir,
}

impl Nginx {
    /// Starts it at an address of loopback, on a free port.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(address: Ipv4Addr, host: &str, identity: &Identity, policy: &str) -> Self {
        for _ in 0..5 {
            let folder = tempfile::tempdir().unwrap();
            let address = SocketAddrV4::new(address, free_port());
            configure(&folder, address, host, identity, policy);
            let mut command = Command::new(find("nginx"));
            command.arg("-p").arg(folder.path()).args(["-e", "stderr", "-c", "nginx.conf"]);
            let mut program = Program::start(&mut command, "nginx", folder.path());
            match program.wait_until(|| TcpStream::connect(address).is_ok()) {
                Ok(()) => return Self { address, _program: program, _folder: folder },
                Err(log) => assert!(log.contains("in use"), "nginx ended at once:\n{log}"),
            }
        }
        panic!("no free port for nginx in five attempts");
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
    write("www/.well-known/mta-sts.txt", policy);
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
                access_log off;
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

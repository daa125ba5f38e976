use std::fs;
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::certificates::Identity;
use crate::{Program, find, free_port, run};

/// A real Postfix that receives for nobody, and offers STARTTLS. It ends when it is dropped.
#[derive(Debug)]
pub struct Postfix {
    address: SocketAddrV4,
    program: Program,
    _folder: TempDir,
}

impl Postfix {
    /// Starts it at an address of loopback, on a free port. Only root can.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(address: Ipv4Addr, host: &str, identity: &Identity) -> Self {
        for _ in 0..5 {
            let folder = tempfile::tempdir().unwrap();
            let address = SocketAddrV4::new(address, free_port());
            configure(folder.path(), address, host, identity);
            let mut command = Command::new(master());
            command.arg("-c").arg(folder.path().join("configuration")).arg("-s");
            let program = Program::start(&mut command, "postfix", folder.path());
            let mut postfix = Self { address, program, _folder: folder };
            match postfix.program.wait_until(|| TcpStream::connect(address).is_ok()) {
                Ok(()) => return postfix,
                Err(log) => assert!(log.contains("in use"), "Postfix ended at once:\n{log}"),
            }
        }
        panic!("no free port for Postfix in five attempts");
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddrV4 {
        self.address
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // In good order: the first process ends its children then, and only then.
        self.program.terminate();
    }
}

/// The first process, which starts the others.
fn master() -> PathBuf {
    let folder = run(Command::new(find("postconf")).args(["-h", "daemon_directory"]));
    Path::new(folder.trim()).join("master")
}

fn configure(folder: &Path, address: SocketAddrV4, host: &str, identity: &Identity) {
    // Its daemons run as a user of their own.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["configuration", "queue", "queue/pid"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    for name in ["data", "queue/private", "queue/public"] {
        fs::create_dir(folder.join(name)).unwrap();
        run(Command::new("chown").arg("postfix").arg(folder.join(name)));
    }
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("identity.pem", &[identity.key_pem.as_str(), identity.chain_pem.as_str()].concat());
    let place = folder.display();
    write(
        "configuration/main.cf",
        &format!(
            "compatibility_level = 3.6\n\
             queue_directory = {place}/queue\n\
             data_directory = {place}/data\n\
             maillog_file = /dev/stdout\n\
             myhostname = {host}\n\
             mydestination =\n\
             mynetworks =\n\
             inet_interfaces = loopback-only\n\
             inet_protocols = ipv4\n\
             smtpd_relay_restrictions = reject\n\
             smtpd_tls_security_level = may\n\
             smtpd_tls_chain_files = {place}/identity.pem\n"
        ),
    );
    write(
        "configuration/master.cf",
        &format!(
            "{address} inet n - n - - smtpd\n\
             anvil unix - - n - 1 anvil\n\
             rewrite unix - - n - - trivial-rewrite\n\
             proxymap unix - - n - - proxymap\n\
             tlsmgr unix - - n 1000? 1 tlsmgr\n\
             postlog unix-dgram n - n - 1 postlogd\n"
        ),
    );
}

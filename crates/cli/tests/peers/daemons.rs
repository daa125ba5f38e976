//! The daemons, and a client that asks them as Postfix does.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sigillo_lab::{Program, find};
use tempfile::TempDir;

use crate::case::ENDS;
use crate::internet::Internet;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A daemon that answers at a socket, ended when it is dropped.
pub(crate) struct Daemon {
    pub(crate) name: &'static str,
    socket: PathBuf,
    _program: Program,
    _folder: TempDir,
}

/// What Sigillo has to know of an internet.
pub(crate) struct Surroundings<'a> {
    pub(crate) dns: SocketAddr,
    /// The DS records of its root.
    pub(crate) trust_anchor: &'a str,
    /// The authority of its certificates.
    pub(crate) root: &'a str,
    pub(crate) https_port: u16,
}

/// The other daemon's program as the package index has it; `scripts/test` puts it there.
pub(crate) fn packaged() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .with_file_name("postfix-mta-sts-resolver/bin/mta-sts-daemon");
    assert!(path.is_file(), "{} is missing: scripts/test installs it", path.display());
    path
}

impl Daemon {
    /// Ours.
    pub(crate) fn sigillo(internet: &Surroundings<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Whoever asks may be another user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("root.pem"), internet.root).unwrap();
        fs::write(at("anchor"), internet.trust_anchor).unwrap();
        let configuration = format!(
            r#"
[store]
url = "sqlite:{folder}/store.sqlite"

[sender]
listen = ["unix:{folder}/socket"]
admin = "unix:{folder}/admin"
socket_mode = "0666"
address_guard = "off"

[dns]
servers = ["{dns}"]
trust_anchor_file = "{folder}/anchor"

[tls]
extra_ca_file = "{folder}/root.pem"

[network]
https_port = {https_port}
"#,
            folder = folder.path().display(),
            dns = internet.dns,
            https_port = internet.https_port,
        );
        fs::write(at("sigillo.toml"), configuration).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo"));
        command.args(["serve", "--config"]).arg(at("sigillo.toml"));
        command.env_clear().env("LANG", "en_GB.UTF-8");
        Self::start(command, "sigillo", folder)
    }

    /// The other one, with a map for each of its settings that matter.
    pub(crate) fn resolver(internet: &Internet, program: &Path, name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("root.pem"), &internet.root).unwrap();
        let configuration = format!(
            "path: {}\n\
             zones:\n\
             \x20 postfix-tlsrpt: {{tlsrpt: true}}\n\
             \x20 strict: {{strict_testing: true}}\n",
            at("socket").display(),
        );
        fs::write(at("daemon.yml"), configuration).unwrap();
        let mut command = internet.resolver.command();
        command.arg(program).arg("--config").arg(at("daemon.yml"));
        command.env("SSL_CERT_FILE", at("root.pem"));
        Self::start(command, name, folder)
    }

    fn start(mut command: Command, name: &'static str, folder: TempDir) -> Self {
        let socket = folder.path().join("socket");
        let mut program = Program::start(&mut command, name, folder.path());
        program.wait_until(|| UnixStream::connect(&socket).is_ok()).unwrap();
        Self { name, socket, _program: program, _folder: folder }
    }

    /// Where it answers.
    pub(crate) fn socket(&self) -> &Path {
        &self.socket
    }

    /// The answer to bytes that are sent over a connection of their own.
    pub(crate) fn ask(&self, request: &[u8]) -> String {
        self.ask_for(request, 1).remove(0)
    }

    /// So many answers, or fewer and the end of the connection.
    pub(crate) fn ask_for(&self, request: &[u8], count: usize) -> Vec<String> {
        let mut stream = UnixStream::connect(&self.socket).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request).unwrap();
        let mut answers = Vec::new();
        while answers.len() < count {
            let Some(answer) = read(&mut stream) else {
                answers.push(ENDS.to_owned());
                break;
            };
            answers.push(answer);
        }
        answers
    }
}

/// The next answer; none at the end of the connection.
fn read(stream: &mut UnixStream) -> Option<String> {
    let mut length = 0;
    loop {
        let mut byte = [0];
        match stream.read_exact(&mut byte).map_err(|error| error.kind()) {
            Ok(()) if byte[0] == b':' => break,
            Ok(()) => length = length * 10 + usize::from(byte[0] - b'0'),
            Err(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => return None,
            Err(error) => panic!("no answer: {error}"),
        }
    }
    let mut data = vec![0; length + 1];
    stream.read_exact(&mut data).unwrap();
    assert_eq!(data.pop(), Some(b','));
    Some(String::from_utf8(data).unwrap())
}

/// Where Debian's package has the program.
pub(crate) fn debian() -> PathBuf {
    find("mta-sts-daemon")
}

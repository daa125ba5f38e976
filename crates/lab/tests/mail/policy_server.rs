//! A server of policies that answers what a test says, and keeps what it was asked.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

/// What becomes of a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// A netstring of this.
    Reply(String),
    /// These bytes, whatever they are.
    Raw(Vec<u8>),
    /// A netstring of this, and the end of the connection.
    ReplyAndClose(String),
    /// The end of the connection.
    Close,
}

/// Listens at a socket in a folder of its own. A key without an answer is not found.
#[derive(Debug)]
pub(crate) struct PolicyServer {
    shared: Arc<Shared>,
    folder: TempDir,
}

#[derive(Debug, Default)]
struct Shared {
    answers: Mutex<HashMap<String, Answer>>,
    /// The connection and the request, byte for byte.
    asked: Mutex<Vec<(usize, String)>>,
}

impl PolicyServer {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let socket = folder.path().join("policies");
        let listener = UnixListener::bind(&socket).unwrap();
        fs::set_permissions(socket, fs::Permissions::from_mode(0o666)).unwrap();
        let shared = Arc::<Shared>::default();
        let server = Self { shared: Arc::clone(&shared), folder };
        // It ends with the tests' process.
        thread::spawn(move || {
            for (number, connection) in listener.incoming().enumerate() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(number, connection.unwrap()));
            }
        });
        server
    }

    /// The table, as Postfix calls it.
    pub(crate) fn map(&self) -> String {
        format!("socketmap:unix:{}:postfix", self.folder.path().join("policies").display())
    }

    /// Answers a key from now on.
    pub(crate) fn answer(&self, key: &str, answer: Answer) {
        self.shared.answers.lock().unwrap().insert(key.to_owned(), answer);
    }

    /// Answers a key with a policy from now on.
    pub(crate) fn policy(&self, key: &str, policy: &str) {
        self.answer(key, Answer::Reply(format!("OK {policy}")));
    }

    /// The requests with this in them, in any case, in their order.
    pub(crate) fn asked(&self, part: &str) -> Vec<String> {
        self.asked_over(part).into_iter().map(|(_, request)| request).collect()
    }

    /// The same, with the number of the connection over which each came.
    pub(crate) fn asked_over(&self, part: &str) -> Vec<(usize, String)> {
        let asked = self.shared.asked.lock().unwrap();
        asked
            .iter()
            .filter(|(_, request)| request.to_ascii_lowercase().contains(part))
            .cloned()
            .collect()
    }
}

impl Shared {
    fn serve(&self, number: usize, connection: UnixStream) -> Option<()> {
        let mut requests = BufReader::new(connection.try_clone().unwrap());
        let mut answers = connection;
        loop {
            let request = read(&mut requests).ok()?;
            self.asked.lock().unwrap().push((number, request.clone()));
            let key = request.split_once(' ').map_or("", |(_, key)| key);
            match self.answers.lock().unwrap().get(key) {
                None => write(&mut answers, "NOTFOUND ").ok()?,
                Some(Answer::Reply(text)) => write(&mut answers, text).ok()?,
                Some(Answer::Raw(bytes)) => answers.write_all(bytes).ok()?,
                Some(Answer::ReplyAndClose(text)) => {
                    write(&mut answers, text).ok()?;
                    return None;
                }
                Some(Answer::Close) => return None,
            }
        }
    }
}

/// Reads a netstring: its length, a colon, the bytes, a comma.
fn read(requests: &mut impl BufRead) -> io::Result<String> {
    let mut length = Vec::new();
    requests.read_until(b':', &mut length)?;
    let length = String::from_utf8_lossy(&length).trim_end_matches(':').parse::<usize>();
    let mut bytes = vec![0; length.map_err(io::Error::other)? + 1];
    requests.read_exact(&mut bytes)?;
    assert_eq!(bytes.pop(), Some(b','), "a netstring ends with a comma");
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn write(answers: &mut impl Write, text: &str) -> io::Result<()> {
    answers.write_all(format!("{}:{text},", text.len()).as_bytes())
}

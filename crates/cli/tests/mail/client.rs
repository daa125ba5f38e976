//! What Postfix asks, asked by the tests themselves.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a map of a socketmap server says of a key, without the netstring around it.
pub(crate) fn ask(mut connection: impl Read + Write, map: &str, key: &str) -> String {
    let request = format!("{map} {key}");
    connection.write_all(format!("{}:{request},", request.len()).as_bytes()).unwrap();
    let mut length = String::new();
    loop {
        let mut byte = [0];
        connection.read_exact(&mut byte).unwrap();
        match byte[0] {
            b':' => break,
            digit => length.push(char::from(digit)),
        }
    }
    let mut answer = vec![0; length.parse::<usize>().unwrap() + 1];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(answer.pop(), Some(b','), "a netstring ends with a comma");
    String::from_utf8(answer).unwrap()
}

/// The body of an answer over HTTP.
pub(crate) fn get(mut connection: impl Read + Write, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    body.to_owned()
}

pub(crate) fn unix(path: &Path) -> UnixStream {
    let stream = UnixStream::connect(path).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

//! A message handed to Postfix over SMTP.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddrV4, TcpStream};
use std::time::Duration;

use super::log::QueueId;

/// Hands in a short message.
///
/// # Panics
/// If it isn't taken.
pub(super) fn submit(server: SocketAddrV4, from: &str, to: &str) -> QueueId {
    let connection = TcpStream::connect(server).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut answers = BufReader::new(connection.try_clone().unwrap());
    let mut lines = connection;
    let mut answer = answer_to("the connection", &mut answers);
    for line in [
        "EHLO client.test",
        &format!("MAIL FROM:<{from}>"),
        &format!("RCPT TO:<{to}>"),
        "DATA",
        &format!("From: <{from}>\r\nTo: <{to}>\r\nSubject: a message\r\n\r\nA message.\r\n."),
    ] {
        // In one piece: for another the kernel would wait.
        lines.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        answer = answer_to(line, &mut answers);
    }
    QueueId::queued(&answer).unwrap_or_else(|| panic!("no queue id: {answer}"))
}

/// The last line of an answer that says to go on.
fn answer_to(line: &str, answers: &mut impl BufRead) -> String {
    loop {
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(['2', '3']), "{line}: {answer}");
        if answer.as_bytes().get(3) != Some(&b'-') {
            return answer;
        }
    }
}

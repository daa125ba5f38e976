//! A mail server's questions (`socketmap_table(5)`).

use super::http::Connection;

/// What is answered about a next hop, without the netstring around it.
pub(super) fn ask(mut connection: impl Connection, map: &str, next_hop: &str) -> String {
    let request = format!("{map} {next_hop}");
    connection.write_all(format!("{}:{request},", request.len()).as_bytes()).unwrap();
    let mut length = 0;
    loop {
        match byte(&mut connection) {
            b':' => break,
            digit => length = length * 10 + usize::from(digit - b'0'),
        }
    }
    let mut answer = vec![0; length];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(byte(&mut connection), b',');
    String::from_utf8(answer).unwrap()
}

fn byte(connection: &mut impl Connection) -> u8 {
    let mut byte = [0];
    connection.read_exact(&mut byte).unwrap();
    byte[0]
}

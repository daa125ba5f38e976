use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sigillo_net::address_guard::{AddressGuard, SpecialPurpose};
use sigillo_net::connect::{ConnectError, ConnectOptions, connect};

use crate::support::{Server, Step};

fn options(guard: AddressGuard) -> ConnectOptions {
    ConnectOptions { guard, timeout: Duration::from_millis(300), source: None }
}

#[tokio::test]
async fn the_guard_stands_before_every_connection() {
    let server = Server::run(vec![Step::Hang]).await;
    let mapped: SocketAddr =
        format!("[::ffff:127.0.0.1]:{}", server.address.port()).parse().unwrap();
    for address in [server.address, mapped] {
        match connect(address, options(AddressGuard::Public)).await {
            Err(ConnectError::Guard(refused)) => {
                assert_eq!(refused.reason, SpecialPurpose::Loopback);
                assert_eq!(refused.address, address.ip());
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.connections(), 0);
    assert!(connect(server.address, options(AddressGuard::Off)).await.is_ok());
}

#[tokio::test]
async fn refused_is_told_from_silent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let refused = connect(address, options(AddressGuard::Off)).await.unwrap_err();
    assert_eq!(refused, ConnectError::Refused);

    // A listener with a full queue does not answer.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    let started = Instant::now();
    let silent = loop {
        match connect(address, options(AddressGuard::Off)).await {
            Ok(stream) => waiting.push(stream),
            Err(error) => break error,
        }
        assert!(waiting.len() < 64);
    };
    assert_eq!(silent, ConnectError::Timeout);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn the_source_address_is_used() {
    let server = Server::run(vec![Step::Hang]).await;
    let from = |source: &str| ConnectOptions {
        source: Some(source.parse().unwrap()),
        ..options(AddressGuard::Off)
    };
    let stream = connect(server.address, from("127.0.0.7")).await.unwrap();
    assert_eq!(stream.local_addr().unwrap().ip().to_string(), "127.0.0.7");

    let failed = connect(server.address, from("192.0.2.1")).await;
    assert!(matches!(failed, Err(ConnectError::Source { .. })), "{failed:?}");
}

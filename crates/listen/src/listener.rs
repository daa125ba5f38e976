//! What connections come to.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use tokio::net::{TcpListener, UnixListener};

use crate::unix::{self, SocketFile, SocketOwner};
use crate::{ListenAddress, Stream};

/// A listener that connections can already reach. A Unix socket that it made is removed with it.
#[derive(Debug)]
pub struct Listener(Socket);

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    /// Without a file where somebody else made the socket, who removes it too.
    Unix {
        file: Option<SocketFile>,
        listener: UnixListener,
    },
}

impl Listener {
    /// Listens at an address. A Unix socket that nobody listens at any more is replaced; the new
    /// one belongs to `owner` from the first connection on, or else to whom the system gives it.
    /// For a TCP address `owner` has no meaning.
    ///
    /// # Errors
    /// What the system says: the address is taken or not ours, the path can't be written, the
    /// group can't be given.
    ///
    /// ```
    /// # let runtime = tokio::runtime::Runtime::new()?;
    /// # runtime.block_on(async {
    /// use sigillo_listen::{ListenAddress, Listener};
    ///
    /// let free = "127.0.0.1:0".parse()?;
    /// let listener = Listener::bind(&free, None).await?;
    /// assert_ne!(listener.address()?, free);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn bind(address: &ListenAddress, owner: Option<SocketOwner>) -> io::Result<Self> {
        match address {
            ListenAddress::Tcp(address) => TcpListener::bind(address).await.map(Socket::Tcp),
            ListenAddress::Unix(path) => unix::listen(path, owner)
                .await
                .map(|(file, listener)| Socket::Unix { file: Some(file), listener }),
        }
        .map(Self)
    }

    /// Listens at a TCP socket that the service manager has opened.
    ///
    /// # Errors
    /// What the system says.
    pub fn inherited_tcp(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        TcpListener::from_std(listener).map(Socket::Tcp).map(Self)
    }

    /// Listens at a Unix socket that the service manager has opened, and removes itself.
    ///
    /// # Errors
    /// What the system says.
    pub fn inherited_unix(listener: std::os::unix::net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        UnixListener::from_std(listener).map(|listener| Self(Socket::Unix { file: None, listener }))
    }

    /// Where it listens; the port that was taken, if any would do.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> io::Result<ListenAddress> {
        match &self.0 {
            Socket::Tcp(listener) => listener.local_addr().map(ListenAddress::Tcp),
            Socket::Unix { file: Some(file), .. } => Ok(ListenAddress::Unix(file.path().into())),
            Socket::Unix { file: None, listener } => {
                let address = listener.local_addr()?;
                let path = address.as_pathname().unwrap_or_else(|| Path::new(""));
                Ok(ListenAddress::Unix(path.into()))
            }
        }
    }

    /// The next connection, and the address that it comes from; at a Unix socket there is none.
    /// Waiting may be broken off without losing a connection.
    ///
    /// # Errors
    /// What the system says, such as that too many files are open. The listener goes on: whoever
    /// waits a moment can accept again.
    pub async fn accept(&self) -> io::Result<(Stream, Option<SocketAddr>)> {
        match &self.0 {
            Socket::Tcp(listener) => {
                let (stream, from) = listener.accept().await?;
                // An answer goes out at once, however short; where that can't be, a little later.
                let _ = stream.set_nodelay(true);
                Ok((Stream::Tcp(stream), Some(from)))
            }
            Socket::Unix { listener, .. } => {
                let (stream, _) = listener.accept().await?;
                Ok((Stream::Unix(stream), None))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::PathBuf;

    use tempfile::TempDir;
    use tokio::io::{AsyncReadExt as _, AsyncWrite as _, AsyncWriteExt as _};
    use tokio::net::{TcpStream, UnixStream};

    use super::*;

    /// A path that nothing is at.
    fn free_path() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        (folder, path)
    }

    async fn at(path: &Path) -> io::Result<Listener> {
        Listener::bind(&ListenAddress::Unix(path.into()), None).await
    }

    /// Whether what is said on one end is heard on the other, both ways.
    async fn talk(mut accepted: Stream, mut other: Stream) {
        accepted.write_all(b"to you").await.unwrap();
        accepted.shutdown().await.unwrap();
        let mut heard = String::new();
        other.read_to_string(&mut heard).await.unwrap();
        assert_eq!(heard, "to you");
        let parts = [io::IoSlice::new(b"and "), io::IoSlice::new(b"back")];
        assert!(other.is_write_vectored());
        assert_eq!(other.write_vectored(&parts).await.unwrap(), 8);
        other.flush().await.unwrap();
        drop(other);
        heard.clear();
        accepted.read_to_string(&mut heard).await.unwrap();
        assert_eq!(heard, "and back");
    }

    #[tokio::test]
    async fn tcp_connections_are_accepted_with_their_address() {
        let listener = Listener::bind(&"127.0.0.1:0".parse().unwrap(), None).await.unwrap();
        let ListenAddress::Tcp(address) = listener.address().unwrap() else {
            panic!("another kind of address")
        };
        let other = TcpStream::connect(address).await.unwrap();
        let (stream, from) = listener.accept().await.unwrap();
        assert_eq!(from, Some(other.local_addr().unwrap()));
        assert!(matches!(&stream, Stream::Tcp(stream) if stream.nodelay().unwrap()));
        talk(stream, Stream::Tcp(other)).await;
    }

    #[tokio::test]
    async fn unix_connections_are_accepted_and_the_socket_is_removed_in_the_end() {
        let (_folder, path) = free_path();
        let listener = at(&path).await.unwrap();
        assert_eq!(listener.address().unwrap(), ListenAddress::Unix(path.clone()));
        let other = UnixStream::connect(&path).await.unwrap();
        let (stream, from) = listener.accept().await.unwrap();
        assert!(matches!(stream, Stream::Unix(_)) && from.is_none());
        talk(stream, Stream::Unix(other)).await;
        drop(listener);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_socket_that_was_left_behind_is_replaced() {
        let (_folder, path) = free_path();
        // The standard library leaves it there.
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        let _listener = at(&path).await.unwrap();
        UnixStream::connect(&path).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_in_use_or_no_socket_is_refused_and_stays() {
        let (folder, path) = free_path();
        let first = at(&path).await.unwrap();
        assert_eq!(at(&path).await.unwrap_err().kind(), io::ErrorKind::AddrInUse);
        UnixStream::connect(&path).await.unwrap();
        let taken = Listener::bind(&"127.0.0.1:0".parse().unwrap(), None).await.unwrap();
        let again = Listener::bind(&taken.address().unwrap(), None).await;
        assert_eq!(again.unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(first);

        let file = folder.path().join("file");
        fs::write(&file, "precious").unwrap();
        assert_eq!(at(&file).await.unwrap_err().kind(), io::ErrorKind::AddrInUse);
        assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
        assert_eq!(at(folder.path()).await.unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }

    #[tokio::test]
    async fn a_socket_belongs_to_its_owner_and_an_address_has_none() {
        let (_folder, path) = free_path();
        let owner = Some(SocketOwner { mode: 0o604, group: None });
        let _unix = Listener::bind(&ListenAddress::Unix(path.clone()), owner).await.unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o604);
        Listener::bind(&"127.0.0.1:0".parse().unwrap(), owner).await.unwrap();
    }

    #[tokio::test]
    async fn a_socket_that_cannot_be_given_away_is_removed() {
        let (_folder, path) = free_path();
        // Root alone may give it to a group that it is no member of.
        let owner = SocketOwner { mode: 0o600, group: Some(u32::MAX - 1) };
        let bound = Listener::bind(&ListenAddress::Unix(path.clone()), Some(owner)).await;
        assert_eq!(bound.is_ok(), path.exists());
        drop(bound);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn inherited_sockets_are_listened_at_and_stay() {
        let (_folder, path) = free_path();
        let unix = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        let unix = Listener::inherited_unix(unix).unwrap();
        let tcp = Listener::inherited_tcp(tcp).unwrap();
        assert_eq!(unix.address().unwrap(), ListenAddress::Unix(path.clone()));
        assert_eq!(tcp.address().unwrap(), ListenAddress::Tcp(address));
        let _other = UnixStream::connect(&path).await.unwrap();
        assert!(unix.accept().await.unwrap().1.is_none());
        let _other = TcpStream::connect(address).await.unwrap();
        assert!(tcp.accept().await.unwrap().1.is_some());
        drop(unix);
        assert!(path.exists());
    }
}

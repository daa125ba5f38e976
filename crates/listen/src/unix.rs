//! Unix sockets: files that somebody has to make, to give to whoever may use them, and to remove.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixSocket, UnixStream};

/// How long the path of a Unix socket may be, in bytes: the kernel keeps it in a field of 108, on
/// other systems 104, that ends with a zero.
pub const SOCKET_PATH_BYTES: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// How many connections may wait to be accepted: as many as the system allows.
const WAITING: u32 = u32::MAX;

/// Who may use a Unix socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketOwner {
    /// The permissions, such as `0o660`.
    pub mode: u32,
    /// The number of the group; none: that of the program.
    pub group: Option<u32>,
}

/// The file of a socket that this program made; it is removed in the end.
#[derive(Debug)]
pub(crate) struct SocketFile(PathBuf);

impl SocketFile {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Left behind, it would only be replaced at the next start.
        let _ = fs::remove_file(&self.0);
    }
}

/// Listens at a path, in place of a socket that nobody listens at any more.
pub(crate) async fn listen(
    path: &Path,
    owner: Option<SocketOwner>,
) -> io::Result<(SocketFile, UnixListener)> {
    if is_left_behind(path).await {
        fs::remove_file(path)?;
    }
    let (file, socket) = make(path, owner)?;
    Ok((file, socket.listen(WAITING)?))
}

/// Makes a socket and gives it to its owner. Until it listens nobody can connect, so nobody does
/// who may not.
fn make(path: &Path, owner: Option<SocketOwner>) -> io::Result<(SocketFile, UnixSocket)> {
    let socket = UnixSocket::new_stream()?;
    socket.bind(path)?;
    let file = SocketFile(path.to_owned());
    if let Some(SocketOwner { mode, group }) = owner {
        // A change of the group may take permissions away.
        if let Some(group) = group {
            chown(path, None, Some(group))?;
        }
        fs::set_permissions(path, Permissions::from_mode(mode))?;
    }
    Ok((file, socket))
}

/// Whether there is a socket and nobody listens; other files refuse connections too, and stay.
async fn is_left_behind(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket())
        && UnixStream::connect(path)
            .await
            .is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;
    use std::process::Command;

    use super::*;

    /// A group that a file may be given, other than the usual one if there is one.
    fn another_group() -> u32 {
        let id = |option| {
            let output = Command::new("id").arg(option).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        if id("-u").trim() == "0" {
            return 1;
        }
        id("-G").split_whitespace().last().unwrap().parse().unwrap()
    }

    #[tokio::test]
    async fn the_longest_path_is_listened_at_and_no_longer_one() {
        let folder = tempfile::tempdir().unwrap();
        let room = SOCKET_PATH_BYTES - folder.path().as_os_str().len() - 1;
        let path = |length| folder.path().join("s".repeat(length));
        assert!(listen(&path(room), None).await.is_ok());
        assert!(listen(&path(room + 1), None).await.is_err());
    }

    #[tokio::test]
    async fn it_belongs_to_its_owner_before_anybody_can_connect() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let group = another_group();
        for mode in [0o600, 0o622, 0o777] {
            let (file, socket) =
                make(&path, Some(SocketOwner { mode, group: Some(group) })).unwrap();
            let metadata = fs::metadata(&path).unwrap();
            assert_eq!((metadata.mode() & 0o7777, metadata.gid()), (mode, group));
            let error = UnixStream::connect(&path).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
            let _listener = socket.listen(WAITING).unwrap();
            UnixStream::connect(&path).await.unwrap();
            drop(file);
            assert!(!path.exists());
        }
    }

    #[tokio::test]
    async fn without_a_group_it_keeps_that_of_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let (plain, given) = (folder.path().join("plain"), folder.path().join("given"));
        let _plain = make(&plain, None).unwrap();
        let _given = make(&given, Some(SocketOwner { mode: 0o640, group: None })).unwrap();
        let (plain, given) = (fs::metadata(plain).unwrap(), fs::metadata(given).unwrap());
        assert_eq!((plain.uid(), plain.gid()), (given.uid(), given.gid()));
        assert_eq!(given.mode() & 0o7777, 0o640);
    }
}

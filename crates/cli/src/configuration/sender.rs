//! `[sender]`: what sending mail servers are told, and where they ask.

use std::path::PathBuf;
use std::time::Duration;

use sigillo_listen::ListenAddress;
use sigillo_net::address_guard::AddressGuard;
use sigillo_sender::answer::DefaultLevel;
use sigillo_sender::decision::DanePartial;
use sigillo_sender::socketmap::{MapName, SocketmapAddress};

use super::error::{ConfigurationError, Fault, Place};
use super::folder::own_folder;
use super::keys;
use super::listeners::{TakenAddresses, hold_path};
use super::reader::{Reader, Told};
use super::sources::Sources;
use super::values;
use super::written::{Value, Written};

/// The section.
const SECTION: &str = "sender";

/// The name of the socket for commands in the folder of the program.
const ADMIN_SOCKET: &str = "admin.sock";

/// The bounds of how long a policy is kept without being asked for: a day, and for ever.
const UNUSED_FOR: (Duration, Duration) =
    (Duration::from_hours(24), Duration::from_hours(10 * 365 * 24));

/// What sending mail servers are told, and where they ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SenderConfiguration {
    /// Where Postfix asks; at least one address.
    pub(crate) listen: Vec<SocketmapAddress>,
    /// The maps that answer there; at least one.
    pub(crate) maps: Vec<MapName>,
    /// Whether DANE comes before MTA-STS.
    pub(crate) dane: DanePreference,
    /// What counts where only some MX hosts have TLSA records.
    pub(crate) dane_partial: DanePartial,
    /// Postfix's own level, for next hops without a policy.
    pub(crate) default_level: DefaultLevel,
    /// The file with what the operator decides for some domains.
    pub(crate) overrides_file: Option<String>,
    /// Where commands reach the running program: always a Unix socket.
    pub(crate) admin: ListenAddress,
    /// Where other programs ask over HTTP; may be none.
    pub(crate) http: Vec<ListenAddress>,
    /// The permissions of the Unix sockets.
    pub(crate) socket_mode: u32,
    /// The group of the Unix sockets; none: the one of the process.
    pub(crate) socket_group: Option<String>,
    /// Which addresses policies are fetched from.
    pub(crate) address_guard: AddressGuard,
    /// How many domains are looked up at a time.
    pub(crate) lookups_at_once: usize,
    /// How many connections of mail servers there may be.
    pub(crate) connections_at_most: usize,
    /// How many domains are remembered in memory.
    pub(crate) cache_entries: usize,
    /// For how long a policy that nobody asks for is kept fresh.
    pub(crate) unused_for: Duration,
    /// Whether what would be answered is only logged.
    pub(crate) dry_run: bool,
}

/// Whether DANE comes before MTA-STS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DanePreference {
    /// It does.
    Prefer,
    /// Nobody looks at TLSA records.
    Off,
}

/// Where commands reach the running program: the part of the section that they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SenderAdmin {
    /// The path of the Unix socket.
    pub(crate) socket: PathBuf,
}

/// The file with overrides that the configuration names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverridesFile {
    /// Its path.
    pub(crate) path: String,
    /// Where the configuration names it.
    pub(crate) place: Place,
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    taken: &mut TakenAddresses,
) -> Result<SenderConfiguration, Told> {
    let listen = reader.filled_list(&keys::SENDER_LISTEN, &values::SOCKETMAP);
    let maps = reader.filled_list(&keys::SENDER_MAPS, &values::MAP_NAME);
    let dane = reader.value(&keys::SENDER_DANE, &values::DANE);
    let dane_partial = reader.value(&keys::SENDER_DANE_PARTIAL, &values::PARTIAL_DANE);
    let default_level = reader.value(&keys::SENDER_DEFAULT_LEVEL, &values::DEFAULT_LEVEL);
    let overrides_file = reader.optional(&keys::SENDER_OVERRIDES_FILE, &values::PATH);
    let admin = read_admin(reader).map(ListenAddress::Unix);
    let http = reader.list(&keys::SENDER_HTTP, &values::HTTP);
    let socket_mode = reader.value(&keys::SENDER_SOCKET_MODE, &values::SOCKET_MODE);
    let socket_group = reader.optional(&keys::SENDER_SOCKET_GROUP, &values::GROUP);
    let address_guard = reader.value(&keys::SENDER_ADDRESS_GUARD, &values::ADDRESS_GUARD);
    let lookups_at_once = reader.number(&keys::SENDER_LOOKUPS_AT_ONCE, 1..=10_000_u32);
    let connections_at_most = reader.number(&keys::SENDER_CONNECTIONS_AT_MOST, 1..=100_000_u32);
    let cache_entries = reader.number(&keys::SENDER_CACHE_ENTRIES, 1_000..=100_000_000_u32);
    let unused_for = reader.duration(&keys::SENDER_UNUSED_FOR, UNUSED_FOR.0..=UNUSED_FOR.1);
    let dry_run = reader.switch(&keys::SENDER_DRY_RUN);
    let (listen, admin, http) = (listen?, admin?, http?);
    taken.take(reader, &keys::SENDER_LISTEN, listen.iter().map(|address| &address.0));
    taken.take(reader, &keys::SENDER_ADMIN, [&admin]);
    taken.take(reader, &keys::SENDER_HTTP, &http);
    Ok(SenderConfiguration {
        listen,
        maps: maps?,
        dane: dane?,
        dane_partial: dane_partial?,
        default_level: default_level?,
        overrides_file: overrides_file?,
        admin,
        http,
        socket_mode: socket_mode?,
        socket_group: socket_group?,
        address_guard: address_guard?,
        lookups_at_once: lookups_at_once? as usize,
        connections_at_most: connections_at_most? as usize,
        cache_entries: cache_entries? as usize,
        unused_for: unused_for?,
        dry_run: dry_run?,
    })
}

/// The path of the socket for commands: the one that is given, else one beside the usual database.
fn read_admin(reader: &mut Reader<'_>) -> Result<PathBuf, Told> {
    let key = &keys::SENDER_ADMIN;
    if reader.written(key).is_some() {
        let socket = reader.value(key, &values::UNIX_SOCKET)?;
        let place = reader.place(key);
        hold_path(reader, key, &ListenAddress::Unix(socket.clone()), &place)?;
        return Ok(socket);
    }
    let Some(folder) = own_folder(reader.sources) else {
        return Err(reader.fail(key, Fault::NoDataFolder { key }, Place::Default));
    };
    let socket = folder.join(ADMIN_SOCKET);
    let address = ListenAddress::Unix(socket.clone());
    hold_path(reader, key, &address, &Place::Default)?;
    let value = Value::Text(address.to_string());
    reader.keep(key, Some(&Written { value, place: Place::Default }));
    Ok(socket)
}

impl SenderAdmin {
    /// Reads only where commands reach the running program; none if the section isn't there. What
    /// is wrong with the values of other keys doesn't matter.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order.
    pub(crate) fn read(sources: &Sources) -> Result<Option<Self>, Vec<ConfigurationError>> {
        let mut reader = Reader::new(sources);
        let socket = reader.has_section(SECTION).then(|| read_admin(&mut reader)).transpose();
        let errors = reader.into_errors(Some(&[SECTION]));
        match socket {
            Ok(socket) if errors.is_empty() => Ok(socket.map(|socket| Self { socket })),
            _ => Err(errors),
        }
    }
}

/// How the role decides: the part of the section that who looks without it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SenderDeciding {
    /// Whether DANE comes before MTA-STS.
    pub(crate) dane: DanePreference,
    /// What counts where only some MX hosts have TLSA records.
    pub(crate) dane_partial: DanePartial,
}

impl SenderDeciding {
    /// Reads only how the role decides; what it would do by default if the section isn't there.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order.
    pub(crate) fn read(sources: &Sources) -> Result<Self, Vec<ConfigurationError>> {
        let mut reader = Reader::new(sources);
        let dane = reader.value(&keys::SENDER_DANE, &values::DANE);
        let dane_partial = reader.value(&keys::SENDER_DANE_PARTIAL, &values::PARTIAL_DANE);
        let errors = reader.into_errors(Some(&[SECTION]));
        match (dane, dane_partial) {
            (Ok(dane), Ok(dane_partial)) if errors.is_empty() => Ok(Self { dane, dane_partial }),
            _ => Err(errors),
        }
    }
}

impl OverridesFile {
    /// Reads only which file it is, whatever else is wrong; none if none is named.
    pub(crate) fn read(sources: &Sources) -> Option<Self> {
        let mut reader = Reader::new(sources);
        let key = &keys::SENDER_OVERRIDES_FILE;
        let path = reader.optional(key, &values::PATH).ok().flatten()?;
        Some(Self { path, place: reader.place(key) })
    }

    /// The text of the file, up to one byte behind the limit.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn text(
        &self,
        sources: &Sources,
        limit: usize,
    ) -> Result<Vec<u8>, ConfigurationError> {
        (sources.read_file)(&self.path, limit).map_err(|error| {
            let fault = Fault::UnreadableFile { path: self.path.clone(), error };
            fault.at(self.place.clone(), Some(SECTION))
        })
    }
}

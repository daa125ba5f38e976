//! The authoritative server: Knot DNS, which signs its zones itself.

use std::fmt::Write;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::query;
use super::zone::{Fault, Signing, Zone};
use crate::{Program, find, free_port, loopback, run};

/// Knot with its zones, the root's among them.
#[derive(Debug)]
pub(super) struct Knot {
    folder: PathBuf,
    port: u16,
    keys: Vec<Keys>,
    serial: u32,
    /// Whether the zones whose signatures have to be wrong are spoilt already.
    damaged: bool,
    program: Option<Program>,
}

/// The DS records of a zone's key, as its parent has them.
#[derive(Debug)]
struct Keys {
    zone: String,
    ds: String,
}

impl Knot {
    /// Starts with these zones; the first is the root.
    pub(super) fn start(folder: &Path, zones: &[Zone]) -> Self {
        for part in ["zones", "db"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let mut knot = Self {
            folder: folder.to_owned(),
            port: 53,
            keys: Vec::new(),
            serial: 1,
            damaged: false,
            program: None,
        };
        knot.write_configuration(zones);
        knot.keys = zones
            .iter()
            .filter(|zone| zone.signing() != Signing::Unsigned)
            .map(|zone| knot.make_keys(zone))
            .collect();
        knot.write_zones(zones);
        knot.listen(zones);
        knot.damage(zones);
        knot
    }

    pub(super) fn address(&self) -> SocketAddr {
        loopback(self.port)
    }

    /// The root's DS records, as zone-file text with TTL and class.
    pub(super) fn trust_anchor(&self) -> String {
        self.ds_of("").lines().map(|line| line.replacen(" DS ", " 3600 IN DS ", 1) + "\n").collect()
    }

    /// Serves changed zones.
    pub(super) fn reload(&mut self, zones: &[Zone]) {
        self.serial += 1;
        self.write_zones(zones);
        self.control(&["-b", "zone-reload"]);
    }

    /// Serves one zone more, the last of these.
    pub(super) fn add(&mut self, zones: &[Zone]) {
        self.write_configuration(zones);
        let new = &zones[zones.len() - 1];
        if new.signing() != Signing::Unsigned {
            let keys = self.make_keys(new);
            self.keys.push(keys);
        }
        self.serial += 1;
        self.write_zones(zones);
        self.control(&["-b", "reload"]);
        self.control(&["-b", "zone-reload"]);
        let address = self.address();
        let program = self.program.as_mut().unwrap();
        program.wait_until(|| query::answers_for(address, new.name())).unwrap();
    }

    /// Listens on a free port; where something else was faster, on another.
    fn listen(&mut self, zones: &[Zone]) {
        for _ in 0..5 {
            self.port = free_port();
            self.write_configuration(zones);
            let mut program = Program::start(
                Command::new(find("knotd")).arg("-c").arg(self.configuration()),
                "knotd",
                &self.folder,
            );
            let address = self.address();
            let ready = || zones.iter().all(|zone| query::answers_for(address, zone.name()));
            match program.wait_until(ready) {
                Ok(()) => {
                    self.program = Some(program);
                    return;
                }
                Err(log) if log.contains("in use") => {}
                Err(log) => panic!("knotd ended at once:\n{log}"),
            }
        }
        panic!("no free port for knotd in five attempts");
    }

    /// Replaces zones whose signatures have to be wrong by what Knot has signed, spoilt.
    fn damage(&mut self, zones: &[Zone]) {
        for zone in zones {
            let Signing::Bogus(fault @ (Fault::Damaged | Fault::Expired)) = zone.signing() else {
                continue;
            };
            let signed = self.control(&["zone-read", &zone.absolute()]);
            let prefix = format!("[{}] ", zone.absolute());
            let text: String = signed
                .lines()
                .filter_map(|line| line.strip_prefix(&prefix))
                .map(|line| spoil(line, fault) + "\n")
                .collect();
            fs::write(self.zone_file(zone), text).unwrap();
            self.damaged = true;
        }
        if self.damaged {
            self.write_configuration(zones);
            self.control(&["-b", "reload"]);
            self.control(&["-b", "zone-reload"]);
        }
    }

    fn write_configuration(&self, zones: &[Zone]) {
        let folder = self.folder.display();
        let mut text = format!(
            "server:\n  rundir: {folder}\n  listen: 127.0.0.1@{}\n  udp-workers: 1\n  \
             tcp-workers: 1\n  background-workers: 1\n\
             log:\n  - target: stderr\n    any: info\n\
             database:\n  storage: {folder}/db\n  journal-db-max-size: 50M\n  \
             kasp-db-max-size: 20M\n  timer-db-max-size: 5M\n\
             policy:\n  - id: nsec\n    algorithm: ecdsap256sha256\n    single-type-signing: on\n  \
             - id: nsec3\n    algorithm: ecdsap256sha256\n    single-type-signing: on\n    \
             nsec3: on\n    nsec3-iterations: 0\n    nsec3-salt-length: 0\n\
             template:\n  - id: default\n    storage: {folder}/zones\n    zonefile-sync: -1\n    \
             zonefile-load: difference-no-serial\n    journal-content: all\n  \
             - id: as-is\n    storage: {folder}/zones\n    zonefile-sync: -1\n    \
             zonefile-load: whole\n    journal-content: none\nzone:\n",
            self.port
        );
        for zone in zones {
            let file = self.zone_file(zone);
            write!(text, "  - domain: \"{}\"\n    file: {}\n", zone.absolute(), file.display())
                .unwrap();
            match zone.signing() {
                Signing::Unsigned | Signing::Bogus(Fault::Stripped) => {}
                Signing::Bogus(Fault::Damaged | Fault::Expired) if self.damaged => {
                    text.push_str("    template: as-is\n");
                }
                Signing::Nsec3 => {
                    text.push_str("    dnssec-signing: on\n    dnssec-policy: nsec3\n");
                }
                Signing::Nsec | Signing::Bogus(_) => {
                    text.push_str("    dnssec-signing: on\n    dnssec-policy: nsec\n");
                }
            }
        }
        fs::write(self.configuration(), text).unwrap();
    }

    fn write_zones(&self, zones: &[Zone]) {
        let spoilt = |zone: &&Zone| {
            self.damaged
                && matches!(zone.signing(), Signing::Bogus(Fault::Damaged | Fault::Expired))
        };
        // What is spoilt stays as it is.
        for zone in zones.iter().filter(|zone| !spoilt(zone)) {
            let mut delegations = String::new();
            for child in zones {
                if child.name().is_empty() || parent(child, zones).name() != zone.name() {
                    continue;
                }
                let name = child.absolute();
                let ds = self.ds_of(child.name());
                write!(delegations, "{name} NS ns1.{name}\nns1.{name} A 127.0.0.1\n{ds}").unwrap();
            }
            fs::write(self.zone_file(zone), zone.text(self.serial, &delegations)).unwrap();
        }
    }

    fn make_keys(&self, zone: &Zone) -> Keys {
        let name = zone.absolute();
        let keymgr = || {
            let mut command = Command::new(find("keymgr"));
            command.arg("-c").arg(self.configuration()).arg(&name);
            command
        };
        run(keymgr().args(["generate", "algorithm=ecdsap256sha256", "ksk=yes", "zsk=yes"]));
        let mut ds = run(keymgr().arg("ds"));
        if zone.signing() == Signing::Bogus(Fault::WrongKey) {
            ds = ds.lines().map(|line| with_last_changed(line) + "\n").collect();
        }
        Keys { zone: zone.name().to_owned(), ds }
    }

    fn ds_of(&self, zone: &str) -> &str {
        self.keys.iter().find(|keys| keys.zone == zone).map_or("", |keys| &keys.ds)
    }

    fn control(&self, arguments: &[&str]) -> String {
        let socket = self.folder.join("knot.sock");
        run(Command::new(find("knotc")).arg("-s").arg(socket).args(arguments))
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("knot.conf")
    }

    fn zone_file(&self, zone: &Zone) -> PathBuf {
        let name = if zone.name().is_empty() { "root" } else { zone.name() };
        self.folder.join("zones").join(format!("{name}.zone"))
    }
}

/// The zone from which `child` is delegated: the closest above it, in the end the root.
fn parent<'a>(child: &Zone, zones: &'a [Zone]) -> &'a Zone {
    zones
        .iter()
        .filter(|zone| {
            zone.name().is_empty() || child.name().ends_with(&format!(".{}", zone.name()))
        })
        .max_by_key(|zone| zone.name().len())
        .unwrap()
}

/// A line of a signed zone with its signature spoilt.
fn spoil(line: &str, fault: Fault) -> String {
    // The owner, the TTL, the type; what a signature covers, …, its end, its beginning, …, itself.
    let mut fields: Vec<&str> = line.split(' ').collect();
    if fields.get(2) != Some(&"RRSIG") {
        return line.to_owned();
    }
    match fault {
        Fault::Expired => {
            fields[7] = "20200201000000";
            fields[8] = "20200101000000";
            fields.join(" ")
        }
        _ if fields[3] == "DNSKEY" => line.to_owned(),
        _ => {
            let signature = fields[11];
            let (start, rest) = signature.split_at(20);
            let changed = if rest.starts_with('A') { 'B' } else { 'A' };
            let damaged = format!("{start}{changed}{}", &rest[1..]);
            fields[11] = &damaged;
            fields.join(" ")
        }
    }
}

/// A line with its last digit changed.
fn with_last_changed(line: &str) -> String {
    let (start, last) = line.split_at(line.len() - 1);
    format!("{start}{}", if last == "0" { '1' } else { '0' })
}

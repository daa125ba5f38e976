//! Programs whose clocks can be moved, by means of libfaketime.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sigillo_lab::{Program, find};

/// How often something is tried that fails by chance.
pub(crate) const TRIES: usize = 5;

/// Has a program go by the clock that a file says, from its start on.
pub(crate) fn make_movable(command: &mut Command, clock: &Path) {
    command
        .env("LD_PRELOAD", library())
        .env("FAKETIME_TIMESTAMP_FILE", clock)
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "0");
}

/// Whether a program has ended at once for want of a clock: for what an earlier one left behind that had the
/// same number, or because the library's clock and the processor's, which it can't move, didn't go together
/// while they were compared.
pub(crate) fn has_ended_for_its_clock(log: &str) -> bool {
    let is_uncomparable = log.contains("quanta") && log.contains("attempt to add with overflow");
    log.contains("shm_open failed: File exists") || is_uncomparable
}

/// What the library leaves behind when a program is killed; removed when this is dropped, after the program.
#[derive(Debug)]
pub(crate) struct Leftovers(u32);

impl Leftovers {
    pub(crate) fn of(program: &Program) -> Self {
        Self(program.id())
    }
}

impl Drop for Leftovers {
    fn drop(&mut self) {
        for name in ["faketime_shm_", "sem.faketime_sem_"] {
            // Who ends in good order leaves nothing.
            let _ = fs::remove_file(format!("/dev/shm/{name}{}", self.0));
        }
    }
}

/// The library, as its own program names it.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut said = String::new();
        for _ in 0..TRIES {
            let mut command = Command::new(find("faketime"));
            let output = command.args(["-f", "+0", "printenv", "LD_PRELOAD"]).output().unwrap();
            if output.status.success() {
                return PathBuf::from(String::from_utf8(output.stdout).unwrap().trim());
            }
            said += &String::from_utf8_lossy(&output.stderr);
        }
        panic!("faketime doesn't start: {said}");
    })
}

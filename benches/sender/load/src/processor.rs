//! How much processor time a process has taken, by its own accounting.
//!
//! `/proc/PID/stat` counts in hundredths of a second. `/proc/PID/task/*/schedstat` counts the same
//! in nanoseconds, thread by thread, and is exact for a thread that sleeps; what a thread took that
//! has ended is lost with it, so their number is told.

use std::collections::HashMap;
use std::{fs, io};

/// The time that each thread of a process has taken, in nanoseconds.
#[derive(Debug)]
pub(crate) struct Taken(HashMap<u32, u64>);

/// The time that a process has taken between two looks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    /// All threads together.
    pub nanoseconds: u64,
    /// The threads at the second look.
    pub threads: usize,
    /// The threads that ended in between, whose time is missing.
    pub ended: usize,
}

impl Taken {
    /// Looks at a process.
    pub(crate) fn by(pid: u32) -> io::Result<Self> {
        let mut threads = HashMap::new();
        for task in fs::read_dir(format!("/proc/{pid}/task"))? {
            let task = task?;
            let Some(id) = task.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            // It may have ended since the folder was read.
            let Ok(line) = fs::read_to_string(task.path().join("schedstat")) else {
                continue;
            };
            let nanoseconds = line
                .split_ascii_whitespace()
                .next()
                .and_then(|number| number.parse().ok())
                .ok_or_else(|| io::Error::other("schedstat has no number"))?;
            threads.insert(id, nanoseconds);
        }
        Ok(Self(threads))
    }

    /// What was spent since an earlier look at the same process.
    pub(crate) fn since(&self, before: &Self) -> Spent {
        let spent =
            |(id, after): (&u32, &u64)| after.saturating_sub(*before.0.get(id).unwrap_or(&0));
        Spent {
            nanoseconds: self.0.iter().map(spent).sum(),
            threads: self.0.len(),
            ended: before.0.keys().filter(|id| !self.0.contains_key(id)).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process;

    use super::*;

    #[test]
    fn threads_are_added_up() {
        let before = Taken(HashMap::from([(1, 100), (2, 50), (3, 7)]));
        let after = Taken(HashMap::from([(1, 150), (2, 50), (4, 20)]));
        assert_eq!(after.since(&before), Spent { nanoseconds: 70, threads: 3, ended: 1 });
    }

    #[test]
    fn a_process_finds_itself_and_nobody_finds_none() {
        assert!(!Taken::by(process::id()).unwrap().0.is_empty());
        assert!(Taken::by(u32::MAX).is_err());
    }
}

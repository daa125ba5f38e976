//! The cache: a table in memory that answers without a lock.

pub(crate) mod entry;
pub(crate) mod policy;
pub(crate) mod rules;

use std::sync::Arc;

use compact_str::CompactString;
use papaya::{Compute, HashMap, Operation};

use self::entry::{Entry, Shared};

/// Next hops by their name.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Names of up to 24 bytes, that is most, lie in the table itself.
    entries: HashMap<CompactString, Shared>,
    limit: usize,
}

impl Cache {
    /// A cache of so many next hops.
    pub(crate) fn new(limit: usize) -> Self {
        Self { entries: HashMap::new(), limit }
    }

    /// Does something with an entry, if it is there.
    #[inline]
    pub(crate) fn with<T>(&self, key: &str, does: impl FnOnce(&Shared) -> T) -> Option<T> {
        self.entries.pin().get(key).map(does)
    }

    /// The entry.
    pub(crate) fn get(&self, key: &str) -> Option<Shared> {
        self.with(key, Arc::clone)
    }

    /// Puts what `make` makes of what is there in its place, at once. Where there is no room for
    /// another next hop it is made and not kept: the store has its policy.
    pub(crate) fn update(&self, key: &str, make: impl Fn(Option<&Shared>) -> Entry) -> Shared {
        let entries = self.entries.pin();
        if entries.get(key).is_none() && entries.len() >= self.limit {
            return Arc::new(make(None));
        }
        let outcome = entries.compute(key.into(), |current| {
            let entry = Arc::new(make(current.map(|(_, entry)| entry)));
            Operation::<Shared, ()>::Insert(entry)
        });
        match outcome {
            Compute::Inserted(_, entry) | Compute::Updated { new: (_, entry), .. } => {
                Arc::clone(entry)
            }
            // It always inserts.
            Compute::Removed(_, entry) => Arc::clone(entry),
            Compute::Aborted(()) => Arc::new(make(None)),
        }
    }

    /// Removes an entry if it is still as somebody has seen it.
    pub(crate) fn remove(&self, key: &str, seen: &Shared) {
        let _ = self.entries.pin().remove_if(key, |_, entry| Arc::ptr_eq(entry, seen));
    }

    /// Removes an entry, whatever it is.
    pub(crate) fn forget(&self, key: &str) -> Option<Shared> {
        self.entries.pin().remove(key).map(Arc::clone)
    }

    /// Removes all.
    pub(crate) fn clear(&self) {
        self.entries.pin().clear();
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many there may be.
    pub(crate) const fn limit(&self) -> usize {
        self.limit
    }

    /// Looks at all of them, which takes a while where there are many.
    pub(crate) fn for_each(&self, mut look: impl FnMut(&str, &Shared)) {
        for (key, entry) in &self.entries.pin() {
            look(key, entry);
        }
    }
}

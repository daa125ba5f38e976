//! How the sender decides and remembers.

use std::time::Duration;

use crate::answer::DefaultLevel;
use crate::decision::DanePartial;

/// How the sender decides and remembers.
#[derive(Debug, Clone)]
pub struct SenderSettings {
    /// What to do where only some MX hosts have TLSA records.
    pub dane_partial: DanePartial,
    /// What is said where there is no policy, in answers that carry attributes for reports.
    pub default_level: DefaultLevel,
    /// How many next hops are looked at at a time; 256 unless told.
    pub lookups_at_once: usize,
    /// How many next hops are kept in memory; a million unless told. The store keeps the policies
    /// of all.
    pub entries: usize,
    /// A policy that nobody has asked for for so long is refreshed no more, and forgotten once it
    /// has expired; 90 days unless told.
    pub unused_for: Duration,
    /// Whether everybody is told that there is no policy, and the log what there is.
    pub dry_run: bool,
}

impl Default for SenderSettings {
    fn default() -> Self {
        Self {
            dane_partial: DanePartial::default(),
            default_level: DefaultLevel::default(),
            lookups_at_once: 256,
            entries: 2_000_000,
            unused_for: Duration::from_hours(90 * 24),
            dry_run: false,
        }
    }
}

//! Looking at many domains, a bounded number at a time.

use std::io;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt as _, stream};
use jiff::Timestamp;
use sigillo_check::{CheckReport, Judgement};
use sigillo_formats::DomainName;
use sigillo_language::Language;
use sigillo_net::pace::Pace;
use sigillo_probe::{Prober, ProgressSender};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;

use crate::entry::Entry;

/// How many domains are under way at a time unless told otherwise.
pub const CONCURRENCY: usize = 100;

/// How many of them are looked at in full at a time, because they have a record: each may have
/// dozens of connections open, and a thousand are what systems allow.
pub const LOOKS_AT_ONCE: usize = 16;

/// How a list is gone through.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many domains are under way at a time; at least one.
    pub concurrency: usize,
    /// Whether results come in the order of the list, else as they come. As many as are under way
    /// may have to wait for the first of them.
    pub ordered: bool,
    /// How many domains are begun in a second at most.
    pub rate: Option<NonZeroU32>,
    /// Whether reports hold the checks and the observation.
    pub full: bool,
    /// The language of the reports.
    pub language: Language,
    /// Gives random numbers, for names that nobody has.
    pub nonce: fn() -> u64,
}

/// What came of an entry.
#[derive(Debug)]
pub enum Scanned {
    /// What the look at a domain came to.
    Report(Box<CheckReport>),
    /// A text that is no domain.
    Invalid(String),
}

/// Looks at entries as they come, and gives what came of each until told to stop.
///
/// Each domain is first asked for its record alone; only one that has a record is looked at in
/// full, with connections to its hosts.
///
/// # Errors
/// The first error among the entries, once everything before it has been given.
pub async fn scan(
    prober: Prober,
    entries: mpsc::Receiver<io::Result<Entry>>,
    settings: &Settings,
    mut give: impl FnMut(Scanned) -> ControlFlow<()>,
) -> io::Result<()> {
    let looker = Arc::new(Looker {
        prober,
        looks: Semaphore::new(LOOKS_AT_ONCE),
        full: settings.full,
        language: settings.language,
        nonce: settings.nonce,
    });
    let pace = settings.rate.map(|rate| Pace::new(rate, Instant::now()));
    let looks = stream::unfold((entries, pace), |(mut entries, pace)| async {
        let entry = entries.recv().await?;
        if let (Ok(Entry::Domain(_)), Some(pace)) = (&entry, &pace) {
            pace.turn().await;
        }
        Some((entry, (entries, pace)))
    })
    .map(|entry| {
        let looker = Arc::clone(&looker);
        async move {
            match entry? {
                Entry::Invalid(text) => Ok(Scanned::Invalid(text)),
                Entry::Domain(domain) => {
                    // A task of its own, so that all processors have something to do.
                    let task = tokio::spawn(async move { looker.look(&domain).await });
                    task.await.map(Scanned::Report).map_err(io::Error::other)
                }
            }
        }
    });
    let at_once = settings.concurrency.max(1);
    if settings.ordered {
        give_all(looks.buffered(at_once), &mut give).await
    } else {
        give_all(looks.buffer_unordered(at_once), &mut give).await
    }
}

async fn give_all(
    scanned: impl Stream<Item = io::Result<Scanned>>,
    give: &mut impl FnMut(Scanned) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut scanned = pin!(scanned);
    let mut failure = Ok(());
    while let Some(scanned) = scanned.next().await {
        match scanned {
            Ok(scanned) => {
                if give(scanned).is_break() {
                    break;
                }
            }
            // What is under way is not lost for it.
            Err(error) if failure.is_ok() => failure = Err(error),
            Err(_) => {}
        }
    }
    failure
}

struct Looker {
    prober: Prober,
    looks: Semaphore,
    full: bool,
    language: Language,
    nonce: fn() -> u64,
}

impl Looker {
    async fn look(&self, domain: &DomainName) -> Box<CheckReport> {
        let record = self.prober.record(domain).await;
        if let Some(report) = Judgement::of_record_alone(domain, &record, self.language) {
            return Box::new(report);
        }
        // Nobody closes the semaphore; if it were closed, we would look all the same.
        let _turn = self.looks.acquire().await.ok();
        let progress = ProgressSender::none();
        let look = self.prober.look(domain, Timestamp::now(), (self.nonce)(), &progress);
        let observation = Box::pin(look).await;
        let judgement = Judgement::of(&observation, None);
        Box::new(if self.full {
            judgement.report(&observation, self.language)
        } else {
            judgement.brief_report(&observation, self.language)
        })
    }
}

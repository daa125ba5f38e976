//! The program, that starts, runs, ends and is killed, over one store.

use std::sync::mpsc;
use std::sync::{Arc, atomic::Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_sender::overrides::Overrides;
use sigillo_sender::socketmap::MapName;
use sigillo_sender::{Sender, SenderSettings, Setup};
use sigillo_store::policies::StoredPolicy;
use sigillo_store::{Store, StoreUrl};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::world::{At, World};

/// 2026-11-24T09:30:00Z, in milliseconds.
const START: i64 = 1_795_512_600_000;

/// How many seconds a look at all entries comes in at the latest.
pub(crate) const SWEEP: u64 = 40;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Only to the host of the policy of this number.
    Secure(u32),
    DaneOnly,
    Dane,
    NotFound,
    Wait,
}

impl Answer {
    pub(crate) fn read(reply: &[u8]) -> Self {
        let text = str::from_utf8(reply).unwrap();
        let data = text.split_once(':').and_then(|(_, data)| data.strip_suffix(',')).unwrap();
        // What reports are to say comes after it.
        let mut words = data.split(' ').skip_while(|word| *word == "OK");
        match (words.next().unwrap(), words.next()) {
            ("secure", Some(names)) => {
                let number =
                    names.strip_prefix("match=mx").and_then(|it| it.strip_suffix(".example"));
                Self::Secure(number.unwrap_or_else(|| panic!("{data}")).parse().unwrap())
            }
            ("dane-only", None) => Self::DaneOnly,
            ("dane", None) => Self::Dane,
            ("NOTFOUND", _) | ("may", Some(_)) => Self::NotFound,
            ("TEMP", _) => Self::Wait,
            _ => panic!("{data}"),
        }
    }
}

/// An answer, and when it was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) answer: Answer,
    pub(crate) at: At,
    /// The place that the log of looks had reached.
    pub(crate) place: usize,
}

/// A life of the program: all its tasks run in here, and end with it at once.
struct Life {
    /// While somebody blocks, time stands still until the test moves it. First, since the runtime
    /// waits for its end.
    still: mpsc::Sender<()>,
    runtime: Runtime,
    sender: Sender,
    store: Store,
    stop: CancellationToken,
    house: JoinHandle<()>,
}

/// One store, one world, and one life after the other.
pub(crate) struct Lives {
    pub(crate) world: World,
    life: Option<Life>,
    url: StoreUrl,
    overrides: String,
    pub(crate) settings: SenderSettings,
    folder: TempDir,
}

impl Lives {
    pub(crate) fn new() -> Self {
        Self::with(SenderSettings::default())
    }

    pub(crate) fn with(settings: SenderSettings) -> Self {
        // In memory where that can be had: a store waits for its disk at every write.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let url = StoreUrl::sqlite(&folder.path().join("store.db"));
        let world = World::default();
        world.clocks.time.store(START, Ordering::SeqCst);
        let overrides = String::new();
        let mut lives = Self { world, life: None, url, overrides, settings, folder };
        lives.start();
        lives
    }

    fn setup(&self) -> Setup {
        Setup {
            network: Arc::new(self.world.clone()),
            settings: self.settings.clone(),
            overrides: Overrides::parse(self.overrides.as_bytes()).unwrap(),
        }
    }

    fn start(&mut self) -> At {
        let ended = self.world.clocks.now();
        self.world.clocks.life.fetch_add(1, Ordering::SeqCst);
        self.world.clocks.running.store(0, Ordering::SeqCst);
        let mut builder = tokio::runtime::Builder::new_current_thread();
        // One for whoever blocks, and one for all else, so that all comes in its turn.
        builder.enable_all().start_paused(true).max_blocking_threads(2);
        let runtime = builder.build().unwrap();
        let (still, stirs) = mpsc::channel();
        let life = runtime.block_on(async {
            drop(tokio::task::spawn_blocking(move || stirs.recv()));
            let store = Store::open(&self.url).await.unwrap();
            let sender = Sender::new(self.setup(), store.clone(), self.world.clocks.clock());
            let stop = CancellationToken::new();
            let house = tokio::spawn({
                let (sender, stop) = (sender.clone(), stop.clone());
                async move { sender.run(stop).await }
            });
            (sender, store, stop, house)
        });
        let (sender, store, stop, house) = life;
        self.life = Some(Life { still, runtime, sender, store, stop, house });
        ended
    }

    fn life(&self) -> &Life {
        self.life.as_ref().unwrap()
    }

    /// Ends the program as it wants to be ended, and starts it again; says when it ended.
    pub(crate) fn restart(&mut self) -> At {
        let life = self.life.take().unwrap();
        life.stop.cancel();
        life.runtime.block_on(async {
            life.house.await.unwrap();
            life.store.close().await;
        });
        drop(life.still);
        life.runtime.shutdown_background();
        self.start()
    }

    /// Ends the program wherever it is, and starts it again; says when it ended.
    pub(crate) fn kill(&mut self) -> At {
        let life = self.life.take().unwrap();
        drop(life.still);
        life.runtime.shutdown_background();
        drop((life.sender, life.store));
        // The threads of the store would outlive it, as nothing does when a process is killed.
        let since = Instant::now();
        while self.is_open() {
            assert!(since.elapsed() < Duration::from_secs(30), "the store is still open");
            std::thread::sleep(Duration::from_millis(1));
        }
        self.start()
    }

    /// Whether a file of the store is open, where the system tells.
    fn is_open(&self) -> bool {
        let files = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
        let mut names = files.filter_map(|file| std::fs::read_link(file.path()).ok());
        names.any(|name| name.starts_with(self.folder.path()))
    }

    /// Goes on by another file of overrides.
    pub(crate) fn reload(&mut self, overrides: &str) {
        overrides.clone_into(&mut self.overrides);
        self.life().sender.reload(self.setup());
    }

    /// Another program that shares the store saves a policy.
    pub(crate) fn save_elsewhere(&self, policy: &StoredPolicy) {
        let life = self.life();
        life.runtime.block_on(life.store.save_policy(policy)).unwrap();
    }

    /// From now to its end the program can neither read nor write its store.
    pub(crate) fn fail_store(&self) {
        let life = self.life();
        life.runtime.block_on(async {
            // What is stored is in memory by the first look at all entries.
            let stored = life.store.count_policies().await.unwrap_or_default();
            let is_loaded = || sum(&life.sender, "sigillo_sender_cached_domains") >= stored;
            for _ in 0..SWEEP {
                if !is_loaded() {
                    self.tick(life).await;
                }
            }
            life.settle(&self.world).await;
            life.store.close().await;
        });
    }

    pub(crate) fn ask(&self, key: &str) -> Answer {
        self.ask_all(&[key])[0].answer
    }

    /// Asks for all keys at once. Half of them want to know what reports are to say.
    pub(crate) fn ask_all(&self, keys: &[impl AsRef<str>]) -> Vec<Answered> {
        let life = self.life();
        life.runtime.block_on(async {
            let asking = self.begin_to_ask(life, keys);
            let mut patience = 10_000;
            while !asking.iter().all(JoinHandle::is_finished) {
                patience -= 1;
                assert!(patience > 0, "nobody answers");
                life.settle(&self.world).await;
                if self.world.under_way() > 0 {
                    self.tick(life).await;
                }
            }
            life.settle(&self.world).await;
            let mut answers = Vec::new();
            for answer in asking {
                answers.push(answer.await.unwrap());
            }
            answers
        })
    }

    /// Asks for all keys at once, and kills the program so many seconds and moments later. Gives
    /// the answers that came before, and when it ended.
    pub(crate) fn ask_and_kill(
        &mut self,
        keys: &[impl AsRef<str>],
        seconds: u64,
        moments: u32,
    ) -> (Vec<Option<Answered>>, At) {
        let life = self.life();
        let answers = life.runtime.block_on(async {
            let asking = self.begin_to_ask(life, keys);
            for _ in 0..seconds {
                life.settle(&self.world).await;
                self.tick(life).await;
            }
            for _ in 0..moments {
                tokio::task::yield_now().await;
            }
            let mut answers = Vec::new();
            for answer in asking {
                answers.push(if answer.is_finished() { Some(answer.await.unwrap()) } else { None });
            }
            answers
        });
        let ended = self.kill();
        (answers, ended)
    }

    fn begin_to_ask(&self, life: &Life, keys: &[impl AsRef<str>]) -> Vec<JoinHandle<Answered>> {
        let ask = |(place, key): (usize, &str)| {
            let (sender, key, world) = (life.sender.clone(), key.to_owned(), self.world.clone());
            let map = MapName::ALL[place % 2];
            tokio::spawn(async move {
                let reply = sender.ask(map, &key).await;
                let (at, place) = (world.clocks.now(), world.place());
                Answered { answer: Answer::read(&reply), at, place }
            })
        };
        keys.iter().map(AsRef::as_ref).enumerate().map(ask).collect()
    }

    /// Lets so many seconds pass, of which the program gets to see the last: by then it has looked
    /// at all entries.
    pub(crate) fn pass(&self, seconds: u64) {
        let life = self.life();
        life.runtime.block_on(async {
            let mut left = seconds;
            life.settle(&self.world).await;
            // No look takes for ever.
            while left > 0 && self.world.under_way() > 0 {
                self.tick(life).await;
                left -= 1;
            }
            self.world.clocks.pass(left.saturating_sub(SWEEP));
            for _ in 0..left.min(SWEEP) {
                let looks = self.world.place();
                self.world.clocks.pass(1);
                tokio::time::advance(Duration::from_secs(1)).await;
                life.breathe().await;
                if self.world.place() != looks || !life.is_idle(&self.world) {
                    life.settle(&self.world).await;
                }
            }
            life.settle(&self.world).await;
        });
    }

    async fn tick(&self, life: &Life) {
        self.world.clocks.pass(1);
        tokio::time::advance(Duration::from_secs(1)).await;
        life.settle(&self.world).await;
    }
}

impl Life {
    /// Lets everybody go on for a while; a look at all entries is over then.
    async fn breathe(&self) {
        tokio::task::spawn_blocking(|| ()).await.unwrap();
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
        // Whoever reads has most likely read then.
        let _ = self.store.ping().await;
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
    }

    /// Whether whoever looks at a policy domain waits for the network: no time is to pass in the
    /// test while the store works.
    fn is_idle(&self, world: &World) -> bool {
        let looking = sum(&self.sender, "sigillo_sender_looks_under_way");
        looking == world.domains_under_way() as u64
    }

    /// Waits until nothing goes on but looks that take their time.
    async fn settle(&self, world: &World) {
        let nobody = DomainName::parse("nobody.example").unwrap();
        let mut quiet = 0;
        while quiet < 2 {
            let looks = world.place();
            // Whoever writes before has written then.
            let _ = self.store.remove_policy(&nobody, Timestamp::UNIX_EPOCH).await;
            self.breathe().await;
            quiet = if self.is_idle(world) && looks == world.place() { quiet + 1 } else { 0 };
        }
    }
}

/// The sum of a metric over its labels.
fn sum(sender: &Sender, name: &str) -> u64 {
    let text = sender.metrics();
    let lines = text.lines().filter_map(|line| line.strip_prefix(name));
    lines.map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum()
}

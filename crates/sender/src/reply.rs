//! Replies, from memory where they are there.

use std::sync::atomic::Ordering;

use sigillo_formats::policy::{self, Policy};

use crate::Moment;
use crate::answer::{self, NOT_FOUND, WAIT};
use crate::cache::entry::{Entry, Shared};
use crate::cache::policy::CachedPolicy;
use crate::decision::Level;
use crate::metrics::Other;
use crate::next_hop::NextHop;
use crate::sender::{Sender, seconds};
use crate::socketmap::MapName;

/// The longest key that is looked for in memory as it is: longer ones are no names.
const PLAIN_KEY_BYTES: usize = 300;

impl Sender {
    /// Writes the reply for a key, if it is in memory and counts; says whether it did.
    #[inline]
    pub(crate) fn reply_from_memory(
        &self,
        map: MapName,
        key: &[u8],
        now: Moment,
        output: &mut Vec<u8>,
    ) -> bool {
        let mut buffer = [0; PLAIN_KEY_BYTES];
        let Some(key) = normalize(key, &mut buffer) else { return false };
        let inner = &self.0;
        let generation = inner.generation();
        let written = inner.cache.with(key, |entry| {
            if !entry.is_fresh(now, generation) {
                return None;
            }
            let reply = match map {
                MapName::Postfix => entry.reply(),
                MapName::PostfixTlsRpt => entry.report()?,
            };
            entry.touch(seconds(now));
            self.write(entry, reply, output);
            Some(entry.begins_to_age(now))
        });
        let Some(Some(begins_to_age)) = written else { return false };
        if begins_to_age && let Ok(next_hop) = NextHop::parse(key) {
            self.renew(next_hop);
        }
        true
    }

    /// The reply for a key, as it goes over the wire: from memory where it is there, and otherwise
    /// looked up.
    pub async fn ask(&self, map: MapName, key: &str) -> Vec<u8> {
        let mut output = Vec::new();
        if !self.reply_from_memory(map, key.as_bytes(), self.0.clock.now(), &mut output) {
            self.reply(map, key, &mut output).await;
        }
        output
    }

    /// Writes the reply for a key, and looks up what is not known.
    pub(crate) async fn reply(&self, map: MapName, key: &str, output: &mut Vec<u8>) {
        let Ok(next_hop) = NextHop::parse(key) else {
            self.0.metrics.other(Other::NotANextHop);
            return output.extend_from_slice(NOT_FOUND);
        };
        let Some(entry) = self.entry(&next_hop).await else {
            self.0.metrics.answered(Level::Wait);
            return output.extend_from_slice(WAIT);
        };
        if map == MapName::PostfixTlsRpt && entry.report().is_none() {
            self.make_report(&next_hop, &entry).await;
        }
        let reply = match map {
            MapName::Postfix => entry.reply(),
            MapName::PostfixTlsRpt => entry.report().unwrap_or_else(|| entry.reply()),
        };
        self.write(&entry, reply, output);
    }

    #[inline]
    fn write(&self, entry: &Entry, reply: &[u8], output: &mut Vec<u8>) {
        self.0.metrics.answered(entry.level());
        let is_dry = self.0.dry_run.load(Ordering::Relaxed);
        output.extend_from_slice(if is_dry { NOT_FOUND } else { reply });
    }

    /// Makes the reply with what reports are to say. The policy's own words are not in memory.
    async fn make_report(&self, next_hop: &NextHop, entry: &Shared) {
        let inner = &self.0;
        let setup = inner.setup();
        let domain = next_hop.policy_domain();
        let rules = setup.rules(domain);
        let (_, state) = Entry::decision(&entry.sts, &entry.dane, rules, inner.clock.now());
        // What the operator decides is no policy of the domain's.
        let is_published = !rules.rule.replaces_mta_sts();
        let policy = match &entry.sts.policy {
            Some(known) if is_published => self.policy_text(next_hop, known).await,
            _ => None,
        };
        let default = setup.setup.settings.default_level;
        let report = is_published
            .then(|| answer::with_report(domain, entry.level(), state, policy.as_ref(), default))
            .flatten();
        entry.set_report(report.map(|data| answer::ok(&data)));
    }

    /// The words of a policy of a next hop; none if the store has another one by now, which somebody
    /// else has fetched.
    async fn policy_text(&self, next_hop: &NextHop, known: &CachedPolicy) -> Option<Policy> {
        let stored = self.0.keeper.policy(next_hop.policy_domain()).await?;
        known.is_of_text(&stored).then(|| policy::parse(&stored.text).into_policy())?
    }
}

/// A key as it is in memory: in lower case, without the final dot; none for one that has to be read
/// more closely.
#[inline]
fn normalize<'a>(key: &[u8], buffer: &'a mut [u8; PLAIN_KEY_BYTES]) -> Option<&'a str> {
    let key = key.strip_suffix(b".").unwrap_or(key);
    let buffer = buffer.get_mut(..key.len())?;
    for (to, &from) in buffer.iter_mut().zip(key) {
        if !from.is_ascii_graphic() {
            return None;
        }
        *to = from.to_ascii_lowercase();
    }
    str::from_utf8(buffer).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_looked_for_in_lower_case_without_the_final_dot() {
        let mut buffer = [0; PLAIN_KEY_BYTES];
        assert_eq!(normalize(b"Mail.Example.com.", &mut buffer), Some("mail.example.com"));
        assert_eq!(normalize(b"[MX.example.com]:587", &mut buffer), Some("[mx.example.com]:587"));
        assert_eq!(normalize("città.example".as_bytes(), &mut buffer), None);
        assert_eq!(normalize(b"a b", &mut buffer), None);
        assert_eq!(normalize(&[b'a'; PLAIN_KEY_BYTES + 1], &mut buffer), None);
    }
}

//! What is asked, in which order, and what the answer has to be.

use std::collections::VecDeque;

use crate::names::{self, APEX, FIRST, HIT, NONE};

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Mix {
    /// Domains with a policy.
    Hits,
    /// Domains without a record.
    Negative,
    /// Both in turn; as Postfix does, what isn't found is asked for in its parents, `.none.bench.test` and up.
    Parent,
    /// Domains with a policy, each over a connection of its own.
    Reconnect,
    /// Domains with a policy that no cache was filled with.
    First,
}

/// A question, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The key.
    pub key: String,
    /// Whether a policy has to be found.
    pub found: bool,
}

/// Questions without end: all domains once, in an order in which neighbours are far from one another
/// and which is always the same; then again.
#[derive(Debug)]
pub(crate) struct Keys {
    mix: Mix,
    domains: u32,
    step: u32,
    position: u32,
    turns: u64,
}

impl Keys {
    /// The questions about this many domains, of which there is at least one.
    pub(crate) fn new(mix: Mix, domains: u32) -> Self {
        // Prime to the number of domains, so that all of them come before one comes again, and near
        // the golden section of it, which scatters them.
        let golden = u32::try_from(u64::from(domains) * 618 / 1000).unwrap_or(1);
        let step = (golden.max(1)..domains).find(|step| divisor(*step, domains) == 1).unwrap_or(1);
        Self { mix, domains: domains.max(1), step, position: 0, turns: 0 }
    }

    /// Appends the next questions that a client asks one after the other.
    pub(crate) fn turn(&mut self, to: &mut VecDeque<Question>) {
        self.turns += 1;
        let zone = match self.mix {
            Mix::First => FIRST,
            Mix::Negative => NONE,
            Mix::Parent if self.turns.is_multiple_of(2) => NONE,
            Mix::Hits | Mix::Parent | Mix::Reconnect => HIT,
        };
        let key = names::domain(self.position, zone);
        // Of the mix of two, both get all numbers.
        if self.mix != Mix::Parent || zone == NONE {
            self.position = (self.position + self.step) % self.domains;
        }
        to.push_back(Question { key, found: zone != NONE });
        if self.mix == Mix::Parent && zone == NONE {
            for parent in [NONE, APEX, "test"] {
                to.push_back(Question { key: format!(".{parent}"), found: false });
            }
        }
    }
}

/// The greatest common divisor.
fn divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn questions(mix: Mix, domains: u32, turns: usize) -> Vec<Question> {
        let mut keys = Keys::new(mix, domains);
        let mut asked = VecDeque::new();
        for _ in 0..turns {
            keys.turn(&mut asked);
        }
        asked.into()
    }

    #[test]
    fn every_domain_comes_once_before_one_comes_again() {
        for domains in [1, 2, 3, 10, 97, 10_000] {
            let count = usize::try_from(domains).unwrap();
            let asked = questions(Mix::Hits, domains, count * 2);
            let first: HashSet<_> = asked[..count].iter().map(|question| &question.key).collect();
            assert_eq!(first.len(), count);
            assert_eq!(asked[..count], asked[count..]);
            assert!(asked.iter().all(|question| question.found));
        }
    }

    #[test]
    fn neighbours_are_far_apart() {
        let asked = questions(Mix::Negative, 1000, 3);
        let keys: Vec<_> = asked.iter().map(|question| question.key.as_str()).collect();
        assert_eq!(
            keys,
            ["d0000000.none.bench.test", "d0000619.none.bench.test", "d0000238.none.bench.test"]
        );
        assert!(!asked[0].found);
    }

    #[test]
    fn parents_follow_what_is_not_found() {
        let asked = questions(Mix::Parent, 1000, 3);
        let keys: Vec<_> =
            asked.iter().map(|question| (question.key.as_str(), question.found)).collect();
        assert_eq!(
            keys,
            [
                ("d0000000.hit.bench.test", true),
                ("d0000000.none.bench.test", false),
                (".none.bench.test", false),
                (".bench.test", false),
                (".test", false),
                ("d0000619.hit.bench.test", true),
            ]
        );
    }
}

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_check::Verdict;

/// How many domains have each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdicts {
    /// Senders refuse hosts that fail the policy, and none does.
    pub enforced: u64,
    /// Senders deliver all the same and report what fails.
    pub testing: u64,
    /// Mode none.
    pub disabled: u64,
    /// A record is there, but senders can't use the policy.
    pub broken: u64,
    /// Some MX host fails the policy.
    pub failing: u64,
    /// There is no MTA-STS.
    pub absent: u64,
    /// It could not be looked at.
    pub unknown: u64,
}

impl Verdicts {
    /// The verdicts by their names, the best first.
    #[must_use]
    pub fn each(&self) -> [(Verdict, u64); 7] {
        Verdict::ALL.map(|verdict| {
            let mut counts = *self;
            (verdict, *counts.of(verdict))
        })
    }

    /// Counts a domain.
    pub const fn add(&mut self, verdict: Verdict) {
        *self.of(verdict) += 1;
    }

    const fn of(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Enforced => &mut self.enforced,
            Verdict::Testing => &mut self.testing,
            Verdict::Disabled => &mut self.disabled,
            Verdict::Broken => &mut self.broken,
            Verdict::Failing => &mut self.failing,
            Verdict::Absent => &mut self.absent,
            Verdict::Unknown => &mut self.unknown,
        }
    }
}

//! How long answers took.

use std::time::Duration;

/// Every single time, in nanoseconds; four seconds and more count as four.
#[derive(Debug, Default)]
pub(crate) struct Latencies(Vec<u32>);

impl Latencies {
    /// Adds one.
    pub(crate) fn push(&mut self, latency: Duration) {
        self.0.push(u32::try_from(latency.as_nanos()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The times in microseconds that these shares of a thousand of all answers didn't exceed; zero if there are none.
    pub(crate) fn within(&mut self, shares: &[usize]) -> Vec<f64> {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        let at = |share: &usize| (self.0.len() * share).div_ceil(1000).saturating_sub(1).min(last);
        shares
            .iter()
            .map(|share| f64::from(*self.0.get(at(share)).unwrap_or(&0)) / 1000.0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_all_answers() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.within(&[500, 1000]), [0.0, 0.0]);
        for microseconds in (1..=1000).rev() {
            latencies.push(Duration::from_micros(microseconds));
        }
        assert_eq!(latencies.len(), 1000);
        assert_eq!(latencies.within(&[500, 990, 999, 1000]), [500.0, 990.0, 999.0, 1000.0]);
        latencies.push(Duration::from_secs(100));
        assert!(latencies.within(&[1000])[0] > 4e6);
    }
}

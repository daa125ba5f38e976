use std::collections::HashSet;
use std::hash::Hash;

/// The values without repetitions, in the order of their first coming.
#[must_use]
pub fn each_once<T: Clone + Eq + Hash>(values: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_stays() {
        assert_eq!(each_once(vec![3, 1, 3, 2, 1]), [3, 1, 2]);
    }
}

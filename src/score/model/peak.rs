//! The highest of a row of candidates when heights rise to one peak and fall behind it.

/// The candidate with the greatest height, by bisection of the slope: candidates are in order, and few heights are looked at,
/// fewest when `first`, one of them, is the peak.
pub fn peak(candidates: &[f64], first: f64, height: impl Fn(f64) -> f64) -> f64 {
    let mut known = vec![None; candidates.len()];
    let mut rises = |place: usize| {
        let mut height = |place: usize| *known[place].get_or_insert_with(|| height(candidates[place]));
        height(place) < height(place + 1)
    };
    let (mut low, mut high) = (0, candidates.len().saturating_sub(1));
    if let Some(place) = candidates.iter().position(|candidate| *candidate == first) {
        if place < high {
            (low, high) = if rises(place) { (place + 1, high) } else { (low, place) };
        }
        if high == place && low < high {
            (low, high) = if rises(place - 1) { (place, place) } else { (low, place - 1) };
        }
    }
    while low < high {
        let middle = usize::midpoint(low, high);
        (low, high) = if rises(middle) { (middle + 1, high) } else { (low, middle) };
    }
    candidates.get(low).copied().unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_from_everywhere() {
        let candidates: Vec<f64> = (0..11).map(f64::from).collect();
        for top in 0..11 {
            for first in 0..11 {
                let height = |x: f64| -(x - f64::from(top)).abs();
                assert_eq!(peak(&candidates, f64::from(first), height), f64::from(top));
            }
        }
        assert_eq!(peak(&[], 3.0, |_| 0.0), 3.0);
        assert_eq!(peak(&[2.0], 3.0, |_| 0.0), 2.0);
    }

    #[test]
    fn where_the_peak_is_known_three_heights_are_looked_at() {
        let looked = std::cell::Cell::new(0);
        let height = |x: f64| {
            looked.set(looked.get() + 1);
            -(x - 5.0).abs()
        };
        let candidates: Vec<f64> = (0..11).map(f64::from).collect();
        assert_eq!((peak(&candidates, 5.0, height), looked.get()), (5.0, 3));
    }
}

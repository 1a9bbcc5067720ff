//! Spearman's rank correlation.

/// Ranks from 1, equal numbers sharing the mean of theirs.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut start = 0;
    for run in order.chunk_by(|&a, &b| numbers[a] == numbers[b]) {
        let rank = start as f64 + (run.len() as f64 + 1.0) / 2.0;
        run.iter().for_each(|&at| ranks[at] = rank);
        start += run.len();
    }
    ranks
}

/// The correlation of the ranks of two lists of equal length; none below two entries or where one list is constant.
pub fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let (left, right) = (ranks(left), ranks(right));
    let middle = (left.len() as f64 + 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum::<f64>();
    let spread = (product(&left, &left) * product(&right, &right)).sqrt();
    (spread > 0.0).then(|| product(&left, &right) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations() {
        let check = |left: &[f64], right: &[f64], expected| assert_eq!(correlation(left, right), expected);
        check(&[1.0, 2.0, 9.0], &[10.0, 20.0, 30.0], Some(1.0));
        check(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], Some(-1.0));
        check(&[1.0, 1.0], &[1.0, 2.0], None);
        check(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 2.0, 3.0], Some(1.0));
        check(&[], &[], None);
    }
}

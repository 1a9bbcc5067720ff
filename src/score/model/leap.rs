//! Leaps: rounds that creep towards a point are taken there sooner (SQUAREM: Varadhan & Roland, Scandinavian Journal of
//! Statistics 35, 2008).
//!
//! Of three parameters in a row, `x`, `x'` and `x''`, with `r = x' − x` and `v = (x'' − x') − r`, the third is replaced by
//!
//! ```text
//! x + 2 s r + s² v,   s = |r| / |v|, between 1 and `MOST`
//! ```
//!
//! With `s = 1` that is `x''` itself, and where rounds shrink by a constant share it is the point to which they lead.

/// The longest leap.
const MOST: f64 = 8.0;

/// The parameters since the last leap.
#[derive(Default)]
pub struct Leap {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Leap {
    /// Takes the parameters of a round. Every third time they are moved ahead, and the answer is yes.
    pub fn take(&mut self, parameters: &mut [f64]) -> bool {
        if self.first.is_empty() {
            self.first.extend_from_slice(parameters);
            return false;
        }
        if self.second.is_empty() {
            self.second.extend_from_slice(parameters);
            return false;
        }
        let length = self.length(parameters);
        if length > 1.0 {
            for ((third, first), second) in parameters.iter_mut().zip(&self.first).zip(&self.second) {
                let step = second - first;
                *third = first + length * (2.0 * step + length * (*third - second - step));
            }
        }
        self.first.clear();
        self.second.clear();
        length > 1.0
    }

    fn length(&self, parameters: &[f64]) -> f64 {
        let (mut steps, mut bends) = (0.0, 0.0);
        for ((third, first), second) in parameters.iter().zip(&self.first).zip(&self.second) {
            let step = second - first;
            steps += step * step;
            bends += (third - second - step).powi(2);
        }
        if bends > 0.0 { (steps / bends).sqrt().clamp(1.0, MOST) } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shrinks_by_a_constant_share_is_taken_to_its_end() {
        let round = |x: [f64; 2]| [3.0 + 0.8 * (x[0] - 3.0), -1.0 + 0.8 * (x[1] + 1.0)];
        let (mut leap, mut x) = (Leap::default(), [10.0, 5.0]);
        let mut leaps = 0;
        for _ in 0..3 {
            x = round(x);
            leaps += u32::from(leap.take(&mut x));
        }
        assert_eq!(leaps, 1);
        assert!((x[0] - 3.0).abs() < 1e-9 && (x[1] + 1.0).abs() < 1e-9, "{x:?}");
    }

    #[test]
    fn what_rests_stays() {
        let mut leap = Leap::default();
        let mut x = [0.25, 0.75];
        assert!((0..9).all(|_| !leap.take(&mut x)));
        assert_eq!(x, [0.25, 0.75]);
    }
}

//! Chance that a seed fixes (SplitMix64).

/// Draws numbers.
pub struct Dice(u64);

impl Dice {
    /// Dice that hang on a seed and on what they are for.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut dice = Self(seed ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, and without, `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// From 0 up to, and without, 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so often.
    pub fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of a list, all equally often.
    pub fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// One of a list, the first ones oftener, as words are used.
    pub fn pick_common<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        let place = self.share().powf(1.6) * list.len() as f64;
        &list[(place as usize).min(list.len() - 1)]
    }

    /// Log-normal with a median and a spread.
    pub fn around(&mut self, median: f64, spread: f64) -> f64 {
        let normal: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        median * (spread * normal).exp()
    }
}

//! Numbers that look drawn by chance and are the same in every run: from a seed and a place.

/// How many numbers [`bits`] draws from.
pub const UNIT: f64 = (1_u64 << 53) as f64;

/// A number in [0, 1) from a seed and a place.
pub fn unit(seed: u64, place: u64) -> f64 {
    bits(seed, place) as f64 / UNIT
}

/// A number below 2⁵³ from a seed and a place (`SplitMix64`, Steele, Lea & Flood 2014).
pub fn bits(seed: u64, place: u64) -> u64 {
    let mut z = seed
        .wrapping_mul(0xd1b5_4a32_d192_ed03)
        .wrapping_add(place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) >> 11
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn units_are_spread_evenly() {
        let mean = (0..10_000).map(|place| unit(7, place)).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        assert!((0..1000).all(|place| (0.0..1.0).contains(&unit(place, 3))));
    }
}

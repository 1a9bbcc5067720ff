//! The bootstrap over stories: how much a rate hangs on which stories a source happened to cover.
//!
//! What belongs to one block is drawn together (block bootstrap: Künsch 1989; Field & Welsh 2007 for clusters), with the
//! Poisson(1) weights of the online bootstrap (Oza & Russell 2001), from a fixed sequence.

use super::starts::unit;

/// Weights of blocks in draws.
pub struct Bootstrap {
    blocks: u32,
    draws: usize,
    /// Blocks × draws.
    weights: Vec<f32>,
}

/// Sums over what one source says in one block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Block {
    /// The block.
    pub id: u32,
    /// What is counted: claims that are right, or losses.
    pub counted: f64,
    /// Of how many.
    pub heard: f64,
}

impl Bootstrap {
    /// Weights for at most `blocks` blocks; groups beyond that share them.
    pub fn new(blocks: u32, draws: u64, seed: u64) -> Self {
        let draw = |block: u64, draw: u64| poisson(unit(seed + draw, block));
        let weights = (0..u64::from(blocks)).flat_map(|block| (0..draws).map(move |at| draw(block, at))).collect();
        Self { blocks, draws: draws as usize, weights }
    }

    /// Sums by block, in order; `parts` have the group as their id.
    pub fn blocks(&self, parts: impl Iterator<Item = Block>) -> Vec<Block> {
        let mut blocks: Vec<Block> = parts.map(|part| Block { id: part.id % self.blocks, ..part }).collect();
        blocks.sort_by_key(|block| block.id);
        blocks.dedup_by(|next, held| {
            let same = next.id == held.id;
            if same {
                held.counted += next.counted;
                held.heard += next.heard;
            }
            same
        });
        blocks
    }

    /// Variance of the rate over the draws, with `counted` of `heard` imagined beside what was drawn.
    pub fn variance(&self, blocks: &[Block], counted: f64, heard: f64) -> f64 {
        let mut sums = vec![(counted as f32, heard as f32); self.draws];
        for block in blocks {
            let weights = &self.weights[block.id as usize * self.draws..][..self.draws];
            let (c, h) = (block.counted as f32, block.heard as f32);
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum = (sum.0 + weight * c, sum.1 + weight * h));
        }
        let rates: Vec<f64> = sums.iter().map(|(counted, heard)| f64::from(counted / heard)).collect();
        let mean = rates.iter().sum::<f64>() / self.draws as f64;
        rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / (self.draws as f64 - 1.0).max(1.0)
    }
}

/// The Poisson(1) variable at a point of its distribution function.
fn poisson(at: f64) -> f32 {
    let (mut chance, mut below, mut count) = ((-1.0_f64).exp(), (-1.0_f64).exp(), 0.0);
    while at > below && count < 20.0 {
        count += 1.0;
        chance /= count;
        below += chance;
    }
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_a_rate() {
        let bootstrap = Bootstrap::new(400, 400, 7);
        let parts = (0..400).map(|id| Block { id, counted: f64::from(id % 2), heard: 1.0 });
        let variance = bootstrap.variance(&bootstrap.blocks(parts), 0.0, 0.0);
        assert!((variance - 0.25 / 400.0).abs() < 1e-4, "{variance}");
    }
}

//! The bootstrap over stories: how much a rate hangs on which stories a source happened to cover.
//!
//! What belongs to one block is drawn together (block bootstrap: Künsch 1989; Field & Welsh 2007 for clusters), with the
//! Poisson(1) weights of the online bootstrap (Oza & Russell 2001), from a fixed sequence.

use super::draw::{UNIT, bits};

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
    /// Weights for at most `blocks` blocks, one at least; groups beyond that share them.
    pub fn new(blocks: u32, draws: u64, seed: u64) -> Self {
        let (blocks, steps) = (blocks.max(1), poisson_steps());
        let mut weights = Vec::with_capacity(blocks as usize * draws as usize);
        for block in 0..u64::from(blocks) {
            weights.extend((0..draws).map(|draw| poisson(bits(seed + draw, block), &steps)));
        }
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

/// What the variance of the rate over the draws comes to when blocks are many: each block's weight has the mean 1 and the
/// variance 1, and the rate follows it in a straight line (the infinitesimal jackknife).
pub fn variance_of_many(blocks: &[Block], counted: f64, heard: f64) -> f64 {
    let sum = |of: fn(&Block) -> f64| blocks.iter().map(of).sum::<f64>();
    let size = heard + sum(|block| block.heard);
    let rate = (counted + sum(|block| block.counted)) / size;
    blocks.iter().map(|block| (block.counted - rate * block.heard).powi(2)).sum::<f64>() / (size * size)
}

/// Beyond this count a Poisson(1) variable never is.
const MOST: usize = 20;
/// Below this count it nearly always is.
const USUAL: usize = 7;

/// The distribution function of a Poisson(1) variable at 0, 1, 2…, where 1 is 2⁵³.
fn poisson_steps() -> [u64; MOST] {
    let mut chance = (-1.0_f64).exp();
    let mut below = 0.0;
    std::array::from_fn(|count| {
        below += chance;
        chance /= (count + 1) as f64;
        (below * UNIT) as u64
    })
}

/// The Poisson(1) variable at a point of its distribution function: the steps below it, counted without a branch as far as
/// is usual.
fn poisson(at: u64, steps: &[u64; MOST]) -> f32 {
    let (usual, rare) = steps.split_at(USUAL);
    let passed: u32 = usual.iter().map(|below| u32::from(at > *below)).sum();
    let more = if passed < USUAL as u32 { 0 } else { rare.iter().take_while(|below| at > **below).count() as u32 };
    (passed + more) as f32
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

    #[test]
    fn many_blocks_need_no_draws() {
        let bootstrap = Bootstrap::new(400, 4000, 7);
        let part = |id: u32| Block { id, counted: f64::from(id % 3), heard: f64::from(2 + id % 2) };
        let blocks: Vec<Block> = (0..200).map(part).collect();
        let (drawn, expected) = (bootstrap.variance(&blocks, 4.0, 5.0), variance_of_many(&blocks, 4.0, 5.0));
        assert!((drawn / expected - 1.0).abs() < 0.05, "{drawn} {expected}");
    }
}

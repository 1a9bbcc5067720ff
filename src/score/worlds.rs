//! Made-up tables with known truth, for the tests of this stage. Everything follows from a seed.

use super::builder::{Builder, Claim};
use super::draw::unit;
use super::table::Table;

/// A table being made, and the truth of its items.
#[derive(Default)]
pub struct World {
    builder: Builder,
    draws: u64,
    seed: u64,
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The next number in [0, 1).
    pub fn draw(&mut self) -> f64 {
        self.draws += 1;
        unit(self.seed, self.draws)
    }

    /// A number from Beta(a, b) with whole `a` and `b`, as an order statistic.
    pub fn beta(&mut self, a: usize, b: usize) -> f64 {
        let mut drawn: Vec<f64> = (0..a + b - 1).map(|_| self.draw()).collect();
        drawn.sort_by(f64::total_cmp);
        drawn[a - 1]
    }

    /// A place below `n`.
    pub fn pick(&mut self, n: usize) -> usize {
        (self.draw() * n as f64) as usize
    }

    pub fn say(&mut self, source: &str, item: &str, value: &str) {
        self.builder.push(Claim::new(source, item, value));
    }

    pub fn say_in(&mut self, source: &str, item: &str, value: &str, group: &str) {
        self.builder.push(Claim { group: group.as_bytes(), ..Claim::new(source, item, value) });
    }

    /// `source` on `item`: the truth "t" with this probability, otherwise one of `wrong` other values.
    pub fn report(&mut self, source: &str, item: &str, accuracy: f64, wrong: usize) {
        let right = self.draw() < accuracy;
        let value = if right { "t".to_owned() } else { format!("f{}", self.pick(wrong)) };
        self.say(source, item, &value);
    }

    /// Honest independent sources `h0`… of one accuracy on items `i0`…, each on an item with probability `cover`.
    pub fn honest(&mut self, sources: usize, items: usize, cover: f64, accuracy: f64) {
        for item in 0..items {
            for source in 0..sources {
                if self.draw() < cover {
                    self.report(&format!("h{source}"), &format!("i{item}"), accuracy, 6);
                }
            }
        }
    }

    /// The table of all that was said.
    pub fn table(self) -> Table {
        self.builder.finish()
    }
}

/// The id of a source.
pub fn source(table: &Table, name: &str) -> usize {
    table.sources.find(name.as_bytes()).unwrap() as usize
}

/// The accepted value of an item.
pub fn accepted(table: &Table, best: &[u32], item: &str) -> String {
    let item = table.items.find(item.as_bytes()).unwrap() as usize;
    table.values.text(table.option_value[best[item] as usize]).into_owned()
}

/// Share of the items `i0`… whose accepted value is "t".
pub fn accuracy(table: &Table, best: &[u32]) -> f64 {
    let right = best.iter().filter(|&&option| table.values.bytes(table.option_value[option as usize]) == b"t");
    right.count() as f64 / best.len() as f64
}

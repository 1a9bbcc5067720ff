//! Numbers that rarely repeat: weighted medians with chi-square weights.
//!
//! CRH (Li et al., SIGMOD 2014) with the confidence of CATD (Li et al., PVLDB 2014):
//!
//! ```text
//! d_i = min(|v_i − x_o| / scale_o, most),   w_s = χ²(alpha / 2; n_s) / Σ d_i,   x_o = weighted median of the v_i
//! ```
//!
//! `scale_o` is the median absolute deviation of the item's numbers, or a share of the median where that is 0. Belief
//! in a number falls with `exp(−d)` from the centre, so that near values support each other. The trust of a source is the mean of `exp(−d)` to the accepted value.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, normalise};
use super::super::properties::number;
use super::super::special::chi_square_quantile;

/// `[numeric]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Numeric {
    /// What the rule is for.
    pub about: String,
    /// Chance that a source's error lies outside its interval.
    pub alpha: f64,
    /// Scale of an item as a share of its median, where half of its numbers are equal.
    pub least_scale: f64,
    /// Largest distance that counts.
    pub most_distance: f64,
    /// Least error of a source, so that no weight is infinite.
    pub least_loss: f64,
    /// Imagined claims with distance 0 in the reported trust.
    pub right: f64,
    /// Imagined claims far off in the reported trust.
    pub wrong: f64,
    /// Most rounds.
    pub iterations: usize,
}

/// Numbers per option and the scale per item.
struct Scaled<'a> {
    evidence: &'a Evidence<'a>,
    rules: &'a Numeric,
    numbers: Vec<Option<f64>>,
    scales: Vec<f64>,
}

/// Fits the model from the plain median.
pub fn fit(evidence: &Evidence<'_>, rules: &Numeric) -> Fit {
    let scaled = Scaled::new(evidence, rules);
    let sources = evidence.table.source_count();
    let mut weights = vec![1.0; sources];
    let mut centres = scaled.centres(&weights);
    let (mut iterations, mut converged) = (0, false);
    while iterations < rules.iterations && !converged {
        weights = scaled.weights(&centres);
        let next = scaled.centres(&weights);
        converged = next == centres;
        centres = next;
        iterations += 1;
    }
    let near = scaled.near(&centres);
    let trust = evidence.mean_belief(&near, rules.right, rules.wrong);
    Fit { trust, belief: scaled.belief(&weights), objective: 0.0, iterations, converged }
}

impl<'a> Scaled<'a> {
    fn new(evidence: &'a Evidence<'a>, rules: &'a Numeric) -> Self {
        let table = evidence.table;
        let numbers = table.option_value.iter().map(|&value| number(table.values.bytes(value))).collect();
        let mut scaled = Self { evidence, rules, numbers, scales: Vec::new() };
        let ones = vec![1.0; table.source_count()];
        scaled.scales = (0..table.item_count()).map(|item| scaled.scale(item, &ones)).collect();
        scaled
    }

    /// Median absolute deviation of an item's numbers, or a share of the median.
    fn scale(&self, item: usize, weights: &[f64]) -> f64 {
        let Some(centre) = self.median(item, weights, |number| number) else { return 1.0 };
        let spread = self.median(item, weights, |number| (number - centre).abs()).unwrap_or(0.0);
        if spread > 0.0 { spread } else { (self.rules.least_scale * centre.abs()).max(self.rules.least_scale) }
    }

    /// Weighted lower median of a function of an item's numbers.
    fn median(&self, item: usize, weights: &[f64], of: impl Fn(f64) -> f64) -> Option<f64> {
        let table = self.evidence.table;
        let weight = |claim| self.evidence.vote(claim) * weights[table.claim_source[claim] as usize];
        let mut pairs: Vec<(f64, f64)> = table
            .options_of(item)
            .filter_map(|option| Some((of(self.numbers[option]?), table.claims_of(option).map(weight).sum())))
            .collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = pairs.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
        let mut below = 0.0;
        pairs
            .into_iter()
            .find(|(_, weight)| {
                below += weight;
                below >= half
            })
            .map(|(number, _)| number)
    }

    fn centres(&self, weights: &[f64]) -> Vec<Option<f64>> {
        (0..self.evidence.table.item_count()).map(|item| self.median(item, weights, |number| number)).collect()
    }

    /// Distance of two numbers of an item in its scale.
    fn distance(&self, item: usize, left: f64, right: f64) -> f64 {
        ((left - right).abs() / self.scales[item]).min(self.rules.most_distance)
    }

    fn weights(&self, centres: &[Option<f64>]) -> Vec<f64> {
        let table = self.evidence.table;
        let items = table.option_items();
        let mut quantiles = BTreeMap::new();
        let of = |source| {
            let claims = table.claims_by(source);
            let loss = |&claim: &u32| {
                let option = table.claim_option[claim as usize] as usize;
                let item = items[option] as usize;
                let (number, centre) = (self.numbers[option]?, centres[item]?);
                Some(table.weight(claim as usize) * self.distance(item, number, centre))
            };
            let loss: f64 = claims.iter().filter_map(loss).sum();
            let degrees = claims.len();
            let quantile =
                quantiles.entry(degrees).or_insert_with(|| chi_square_quantile(self.rules.alpha / 2.0, degrees as f64));
            *quantile / loss.max(self.rules.least_loss)
        };
        (0..table.source_count()).map(of).collect()
    }

    /// How near each option is to its item's centre, in (0, 1]; 0 for what is not a number.
    fn near(&self, centres: &[Option<f64>]) -> Vec<f64> {
        let of = |item: usize| {
            self.evidence.table.options_of(item).map(move |option| match (self.numbers[option], centres[item]) {
                (Some(number), Some(centre)) => (-self.distance(item, number, centre)).exp(),
                _ => 0.0,
            })
        };
        (0..centres.len()).flat_map(of).collect()
    }

    /// Nearness to the centre, as shares of 1.
    fn belief(&self, weights: &[f64]) -> Vec<f64> {
        let table = self.evidence.table;
        let weight = |claim| self.evidence.vote(claim) * weights[table.claim_source[claim] as usize];
        let mut belief: Vec<f64> = (0..table.options()).map(|o| table.claims_of(o).map(weight).sum()).collect();
        for item in 0..table.item_count() {
            let centre = self.median(item, weights, |number| number);
            for option in table.options_of(item) {
                if let (Some(number), Some(centre)) = (self.numbers[option], centre) {
                    belief[option] = (-self.distance(item, number, centre)).exp();
                }
            }
            normalise(&mut belief[table.options_of(item)]);
        }
        belief
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Rules;
    use super::super::super::builder::Claim;
    use super::super::super::table::Table;
    use super::*;

    #[test]
    fn a_source_far_off_has_little_say() {
        let mut claims = Vec::new();
        let text = |number: f64| format!("{number}");
        let names: Vec<String> = (0..12).map(|item| format!("i{item}")).collect();
        let values: Vec<[String; 4]> = (0..12)
            .map(|i| {
                let x = 100.0 + f64::from(i);
                [text(x), text(x + 0.5), text(x - 0.25), text(x * 9.0)]
            })
            .collect();
        for (item, values) in names.iter().zip(&values) {
            for (source, value) in ["a", "b", "c", "wild"].iter().zip(values) {
                claims.push(Claim::new(source, item, value));
            }
        }
        let table = Table::of(claims);
        let rules = Rules::built_in().unwrap();
        let evidence = Evidence::plain(&table);
        let fit = fit(&evidence, &rules.numeric);
        let best = evidence.best(&fit.belief);
        assert!(
            best.iter().all(|&option| number(table.values.bytes(table.option_value[option as usize])).unwrap() < 200.0)
        );
        let wild = table.sources.find(b"wild").unwrap() as usize;
        assert!(fit.trust.iter().enumerate().all(|(source, &trust)| source == wild || trust > fit.trust[wild]));
    }
}

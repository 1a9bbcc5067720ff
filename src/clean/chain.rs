//! Which blocks are the article, settled along the page: before it, in it, between its paragraphs, behind it.
//!
//! A linear-chain conditional random field. Furniture before the article (menus), within it (links, pictures,
//! pleas) and behind it (comments, other stories) looks different, and what has ended does not begin again:
//! so a list of links in the middle ends nothing, and a column of comments is no second article.

use schemars::JsonSchema;
use serde::Deserialize;

use super::features::{Features, Weights};

/// How places follow one another (`[chain]` of `rules/clean.toml`), in natural log odds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// How the numbers were found.
    pub about: String,
    /// The first block of a page is prose.
    pub first: f32,
    /// The article begins.
    pub enter: f32,
    /// Furniture within the article begins.
    pub pause: f32,
    /// The article goes on.
    pub resume: f32,
    /// The article has ended.
    pub leave: f32,
    /// Least probability of prose that keeps a block.
    pub keep: f32,
}

/// What evidence is worth against furniture of each place (`[weights]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceWeights {
    /// How the numbers were found.
    pub about: String,
    /// Against furniture before the article.
    pub before: Weights,
    /// Against furniture between its paragraphs.
    pub within: Weights,
    /// Against furniture behind it.
    pub behind: Weights,
}

/// One number for each place: before the article, in it, between its paragraphs, behind it.
type Places = [f64; 4];

/// What cannot be.
const NEVER: f64 = -1e9;

/// The probability that each block is prose.
pub(crate) fn probabilities(features: &[Features], weights: &PlaceWeights, chain: &Chain) -> Vec<f32> {
    let own: Vec<Places> = features.iter().map(|block| own(block, weights)).collect();
    let mut onward = forward(&own, chain);
    // What follows must let the article end: furniture between its paragraphs has one behind it.
    let mut behind = [0.0, 0.0, NEVER, 0.0];
    for at in (0..own.len()).rev() {
        let both: Places = std::array::from_fn(|place| onward[at][place] + behind[place]);
        onward[at][ARTICLE] = (both[ARTICLE] - sum(both)).exp();
        behind = back(std::array::from_fn(|place| own[at][place] + behind[place]), chain);
    }
    onward.iter().map(|places| places[ARTICLE] as f32).collect()
}

const ARTICLE: usize = 1;

fn own(block: &Features, weights: &PlaceWeights) -> Places {
    let against = |weights: &Weights| -f64::from(block.log_odds(weights));
    [against(&weights.before), 0.0, against(&weights.within), against(&weights.behind)]
}

/// For each block, the worth of all ways to it.
fn forward(own: &[Places], chain: &Chain) -> Vec<Places> {
    let [first, enter, pause, resume, leave] = chain.steps();
    let mut found: Vec<Places> = Vec::with_capacity(own.len());
    for own in own {
        let ways = match found.last() {
            None => [0.0, first, NEVER, NEVER],
            Some([before, article, within, behind]) => [
                *before,
                both(both(before + enter, *article), within + resume),
                both(article + pause, *within),
                both(article + leave, *behind),
            ],
        };
        found.push(levelled(std::array::from_fn(|place| ways[place] + own[place])));
    }
    found
}

/// The worth, for each place of a block, of all ways behind it, given that of the next block.
fn back([before, article, within, behind]: Places, chain: &Chain) -> Places {
    let [_, enter, pause, resume, leave] = chain.steps();
    levelled([
        both(before, article + enter),
        both(both(article, within + pause), behind + leave),
        both(within, article + resume),
        behind,
    ])
}

impl Chain {
    fn steps(&self) -> [f64; 5] {
        [self.first, self.enter, self.pause, self.resume, self.leave].map(f64::from)
    }
}

/// The same, the largest at zero: only differences count, and long pages stay exact.
fn levelled(places: Places) -> Places {
    let most = places.into_iter().fold(NEVER, f64::max);
    places.map(|worth| worth - most)
}

fn sum(places: Places) -> f64 {
    places.into_iter().fold(2.0 * NEVER, both)
}

/// ln(e^a + e^b).
fn both(a: f64, b: f64) -> f64 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights of which only the bias counts, times so much.
    fn biased(times: f32) -> Weights {
        let worth = |name: &str| if name == "bias" { times } else { 0.0 };
        let lines = Features::NAMES.iter().map(|name| format!("{name} = {:?}\n", worth(name)));
        toml::from_str(&format!("about = ''\n{}", lines.collect::<String>())).unwrap()
    }

    #[test]
    fn the_chain_agrees_with_counting_all_ways() {
        let chain =
            Chain { about: String::new(), first: -1.0, enter: -2.0, pause: -1.5, resume: -0.5, leave: -0.7, keep: 0.5 };
        let times = [0.5, 1.5, 0.9];
        let weights = PlaceWeights {
            about: String::new(),
            before: biased(times[0]),
            within: biased(times[1]),
            behind: biased(times[2]),
        };
        let odds = [1.0f32, -0.5, 2.0, 0.3];
        let place = |way: usize, at: usize| way >> (2 * at) & 3;
        let score = |way: usize| {
            let worth = |at: usize| [-times[0], 0.0, -times[1], -times[2]][place(way, at)] * odds[at];
            let step = |at: usize| match (place(way, at - 1), place(way, at)) {
                (0, 1) => chain.enter,
                (1, 2) => chain.pause,
                (2, 1) => chain.resume,
                (1, 3) => chain.leave,
                (from, to) if from == to => 0.0,
                _ => f32::NEG_INFINITY,
            };
            let begin = [0.0, chain.first, f32::NEG_INFINITY, f32::NEG_INFINITY][place(way, 0)];
            let end = if place(way, 3) == 2 { f32::NEG_INFINITY } else { 0.0 };
            (begin + end + (0..4).map(worth).sum::<f32>() + (1..4).map(step).sum::<f32>()).exp()
        };
        let total: f32 = (0..256).map(score).sum();
        let blocks = odds.map(|bias| Features { bias, ..Features::default() });
        for (at, found) in probabilities(&blocks, &weights, &chain).into_iter().enumerate() {
            let exact = (0..256).filter(|way| place(*way, at) == ARTICLE).map(score).sum::<f32>() / total;
            assert!((found - exact).abs() < 1e-4, "{at}: {found} {exact}");
        }
    }
}

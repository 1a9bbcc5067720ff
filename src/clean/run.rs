//! Which blocks are the article: the best run of lines, and the chain of marks.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::features::{Features, Weights, is_sentence};
use super::survey::Survey;

/// The best run of lines (`[run]` of `rules/clean.toml`).
///
/// Body text extraction by maximum sum (Finn et al. 2001), on lines in place of tags.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What the numbers are for.
    pub about: String,
    /// What a line costs that is no fresh sentence; a sentence earns its words.
    pub cost: f32,
    /// Fewest words of the run that is kept on a page that else would have no prose…
    pub brief_words: u32,
    /// …and the least share of the words of all such sentences on the page that it must hold.
    pub brief_share: f32,
}

/// How marks follow one another (`[chain]` of `rules/clean.toml`), in natural log odds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// How the numbers were found.
    pub about: String,
    /// The first block of a page is prose.
    pub first: f32,
    /// Prose begins behind furniture.
    pub enter: f32,
    /// Furniture begins behind prose.
    pub leave: f32,
    /// Least probability of prose that keeps a block.
    pub keep: f32,
}

/// The blocks with the largest sum of worth.
pub(crate) fn best_run(survey: &Survey, run: &Run) -> Range<usize> {
    let mut best = (0.0, 0..0);
    let (mut sum, mut start) = (0.0f32, 0);
    for (at, shape) in survey.shapes.shapes.iter().enumerate() {
        let worth = if is_fresh(survey, at) { shape.words as f32 } else { -run.cost };
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += worth;
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    best.1
}

/// A sentence that stands nowhere else, and is neither named as furniture nor a caption.
fn is_fresh(survey: &Survey, at: usize) -> bool {
    let mark = &survey.marks[at];
    let own = mark.stories == 0 && mark.sources == 0 && mark.named.is_none() && !mark.credited;
    own && is_sentence(survey.shape(at))
}

/// True when a sentence that is no caption is kept.
pub(crate) fn has_prose(survey: &Survey, kept: &[bool]) -> bool {
    (0..kept.len()).any(|at| kept[at] && is_sentence(survey.shape(at)) && !survey.marks[at].credited)
}

/// The sentences of a brief: a page where nothing reaches the least probability, and whose best run is nearly all the
/// fresh prose there is. On a page of teasers no run holds so much.
pub(crate) fn brief(survey: &Survey, run: &Run) -> Vec<usize> {
    let fresh = |range: Range<usize>| -> Vec<usize> { range.filter(|at| is_fresh(survey, *at)).collect() };
    let words = |blocks: &[usize]| blocks.iter().map(|at| survey.shape(*at).words).sum::<u32>();
    let (found, all) = (fresh(best_run(survey, run)), fresh(0..survey.blocks.len()));
    let enough = words(&found) >= run.brief_words && words(&found) as f32 >= run.brief_share * words(&all) as f32;
    if enough { found } else { Vec::new() }
}

/// The probability that each block is prose: forward and backward over a chain of two marks
/// (a linear-chain conditional random field).
pub(crate) fn probabilities(features: &[Features], weights: &Weights, chain: &Chain) -> Vec<f32> {
    let odds: Vec<f32> = features.iter().map(|f| f.log_odds(weights)).collect();
    let forward = forward(&odds, chain);
    let mut behind = 0.0;
    let mut found = vec![0.0; odds.len()];
    for at in (0..odds.len()).rev() {
        found[at] = sigmoid(forward[at] + behind);
        // Log odds of the message that this block sends to the one before it.
        let onward = odds[at] + behind;
        behind = softplus_sum(onward, chain.leave) - softplus_sum(onward + chain.enter, 0.0);
    }
    found
}

/// Log odds for prose of each block, given the blocks up to it.
fn forward(odds: &[f32], chain: &Chain) -> Vec<f32> {
    let mut found = Vec::with_capacity(odds.len());
    let mut before: Option<f32> = None;
    for own in odds {
        let reached = match before {
            None => chain.first,
            Some(before) => softplus_sum(before, chain.enter) - softplus_sum(before + chain.leave, 0.0),
        };
        found.push(own + reached);
        before = Some(own + reached);
    }
    found
}

/// ln(e^a + e^b).
fn softplus_sum(a: f32, b: f32) -> f32 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_agrees_with_counting_all_paths() {
        let chain = Chain { about: String::new(), first: -1.0, enter: -2.0, leave: -1.5, keep: 0.5 };
        let odds = [1.0f32, -0.5, 2.0];
        let score = |path: u32| {
            let bit = |i: usize| path >> i & 1 == 1;
            let own: f32 = (0..3).filter(|i| bit(*i)).map(|i| odds[i]).sum();
            let step = |i: usize| match (bit(i - 1), bit(i)) {
                (false, true) => chain.enter,
                (true, false) => chain.leave,
                _ => 0.0,
            };
            (own + if bit(0) { chain.first } else { 0.0 } + step(1) + step(2)).exp()
        };
        let total: f32 = (0..8).map(score).sum();
        let weights = odds.map(|o| Features { bias: o, ..Features::default() });
        let found = probabilities(&weights, &bias_only(), &chain);
        for (at, p) in found.iter().enumerate() {
            let exact: f32 = (0..8).filter(|path| path >> at & 1 == 1).map(score).sum::<f32>() / total;
            assert!((p - exact).abs() < 1e-4, "{at}: {p} {exact}");
        }
    }

    #[test]
    fn a_brief_is_nearly_all_the_prose_of_its_page() {
        let rules: crate::clean::Rules = toml::from_str(crate::clean::Rules::BUILT_IN).unwrap();
        let run = &rules.tables.run;
        let sentence = |seed: &str, words: u32| format!("{}.\n", seed.repeat(words as usize).trim_end());
        let check = |lines: &[String], expected: &[usize]| {
            let document = crate::document::Document { text: lines.concat(), ..Default::default() };
            let survey = Survey::of(&document, &rules.line_counts(), &rules);
            assert!(!has_prose(&survey, &vec![false; survey.blocks.len()]));
            assert_eq!(brief(&survey, run), expected, "{lines:?}");
        };
        let (menu, own) = ("Home | News | Sport\n".to_owned(), sentence("quay ", run.brief_words));
        check(&[menu.clone(), own.clone(), menu.clone()], &[1]);
        check(&[menu.clone(), sentence("quay ", run.brief_words - 1), menu.clone()], &[]);
        let teasers: Vec<String> = ["pier ", "mole ", "dock "].map(|seed| sentence(seed, run.brief_words)).into();
        let page: Vec<String> =
            teasers.into_iter().flat_map(|teaser| [vec![teaser], vec![menu.clone(); 9]].concat()).collect();
        check(&page, &[]);
    }

    fn bias_only() -> Weights {
        let zeros = Features::NAMES.iter().map(|name| format!("{name} = {}\n", f32::from(u8::from(*name == "bias"))));
        toml::from_str(&format!("about = ''\n{}", zeros.collect::<String>())).unwrap()
    }
}

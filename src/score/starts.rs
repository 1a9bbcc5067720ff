//! Several starting points, because EM climbs the nearest hill.
//!
//! Where a majority is consistently wrong there are two hills of nearly the same height, one the mirror of the other.
//! So the model is fitted from several deterministic starts, the last of which trusts those who contradict the highest hill
//! found by then; hills as high as the best within `near` are reported, and
//! what differs between them widens the intervals. Large tables are searched on every n-th item, and only the best
//! start is then fitted in full.

use schemars::JsonSchema;
use serde::Deserialize;

use super::draw::unit;
use super::evidence::{Evidence, Fit, Known};

/// `[starts]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Starts {
    /// What the rule is for.
    pub about: String,
    /// Starting trust of the uniform start.
    pub uniform: f64,
    /// How many starts draw each source's trust from a fixed sequence.
    pub random: u64,
    /// The least and the most trust so drawn.
    pub range: [f64; 2],
    /// A hill is near the best when its objective is lower by less than this share.
    pub near: f64,
    /// A value is a rival of the accepted one when it has at least this share of its votes.
    pub rival: f64,
    /// The least mean trust of a claim's source with which the hill of the opposed counts.
    pub sane: f64,
    /// A search all of whose beliefs are nearer than this to those of an earlier fit has joined that fit, and ends.
    pub joined: f64,
    /// Two fits are different hills when more than this share of disputed items has another accepted value.
    pub differ: f64,
    /// Claims above which only every n-th item is searched.
    pub most_claims: usize,
}

/// A trust per source to start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// What it is called in reports.
    pub name: String,
    /// Trust per source.
    pub trust: Vec<f64>,
}

/// One hill that the starts led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum {
    /// The first start that led here.
    pub start: String,
    /// How many starts did.
    pub starts: usize,
    /// Height: the model's objective.
    pub objective: f64,
    /// Share of the disputed items that it decides otherwise than the chosen one.
    pub differs: f64,
    /// Trust per source.
    pub trust: Vec<f64>,
}

/// The start from verified facts.
const ANCHORS: &str = "anchors";

/// The start that trusts all sources alike.
pub const UNIFORM: &str = "uniform";

/// The start from each value's share of the votes.
pub const VOTE: &str = "vote";

/// The start that contradicts all others.
const OPPOSED: &str = "opposed";

/// The starts for some evidence. `anchored` is a trust per source from verified facts.
pub fn starts(evidence: &Evidence<'_>, rules: &Starts, anchored: Option<&[f64]>) -> Vec<Start> {
    let sources = evidence.table.source_count();
    let mut starts = Vec::new();
    let mut add = |name: &str, trust| starts.push(Start { name: name.to_owned(), trust });
    if let Some(trust) = anchored {
        add(ANCHORS, trust.to_vec());
    }
    add(UNIFORM, vec![rules.uniform; sources]);
    add(VOTE, evidence.mean_belief(&evidence.shares(), 1.0, 1.0));
    for seed in 1..=rules.random {
        let [least, most] = rules.range;
        let drawn = (0..sources as u64).map(|source| least + (most - least) * unit(seed, source));
        add(&format!("random {seed}"), drawn.collect());
    }
    starts
}

/// The start of those who contradict the highest fit: every source is trusted as far as it gives, where a value has a rival
/// with nearly as many votes, the rival. A bloc that stands together against the accepted values is found so wherever the
/// other starts have led; values that only single sources give otherwise stay what they were.
pub fn opposed(evidence: &Evidence<'_>, rules: &Starts, fits: &[Fit]) -> Option<Start> {
    let highest = fits.iter().max_by(|a, b| a.objective.total_cmp(&b.objective))?;
    let votes = evidence.shares();
    let mut believed = vec![0.0; votes.len()];
    let mut is_rivalled = false;
    for (item, accepted) in evidence.best(&highest.belief).into_iter().enumerate() {
        let accepted = accepted as usize;
        let others = evidence.table.options_of(item).filter(|option| *option != accepted);
        let rival = others.max_by(|a, b| votes[*a].total_cmp(&votes[*b]).then(b.cmp(a)));
        let rival = rival.filter(|rival| votes[*rival] >= rules.rival * votes[accepted]);
        is_rivalled |= rival.is_some();
        believed[rival.unwrap_or(accepted)] = 1.0;
    }
    let trust = evidence.mean_belief(&believed, 1.0, 1.0);
    is_rivalled.then(|| Start { name: OPPOSED.to_owned(), trust })
}

/// Whether the mean claim is more likely right than wrong. A world in which nearly everybody is nearly always wrong explains
/// the claims as well as its mirror image, and is none that anybody means.
pub fn is_sane(evidence: &Evidence<'_>, rules: &Starts, fit: &Fit) -> bool {
    let claims = |source: usize| evidence.table.claims_by(source).len() as f64;
    let (mut right, mut all) = (0.0, 0.0);
    for (source, trust) in fit.trust.iter().enumerate() {
        right += trust * claims(source);
        all += claims(source);
    }
    right >= rules.sane * all
}

/// Fits from every start; returns the fits in the order of the starts.
pub fn fit_all(starts: &[Start], rules: &Starts, fit: impl Fn(&Start, Known<'_>) -> Fit) -> Vec<Fit> {
    let mut fits = Vec::with_capacity(starts.len() + 1);
    for start in starts {
        let found = fit(start, Known { fits: &fits, near: rules.joined });
        fits.push(found);
    }
    fits
}

/// Sorts fits into hills. The first is the chosen one: the anchors' if there are any, otherwise the highest. That of the
/// opposed is told and never chosen: the heights of a world and of its mirror image do not say which of them is meant.
/// Where the plain starts lead is told as well, though the chosen hill be higher by more than `near`.
pub fn optima(evidence: &Evidence<'_>, rules: &Starts, starts: &[Start], fits: &[Fit]) -> Vec<Optimum> {
    let mut order: Vec<usize> = (0..fits.len()).collect();
    let named = |at: usize, name: &str| starts[at].name == name;
    order.sort_by(|&a, &b| {
        let first = named(b, ANCHORS).cmp(&named(a, ANCHORS)).then(named(a, OPPOSED).cmp(&named(b, OPPOSED)));
        first.then(fits[b].objective.total_cmp(&fits[a].objective)).then(a.cmp(&b))
    });
    let mut hills: Vec<Hill> = Vec::new();
    for at in order {
        let best = evidence.best(&fits[at].belief);
        let plain = [UNIFORM, VOTE].contains(&starts[at].name.as_str());
        if let Some(hill) = hills.iter_mut().find(|hill| difference(evidence, &hill.best, &best) <= rules.differ) {
            hill.optimum.starts += 1;
            hill.plain |= plain;
            continue;
        }
        let differs = hills.first().map_or(0.0, |hill| difference(evidence, &hill.best, &best));
        let (start, objective) = (starts[at].name.clone(), fits[at].objective);
        let optimum = Optimum { start, starts: 1, objective, differs, trust: fits[at].trust.clone() };
        hills.push(Hill { optimum, best, plain });
    }
    let highest = hills.first().map_or(0.0, |hill| hill.optimum.objective);
    let floor = highest - rules.near * highest.abs();
    let told = |hill: &Hill| hill.plain || hill.optimum.objective >= floor;
    hills.into_iter().filter(told).map(|hill| hill.optimum).collect()
}

/// A hill while it is being found.
struct Hill {
    optimum: Optimum,
    /// The accepted options.
    best: Vec<u32>,
    /// Whether a plain start led here: all sources alike, or the vote.
    plain: bool,
}

/// Share of disputed items on which two lists of accepted options differ.
fn difference(evidence: &Evidence<'_>, a: &[u32], b: &[u32]) -> f64 {
    let disputed = |item: &usize| evidence.table.options_of(*item).len() > 1;
    let (mut all, mut other) = (0, 0);
    for item in (0..a.len()).filter(disputed) {
        all += 1;
        other += usize::from(a[item] != b[item]);
    }
    if all == 0 { 0.0 } else { f64::from(other as u32) / f64::from(all) }
}

//! From a table to trust and belief.

use super::evidence::{Evidence, Fit};
use super::interval::{Limits, intervals, reach};
use super::model::{Model, bayes, catd, dawid_skene, majority};
use super::starts::{Optimum, fit_all, optima, starts};
use super::{Rules, Table, choice, mirrors, properties};

/// What truth discovery makes of a table.
#[derive(Clone, Debug)]
pub struct Solution {
    /// Trust per source, in [0, 1].
    pub trust: Vec<f64>,
    /// 95 % interval per source.
    pub limits: Vec<Limits>,
    /// Belief per option, tempered; the options of an item add up to 1.
    pub belief: Vec<f64>,
    /// The accepted option per item.
    pub best: Vec<u32>,
    /// Pairs of sources that were taken for one voice.
    pub mirrors: mirrors::Pairs,
    /// The hills found, the chosen one first. More than one: the data alone cannot decide between them.
    pub optima: Vec<Optimum>,
    /// Rounds of the chosen fit.
    pub iterations: usize,
    /// Whether the chosen fit stopped by itself.
    pub converged: bool,
    /// The model used.
    pub model: Model,
    /// Why this model.
    pub why: String,
}

/// A source, item or value name with a number, for reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'a> {
    /// The name.
    pub name: std::borrow::Cow<'a, str>,
    /// The number.
    pub number: f64,
}

/// Solves a table. `model` overrides the automatic choice; `anchored` is a trust per source to start from.
pub fn solve(table: &Table, rules: &Rules, model: Option<Model>, anchored: Option<&[f64]>) -> Solution {
    let (model, why) = match model {
        Some(model) => (model, "asked for".to_owned()),
        None => choice::choose(&properties::measure(table), &rules.choice),
    };
    let pairs = mirrors::find(table, &rules.mirrors);
    let evidence = Evidence { table, voice: mirrors::voices(table, &pairs) };
    let (fit, optima) = search(&evidence, rules, model, anchored, &pairs);
    let belief = tempered(table, &fit.belief, rules.report.temperature);
    let mut limits = intervals(table, &belief, &fit.trust, &rules.interval);
    optima.iter().for_each(|optimum| reach(&mut limits, &optimum.trust));
    let best = evidence.best(&fit.belief);
    Solution {
        limits,
        belief,
        best,
        mirrors: pairs,
        optima,
        iterations: fit.iterations,
        converged: fit.converged,
        model,
        why,
        trust: fit.trust,
    }
}

/// Fits from all starts, on a part of a large table, and returns the chosen fit with the hills found.
fn search(
    evidence: &Evidence<'_>,
    rules: &Rules,
    model: Model,
    anchored: Option<&[f64]>,
    pairs: &mirrors::Pairs,
) -> (Fit, Vec<Optimum>) {
    let step = evidence.table.claims() / rules.starts.most_claims + 1;
    if step == 1 {
        let (mut fits, optima, chosen) = climb(evidence, rules, model, anchored);
        return (fits.swap_remove(chosen), optima);
    }
    let part = evidence.table.every(step);
    let sample = Evidence { table: &part, voice: mirrors::voices(&part, pairs) };
    let (fits, optima, chosen) = climb(&sample, rules, model, anchored);
    let fit = fit_one(evidence, rules, model, &fits[chosen].trust);
    (fit, optima)
}

/// Fits from all starts; the fits, the hills, and which fit is the chosen one.
fn climb(
    evidence: &Evidence<'_>,
    rules: &Rules,
    model: Model,
    anchored: Option<&[f64]>,
) -> (Vec<Fit>, Vec<Optimum>, usize) {
    let starts = starts(evidence, &rules.starts, anchored);
    let fits = fit_all(&starts, |trust| fit_one(evidence, rules, model, trust));
    let optima = optima(evidence, &rules.starts, &starts, &fits);
    let chosen = starts.iter().position(|start| start.name == optima[0].start).unwrap_or(0);
    (fits, optima, chosen)
}

/// Fits a model from a trust per source.
fn fit_one(evidence: &Evidence<'_>, rules: &Rules, model: Model, trust: &[f64]) -> Fit {
    match model {
        Model::Majority => majority::fit(evidence, &rules.majority),
        Model::Bayes => bayes::fit(evidence, &rules.bayes, trust),
        Model::Sparse => bayes::fit(evidence, &rules.sparse, trust),
        Model::DawidSkene => dawid_skene::fit(evidence, &rules.dawid_skene, &weighted(evidence, trust)),
        Model::Catd => catd::fit(evidence, &rules.catd),
    }
}

/// Belief per option when every source votes with its trust.
fn weighted(evidence: &Evidence<'_>, trust: &[f64]) -> Vec<f64> {
    let table = evidence.table;
    let voice = (0..table.claims())
        .map(|claim| (evidence.vote(claim) * trust[table.claim_source[claim] as usize] / table.weight(claim)) as f32);
    Evidence { table, voice: voice.collect() }.shares()
}

/// Beliefs with their log-odds divided by the temperature: those of EM are too sure of themselves.
fn tempered(table: &Table, belief: &[f64], temperature: f64) -> Vec<f64> {
    let mut tempered: Vec<f64> = belief.iter().map(|belief| belief.powf(1.0 / temperature)).collect();
    for item in 0..table.item_count() {
        super::evidence::normalise(&mut tempered[table.options_of(item)]);
    }
    tempered
}

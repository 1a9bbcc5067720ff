//! From a table to trust and belief.

use super::alike::Writing;
use super::bloc::{Bloc, Reading};
use super::evidence::{Evidence, Fit, Known};
use super::interval::{Limits, intervals, reach};
use super::kin::Kin;
use super::model::confusion_prior::Imagined;
use super::model::{Model, bayes, catd, dawid_skene, majority, numeric, truth_finder};
use super::starts::{Optimum, Start, UNIFORM, VOTE, fit_all, is_sane, opposed, optima, starts};
use super::{Rules, Table, bloc, choice, hierarchy, mirrors, properties};

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
    /// Sources that stand together against the accepted values.
    pub blocs: Vec<Bloc>,
    /// For each bloc the reading that was not chosen: the bloc's, unless verified facts decided for it.
    pub readings: Vec<Reading>,
    /// The model used.
    pub model: Model,
    /// Why this model.
    pub why: String,
}

/// Why a model that is asked for cannot be had for a table, if it cannot. What is chosen automatically always can.
pub fn refusal(table: &Table, rules: &Rules, model: Option<Model>) -> Option<String> {
    if model == Some(Model::DawidSkene) { dawid_skene::refusal(table, &rules.dawid_skene) } else { None }
}

/// Solves a table. `model` overrides the automatic choice; `anchored` is a trust per source to start from.
pub fn solve(table: &Table, rules: &Rules, model: Option<Model>, anchored: Option<&[f64]>) -> Solution {
    solve_alike(table, &Writing::default(), rules, model, anchored)
}

/// The same for a table some of whose values are alike without being equal, by how they are written. When neither that nor a
/// model is asked for, values that are paths in a hierarchy are known by themselves.
pub fn solve_alike(
    table: &Table,
    writing: &Writing,
    rules: &Rules,
    model: Option<Model>,
    anchored: Option<&[f64]>,
) -> Solution {
    let found = if model.is_none() && writing.is_open() { hierarchy::detect(table, &rules.hierarchy) } else { None };
    let (writing, told) = found.as_ref().map_or((writing, None), |(writing, why)| (writing, Some(why)));
    let (model, why) = match model {
        Some(model) => (model, "asked for".to_owned()),
        None => choice::choose(&properties::measure(table), &rules.choice),
    };
    let (model, why) = match model {
        Model::Bayes | Model::Dense | Model::Majority => (model, why),
        _ if writing.is_plain() => (model, why),
        _ => (Model::Bayes, "values are alike without being equal, which this model knows how to weigh".to_owned()),
    };
    let why = match told {
        Some(told) => format!("{why}; {told}"),
        None => why,
    };
    // The baseline is the plain vote.
    let pairs = if model == Model::Majority { Vec::new() } else { mirrors::find(table, &rules.mirrors) };
    let evidence = Evidence { table, voice: mirrors::voices(table, &pairs), kin: writing.kin(table, &rules.kin) };
    solve_evidence(&evidence, pairs, rules, (model, why), anchored)
}

/// Solves evidence in which copies and `pairs` of sources already share their voices, by a model chosen for a reason.
pub fn solve_evidence(
    evidence: &Evidence<'_>,
    pairs: mirrors::Pairs,
    rules: &Rules,
    (model, why): (Model, String),
    anchored: Option<&[f64]>,
) -> Solution {
    let table = evidence.table;
    let (mut fit, optima) = search(evidence, rules, model, anchored);
    let is_one_coin = matches!(model, Model::Bayes | Model::Dense);
    let mut best = evidence.best(&fit.belief);
    let blocs = if is_one_coin { bloc::find(evidence, &best, &rules.bloc) } else { Vec::new() };
    let readings = bloc::weigh(evidence, &mut fit, &mut best, &blocs, anchored);
    let belief = tempered(table, &fit.belief, rules.report.temperature);
    let mut limits = intervals(table, &belief, &fit.trust, &rules.interval);
    let others = optima.iter().map(|optimum| &optimum.trust).chain(readings.iter().map(|reading| &reading.trust));
    others.for_each(|trust| reach(&mut limits, trust));
    Solution {
        limits,
        belief,
        best,
        mirrors: pairs,
        optima,
        blocs,
        readings,
        iterations: fit.iterations,
        converged: fit.converged,
        model,
        why,
        trust: fit.trust,
    }
}

/// Fits from all starts, on a part of a large table, and returns the chosen fit with the hills found.
fn search(evidence: &Evidence<'_>, rules: &Rules, model: Model, anchored: Option<&[f64]>) -> (Fit, Vec<Optimum>) {
    let most = if model == Model::DawidSkene { rules.dawid_skene.most_claims } else { rules.starts.most_claims };
    let step = evidence.table.claims() / most.max(1) + 1;
    if step == 1 || !model.climbs() {
        let method = Method::new(evidence, rules, model, anchored.is_some());
        let (mut fits, optima, chosen) = climb(evidence, &method, anchored);
        return (fits.swap_remove(chosen), optima);
    }
    let part = evidence.table.every(step);
    let sample = evidence.part(&part, step);
    let method = Method::new(&sample, rules, model, anchored.is_some());
    let (fits, optima, chosen) = climb(&sample, &method, anchored);
    (method.fit(evidence, &fits[chosen].trust, Known::NONE), optima)
}

/// Fits from all starts; the fits, the hills, and which fit is the chosen one.
fn climb(evidence: &Evidence<'_>, method: &Method<'_>, anchored: Option<&[f64]>) -> (Vec<Fit>, Vec<Optimum>, usize) {
    let rules = &method.rules.starts;
    let mut starts = starts(evidence, rules, anchored);
    if !method.model.climbs() {
        starts.truncate(1);
    }
    if method.model == Model::DawidSkene {
        // All sources alike is the vote.
        starts.retain(|start| start.name != UNIFORM);
    }
    let mut fits = fit_all(&starts, rules, |start, known| method.begin(evidence, start, known));
    if matches!(method.model, Model::Bayes | Model::Dense)
        && let Some(start) = opposed(evidence, rules, &fits)
    {
        let fit = method.fit(evidence, &start.trust, Known { fits: &fits, near: rules.joined });
        if is_sane(evidence, rules, &fit) {
            fits.push(fit);
            starts.push(start);
        }
    }
    let optima = optima(evidence, rules, &starts, &fits);
    let highest = optima.first().and_then(|top| starts.iter().position(|start| start.name == top.start));
    let chosen = highest.unwrap_or(0);
    (fits, optima, chosen)
}

/// A model with what is found once and holds for all its fits.
struct Method<'a> {
    model: Model,
    rules: &'a Rules,
    /// Whether the search begins with verified facts.
    anchored: bool,
    /// Imagined claims of Dawid–Skene.
    imagined: Imagined,
    /// Belief per option where they were found, from the vote: its start in place of the vote.
    found: Vec<f64>,
}

impl<'a> Method<'a> {
    fn new(evidence: &Evidence<'_>, rules: &'a Rules, model: Model, anchored: bool) -> Self {
        let (imagined, found) = match model {
            Model::DawidSkene => dawid_skene::imagined(evidence, &rules.dawid_skene, &evidence.shares()),
            _ => Default::default(),
        };
        Self { model, rules, anchored, imagined, found }
    }

    /// Fits the model from a start of the evidence that it was made for.
    fn begin(&self, evidence: &Evidence<'_>, start: &Start, known: Known<'_>) -> Fit {
        if start.name == VOTE && self.model == Model::DawidSkene {
            return dawid_skene::fit(evidence, &self.rules.dawid_skene, self.imagined, &self.found, known);
        }
        self.fit(evidence, &start.trust, known)
    }

    /// Fits the model from a trust per source.
    fn fit(&self, evidence: &Evidence<'_>, trust: &[f64], known: Known<'_>) -> Fit {
        let rules = self.rules;
        match self.model {
            Model::Majority => majority::fit(evidence, &rules.majority),
            Model::Bayes => bayes::fit(evidence, &rules.bayes, trust, known),
            Model::Dense => bayes::fit(evidence, &rules.dense, trust, known),
            Model::DawidSkene => {
                dawid_skene::fit(evidence, &rules.dawid_skene, self.imagined, &weighted(evidence, trust), known)
            }
            Model::Catd => catd::fit(evidence, &rules.catd),
            Model::TruthFinder => truth_finder::fit(evidence, &rules.truth_finder, self.anchored.then_some(trust)),
            Model::Numeric => numeric::fit(evidence, &rules.numeric),
        }
    }
}

/// Belief per option when every source votes with its trust.
fn weighted(evidence: &Evidence<'_>, trust: &[f64]) -> Vec<f64> {
    let table = evidence.table;
    let voice = (0..table.claims())
        .map(|claim| (evidence.vote(claim) * trust[table.claim_source[claim] as usize] / table.weight(claim)) as f32);
    Evidence { table, voice: voice.collect(), kin: Kin::default() }.shares()
}

/// Beliefs with their log-odds divided by the temperature: those of EM are too sure of themselves.
pub fn tempered(table: &Table, belief: &[f64], temperature: f64) -> Vec<f64> {
    let mut tempered: Vec<f64> = belief.iter().map(|belief| belief.powf(1.0 / temperature)).collect();
    for item in 0..table.item_count() {
        super::evidence::normalise(&mut tempered[table.options_of(item)]);
    }
    tempered
}

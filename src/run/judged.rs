//! People's verdicts over those of the rules, before anything is counted or scored.

use std::collections::BTreeMap;
use std::mem;

use compact_str::CompactString;

use super::rows::pair_id;
use crate::compare::finding::Finding;
use crate::compare::slot::slots;
use crate::compare::story::Compared;
use crate::matching::group::Story;
use crate::report::tables::Pair;
use crate::run::wording::name;
use crate::voices::Voices;
use crate::voices::judgement::Passages;

/// What the rules said of pairs that a judgement overrides, by the pair's id.
pub type Overruled = BTreeMap<CompactString, CompactString>;

/// Overrides the verdicts that people judged; slots and their conflicts follow.
pub fn apply(story: &Story, compared: &mut Compared, voices: &Voices) -> Overruled {
    let mut overruled = Overruled::new();
    if !voices.has_judgements() {
        return overruled;
    }
    let judged = |mut finding: Finding| {
        let id = pair_id(story, &finding);
        let judged =
            voices.judgement(&id, &passages(story, &finding)).and_then(|judgement| judgement.verdict.verdict());
        if let Some(verdict) = judged.filter(|verdict| *verdict != finding.verdict) {
            overruled.insert(id, name(&finding.verdict));
            finding.verdict = verdict;
            finding.overtaken = None;
        }
        finding
    };
    compared.findings = mem::take(&mut compared.findings).into_iter().map(judged).collect();
    if !overruled.is_empty() {
        compared.slots = slots(&compared.findings);
    }
    overruled
}

/// Tells in the rows what was overridden.
pub fn note(pairs: &mut [Pair], overruled: &Overruled) {
    for pair in pairs.iter_mut().filter(|_| !overruled.is_empty()) {
        pair.overruled = overruled.get(&pair.disagreement_id).cloned().unwrap_or_default();
    }
}

fn passages(story: &Story, finding: &Finding) -> Passages {
    let sides = [&finding.a, &finding.b].map(|side| (side.text(&story.members), side.value.as_str()));
    Passages::new(&name(&finding.kind), sides.each_ref().map(|(text, value)| (text.as_ref(), *value)))
}

//! People's verdicts over those of the rules, before anything is counted or scored.

use super::rows::pair_id;
use crate::compare::finding::Finding;
use crate::compare::slot::slots;
use crate::compare::story::Compared;
use crate::matching::group::Story;
use crate::run::wording::name;
use crate::voices::Voices;
use crate::voices::judgement::Passages;

/// Overrides the verdicts that people judged; slots and their conflicts follow.
pub fn apply(story: &Story, compared: &mut Compared, voices: &Voices) {
    if !voices.has_judgements() {
        return;
    }
    let mut overridden = false;
    for finding in &mut compared.findings {
        let id = pair_id(story, finding);
        let judged = voices.judgement(&id, &passages(finding)).and_then(|judgement| judgement.verdict.verdict());
        if let Some(verdict) = judged.filter(|verdict| *verdict != finding.verdict) {
            finding.verdict = verdict;
            finding.overtaken = None;
            overridden = true;
        }
    }
    if overridden {
        compared.slots = slots(&compared.findings);
    }
}

fn passages(finding: &Finding) -> Passages {
    let (a, b) = (&finding.a, &finding.b);
    Passages::new(&name(&finding.kind), [(&a.text, &a.value), (&b.text, &b.value)])
}

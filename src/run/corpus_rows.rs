//! Rows that belong to no story: of documents, copies, problems and rules.

use super::grouping::Grouping;
use super::record::Sheet;
use super::tally::Tally;
use super::wording::name;
use crate::document::Problem;
use crate::matching::credit::First;
use crate::matching::reprint::{Copy, Extent};
use crate::report::tables;
use crate::rules::RuleBook;

/// The row of a document.
pub fn document(sheet: &Sheet, number: usize, grouping: &Grouping) -> tables::Document {
    let Sheet { facts, claims, .. } = sheet;
    let noise = &facts.noise;
    tables::Document {
        document: facts.path.clone(),
        source: facts.source.clone(),
        story_id: grouping.story_id(number).to_owned(),
        copy_group: grouping.copy_group(number).unwrap_or_default(),
        title: facts.title.clone().unwrap_or_default(),
        published: facts.published.map(|p| p.date),
        published_from: facts.published.map(|p| name(&p.origin).into()).unwrap_or_default(),
        language: facts.language.clone(),
        encoding: facts.encoding.clone(),
        words: facts.words,
        body_share: Some(1.0 - f64::from(noise.boilerplate_share)),
        boilerplate_share: Some(noise.boilerplate_share.into()),
        padding_share: Some(noise.padding_share.into()),
        placeholder_share: Some(noise.placeholder_share.into()),
        copied_share: Some(grouping.copied_share(number)),
        claims: *claims,
        attributed: facts.conduct.attributed,
        corrected: Some(facts.conduct.corrected),
        headline_differs: facts.conduct.headline_differs,
        credits: grouping.prints.of(number).credits.join("; "),
        origin: grouping.origins.of(grouping.unit[number], &facts.source).unwrap_or_default().to_owned(),
        text_digest: facts.digest.clone(),
        undecodable: facts.undecodable.into(),
        repeated_share: Some(noise.repeated_share.into()),
        page_words: noise.words.into(),
    }
}

/// The row of two documents that share text.
pub fn copy(copy: &Copy, grouping: &Grouping) -> tables::Copy {
    let (original, original_by) = match grouping.prints.first(copy) {
        First::ACredited => (Some(copy.a), "credit"),
        First::BCredited => (Some(copy.b), "credit"),
        First::AEarlier => (Some(copy.a), "day"),
        First::BEarlier => (Some(copy.b), "day"),
        First::Unknown => (None, ""),
    };
    tables::Copy {
        document_a: grouping.paths.get(copy.a).to_owned(),
        document_b: grouping.paths.get(copy.b).to_owned(),
        source_a: grouping.prints.source(copy.a).to_owned(),
        source_b: grouping.prints.source(copy.b).to_owned(),
        containment_a: Some(copy.containment_a),
        containment_b: Some(copy.containment_b),
        earlier: earlier(copy, grouping).unwrap_or_default().to_owned(),
        credited: Some(grouping.prints.is_told(copy)),
        original: original.map(|document| grouping.paths.get(document)).unwrap_or_default().to_owned(),
        original_by: original_by.to_owned(),
        extent: extent(copy.extent).to_owned(),
        longest_passage: copy.longest.words.into(),
        line_a: copy.longest.line_a.into(),
        line_b: copy.longest.line_b.into(),
    }
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Copy => "copy",
        Extent::Partial => "partial",
        Extent::Passage => "passage",
    }
}

/// The row of a problem.
pub fn problem(problem: &Problem) -> tables::Problem {
    let Problem { document, stage, code, message } = problem.clone();
    tables::Problem { document, stage, code, message }
}

/// A row for every rule, those that had no say included.
pub fn rules(book: &RuleBook, tally: &Tally) -> Vec<tables::Rule> {
    let rules = book.rules().into_iter().map(|rule| {
        let counts = tally.rules.get(&rule.id).copied().unwrap_or_default();
        tables::Rule {
            rule: rule.id,
            file: rule.file,
            fired: counts.fired,
            agreed: counts.agreed,
            contradicted: counts.contradicted,
            examples: (rule.fires + rule.silent) as u64,
            stage: rule.stage.to_owned(),
            line: rule.line as u64,
            about: rule.about,
        }
    });
    rules.collect()
}

/// The path of the document published first, where both days are known and differ.
fn earlier<'g>(copy: &Copy, grouping: &'g Grouping) -> Option<&'g str> {
    let published = |document| grouping.prints.published(document);
    let (a, b) = (published(copy.a)?, published(copy.b)?);
    (a != b).then(|| grouping.paths.get(if a < b { copy.a } else { copy.b }))
}

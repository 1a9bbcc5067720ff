//! The tables of a run folder. Each file describes one kind of row; here is what they are called.

mod claims;
mod copies;
mod documents;
mod furniture;
mod losses;
mod pairs;
mod problems;
mod rules;
mod sources;

pub use claims::Claim;
pub use copies::Copy;
pub use documents::Document;
pub use furniture::Furniture;
pub use losses::Loss;
pub use pairs::Pair;
pub use problems::Problem;
pub use rules::Rule;
pub use sources::Source;

use super::table::{Row, Table};

/// The scorecards.
pub const SOURCES: Table =
    Table { name: "sources", row: "One source: its scorecard.", key: &["source_id"], columns: Source::COLUMNS };

/// What to look at first.
pub const DISAGREEMENTS: Table = Table {
    name: "disagreements",
    row: "Two mentions that cannot both be true, or of which the later overtook the earlier.",
    key: &["disagreement_id"],
    columns: Pair::COLUMNS,
};

/// The other side of the coin.
pub const AGREEMENTS: Table = Table {
    name: "agreements",
    row: "Two mentions of independent sources that agree, or of which one says less or says it in another writing.",
    key: &["disagreement_id"],
    columns: Pair::COLUMNS,
};

/// What each score is the sum of.
pub const LOSSES: Table = Table {
    name: "losses",
    row: "One slot in which a source is in the minority, or what the prior adds: the points of a source add up to 100 − score.",
    key: &["loss_id"],
    columns: Loss::COLUMNS,
};

/// Written on request: what was looked at and turned down.
pub const NOT_COMPARABLE: Table = Table {
    name: "not_comparable",
    row: "Two mentions that looked comparable and were turned down; `why` says at which question.",
    key: &["disagreement_id"],
    columns: Pair::COLUMNS,
};

/// Everything the documents claim.
pub const CLAIMS: Table =
    Table { name: "claims", row: "One mention of a claim.", key: &["mention_id"], columns: Claim::COLUMNS };

/// What was read.
pub const DOCUMENTS: Table =
    Table { name: "documents", row: "One document.", key: &["document"], columns: Document::COLUMNS };

/// What was not read as article.
pub const FURNITURE: Table = Table {
    name: "furniture",
    row: "One line behind its document's noise: of the page and not of the article, or of the article and said before.",
    key: &["document", "line"],
    columns: Furniture::COLUMNS,
};

/// Who printed whose text.
pub const COPIES: Table = Table {
    name: "copies",
    row: "Two documents that share text.",
    key: &["document_a", "document_b"],
    columns: Copy::COLUMNS,
};

/// What the rules did.
pub const RULES: Table = Table {
    name: "rules",
    row: "One rule, and how often it had a say.",
    key: &["file", "line"],
    columns: Rule::COLUMNS,
};

/// What failed.
pub const PROBLEMS: Table =
    Table { name: "problems", row: "One document or row that failed.", key: &[], columns: Problem::COLUMNS };

/// All tables, in the order a reader wants them.
pub const ALL: [&Table; 11] = [
    &SOURCES,
    &DISAGREEMENTS,
    &AGREEMENTS,
    &NOT_COMPARABLE,
    &CLAIMS,
    &DOCUMENTS,
    &COPIES,
    &FURNITURE,
    &RULES,
    &PROBLEMS,
    &LOSSES,
];

/// The table called `name`.
pub fn named(name: &str) -> Option<&'static Table> {
    ALL.into_iter().find(|table| table.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns other programs rely on, in their order; more may follow.
    const CONTRACT: [(&str, &str); 11] = [
        (
            "sources",
            "source, source_id, evidence_level, consistency_score, consistency_low, consistency_high, noise_score, flags, \
             documents, independent_documents, words, peers, claims, comparable_slots, contradicted, contradiction_rate, \
             minority, minority_rate, disputed_ties, corroborated, corroboration_rate, sole_source_share, superseded, \
             self_contradictions, quotes_compared, quotes_verbatim, quotes_minor, quotes_changed, quote_fidelity, \
             quotes_meaning_changed",
        ),
        ("disagreements", PAIR),
        ("agreements", PAIR),
        ("not_comparable", PAIR),
        (
            "claims",
            "mention_id, document, source, line, start, end, attribute, subject, value, unit, time, place, speaker, modality, \
             polarity, text, story_id, slot_id",
        ),
        (
            "documents",
            "document, source, story_id, copy_group, title, published, published_from, language, encoding, words, body_share, \
             boilerplate_share, padding_share, placeholder_share, copied_share, claims",
        ),
        ("furniture", "document, line, kind, rule, text"),
        ("copies", "document_a, document_b, source_a, source_b, containment_a, containment_b, earlier, credited"),
        ("rules", "rule, file, fired, agreed, contradicted, examples"),
        ("problems", "document, stage, code, message"),
        ("losses", "loss_id, source, source_id, slot_id, disagreement_id, kind, lost_column, points"),
    ];

    const PAIR: &str = "disagreement_id, story_id, slot_id, kind, verdict, severity, speaker, source_a, document_a, line_a, \
         start_a, end_a, text_a, value_a, modality_a, source_b, document_b, line_b, start_b, end_b, text_b, value_b, \
         modality_b, diff, units_a, units_b, rule, why, reviewed, note";

    #[test]
    fn tables_begin_with_the_columns_agreed_on() {
        for (name, columns) in CONTRACT {
            let table = named(name).unwrap();
            let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let agreed: Vec<_> = columns.split(", ").collect();
            assert_eq!(&names[..agreed.len()], agreed, "{name}");
        }
    }

    #[test]
    fn every_column_has_a_meaning_and_every_key_a_column() {
        for table in ALL {
            assert!(table.columns.iter().all(|column| column.about().ends_with('.')), "{}", table.name);
            let is_column = |key: &&str| table.columns.iter().any(|column| column.name == *key);
            assert!(table.key.iter().all(is_column), "{}", table.name);
        }
    }
}

//! What stands beside the disagreements: values over time, copies, noise.

use super::facts::Facts;
use super::markup::Markup;
use super::plot;
use crate::report::stored::StoredRow;

/// The values given to the slots most disagreed about, by day of publication.
pub fn slots(page: &mut Markup, facts: &Facts) {
    if facts.slots.values().all(Vec::is_empty) {
        return;
    }
    page.text_tag("h2", "", "Values over time");
    page.text_tag("p", "", "The slots with most disagreements, each with every mention by day of publication.");
    for (slot, mentions) in facts.slots.iter().filter(|(_, mentions)| !mentions.is_empty()) {
        let mut mentions: Vec<&StoredRow> = mentions.iter().collect();
        mentions.sort_by_key(|row| (facts.day(row.text("document")), row.text("document"), row.count("start")));
        let first = mentions[0];
        page.tag("details", &[("id", &slot)], |details| {
            let heading = format!("{} of {} ({slot})", first.text("attribute"), first.text("subject"));
            details.text_tag("summary", "", heading);
            let rows = mentions.iter().map(|row| {
                [
                    facts.day(row.text("document")),
                    row.text("source"),
                    row.text("value"),
                    row.text("modality"),
                    row.text("document"),
                ]
            });
            table(details, ["published", "source", "value", "modality", "document"], rows);
        });
        page.line();
    }
}

/// Who printed whose text.
pub fn copies(page: &mut Markup, facts: &Facts) {
    if facts.copies.is_empty() {
        return;
    }
    page.text_tag("h2", "", "Copies");
    page.text_tag(
        "p",
        "",
        format!(
            "{} of {} pairs of documents that share text. Copies of one text count as one source of evidence.",
            facts.copies.len(),
            facts.copy_count
        ),
    );
    let rows: Vec<[String; 5]> = facts.copies.iter().map(|row| copy(row, facts)).collect();
    let cells = rows.iter().map(|row| [&*row[0], &*row[1], &*row[2], &*row[3], &*row[4]]);
    table(page, ["earlier", "", "later", "shared", "credited"], cells);
}

/// The earlier document first, where that is known.
fn copy(row: &StoredRow, facts: &Facts) -> [String; 5] {
    let (a, b) = (row.text("document_a"), row.text("document_b"));
    let known = !row.text("earlier").is_empty();
    let (first, second, share) =
        if row.text("earlier") == b { (b, a, "containment_a") } else { (a, b, "containment_b") };
    let named = |document: &str| {
        let source = if document == a { row.text("source_a") } else { row.text("source_b") };
        format!("{source}: {document} {}", facts.day(document))
    };
    let arrow = if known { "→" } else { "–" };
    [named(first), arrow.into(), named(second), row.text(share).to_owned(), row.text("credited").to_owned()]
}

/// How much of each source's text is noise, and what such lines look like.
pub fn noise(page: &mut Markup, facts: &Facts, most: usize) {
    let mut rows: Vec<(String, f64, String)> = facts
        .sources
        .iter()
        .filter_map(|source| {
            let score = source.number("noise_score")?;
            Some((source.text("source").to_owned(), score, format!("{score:.1}  n {} words", source.text("words"))))
        })
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows.truncate(most);
    page.text_tag("h2", "", "Noise");
    page.text_tag(
        "p",
        "",
        "Page furniture, padding, placeholder text and repetition; it says nothing about truth or tone.",
    );
    if !rows.is_empty() {
        plot::bars(page, "Noise score of each source", &rows);
    }
    for (kind, (count, lines)) in &facts.furniture {
        page.tag("p", &[("class", &"furniture")], |p| {
            p.text_tag("strong", "", format!("{kind} ({count}): "));
            for line in lines {
                p.text_tag("del", "noise", line.text("text").chars().take(120).collect::<String>());
                p.text(" ");
            }
        });
        page.line();
    }
}

/// A table of texts.
pub fn table<'t, const N: usize>(page: &mut Markup, headings: [&str; N], rows: impl Iterator<Item = [&'t str; N]>) {
    page.tag("div", &[("class", &"scroll")], |div| {
        div.tag("table", &[], |table| {
            table.tag("tr", &[], |row| headings.iter().for_each(|heading| row.text_tag("th", "", heading)));
            for cells in rows {
                table.tag("tr", &[], |row| cells.iter().for_each(|cell| row.text_tag("td", "", cell)));
                table.line();
            }
        });
    });
}

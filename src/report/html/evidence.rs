//! What stands beside the disagreements: values over time, copies, noise.

use super::facts::Facts;
use super::markup::Markup;
use super::passage::head;
use super::plot;
use crate::report::PageRules;
use crate::report::stored::StoredRow;

/// The values given to the slots most disagreed about, by day of publication.
pub fn slots(page: &mut Markup, facts: &Facts, rules: &PageRules) {
    if facts.slots.values().all(Vec::is_empty) {
        return;
    }
    page.section("values", "Values over time", |section| {
        section.tag("p", &[], |p| {
            p.text(
                "The slots with most disagreements, each with its mentions by day of publication; all mentions are in ",
            );
            p.files(&facts.files["claims"]);
            p.text(".");
        });
        for (slot, mentions) in facts.slots.iter().filter(|(_, mentions)| !mentions.is_empty()) {
            self::slot(section, slot, mentions, (facts, rules));
            section.line();
        }
    });
}

fn slot(page: &mut Markup, slot: &str, mentions: &[StoredRow], (facts, rules): (&Facts, &PageRules)) {
    let mut mentions: Vec<&StoredRow> = mentions.iter().collect();
    mentions.sort_by_key(|row| (facts.day(row.text("document")), row.text("document"), row.count("start")));
    let (attribute, subject) = (mentions[0].text("attribute"), head(mentions[0].text("subject"), rules.wording));
    let heading = if subject.is_empty() { attribute.to_owned() } else { format!("{attribute} of {subject}") };
    page.tag("details", &[], |details| {
        details.text_tag("summary", "", format!("{heading} ({slot})"));
        // A browser opens what it is led into, and not what it is led to.
        details.tag("div", &[("id", &slot)], |inside| {
            let values: Vec<String> = mentions.iter().map(|row| head(row.text("value"), rules.wording)).collect();
            let rows = mentions.iter().zip(&values).map(|(row, value)| {
                let document = row.text("document");
                [facts.day(document), row.text("source"), value.as_str(), row.text("modality"), document]
            });
            table(inside, &heading, ["published", "source", "value", "modality", "document"], rows);
        });
    });
}

/// Who printed whose text.
pub fn copies(page: &mut Markup, facts: &Facts) {
    if facts.copies.is_empty() {
        return;
    }
    page.section("copies", "Copies", |section| {
        section.tag("p", &[], |p| {
            let (shown, all) = (facts.copies.len(), facts.copy_count);
            p.text(format!("{shown} of {all} pairs of documents that share text, as in "));
            p.files(&facts.files["copies"]);
            p.text(". Copies of one text count as one source of evidence.");
        });
        let rows: Vec<[String; 5]> = facts.copies.iter().map(|row| copy(row, facts)).collect();
        let cells = rows.iter().map(|row| [&*row[0], &*row[1], &*row[2], &*row[3], &*row[4]]);
        table(section, "Pairs of copies", ["earlier", "which way", "later", "shared", "credited"], cells);
    });
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
pub fn noise(page: &mut Markup, facts: &Facts) {
    let mut rows: Vec<(String, f64, String)> = facts
        .sources
        .iter()
        .filter_map(|source| {
            let score = source.number("noise_score")?;
            Some((source.text("source").to_owned(), score, format!("{score:.1}  n {} words", source.text("words"))))
        })
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    page.section("noise", "Noise", |section| {
        section.tag("p", &[], |p| {
            p.text("Page furniture, padding, placeholder text and repetition, line by line in ");
            p.files(&facts.files["furniture"]);
            p.text("; it says nothing about truth or tone.");
        });
        if !rows.is_empty() {
            plot::bars(section, "Noise score of each source", &rows);
        }
        facts.furniture.iter().for_each(|(kind, (count, lines))| furniture(section, kind, *count, lines));
    });
}

/// What lines of a kind look like.
fn furniture(page: &mut Markup, kind: &str, count: u64, lines: &[StoredRow]) {
    page.tag("p", &[("class", &"furniture")], |p| {
        p.text_tag("strong", "", format!("{kind} ({count}): "));
        for line in lines {
            p.text_tag("del", "noise", head(line.text("text"), 120));
            p.text(" ");
        }
    });
    page.line();
}

/// A table of texts, called `label` by readers of the screen.
pub fn table<'t, const N: usize>(
    page: &mut Markup,
    label: &str,
    headings: [&str; N],
    rows: impl Iterator<Item = [&'t str; N]>,
) {
    page.scroll(label, |div| {
        div.tag("table", &[], |table| {
            table.tag("thead", &[], |head| {
                head.tag("tr", &[], |row| headings.iter().for_each(|heading| row.heading_cell("col", heading)));
            });
            table.tag("tbody", &[], |body| {
                for cells in rows {
                    body.tag("tr", &[], |row| cells.iter().for_each(|cell| row.text_tag("td", "", cell)));
                    body.line();
                }
            });
        });
    });
}

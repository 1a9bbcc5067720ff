//! The scorecards: dots with intervals, and where each score's points went.

use super::facts::Facts;
use super::markup::Markup;
use super::passage::head;
use super::plot;
use crate::report::stored::StoredRow;

const LOSSES: [(&str, &str); 8] = [
    ("lost_quotes", "quotations"),
    ("lost_numbers", "numbers, durations"),
    ("lost_times", "dates, times"),
    ("lost_places", "venues, places"),
    ("lost_people", "persons, roles"),
    ("lost_events", "what happened"),
    ("lost_other", "other statements"),
    ("small_sample_adjustment", "small-sample adjustment"),
];

/// Characters of a value in the account of a score: longer ones are quotations, which the card shows.
const VALUE: usize = 80;

/// Columns of the table below the plot, with their headings.
const COLUMNS: [(&str, &str); 10] = [
    ("evidence_level", "evidence"),
    ("consistency_score", "score"),
    ("noise_score", "noise"),
    ("documents", "documents"),
    ("comparable_slots", "comparable"),
    ("contradicted", "contradicted"),
    ("minority", "minority"),
    ("disputed_ties", "ties"),
    ("corroborated", "corroborated"),
    ("quotes_compared", "quotes"),
];

/// The plot, those without a score apart, and the table.
pub fn scores(page: &mut Markup, facts: &Facts) {
    let (mut scored, unscored): (Vec<&StoredRow>, Vec<&StoredRow>) =
        facts.sources.iter().partition(|source| source.number("consistency_score").is_some());
    scored.sort_by(|a, b| order(a).total_cmp(&order(b)).then_with(|| a.text("source").cmp(b.text("source"))));
    page.section("sources", "Sources", |section| {
        told(section, facts);
        if !scored.is_empty() {
            plot::dots(section, &scored);
        }
        if !unscored.is_empty() {
            let names: Vec<&str> = unscored.iter().map(|source| source.text("source")).collect();
            section.tag("p", &[("class", &"apart")], |p| {
                p.text_tag("strong", "", "Not enough evidence for a score: ");
                p.text(names.join(", "));
            });
        }
        table(section, facts);
        replies(section, facts);
        waterfalls(section, &scored, facts);
    });
}

fn told(page: &mut Markup, facts: &Facts) {
    page.tag("p", &[], |p| {
        p.text(
            "The dot is the score, the line its 95 % interval, n the slots compared. Sources whose lines overlap cannot be told \
             apart. In the order of the lower limit. ",
        );
        let (shown, all) = (facts.sources.len(), facts.source_count);
        if shown < all {
            p.text(format!("Of {all} sources the {shown} with most documents are shown; all are in "));
        } else {
            p.text("With all columns: ");
        }
        p.files(&facts.files["sources"]);
        p.text(".");
    });
}

/// What sources replied to their scorecards.
fn replies(page: &mut Markup, facts: &Facts) {
    for source in facts.sources.iter().filter(|source| !source.text("reply").is_empty()) {
        page.tag("p", &[("class", &"note")], |p| {
            p.text_tag("strong", "", "Reply: ");
            p.text(source.text("reply"));
        });
    }
}

/// Best lower limit first.
fn order(source: &StoredRow) -> f64 {
    -source.number("consistency_low").unwrap_or_default()
}

fn table(page: &mut Markup, facts: &Facts) {
    page.scroll("Scorecards", |div| {
        div.tag("table", &[("class", &"scorecards")], |table| {
            table.tag("thead", &[], |head| {
                head.tag("tr", &[], |row| {
                    row.heading_cell("col", "source");
                    COLUMNS.iter().for_each(|(_, heading)| row.heading_cell("col", heading));
                });
            });
            facts.sources.iter().for_each(|source| table_rows(table, source));
        });
    });
}

/// The figures of a source, and below them what is to be known of it in words.
fn table_rows(table: &mut Markup, source: &StoredRow) {
    let id = format!("source-{}", source.text("source_id"));
    table.tag("tbody", &[("id", &id)], |body| {
        body.tag("tr", &[], |row| {
            row.heading_cell("row", source.text("source"));
            for (column, _) in COLUMNS {
                match source.number(column) {
                    Some(number) if column.ends_with("_score") => row.text_tag("td", "number", format!("{number:.1}")),
                    Some(_) => row.text_tag("td", "number", source.text(column)),
                    None => row.text_tag("td", "", source.text(column)),
                }
            }
        });
        if !source.text("flags").is_empty() {
            body.tag("tr", &[("class", &"flags")], |row| {
                let columns = COLUMNS.len() + 1;
                row.tag("td", &[("colspan", &columns)], |cell| cell.text_tag("span", "", source.text("flags")));
            });
        }
    });
    table.line();
}

fn waterfalls(page: &mut Markup, scored: &[&StoredRow], facts: &Facts) {
    if scored.is_empty() {
        return;
    }
    page.text_tag("h3", "", "Where the points went");
    for source in scored {
        let steps: Vec<(&str, f64)> = LOSSES
            .iter()
            .filter_map(|(column, named)| Some((*named, source.number(column)?)))
            .filter(|(_, lost)| *lost != 0.0)
            .collect();
        let score = source.number("consistency_score").unwrap_or_default();
        page.tag("details", &[], |details| {
            details.text_tag("summary", "", format!("{}: 100 → {score:.1}", source.text("source")));
            plot::waterfall(details, &format!("From 100 to the score of {}", source.text("source")), &steps, score);
            account(details, source, facts);
        });
        page.line();
    }
}

/// The lines whose points add up to what the score lacks of 100, as they stand in losses.csv.
fn account(details: &mut Markup, source: &StoredRow, facts: &Facts) {
    let Some((count, lines)) = facts.losses.get(source.text("source")) else { return };
    details.tag("table", &[], |table| {
        for line in lines {
            table.tag("tr", &[], |row| account_line(row, line, facts));
        }
        table.tag("tr", &[], |row| {
            row.text_tag("td", "number", source.text("consistency_score"));
            row.heading_cell("row", "score");
        });
    });
    if *count > lines.len() as u64 {
        details.tag("p", &[], |p| {
            p.text(format!("{} of {count} lines shown; the rest is in ", lines.len()));
            p.files(&facts.files["losses"]);
            p.text(".");
        });
    }
}

fn account_line(row: &mut Markup, line: &StoredRow, facts: &Facts) {
    row.text_tag("td", "number", line.text("points"));
    let pair = line.text("disagreement_id");
    if pair.is_empty() {
        row.text_tag("td", "", line.text("note"));
        return;
    }
    row.tag("td", &[], |cell| {
        if facts.cards.iter().any(|card| card.text("disagreement_id") == pair) {
            cell.tag("a", &[("href", &format!("#{pair}"))], |a| a.text(line.text("kind")));
        } else {
            cell.text(line.text("kind"));
        }
        let (own, other) = (head(line.text("value"), VALUE), head(line.text("other_value"), VALUE));
        cell.text(format!(" {own} ({}) beside {other} ({})", line.text("units"), line.text("other_units")));
        if !line.text("note").is_empty() {
            cell.text(format!("; {}", head(line.text("note"), 2 * VALUE)));
        }
    });
}

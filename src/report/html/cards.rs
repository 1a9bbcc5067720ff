//! Disagreements as cards: both passages, the words that differ, who prints which, why.

use super::facts::{Facts, Others};
use super::markup::Markup;
use super::passage::{diff, head, passage};
use crate::report::PageRules;
use crate::report::stored::StoredRow;

/// The cards, in the order of `disagreements.csv`.
pub fn cards(page: &mut Markup, facts: &Facts, rules: &PageRules) {
    page.section("disagreements", "Disagreements", |section| {
        counts(section, facts);
        for row in &facts.cards {
            card(section, row, facts, rules);
            section.line();
        }
    });
}

/// How many there are, and where those are that no card shows.
fn counts(page: &mut Markup, facts: &Facts) {
    let shown = facts.cards.len() as u64;
    let all = facts.disagreements - facts.repeats;
    page.tag("p", &[], |p| {
        p.text(format!("{shown} of {all} shown, the most severe first, and of these the likeliest."));
        if facts.repeats > 0 {
            p.text(format!(
                " {} more are the same between copies of these texts, named on their cards.",
                facts.repeats
            ));
        }
        p.text(if shown < all { " The rest is in " } else { " As a table: " });
        p.files(&facts.files["disagreements"]);
        if shown < all {
            p.text("; ");
            p.text_tag("code", "", "variorum explain ID");
            p.text(" shows any row of it as here.");
        } else {
            p.text(".");
        }
    });
}

fn card(page: &mut Markup, row: &StoredRow, facts: &Facts, rules: &PageRules) {
    let id = row.text("disagreement_id");
    let others = facts.wordings.beside(row);
    page.tag("article", &[("class", &"card"), ("id", &id), ("aria-label", &label(row))], |card| {
        heading(card, row);
        card.tag("div", &[("class", &"sides")], |sides| {
            side(sides, row, "a", &others.same[0], (facts, rules));
            side(sides, row, "b", &others.same[1], (facts, rules));
        });
        if !row.text("diff").is_empty() {
            card.tag("p", &[("class", &"diff")], |p| diff(p, &head(row.text("diff"), rules.passage)));
        }
        further(card, &others, rules);
        reason(card, row, facts, rules);
        voices(card, row, rules);
    });
}

/// What somebody hears who goes from card to card without seeing them.
fn label(row: &StoredRow) -> String {
    format!("{}: {} and {}", row.text("kind"), row.text("source_a"), row.text("source_b"))
}

fn heading(card: &mut Markup, row: &StoredRow) {
    card.tag("header", &[], |header| {
        header.text_tag("span", "kind", row.text("kind"));
        header.text_tag("span", "verdict", row.text("verdict"));
        for part in ["severity", "speaker"] {
            if !row.text(part).is_empty() {
                header.text_tag("span", "part", head(row.text(part), 80));
            }
        }
        if let Some(chance) = row.number("confidence") {
            header.text_tag("span", "part", format!("confidence {chance:.2}"));
        }
        let id = row.text("disagreement_id");
        header.tag("a", &[("href", &format!("#{id}")), ("class", &"id")], |a| a.text(id));
    });
}

fn side(sides: &mut Markup, row: &StoredRow, which: &str, same: &[&str], (facts, rules): (&Facts, &PageRules)) {
    let cell = |name: &str| row.text(&format!("{name}_{which}"));
    sides.tag("section", &[("class", &"side")], |side| {
        side.tag("h3", &[], |h| {
            match facts.source_id(cell("source")) {
                Some(id) => h.tag("a", &[("href", &format!("#source-{id}"))], |a| a.text(cell("source"))),
                None => h.text(cell("source")),
            }
            let units = cell("units");
            let plural = if units == "1" { "" } else { "s" };
            h.text_tag("small", "", format!(" {units} independent source{plural} with this value"));
        });
        side.tag("blockquote", &[], |quote| passage(quote, cell("text"), cell("value"), rules.passage));
        side.tag("p", &[("class", &"where")], |p| {
            p.text(format!("{} line {}", cell("document"), cell("line")));
            for part in [facts.day(cell("document")), cell("modality")] {
                if !part.is_empty() {
                    p.text(format!(" · {part}"));
                }
            }
            if !cell("also").is_empty() {
                p.text(format!(" · the same in its copies {}", head(cell("also"), rules.passage)));
            }
        });
        if !same.is_empty() {
            side.text_tag("p", "where", format!("the same wording in {}", names(same, rules.names)));
        }
    });
}

/// The first names, and how many more there are.
fn names(names: &[&str], most: usize) -> String {
    let first = names[..names.len().min(most)].join(", ");
    if names.len() > most { format!("{first} and {} more", names.len() - most) } else { first }
}

/// What else is printed about the same.
fn further(card: &mut Markup, others: &Others, rules: &PageRules) {
    if others.further.is_empty() {
        return;
    }
    let shown = others.further.iter().take(rules.wordings);
    let told = shown.map(|(wording, by)| format!("“{}” in {}", head(wording, rules.wording), names(by, rules.names)));
    let told = told.collect::<Vec<_>>().join("; ");
    let left = others.further.len().saturating_sub(rules.wordings);
    let more = if left > 0 { format!("; and {left} more") } else { String::new() };
    card.text_tag("p", "where", format!("Other wordings: {told}{more}"));
}

fn reason(card: &mut Markup, row: &StoredRow, facts: &Facts, rules: &PageRules) {
    card.tag("p", &[("class", &"why")], |p| {
        p.text(head(row.text("why"), rules.passage));
        p.text(" · rule ");
        p.text_tag("code", "", row.text("rule"));
        let slot = row.text("slot_id");
        if facts.slots.get(slot).is_some_and(|mentions| !mentions.is_empty()) {
            p.text(" · ");
            p.tag("a", &[("href", &format!("#{slot}"))], |a| a.text("all values over time"));
        }
    });
}

/// What a person judged, and what the sources reply.
fn voices(card: &mut Markup, row: &StoredRow, rules: &PageRules) {
    let (reviewed, note) = (row.text("reviewed"), row.text("note"));
    if !reviewed.is_empty() || !note.is_empty() {
        card.tag("p", &[("class", &"note")], |p| {
            p.text_tag("strong", "", format!("Reviewed: {reviewed} "));
            p.text(head(note, rules.passage));
        });
    }
    if !row.text("replies").is_empty() {
        card.tag("p", &[("class", &"note")], |p| {
            p.text_tag("strong", "", "Reply: ");
            p.text(head(row.text("replies"), rules.passage));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_beyond_the_limit_are_counted() {
        let check = |all: &[&str], expected: &str| assert_eq!(names(all, 2), expected);
        check(&["a"], "a");
        check(&["a", "b"], "a, b");
        check(&["a", "b", "c", "d"], "a, b and 2 more");
    }
}

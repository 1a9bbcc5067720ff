//! Disagreements as cards: both passages, the words that differ, who prints which, why.

use super::facts::Facts;
use super::markup::Markup;
use super::passage::{diff, passage};
use crate::report::PageRules;
use crate::report::stored::StoredRow;

/// The cards, in the order of `disagreements.csv`.
pub fn cards(page: &mut Markup, facts: &Facts, rules: &PageRules) {
    page.text_tag("h2", "", "Disagreements");
    let shown = facts.cards.len();
    let all = facts.disagreements - facts.repeats;
    let left = if (shown as u64) < all { "; the rest is in disagreements.csv" } else { "" };
    let repeats = match facts.repeats {
        0 => String::new(),
        n => format!(" {n} more are the same between copies of these texts, named on their cards."),
    };
    page.text_tag("p", "", format!("{shown} of {all} shown{left}.{repeats}"));
    for row in &facts.cards {
        card(page, row, facts, rules);
        page.line();
    }
}

fn card(page: &mut Markup, row: &StoredRow, facts: &Facts, rules: &PageRules) {
    let id = row.text("disagreement_id");
    page.tag("article", &[("class", &"card"), ("id", &id)], |card| {
        heading(card, row);
        card.tag("div", &[("class", &"sides")], |sides| {
            side(sides, row, "a", facts, rules);
            side(sides, row, "b", facts, rules);
        });
        if !row.text("diff").is_empty() {
            card.tag("p", &[("class", &"diff")], |p| diff(p, row.text("diff")));
        }
        reason(card, row, facts);
    });
}

fn heading(card: &mut Markup, row: &StoredRow) {
    card.tag("header", &[], |header| {
        header.text_tag("span", "kind", row.text("kind"));
        header.text_tag("span", "verdict", row.text("verdict"));
        for part in ["severity", "speaker"] {
            if !row.text(part).is_empty() {
                header.text_tag("span", "part", row.text(part));
            }
        }
        let id = row.text("disagreement_id");
        header.tag("a", &[("href", &format!("#{id}")), ("class", &"id")], |a| a.text(id));
    });
}

fn side(sides: &mut Markup, row: &StoredRow, which: &str, facts: &Facts, rules: &PageRules) {
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
                p.text(format!(" · the same in its copies {}", cell("also")));
            }
        });
    });
}

fn reason(card: &mut Markup, row: &StoredRow, facts: &Facts) {
    card.tag("p", &[("class", &"why")], |p| {
        p.text(row.text("why"));
        p.text(" · rule ");
        p.text_tag("code", "", row.text("rule"));
        let slot = row.text("slot_id");
        if facts.slots.contains_key(slot) {
            p.text(" · ");
            p.tag("a", &[("href", &format!("#{slot}"))], |a| a.text("all values over time"));
        }
    });
    let (reviewed, note) = (row.text("reviewed"), row.text("note"));
    if !reviewed.is_empty() || !note.is_empty() {
        card.tag("p", &[("class", &"note")], |p| {
            p.text_tag("strong", "", format!("Reviewed: {reviewed} "));
            p.text(note);
        });
    }
    if !row.text("replies").is_empty() {
        card.tag("p", &[("class", &"note")], |p| {
            p.text_tag("strong", "", "Reply: ");
            p.text(row.text("replies"));
        });
    }
}

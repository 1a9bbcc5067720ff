//! Who disagrees with whom: a cell for each pair of sources, with its n.

use super::facts::Facts;
use super::markup::Markup;

/// The matrix of the sources with most documents.
pub fn matrix(page: &mut Markup, facts: &Facts) {
    if facts.matrix.len() < 2 {
        return;
    }
    page.section("matrix", "Who disagrees with whom", |section| {
        section.tag("p", &[], |p| told(p, facts));
        section.scroll("Matrix of sources", |div| {
            div.tag("table", &[("class", &"matrix")], |table| {
                table.tag("thead", &[], |head| {
                    head.tag("tr", &[], |row| {
                        row.void("td", &[]);
                        facts.matrix.iter().for_each(|name| row.heading_cell("col", name));
                    });
                });
                table.tag("tbody", &[], |body| facts.matrix.iter().for_each(|name| line(body, facts, name)));
            });
        });
    });
}

fn told(p: &mut Markup, facts: &Facts) {
    if facts.matrix.len() < facts.source_count {
        p.text(format!("The {} of {} sources with most documents. ", facts.matrix.len(), facts.source_count));
    }
    p.text("In each cell, of the rows of ");
    p.files(&facts.files["disagreements"]);
    p.text(" and ");
    p.files(&facts.files["agreements"]);
    p.text(" with these two, how many disagree / all of them; the darker, the larger the share. A link leads to their first card.");
}

fn line(body: &mut Markup, facts: &Facts, name: &str) {
    body.tag("tr", &[], |row| {
        row.heading_cell("row", name);
        for other in &facts.matrix {
            let (a, b) = if name <= other.as_str() { (name, other.as_str()) } else { (other.as_str(), name) };
            let Some((disagreeing, all)) = facts.pairs.get(&(a.to_owned(), b.to_owned())) else {
                row.text_tag("td", "none", "·");
                continue;
            };
            row.tag("td", &[("class", &shade(*disagreeing, *all))], |cell| {
                let told = format!("{disagreeing}/{all}");
                match facts.card_of(a, b) {
                    Some(card) => cell.tag("a", &[("href", &format!("#{card}"))], |a| a.text(told)),
                    None => cell.text(told),
                }
            });
        }
    });
    body.line();
}

/// One of five shades by the share.
fn shade(disagreeing: u64, all: u64) -> &'static str {
    match (disagreeing * 5).div_ceil(all.max(1)) {
        0 => "s0",
        1 => "s1",
        2 => "s2",
        3 => "s3",
        4 => "s4",
        _ => "s5",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_follow_the_share() {
        let check = |pair: (u64, u64), expected| assert_eq!(shade(pair.0, pair.1), expected);
        check((0, 9), "s0");
        check((1, 9), "s1");
        check((5, 9), "s3");
        check((9, 9), "s5");
        check((0, 0), "s0");
    }
}

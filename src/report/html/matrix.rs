//! Who disagrees with whom: a cell for each pair of sources, with its n.

use super::facts::Facts;
use super::markup::Markup;

/// The matrix of the `most` sources with most documents.
pub fn matrix(page: &mut Markup, facts: &Facts, most: usize) {
    let names = busiest(facts, most);
    if names.len() < 2 {
        return;
    }
    page.text_tag("h2", "", "Who disagrees with whom");
    page.text_tag(
        "p",
        "",
        "Rows of disagreements.csv / rows of it and of agreements.csv together; the darker, the larger the share.",
    );
    page.tag("div", &[("class", &"scroll")], |div| {
        div.tag("table", &[("class", &"matrix")], |table| {
            table.tag("tr", &[], |row| {
                row.text_tag("th", "", "");
                names.iter().for_each(|name| row.text_tag("th", "", name));
            });
            names.iter().for_each(|name| line(table, facts, name, &names));
        });
    });
}

fn busiest(facts: &Facts, most: usize) -> Vec<&str> {
    let mut sources: Vec<(u64, &str)> =
        facts.sources.iter().map(|source| (source.count("documents"), source.text("source"))).collect();
    sources.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut names: Vec<&str> = sources.into_iter().take(most).map(|(_, name)| name).collect();
    names.sort_unstable();
    names
}

fn line(table: &mut Markup, facts: &Facts, name: &str, names: &[&str]) {
    table.tag("tr", &[], |row| {
        row.text_tag("th", "", name);
        for other in names {
            let (a, b) = if name <= *other { (name, *other) } else { (*other, name) };
            let counts = facts.pairs.get(&(a.to_owned(), b.to_owned()));
            match counts {
                Some((disagreeing, all)) => {
                    row.text_tag("td", shade(*disagreeing, *all), format!("{disagreeing}/{all}"));
                }
                None => row.text_tag("td", "none", "·"),
            }
        }
    });
    table.line();
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

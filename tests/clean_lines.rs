//! How well furniture is told from prose on labelled pages; floors are pinned in `floors.toml`.

mod plain_lines;

use std::collections::BTreeMap;

use plain_lines::{Page, Tally, pages};
use variorum::clean::{LineCounts, Rules, clean};
use variorum::reading::Role;

#[test]
fn furniture_is_told_from_prose() {
    let Some(pages) = pages() else { return };
    let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
    let alone = rules.line_counts();
    let mut together = rules.line_counts();
    pages.iter().for_each(|page| together.observe(&page.document));
    let english = |page: &&Page| page.english;
    let tallies = [
        ("alone", tally(pages.iter(), &alone, &rules)),
        ("alone_english", tally(pages.iter().filter(english), &alone, &rules)),
        ("together", tally(pages.iter(), &together, &rules)),
        ("together_english", tally(pages.iter().filter(english), &together, &rules)),
    ];
    let floors: toml::Table = toml::from_str(include_str!("floors.toml")).unwrap();
    let floors: BTreeMap<String, f64> = floors["plain_lines"].clone().try_into().unwrap();
    for (name, tally) in &tallies {
        println!("{name:17} {tally}");
    }
    for (name, tally) in &tallies {
        for (measure, score) in [("words", tally.words()), ("lines", tally.lines()), ("furniture", tally.furniture())] {
            let floor = floors.get(&format!("{name}_{measure}")).copied().unwrap_or(0.0);
            assert!(score.f >= floor, "{name} {measure}: {score} is below its floor {floor}");
        }
    }
}

fn tally<'p>(pages: impl Iterator<Item = &'p Page>, counts: &LineCounts, rules: &Rules) -> Tally {
    let mut tally = Tally::default();
    for page in pages {
        let reading = clean(&page.document, counts, rules);
        let kept = |role| matches!(role, Role::Body | Role::Title | Role::Heading | Role::Restatement);
        let kept: Vec<bool> = reading.lines.iter().map(|l| kept(l.role)).collect();
        tally.add(&kept, &page.labels, &page.words);
    }
    tally
}

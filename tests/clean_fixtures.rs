//! Pages of several site styles with every line's mark, as readable snapshots.
//!
//! `tests/fixtures/clean/<name>.txt` is a page, `<name>.marks` what is expected of it. After a wanted
//! change, `VARIORUM_BLESS=1 cargo test --test clean_fixtures` writes the marks again; the diff is the review.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use variorum::clean::{Rules, clean, dateline, noise};
use variorum::document::Document;
use variorum::reading::{Line, Reading, Role};

#[test]
fn pages_are_marked_as_expected() {
    let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
    let mut changed = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let document = Document { text, ..Document::default() };
        let found = marks(&document, &rules);
        let path = page.with_extension("marks");
        if std::env::var_os("VARIORUM_BLESS").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            changed.push(format!("{}\n{found}", path.display()));
        }
    }
    assert!(changed.is_empty(), "marks differ:\n{}", changed.join("\n"));
}

/// Links to other stories in the middle of an article part it; they end nothing, and its lead is no teaser.
#[test]
fn an_article_goes_on_around_links_to_other_stories() {
    let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
    let lead = [
        "The night ferry will run for another year after the council voted nine to four on Tuesday to pay for its crew.",
        "\"It is the only way home for those who work late,\" said the harbour master, who had asked for two years.",
    ];
    let rest = [
        "Opponents said that the money, 90,000 a year, was needed for the bridge.",
        "\"We were told in May that the bridge comes first,\" said one of them, \"and we were promised it again in June.\"",
        "He left before the vote.",
        "The ferry carried 14,000 people last winter, according to the council, a third more than in the year before.",
        "I asked the crew what they would do with another year, and they laughed at me.",
        "A second vote, on the fare, is expected in March.",
    ];
    let (lead, rest) = (lead.join("\n"), rest.join("\n"));
    let head = "Home\nNews\nSport\nWeather\nSearch\nCouncil votes to keep the night ferry\nBy Mara Lind";
    let links = "Related stories\nBridge to close for a month\nHarbour master retires";
    let foot = "Share this\nEmail\nPrint\nContact us\nPrivacy policy\n";
    let document = Document { text: [head, &lead, links, &rest, foot].join("\n"), ..Document::default() };
    let reading = clean(&document, &rules.line_counts(), &rules);
    let body = reading.lines.iter().filter(|line| line.role == Role::Body);
    assert_eq!(body.map(|line| reading.text(line.span)).collect::<Vec<_>>().join("\n"), [lead, rest].join("\n"));
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clean");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    pages.sort();
    pages
}

fn marks(document: &Document, rules: &Rules) -> String {
    let reading = clean(document, &rules.line_counts(), rules);
    let mut shown = String::new();
    for (number, line) in (1..).zip(&reading.lines).filter(|(_, l)| !reading.text(l.span).trim().is_empty()) {
        let start: String = reading.text(line.span).trim().chars().take(60).collect();
        writeln!(shown, "{number:3} {:24} {start}", label(line)).unwrap();
    }
    let published = dateline(&reading, rules).map_or("none".to_owned(), |p| p.date.to_string());
    let noise = noise(&reading, rules);
    writeln!(shown, "\npublished {published}, sentences {}", sentences(&reading)).unwrap();
    writeln!(
        shown,
        "boilerplate {:.2}, padding {:.2}, placeholder {:.2}",
        noise.boilerplate_share, noise.padding_share, noise.placeholder_share
    )
    .unwrap();
    shown
}

fn label(line: &Line) -> String {
    match line.role {
        Role::Body => "body".into(),
        Role::Furniture => format!("- {} ({})", line.kind, line.rule),
        role => format!("{role:?} ({})", line.rule).to_lowercase(),
    }
}

fn sentences(reading: &Reading) -> usize {
    reading.sentences.iter().filter(|s| s.role == Role::Body).count()
}

//! The page at any size, for any reader: how large it gets, where its links lead, what its colours are, what hostile text does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use variorum::report::csv::{Dialect, Style, Written, write_table};
use variorum::report::stored::Stored;
use variorum::report::table::{Row, Table};
use variorum::report::tables::{self, Document, Furniture, Loss, Pair, Source};
use variorum::report::{Rules, describe, html};
use variorum::rules::RuleBook;

use crate::util::{run_corpus, text};

/// The most that a page may weigh.
const LARGEST: usize = 5_000_000;
const HOSTILE: &str = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";

/// A run that nobody made: `disagreements` of `sources`, with texts of `passage` characters.
struct Invented {
    disagreements: usize,
    sources: usize,
    passage: usize,
}

impl Invented {
    fn page(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let rules = RuleBook::load(None).unwrap().report;
        let written = self.tables(folder.path(), &rules);
        describe(folder.path(), "r1", Dialect::Excel, &written).unwrap();
        html::page(&Stored::open(folder.path(), &rules.cells).unwrap(), &rules).unwrap()
    }

    fn tables(&self, folder: &Path, rules: &Rules) -> Vec<Written> {
        let documents = (0..self.sources).map(|n| Document {
            document: format!("{n}.txt"),
            story_id: format!("s{}", n % 9),
            ..Document::default()
        });
        let pairs = |most: usize| (0..self.disagreements.min(most)).map(|n| self.pair(n));
        let furniture =
            (0..500).map(|n| Furniture { kind: format!("k{}", n % 9), text: self.text(), ..Furniture::default() });
        vec![
            write(folder, rules, &tables::SOURCES, (0..self.sources).map(|n| self.source(n))),
            write(folder, rules, &tables::DISAGREEMENTS, pairs(usize::MAX)),
            write(folder, rules, &tables::AGREEMENTS, pairs(1_000)),
            write(folder, rules, &tables::LOSSES, (0..self.disagreements).map(|n| self.loss(n))),
            write(folder, rules, &tables::DOCUMENTS, documents),
            write(folder, rules, &tables::FURNITURE, furniture),
        ]
    }

    fn name(&self, n: usize) -> String {
        format!("{HOSTILE} outlet {}", n % self.sources)
    }

    fn text(&self) -> String {
        "<&\"' words ".chars().cycle().take(self.passage).collect()
    }

    fn source(&self, n: usize) -> Source {
        Source {
            source: self.name(n),
            source_id: format!("o{n}"),
            consistency_score: Some(n as f64 % 100.0),
            lost_numbers: Some(40.0),
            lost_quotes: Some(20.0),
            noise_score: Some(3.0),
            flags: self.text().chars().take(200).collect(),
            documents: n as u64,
            ..Source::default()
        }
    }

    fn pair(&self, n: usize) -> Pair {
        Pair {
            disagreement_id: format!("d{n}").into(),
            slot_id: format!("t{}", n / 50).into(),
            kind: "number".into(),
            speaker: self.text().into(),
            source_a: self.name(n).into(),
            source_b: self.name(n * 7 + 1).into(),
            text_a: self.text(),
            text_b: self.text(),
            value_a: format!("{n} {}", self.text()).into(),
            value_b: self.text().into(),
            diff: format!("[-{}-] {{+{}+}}", self.text(), self.text()),
            why: self.text(),
            note: self.text(),
            replies: self.text(),
            ..Pair::default()
        }
    }

    fn loss(&self, n: usize) -> Loss {
        Loss {
            loss_id: format!("l{n}"),
            source: self.name(n),
            disagreement_id: format!("d{n}"),
            points: Some(n as f64 / 1000.0),
            value: self.text(),
            other_value: self.text(),
            note: self.text(),
            ..Loss::default()
        }
    }
}

fn write<R: Row>(folder: &Path, rules: &Rules, table: &Table, rows: impl Iterator<Item = R>) -> Written {
    let style = Style { dialect: Dialect::Excel, cells: &rules.cells, mask: None };
    write_table(folder, table, style, rows.map(Ok)).unwrap()
}

/// All values of an attribute.
fn values<'p>(page: &'p str, attribute: &str) -> BTreeSet<&'p str> {
    let open = format!(" {attribute}=\"");
    page.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn sample() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let latest = run_corpus(&corpus, folder.path(), &["--html"]);
    (folder, latest)
}

#[test]
fn the_page_stays_small_however_much_there_is_to_show() {
    for (disagreements, sources, passage) in [(10, 5, 200), (1_000, 50, 200), (100_000, 5_000, 30), (2_000, 400, 3_000)]
    {
        let page = Invented { disagreements, sources, passage }.page();
        let told =
            format!("{disagreements} disagreements of {sources} sources, texts of {passage}: {} bytes", page.len());
        println!("{told}");
        assert!(page.len() <= LARGEST, "{told}");
        let cards = page.matches("class=\"card\"").count();
        assert!(cards >= disagreements.min(100), "{cards} cards: {told}");
        assert!(page.contains(&format!("{cards} of {disagreements} shown")), "{told}");
        let scorecards = page.matches("<tbody id=\"source-").count();
        assert!(scorecards >= sources.min(100), "{scorecards} scorecards: {told}");
        let of = format!("Of {sources} sources the {scorecards} with most documents are shown; all are in");
        assert_eq!(page.contains(&of), scorecards < sources, "{told}");
        assert_links(&page, Path::new(""));
    }
}

/// Every link inside the page has its target, and every file it leads to is there.
fn assert_links(page: &str, folder: &Path) {
    let ids = values(page, "id");
    for link in values(page, "href") {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "nothing is called {id}"),
            None => {
                let file = link.strip_prefix("./").unwrap_or_else(|| panic!("leads elsewhere: {link}"));
                assert!(folder.as_os_str().is_empty() || folder.join(file).is_file(), "no file {file}");
            }
        }
    }
}

#[test]
fn every_link_leads_to_what_is_there() {
    let (_folder, latest) = sample();
    let page = fs::read_to_string(latest.join("report.html")).unwrap();
    assert_links(&page, &latest);
    for part in ["#sources", "#disagreements", "#matrix", "#values", "#copies", "#noise", "#run", "./disagreements.csv"]
    {
        assert!(page.contains(&format!("href=\"{part}\"")), "no link to {part}");
    }
}

#[test]
fn a_card_names_who_prints_which_wording() {
    let (_folder, latest) = sample();
    let page = fs::read_to_string(latest.join("report.html")).unwrap();
    assert!(page.contains("the same wording in harbour-post, island-echo, north-wire"), "of the 84 on board");
    assert!(page.contains("Other wordings: “nine” in harbour-post, island-echo, north-wire"), "of the eleven hurt");
}

/// Contrast of two colours, from 1 to 21: WCAG 2.2, "contrast ratio" and "relative luminance".
fn contrast(a: &str, b: &str) -> f64 {
    let channel = |hex: &str| {
        let share = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |colour: &str| {
        let hex = colour.trim_start_matches('#');
        let digits: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        0.2126 * channel(&digits[..2]) + 0.7152 * channel(&digits[2..4]) + 0.0722 * channel(&digits[4..])
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_can_be_told_apart_in_every_theme() {
    let page = Invented { disagreements: 1, sources: 1, passage: 9 }.page();
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).unwrap();
    let themes: Vec<&str> = style.split(":root {").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    assert_eq!(themes.len(), 3, "light, dark and print");
    for theme in themes {
        let colours: BTreeMap<&str, &str> =
            theme.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": ")).collect();
        // 4.5 for texts, 3 for what is drawn (success criteria 1.4.3 and 1.4.11).
        for (ink, paper, least) in [
            ("ink", "paper", 7.0),
            ("ink", "panel", 7.0),
            ("soft", "paper", 4.5),
            ("soft", "panel", 4.5),
            ("first", "panel", 4.5),
            ("second", "panel", 4.5),
            ("bar", "paper", 3.0),
            ("loss", "paper", 3.0),
            ("gain", "paper", 3.0),
        ] {
            let ratio = contrast(colours[ink], colours[paper]);
            println!("{ink} on {paper}: {ratio:.1}");
            assert!(ratio >= least, "{ink} {} on {paper} {}: {ratio:.2}", colours[ink], colours[paper]);
        }
    }
}

/// Needs Chromium.
#[test]
fn a_browser_finds_no_element_that_came_from_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    fs::write(&file, Invented { disagreements: 20, sources: 5, passage: 100 }.page()).unwrap();
    let profile = format!("--user-data-dir={}", text(&folder.path().join("profile")));
    let done = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", &profile])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"])
        .arg(format!("file://{}", text(&file)))
        .output();
    let Ok(done) = done else {
        println!("skipped: Chromium is not installed");
        return;
    };
    let page = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(page.contains("</html>"), "{}", String::from_utf8_lossy(&done.stderr));
    // What stands between quotation marks is a value, whatever it looks like.
    let elements: String = page.split('"').step_by(2).collect();
    for element in ["<script", "<img", "onerror=\""] {
        assert!(!elements.contains(element), "{element} in\n{elements}");
    }
    assert_eq!(page.matches("<style").count(), 1);
}

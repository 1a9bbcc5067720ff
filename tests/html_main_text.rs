//! How well the main text of HTML pages is found on pages with a gold text; the floor is pinned in `floors.toml`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use serde::Deserialize;
use variorum::read::{DEFAULTS, Rules, main_text};

#[derive(Deserialize)]
struct Page {
    html: String,
    body: String,
}

#[test]
fn the_main_text_is_found() {
    let Some(pages) = pages() else { return };
    let rules = Rules::parse(DEFAULTS).unwrap();
    let f1 = |page: &Page| f1(&words(&main_text(&page.html, &rules).unwrap_or_default()), &words(&page.body));
    let mean = pages.iter().map(f1).sum::<f64>() / pages.len() as f64;
    println!("html_main_text: f1 {mean:.4} on {} pages", pages.len());
    let floors: toml::Table = toml::from_str(include_str!("floors.toml")).unwrap();
    assert!(mean >= floors["html_main_text"]["f1"].as_float().unwrap());
}

/// The pages, from the directory named by `VARIORUM_SHARED` or `../shared`; none, with a message, where they are absent.
fn pages() -> Option<Vec<Page>> {
    let root = std::env::var_os("VARIORUM_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = root.join("data/html/article_extraction_dev.jsonl.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: no {}", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("a gzip file of text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a page with its text")).collect())
}

fn words(text: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

/// F1 of two bags of words.
fn f1(found: &BTreeMap<String, u32>, gold: &BTreeMap<String, u32>) -> f64 {
    let common: u32 = found.iter().map(|(word, count)| *count.min(gold.get(word).unwrap_or(&0))).sum();
    let all: u32 = found.values().chain(gold.values()).sum();
    f64::from(2 * common) / f64::from(all.max(1))
}

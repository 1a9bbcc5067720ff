//! Main text of HTML pages against a gold text: page-mean token F1 and pages a second.
//!
//! `cargo run --release --example main_text PAGES.jsonl [OUT.jsonl]`; each line has `html` and `body`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

use serde_json::{Value, json};
use variorum::read::{DEFAULTS, Rules, main_text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let pages = arguments.next().ok_or("usage: main_text PAGES.jsonl [OUT.jsonl]")?;
    let mut out = arguments.next().map(File::create).transpose()?.map(BufWriter::new);
    let rules = Rules::parse(DEFAULTS)?;
    let (mut count, mut sum, mut seconds) = (0.0, [0.0; 3], 0.0);
    for line in BufReader::new(File::open(pages)?).lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let begin = Instant::now();
        let text = main_text(page["html"].as_str().unwrap_or_default(), &rules).unwrap_or_default();
        seconds += begin.elapsed().as_secs_f64();
        let scores = scores(&text, page["body"].as_str().unwrap_or_default());
        count += 1.0;
        (0..3).for_each(|at| sum[at] += scores[at]);
        if let Some(out) = &mut out {
            writeln!(
                out,
                "{}",
                json!({"id": page["id"], "f": scores[2], "p": scores[0], "r": scores[1], "text": text})
            )?;
        }
    }
    let [precision, recall, f1] = sum.map(|sum| sum / count);
    println!("pages {count} precision {precision:.4} recall {recall:.4} f1 {f1:.4} pages/s {:.0}", count / seconds);
    Ok(())
}

/// Precision, recall and F1 of the words of `found`, each counted as often as it occurs.
fn scores(found: &str, gold: &str) -> [f64; 3] {
    let (found, gold) = (words(found), words(gold));
    let common: f64 = found.iter().map(|(word, count)| count.min(*gold.get(word).unwrap_or(&0.0))).sum();
    let share = |counts: &BTreeMap<String, f64>| common / counts.values().sum::<f64>().max(1.0);
    let (precision, recall) = (share(&found), share(&gold));
    [precision, recall, if common > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }]
}

fn words(text: &str) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_insert(0.0) += 1.0;
    }
    counts
}

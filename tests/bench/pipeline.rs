//! What each stage costs: `cargo bench`, or `cargo bench -- 10000` for another number of documents; a second number,
//! as in `cargo bench -- 500 500`, is how many tell each story.
//!
//! Every stage is set beside a baseline of the same minute, reading the same files and splitting them into words,
//! so that its cost is a ratio and means the same on another machine.

#[path = "../tools/synth/news/mod.rs"]
mod news;
mod stages;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use stages::{Timing, read_and_split, stages, timed};
use variorum::command::run::threads;
use variorum::read::{self, Inputs, Plan};
use variorum::rules::RuleBook;
use variorum::run::publish::{Setup, Untold, publish};

const DOCUMENTS: usize = 4_000;
const SEED: u64 = 1;
/// Median words of a document.
const LENGTH: f64 = 450.0;
const BASELINE: &str = "baseline: read, split words";
/// The baseline is short: the mean of so many passes.
const PASSES: u32 = 50;

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse().ok());
    let (documents, tellers) = (numbers.next().unwrap_or(DOCUMENTS), numbers.next());
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let files = folder.path().join("files");
    let size = write_corpus(&files, documents, tellers);
    let book = RuleBook::load(None).unwrap_or_else(|failure| panic!("{failure}"));
    let inputs = Inputs { paths: vec![files.clone()], ..Inputs::default() };
    let plan = read::plan(&inputs, &book.read).unwrap_or_else(|failure| panic!("{failure}"));
    println!("{} documents, {:.1} MB of text", size.documents, size.megabytes());
    let mut timings = Vec::new();
    timed(&mut timings, BASELINE, || (0..PASSES).map(|_| read_and_split(&files)).sum::<usize>());
    timings.iter_mut().for_each(|timing| *timing = timing.divided(PASSES));
    timings.extend(stages(&plan, &book));
    for (name, jobs) in [("whole run, 1 thread", 1), ("whole run, 2 threads", 2)] {
        let output = folder.path().join(jobs.to_string());
        timed(&mut timings, name, || whole(&plan, &book, &output, jobs));
    }
    print(&size, &timings);
}

/// How large the corpus is.
struct Size {
    documents: usize,
    bytes: usize,
}

/// One file of JSON Lines an outlet.
fn write_corpus(folder: &Path, documents: usize, tellers: Option<usize>) -> Size {
    let mut size = Size { documents: 0, bytes: 0 };
    let mut outlets: BTreeMap<String, String> = BTreeMap::new();
    let news = news::News::new(documents, SEED, LENGTH).told_by(tellers);
    for article in news.stories(documents).flat_map(|story| story.articles) {
        size.documents += 1;
        size.bytes += article.text.len();
        let news::Article { source, published, text } = article;
        let line = serde_json::json!({ "source": source, "published": published, "text": text });
        *outlets.entry(source).or_default() += &format!("{line}\n");
    }
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for (outlet, lines) in outlets {
        let path = folder.join(format!("{outlet}.jsonl"));
        fs::write(&path, lines).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    size
}

impl Size {
    fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }
}

fn whole(plan: &Plan, book: &RuleBook, output: &Path, jobs: usize) {
    let untold = Untold::default();
    let setup = Setup::silent(book, plan, output, &untold);
    let pool = threads(Some(jobs)).unwrap_or_else(|failure| panic!("{failure}"));
    pool.install(|| publish(&setup)).unwrap_or_else(|failure| panic!("{failure}"));
}

fn print(size: &Size, timings: &[Timing]) {
    println!(
        "| stage | wall s | CPU s | MB a CPU s | documents a CPU s | × baseline |\n|---|---:|---:|---:|---:|---:|"
    );
    for Timing { name, wall, cpu } in timings {
        let (speed, rate) = (size.megabytes() / cpu, size.documents as f64 / cpu);
        println!("| {name} | {wall:.3} | {cpu:.3} | {speed:.1} | {rate:.0} | {:.1} |", cpu / timings[0].cpu);
    }
}

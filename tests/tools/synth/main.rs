//! Writes a corpus of news that nobody printed, with tables of what is planted in it.
//!
//! ```console
//! $ cargo run --release --example synth -- --documents 100000 --seed 7 -o synth
//! $ cargo run --release -- run synth/documents -o synth/reports
//! ```
//!
//! `documents/<outlet>.jsonl.gz` are the articles; `expected.csv` has a row for each planted contradiction and trap, in
//! the shape of `tests/corpora/*/expected.csv`; `copies.csv` says who copied whom and how, and `sources.csv` which share
//! of the facts each outlet was made to get wrong. The same seed gives the same bytes; memory does not grow with the
//! number of documents.

mod news;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Parser;
use flate2::Compression;
use flate2::write::GzEncoder;

use news::{News, Outlet, Story};

/// What to write.
#[derive(Debug, Parser)]
#[command(about = "Write a corpus of invented news with planted contradictions")]
struct Args {
    /// How many documents.
    #[arg(long, default_value_t = 10_000)]
    documents: usize,
    /// Another seed, other news.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The median length in words.
    #[arg(long, default_value_t = 450)]
    words: u32,
    /// How many outlets tell each story, in place of a few.
    #[arg(long)]
    tellers: Option<usize>,
    /// Where to.
    #[arg(short, long, default_value = "synth")]
    output: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let news = News::new(args.documents, args.seed, args.words.into()).told_by(args.tellers);
    let mut desk = Desk::create(&args.output)?;
    for story in news.stories(args.documents) {
        desk.write(&story)?;
    }
    let (documents, planted) = (desk.documents(), desk.planted);
    desk.finish(&news.outlets)?;
    println!("{documents} documents, {planted} planted: {}", args.output.display());
    Ok(())
}

/// The files being written.
struct Desk {
    folder: PathBuf,
    outlets: BTreeMap<String, Pile>,
    expected: csv::Writer<File>,
    copies: csv::Writer<File>,
    planted: u64,
}

/// The articles of one outlet.
struct Pile {
    file: GzEncoder<BufWriter<File>>,
    count: u64,
}

impl Desk {
    fn create(folder: &Path) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(folder.join("documents"))?;
        let mut expected = csv::Writer::from_path(folder.join("expected.csv"))?;
        expected.write_record(["id", "expect", "kind", "document_a", "needle_a", "document_b", "needle_b", "why"])?;
        let mut copies = csv::Writer::from_path(folder.join("copies.csv"))?;
        copies.write_record(["document", "copy_of", "manner"])?;
        Ok(Self { folder: folder.to_owned(), outlets: BTreeMap::new(), expected, copies, planted: 0 })
    }

    fn write(&mut self, story: &Story) -> Result<(), Box<dyn Error>> {
        let mut paths = Vec::new();
        for article in &story.articles {
            let pile = match self.outlets.entry(article.source.clone()) {
                std::collections::btree_map::Entry::Occupied(pile) => pile.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(Pile::create(&self.folder.join("documents"), &article.source)?)
                }
            };
            serde_json::to_writer(&mut pile.file, article)?;
            pile.file.write_all(b"\n")?;
            pile.count += 1;
            paths.push(format!("{}.jsonl.gz#{}", article.source, pile.count));
        }
        for found in &story.planted {
            self.planted += 1;
            let id = format!("P{}", self.planted);
            let [a, b] = [&paths[found.a], &paths[found.b]];
            let row = [&id, found.expect, &found.kind, a, &found.needle_a, b, &found.needle_b, &found.why];
            self.expected.write_record(row)?;
        }
        for copy in &story.copies {
            self.copies.write_record([&paths[copy.copy], &paths[copy.of], copy.manner])?;
        }
        Ok(())
    }

    fn documents(&self) -> u64 {
        self.outlets.values().map(|pile| pile.count).sum()
    }

    fn finish(mut self, outlets: &[Outlet]) -> Result<(), Box<dyn Error>> {
        for pile in std::mem::take(&mut self.outlets).into_values() {
            pile.file.finish()?.flush()?;
        }
        self.expected.flush()?;
        self.copies.flush()?;
        let mut sources = csv::Writer::from_path(self.folder.join("sources.csv"))?;
        outlets.iter().try_for_each(|outlet| sources.serialize(outlet))?;
        Ok(sources.flush()?)
    }
}

impl Pile {
    fn create(folder: &Path, source: &str) -> Result<Self, Box<dyn Error>> {
        let file = File::create(folder.join(format!("{source}.jsonl.gz")))?;
        Ok(Self { file: GzEncoder::new(BufWriter::with_capacity(1 << 16, file), Compression::fast()), count: 0 })
    }
}

//! A run that goes on where another stopped gives the bytes of a fresh one, whatever changed in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use variorum::failure::{Failure, Outcome};
use variorum::read::{self, Inputs, Plan};
use variorum::report::csv::Dialect;
use variorum::report::mask::Mask;
use variorum::report::pages::Pages;
use variorum::rules::RuleBook;
use variorum::run::gate::Share;
use variorum::run::known::Known;
use variorum::run::progress::{Progress, Show};
use variorum::run::publish::{Setup, publish};
use variorum::run::stop::Stop;
use variorum::voices::Voices;

use crate::news::Article;
use crate::util::{articles, tables, write_news};

const DOCUMENTS: usize = 16;
/// Property tests run so many cases; `VARIORUM_CASES` asks for more.
const CASES: u32 = 4;

/// Which rules a run goes by: places in [`Desk::books`].
const USUAL: usize = 0;
const OTHER_THRESHOLDS: usize = 1;
const OTHER_EXTRACTION: usize = 2;

/// A corpus that changes between runs, and rules that do.
struct Desk {
    dir: tempfile::TempDir,
    articles: Vec<Article>,
    books: [RuleBook; 3],
}

/// What a run made anew.
#[derive(Debug, PartialEq)]
struct Anew {
    documents: u64,
    stories: u64,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let thresholds =
            [("matching.toml", "copy = 0.47", "copy = 0.9"), ("compare.toml", "threshold = 0.5", "threshold = 0.6")];
        let extraction = [("clean.toml", "keep = 0.5", "keep = 0.6")];
        let books = [
            RuleBook::load(None).unwrap(),
            changed(&dir.path().join("thresholds"), &thresholds),
            changed(&dir.path().join("extraction"), &extraction),
        ];
        Self { dir, articles: articles(DOCUMENTS), books }
    }

    fn write(&self, wanted: impl Fn(usize) -> bool) {
        write_news(&self.dir.path().join("corpus"), &self.articles, wanted);
    }

    fn plan(&self, book: usize) -> Plan {
        let inputs = Inputs { paths: vec![self.dir.path().join("corpus")], ..Inputs::default() };
        read::plan(&inputs, &self.books[book].read).unwrap()
    }

    fn run(&self, output: &str, book: usize, stop: Stop) -> Result<Outcome, Failure> {
        self.run_plan(output, book, stop, &self.plan(book))
    }

    fn run_plan(&self, output: &str, book: usize, stop: Stop, plan: &Plan) -> Result<Outcome, Failure> {
        publish(&Setup {
            book: &self.books[book],
            plan,
            output: &self.dir.path().join(output),
            memory: 1 << 28,
            dialect: Dialect::default(),
            near_misses: false,
            known: &Known::default(),
            pages: Pages::default(),
            max_fail: Share(1.0),
            gates: &[],
            progress: Progress::new(Show::Never),
            quiet: true,
            fresh: false,
            stop,
            settings: &BTreeMap::new(),
            voices: &Voices::default(),
            mask: &Mask::default(),
        })
        .map(|published| published.outcome)
    }

    /// Runs to the end; what it made anew.
    fn complete(&self, output: &str, book: usize) -> Anew {
        self.run(output, book, Stop::never()).unwrap_or_else(|failure| panic!("{failure}"));
        let told = fs::read(self.latest(output).join("run.json")).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
        let given = |what: &str| {
            let stages = told["stages"].as_array().unwrap().iter();
            stages.filter(|stage| stage["what"] == what).map(|stage| stage["given"].as_u64().unwrap()).sum()
        };
        Anew { documents: given("documents anew"), stories: given("stories anew") }
    }

    fn latest(&self, output: &str) -> PathBuf {
        self.dir.path().join(output).join("latest")
    }

    fn tables(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        tables(&self.latest(output))
    }

    /// A run into the usual folder gives what a run into a new one gives.
    fn assert_as_fresh(&self, book: usize, name: &str) -> Anew {
        let anew = self.complete("out", book);
        self.complete(name, book);
        let (resumed, fresh) = (self.tables("out"), self.tables(name));
        fresh.iter().for_each(|(table, bytes)| assert!(resumed[table] == *bytes, "{table} differs from a fresh run's"));
        assert_eq!(resumed.len(), fresh.len());
        anew
    }
}

/// The built-in rules with some words replaced, in a folder of their own.
fn changed(folder: &Path, changes: &[(&str, &str, &str)]) -> RuleBook {
    fs::create_dir(folder).unwrap();
    for (file, old, new) in changes {
        let (_, text) = RuleBook::built_in().find(|(name, _)| name == file).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        fs::write(folder.join(file), text.replacen(old, new, 1)).unwrap();
    }
    RuleBook::load(Some(folder)).unwrap()
}

#[test]
fn only_what_changed_is_made_again() {
    let desk = Desk::new();
    let all = DOCUMENTS as u64;
    desk.write(|place| place < 12);
    assert_eq!(desk.assert_as_fresh(USUAL, "some").documents, 12);
    desk.write(|_| true);
    let more = desk.assert_as_fresh(USUAL, "more");
    assert!((4..=8).contains(&more.documents), "four documents were added: {more:?}");
    assert_eq!(desk.assert_as_fresh(USUAL, "same"), Anew { documents: 0, stories: 0 });
    let other = desk.assert_as_fresh(OTHER_THRESHOLDS, "thresholds");
    assert!(other.documents == 0 && other.stories > 0, "{other:?}");
    assert_eq!(desk.assert_as_fresh(OTHER_EXTRACTION, "extraction").documents, all);
    desk.write(|place| place % 2 == 0);
    let fewer = desk.assert_as_fresh(OTHER_EXTRACTION, "fewer");
    // Fewer pages are left to tell furniture by, so that some are read in another way.
    assert!(fewer.documents <= 4, "none was added: {fewer:?}");
}

#[test]
fn kept_work_that_is_damaged_is_made_again() {
    let desk = Desk::new();
    desk.write(|_| true);
    desk.complete("out", USUAL);
    let kept = fs::read_dir(desk.dir.path().join("out/.cache")).unwrap().next().unwrap().unwrap().path();
    for (number, name) in ["documents", "stories"].iter().enumerate() {
        for part in fs::read_dir(kept.join(name)).unwrap() {
            let path = part.unwrap().path();
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            bytes.truncate(bytes.len() - number * 7);
            fs::write(path, bytes).unwrap();
        }
    }
    fs::write(kept.join("files"), "torn").unwrap();
    let anew = desk.assert_as_fresh(USUAL, "fresh");
    assert!(anew.documents > 0 && anew.stories > 0, "{anew:?}");
}

#[test]
fn a_file_that_vanished_is_a_row() {
    let desk = Desk::new();
    desk.write(|_| true);
    let plan = desk.plan(USUAL);
    fs::remove_file(&plan.files[2].path).unwrap();
    let outcome = desk.run_plan("out", USUAL, Stop::never(), &plan).unwrap();
    assert_eq!(outcome, Outcome::SomeFailed);
    let problems = String::from_utf8(desk.tables("out")["problems.csv"].clone()).unwrap();
    assert!(problems.contains("vanished") && problems.contains(&plan.files[2].relative), "{problems}");
    desk.assert_as_fresh(USUAL, "fresh");
}

/// Something happens between two runs.
#[derive(Clone, Debug)]
struct Step {
    /// A bit for each document that is there.
    documents: u32,
    book: usize,
    /// After how many documents and stories it is interrupted.
    patience: u64,
}

fn step() -> impl Strategy<Value = Step> {
    let documents = 1_u32..1 << DOCUMENTS;
    (documents, USUAL..=OTHER_EXTRACTION, 0_u64..150).prop_map(|(documents, book, patience)| Step {
        documents,
        book,
        patience,
    })
}

fn cases() -> ProptestConfig {
    let asked = std::env::var("VARIORUM_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(CASES), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_happens_between_runs_the_bytes_are_those_of_a_fresh_one(steps in prop::collection::vec(step(), 1..5)) {
        let desk = Desk::new();
        let mut book = USUAL;
        for step in &steps {
            desk.write(|place| step.documents >> place & 1 == 1);
            book = step.book;
            let before = fs::read_link(desk.latest("out")).ok();
            match desk.run("out", book, Stop::after(step.patience)) {
                Ok(_) => {}
                Err(Failure::Interrupted { signal, .. }) => {
                    prop_assert_eq!(signal, 2);
                    prop_assert_eq!(fs::read_link(desk.latest("out")).ok(), before);
                }
                Err(failure) => panic!("{failure}"),
            }
        }
        desk.assert_as_fresh(book, "fresh");
    }
}

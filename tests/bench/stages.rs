//! Each stage over documents that are in memory, on one thread, as the pipeline calls it.

use std::path::Path;
use std::time::Instant;

use variorum::claim::{Claim, Statement};
use variorum::clean::{self, LineCounts};
use variorum::compare::{Book, story::compare_story};
use variorum::document::Document;
use variorum::extract::annotations::{Annotations, annotate};
use variorum::extract::extract;
use variorum::extract::kit::Kit;
use variorum::lexicon::Lexicon;
use variorum::matching::group::{Member, Story};
use variorum::matching::reprint::{Extent, Fingerprint, copies, fingerprint, groups};
use variorum::matching::signature::{Signature, signature};
use variorum::matching::signatures::Signatures;
use variorum::matching::story::stories;
use variorum::normalise::place::Gazetteer;
use variorum::read::{self, Plan};
use variorum::reading::Reading;
use variorum::rules::RuleBook;

/// What a stage took.
#[derive(Clone, Copy)]
pub struct Timing {
    pub name: &'static str,
    /// Seconds on the clock on the wall.
    pub wall: f64,
    /// Seconds of processor time, of all threads: what counts where others use the machine too.
    pub cpu: f64,
}

impl Timing {
    /// The mean of so many passes.
    pub fn divided(self, passes: u32) -> Self {
        let passes = f64::from(passes);
        Self { wall: self.wall / passes, cpu: self.cpu / passes, ..self }
    }
}

/// Runs `work` and notes its time under `name`.
pub fn timed<T>(timings: &mut Vec<Timing>, name: &'static str, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), cpu_seconds());
    let done = work();
    let wall = start.elapsed().as_secs_f64();
    let cpu = cpu_seconds().zip(before).map_or(wall, |(after, before)| after - before);
    timings.push(Timing { name, wall, cpu });
    done
}

/// Processor time of this process so far, in steps of 10 ms; known on Linux only.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(|field| field.parse::<f64>());
    Some(ticks.sum::<Result<f64, _>>().ok()? / 100.0)
}

/// The baseline: every file read as text and cut at white space. Gives the number of words.
pub fn read_and_split(files: &Path) -> usize {
    let mut paths: Vec<_> = std::fs::read_dir(files).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.map(|text| text.split_whitespace().filter(|word| word.len() > 1).count()).sum()
}

/// The stages from reading to comparing; scores and tables are part of the whole only.
pub fn stages(plan: &Plan, book: &RuleBook) -> Vec<Timing> {
    let mut timings = Vec::new();
    let (gazetteer, lexicon) = (Gazetteer::builtin(), Lexicon::embedded());
    let (documents, counts) = timed(&mut timings, "read", || read_all(plan, book));
    let readings = timed(&mut timings, "clean", || cleaned(&documents, &counts, book));
    let kit = Kit::new(&book.extract, &book.normalise, &book.lexicon, gazetteer);
    let notes = timed(&mut timings, "annotate, normalise", || annotated(&documents, &readings, &kit));
    let found = timed(&mut timings, "extract", || notes.iter().map(|n| extract(n, &book.extract)).collect::<Vec<_>>());
    let places = timed(&mut timings, "match", || placed(&documents, &readings, &notes, book));
    let groups = grouped(&documents, found, &places);
    let claims: usize = groups.iter().flat_map(|story| &story.members).map(|member| member.claims.len()).sum();
    println!("{} stories, the largest of {} documents; {claims} claims\n", groups.len(), largest(&groups));
    let compare = Book {
        matching: &book.matching,
        compare: &book.compare,
        extract: &book.extract,
        lexicon,
        gazetteer,
        near_misses: false,
    };
    timed(&mut timings, "compare", || groups.iter().for_each(|story| drop(compare_story(story, &compare))));
    timings
}

fn largest(stories: &[Story]) -> usize {
    stories.iter().map(|story| story.members.len()).max().unwrap_or_default()
}

fn read_all(plan: &Plan, book: &RuleBook) -> (Vec<Document>, LineCounts) {
    let (mut documents, mut counts) = (Vec::new(), book.clean.line_counts());
    for file in &plan.files {
        read::read_file(file, plan, &book.read, &mut |result| documents.extend(result));
    }
    documents.iter().for_each(|document| counts.observe(document));
    (documents, counts)
}

fn cleaned<'d>(documents: &'d [Document], counts: &LineCounts, book: &RuleBook) -> Vec<Reading<'d>> {
    documents.iter().map(|document| clean::clean(document, counts, &book.clean)).collect()
}

fn annotated<'r, 'd>(
    documents: &[Document],
    readings: &'r [Reading<'d>],
    kit: &'r Kit<'r>,
) -> Vec<Annotations<'r, 'd>> {
    documents.iter().zip(readings).map(|(document, reading)| annotate(reading, document.published, kit)).collect()
}

/// The story and the independent unit of each document.
fn placed(
    documents: &[Document],
    readings: &[Reading],
    notes: &[Annotations],
    book: &RuleBook,
) -> (Vec<u32>, Vec<u32>) {
    let rules = &book.matching;
    let (mut signatures, mut prints): (Vec<Signature>, Vec<Fingerprint>) = Default::default();
    for ((document, reading), notes) in documents.iter().zip(readings).zip(notes) {
        let (names, known) = (notes.counted_names(), (&book.extract.open.stopwords, &book.lexicon));
        signatures.push(signature(reading, document.published, &names, known, &rules.signature));
        prints.push(fingerprint(reading, |at| notes.is_quoted(at), &rules.reprint));
    }
    let mut copies = copies(prints, &rules.reprint);
    copies.retain(|copy| copy.extent == Extent::Copy);
    let units = groups(documents.len(), copies.iter(), |document| {
        (documents[document].published.map(|day| day.date), document)
    });
    let signatures = Signatures::of(signatures).expect("scratch disk");
    (stories(signatures, &rules.story).expect("scratch disk").story, units)
}

fn grouped(
    documents: &[Document],
    found: Vec<(Vec<Claim>, Vec<Statement>)>,
    (story, unit): &(Vec<u32>, Vec<u32>),
) -> Vec<Story> {
    let mut groups: Vec<Story> = Vec::new();
    for (at, (document, (claims, statements))) in documents.iter().zip(found).enumerate() {
        let number = story[at] as usize;
        let empty = |id: usize| Story { id: format!("s{id}"), members: Vec::new() };
        groups.extend((groups.len()..=number).map(empty));
        groups[number].members.push(Member {
            document: document.path.clone(),
            source: document.source.clone(),
            published: document.published.map(|p| p.date),
            unit: unit[at],
            claims,
            statements,
            places: Vec::new(),
            borrowed: Vec::new(),
        });
    }
    groups
}

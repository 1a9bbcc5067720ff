//! A test bed of reprints: plants copies of six kinds among articles and counts which are found.
//!
//! `cargo run --release --example reuse -- [--bodies FILE.jsonl] [--documents N] [--out FILE.jsonl] [--pairs FILE.jsonl]`
//!
//! Each line of FILE has `text`, one paragraph a line; without it, articles are made of invented
//! words. `--out` writes the planted documents, for `tests/tools/reuse_peers.py` to read, and `--pairs` the pairs that
//! are found, for people to read those that count as wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::SystemTime;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use variorum::clean;
use variorum::document::Document;
use variorum::matching::reprint::{Copy, Extent, Fingerprint, copies, fingerprint, groups, without_formulas};
use variorum::rules::RuleBook;

const KINDS: [&str; 6] = ["verbatim", "furniture", "edited", "cut", "mixed", "two-sentences"];
/// One article in so many is copied, in each of the kinds.
const COPIED: usize = 27;
const OUTLETS: u64 = 40;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Words {
    furniture: Vec<String>,
    headlines: Vec<String>,
}

#[derive(Deserialize)]
struct Body {
    text: String,
}

/// One document of the bed.
#[derive(Serialize)]
struct Planted {
    text: String,
    source: String,
    /// The article that it is or copies.
    of: usize,
    /// The article that the copy stands in.
    within: Option<usize>,
    /// How it copies; nothing for an original.
    kind: Option<usize>,
}

/// Fixed by its seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let documents = option("--documents").map_or(Ok(13_683), |n| n.parse())?;
    let bodies = match option("--bodies") {
        Some(path) => read(path)?,
        None => (0..documents).map(|seed| invented(&mut Dice(seed as u64))).collect(),
    };
    let bed = plant(&bodies, &toml::from_str(include_str!("reuse.toml"))?);
    if let Some(path) = option("--out") {
        let mut out = BufWriter::new(File::create(path)?);
        bed.iter().try_for_each(|d| Ok::<_, std::io::Error>(writeln!(out, "{}", serde_json::to_string(d)?)?))?;
    }
    let found = measure(&bed)?;
    option("--pairs").map_or(Ok(()), |path| write_pairs(&bed, &found, path))
}

fn write_pairs(bed: &[Planted], found: &[Copy], path: &str) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let gold = Gold::of(bed);
    for copy in found {
        let pair = serde_json::json!({
            "a": copy.a, "b": copy.b, "containment_a": copy.containment_a, "containment_b": copy.containment_b,
            "extent": format!("{:?}", copy.extent), "words": copy.longest.words, "holders": copy.holders,
            "planted": gold.is_planted(copy), "right": gold.is_right(copy),
        });
        writeln!(out, "{pair}")?;
    }
    Ok(())
}

fn read(path: &str) -> Outcome<Vec<String>> {
    let lines = BufReader::new(File::open(path)?).lines();
    lines.map(|line| Ok(serde_json::from_str::<Body>(&line?)?.text)).collect()
}

/// An article of invented words: few of them often, many seldom.
fn invented(dice: &mut Dice) -> String {
    let sentence = |dice: &mut Dice| {
        let length = 8 + dice.below(20);
        let words: Vec<String> = (0..length).map(|_| word(dice)).collect();
        format!("The {}.", words.join(" "))
    };
    let paragraph = |dice: &mut Dice| (0..1 + dice.below(3)).map(|_| sentence(dice)).collect::<Vec<_>>().join(" ");
    (0..6 + dice.below(14)).map(|_| paragraph(dice)).collect::<Vec<_>>().join("\n")
}

fn word(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ren", "to", "mil", "sa", "ver", "ko", "lin", "da", "per", "mo", "tis", "ga", "nor", "fe", "lo", "shi",
        "ur", "ca", "dem",
    ];
    let most = 1 + dice.below(9_000);
    let mut rank = 1 + dice.below(most);
    let mut word = String::new();
    while rank > 0 {
        word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
    }
    word
}

/// The articles, then copies of some of them.
fn plant(bodies: &[String], words: &Words) -> Vec<Planted> {
    let mut dice = Dice(7);
    let source = |dice: &mut Dice| format!("outlet-{}", dice.below(OUTLETS as usize));
    let mut bed: Vec<Planted> = Vec::new();
    for (of, text) in bodies.iter().enumerate() {
        bed.push(Planted { text: text.clone(), source: source(&mut dice), of, within: None, kind: None });
    }
    for (kind, name) in KINDS.iter().enumerate() {
        for _ in 0..bodies.len() / COPIED {
            let (of, other) = (dice.below(bodies.len()), dice.below(bodies.len()));
            let text = copy(kind, &bodies[of], &bodies[other], words, &mut dice);
            let within = matches!(*name, "mixed" | "two-sentences").then_some(other);
            bed.push(Planted { text, source: source(&mut dice), of, within, kind: Some(kind) });
        }
    }
    bed
}

fn copy(kind: usize, text: &str, other: &str, words: &Words, dice: &mut Dice) -> String {
    match KINDS[kind] {
        "verbatim" => text.to_owned(),
        "furniture" => wrapped(text, words, dice),
        "edited" => wrapped(&edited(text, words, dice), words, dice),
        "cut" => part(text, 40 + dice.below(21)),
        "mixed" => format!("{}\n{}", part(other, 50), part(text, 50)),
        _ => with_two_sentences(text, other, dice),
    }
}

fn wrapped(text: &str, words: &Words, dice: &mut Dice) -> String {
    let mut lines =
        |count: usize| -> String { (0..count).map(|_| format!("{}\n", dice.pick(&words.furniture))).collect() };
    format!("{}{text}\n{}", lines(12), lines(16))
}

/// Another headline, one word in twenty changed, one sentence dropped.
fn edited(text: &str, words: &Words, dice: &mut Dice) -> String {
    let dropped = dice.below(sentences(text).len());
    let mut at = 0;
    let mut line = |line: &str| {
        let kept: Vec<String> = sentences(line)
            .into_iter()
            .filter(|_| {
                at += 1;
                at - 1 != dropped
            })
            .map(|sentence| changed(sentence, dice))
            .collect();
        kept.join(" ")
    };
    let body: Vec<String> = text.lines().map(&mut line).collect();
    format!("{}\n{}", words.headlines[dropped % words.headlines.len()], body.join("\n"))
}

fn changed(sentence: &str, dice: &mut Dice) -> String {
    let change =
        |(at, one): (usize, &str)| if at % 20 == dice.below(20) { word(&mut Dice(at as u64)) } else { one.to_owned() };
    sentence.split(' ').enumerate().map(change).collect::<Vec<_>>().join(" ")
}

fn sentences(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split_inclusive(". ")).map(str::trim).filter(|s| !s.is_empty()).collect()
}

/// The first `percent` of the words, up to the end of a sentence.
fn part(text: &str, percent: usize) -> String {
    let wanted = text.split_whitespace().count() * percent / 100;
    let mut words = 0;
    let within = |sentence: &&str| {
        let more = words < wanted;
        words += sentence.split_whitespace().count();
        more
    };
    sentences(text).into_iter().take_while(within).collect::<Vec<_>>().join("\n")
}

fn with_two_sentences(text: &str, other: &str, dice: &mut Dice) -> String {
    let (from, into) = (sentences(text), sentences(other));
    let (first, place) = (dice.below(from.len().saturating_sub(1)), dice.below(into.len()));
    let two = &from[first..(first + 2).min(from.len())];
    [&into[..place], two, &into[place..]].concat().join("\n")
}

fn measure(bed: &[Planted]) -> Outcome<Vec<Copy>> {
    let rules = RuleBook::load(None)?;
    let documents: Vec<Document> = bed
        .iter()
        .map(|d| Document {
            text: d.text.clone(),
            source: d.source.clone(),
            language: "en".into(),
            ..Document::default()
        })
        .collect();
    let begin = busy();
    let mut counts = rules.clean.line_counts();
    documents.iter().for_each(|document| counts.observe(document));
    let readings: Vec<_> = documents.iter().map(|document| clean::clean(document, &counts, &rules.clean)).collect();
    let cleaned = busy() - begin;
    let held = memory("VmRSS:");
    // Where the system knows how, the peak is counted from here.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let begin = busy();
    let reprint = &rules.matching.reprint;
    let prints: Vec<Fingerprint> = readings.iter().map(|r| fingerprint(r, |_| false, reprint)).collect();
    let found = copies(prints, reprint);
    // Documents have no stories here: what tells a passage from a form of words is how many print it.
    let whole: Vec<Copy> = found.iter().filter(|copy| copy.extent == Extent::Copy).cloned().collect();
    let unit = groups(bed.len(), whole.iter(), |document| document);
    let found = without_formulas(found, &unit, |_, _| false, reprint);
    let indexed = busy() - begin;
    let peak = memory("VmHWM:").saturating_sub(held);
    report(bed, &found);
    println!(
        "documents {} cleaned in {cleaned:.2} s, indexed in {indexed:.2} s of the processor and {peak} MB: {:.0} documents/s",
        bed.len(),
        bed.len() as f64 / indexed
    );
    Ok(found)
}

/// Seconds that the processor has worked for this thread; by the clock where the system does not tell.
fn busy() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs_f64(), |n| n / 1e9)
}

/// Megabytes of this process under a name of `/proc/self/status`; 0 where the system does not tell.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn report(bed: &[Planted], found: &[Copy]) {
    let gold = Gold::of(bed);
    for (name, least) in [("copies", Extent::Copy), ("partial too", Extent::Partial), ("passages too", Extent::Passage)]
    {
        let listed: Vec<&Copy> = found.iter().filter(|c| c.extent <= least).collect();
        let pairs: BTreeSet<(usize, usize)> = listed.iter().map(|c| (c.a, c.b)).collect();
        let mut recall: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (at, document) in bed.iter().enumerate() {
            let Some(kind) = document.kind else { continue };
            let entry = recall.entry(kind).or_default();
            entry.0 += usize::from(pairs.contains(&(document.of.min(at), document.of.max(at))));
            entry.1 += 1;
        }
        let share = |right: usize| right as f64 / listed.len().max(1) as f64;
        let planted = share(listed.iter().filter(|copy| gold.is_planted(copy)).count());
        let right = share(listed.iter().filter(|copy| gold.is_right(copy)).count());
        let shares: Vec<String> =
            recall.iter().map(|(k, (n, of))| format!("{} {:.3}", KINDS[*k], *n as f64 / *of as f64)).collect();
        println!("{name}: pairs {} planted {planted:.3} right {right:.3} recall {}", listed.len(), shares.join(" "));
    }
}

/// What is known of the bed: which pairs are right.
struct Gold<'b> {
    bed: &'b [Planted],
    /// Long runs of words of the articles, and how many articles have each.
    long: FxHashMap<Vec<String>, u32>,
}

/// Words in a run that is no chance, and in most so many articles: what more have is a form of words.
const LONG_RUN: usize = 12;
const REUSED: u32 = 4;

impl<'b> Gold<'b> {
    fn of(bed: &'b [Planted]) -> Self {
        let mut long: FxHashMap<Vec<String>, u32> = FxHashMap::default();
        for article in bed.iter().filter(|planted| planted.kind.is_none()) {
            runs(&article.text, LONG_RUN).into_iter().for_each(|run| *long.entry(run).or_default() += 1);
        }
        Self { bed, long }
    }

    /// True for two documents that have an article in common, and where one holds half of the other's runs of five words.
    fn is_planted(&self, copy: &Copy) -> bool {
        let (a, b) = (&self.bed[copy.a], &self.bed[copy.b]);
        let of = |document: &Planted| [Some(document.of), document.within];
        of(a).iter().flatten().any(|article| of(b).contains(&Some(*article))) || {
            let (a, b) = (runs(&a.text, 5), runs(&b.text, 5));
            a.intersection(&b).count() * 2 >= a.len().min(b.len()).max(1)
        }
    }

    /// True as well where the wire printed a passage of its own again, word by word and figure by figure.
    fn is_right(&self, copy: &Copy) -> bool {
        let is_rare = |run: &Vec<String>| self.long.get(run).is_some_and(|articles| *articles <= REUSED);
        self.is_planted(copy) || {
            let (a, b) = (runs(&self.bed[copy.a].text, LONG_RUN), runs(&self.bed[copy.b].text, LONG_RUN));
            a.intersection(&b).any(is_rare)
        }
    }
}

fn runs(text: &str, length: usize) -> FxHashSet<Vec<String>> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(length).map(<[String]>::to_vec).collect()
}

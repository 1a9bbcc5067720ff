//! WordNet 3.1 in memory, and the questions asked of it.

use std::io::Read;
use std::sync::LazyLock;

use compact_str::CompactString;
use flate2::read::ZlibDecoder;
use rustc_hash::FxHashMap;

use super::WordRelation;
use super::overlay::Senses;

/// A part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Noun.
    Noun,
    /// Verb.
    Verb,
    /// Adjective.
    Adjective,
    /// Adverb.
    Adverb,
}

/// A range of one of the flat tables.
type Slice = (u32, u32);

#[derive(Debug)]
struct Synset {
    part: Part,
    /// WordNet's lexicographer file: 15 for locations, 18 for persons.
    topic: u8,
    /// More general synsets; for adjectives the head of their cluster.
    up: Slice,
    /// Antonymous synsets.
    against: Slice,
}

/// Words with their senses, and what joins the senses (synsets).
#[derive(Debug, Default)]
pub struct WordNet {
    synsets: Vec<Synset>,
    links: Vec<u32>,
    /// Synset and its count in tagged text, the most frequent of a word first.
    senses: Vec<(u32, u32)>,
    words: FxHashMap<CompactString, Slice>,
}

/// The embedded WordNet, unpacked at the first question.
pub static WORDNET: LazyLock<WordNet> = LazyLock::new(|| {
    let mut text = String::new();
    let packed: &[u8] = include_bytes!("data/wordnet.z");
    // The file is a constant of the program; were it damaged, words would be unknown.
    let read = ZlibDecoder::new(packed).read_to_string(&mut text);
    read.map(|_| WordNet::parse(&text)).unwrap_or_default()
});

impl WordNet {
    /// Reads the two parts that `data/build.py` writes.
    fn parse(text: &str) -> Self {
        let mut net = Self::default();
        let (synsets, words) = text.split_once("\n\n").unwrap_or_default();
        synsets.lines().for_each(|line| net.push_synset(line));
        for line in words.lines() {
            let Some((word, senses)) = line.split_once('\t') else { continue };
            let from = net.senses.len() as u32;
            net.senses.extend(senses.split(' ').filter_map(parse_sense));
            net.words.insert(word.into(), (from, net.senses.len() as u32));
        }
        net
    }

    fn push_synset(&mut self, line: &str) {
        let mut fields = line.split(' ').filter(|f| !f.is_empty());
        let kind = fields.next().unwrap_or_default();
        let part = match kind.as_bytes().first() {
            Some(b'n') => Part::Noun,
            Some(b'v') => Part::Verb,
            Some(b'a') => Part::Adjective,
            _ => Part::Adverb,
        };
        let topic = kind.get(1..).and_then(|t| t.parse().ok()).unwrap_or_default();
        let (against, up): (Vec<&str>, Vec<&str>) = fields.partition(|f| f.starts_with('!'));
        let up = self.push_links(up.into_iter());
        let against = self.push_links(against.into_iter().map(|f| &f[1..]));
        self.synsets.push(Synset { part, topic, up, against });
    }

    fn push_links<'f>(&mut self, fields: impl Iterator<Item = &'f str>) -> Slice {
        let from = self.links.len() as u32;
        self.links.extend(fields.filter_map(|f| f.parse::<u32>().ok()));
        (from, self.links.len() as u32)
    }

    fn links(&self, (from, to): Slice) -> &[u32] {
        &self.links[from as usize..to as usize]
    }

    fn senses_of(&self, word: &str) -> &[(u32, u32)] {
        self.words.get(word).map_or(&[], |&(from, to)| &self.senses[from as usize..to as usize])
    }

    fn up(&self, synset: u32) -> &[u32] {
        self.links(self.synsets[synset as usize].up)
    }

    fn part_of(&self, synset: u32) -> Part {
        self.synsets[synset as usize].part
    }

    /// True when the word is listed as it stands.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// True when the word is listed under the part of speech.
    pub fn has_part(&self, word: &str, part: Part) -> bool {
        self.senses_of(word).iter().any(|s| self.part_of(s.0) == part)
    }

    /// The part of speech of the word's most frequent sense.
    pub fn part(&self, word: &str) -> Option<Part> {
        self.senses_of(word).first().map(|s| self.part_of(s.0))
    }

    /// True when the word's most frequent sense is a place.
    pub fn is_place(&self, word: &str) -> bool {
        const LOCATION: u8 = 15;
        self.senses_of(word).first().is_some_and(|s| self.synsets[s.0 as usize].topic == LOCATION)
    }

    /// The first senses of each part of speech of all the words, without repeats.
    fn frequent(&self, words: &[CompactString], most: usize) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for word in words {
            let mut taken = [0; 4];
            for &(synset, _) in self.senses_of(word) {
                let count = &mut taken[self.part_of(synset) as usize];
                *count += 1;
                if *count <= most && !found.contains(&synset) {
                    found.push(synset);
                }
            }
        }
        found
    }

    /// How two words stand to each other, given by their base forms.
    pub fn relation(&self, a: &[CompactString], b: &[CompactString], rules: &Senses) -> Option<WordRelation> {
        let (a, b) = (self.frequent(a, rules.most), self.frequent(b, rules.most));
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let any = |meets: &dyn Fn(u32, u32) -> bool| a.iter().any(|&x| b.iter().any(|&y| meets(x, y)));
        Some(if any(&|x, y| self.opposed(x, y)) {
            WordRelation::Antonym
        } else if any(&|x, y| self.synonymous(x, y)) {
            WordRelation::Synonym
        } else {
            self.along_chains(&a, &b, rules)
        })
    }

    /// Directly antonymous, or adjectives of antonymous clusters.
    fn opposed(&self, x: u32, y: u32) -> bool {
        let direct = |x: u32, y: u32| self.links(self.synsets[x as usize].against).contains(&y);
        let heads = |s: u32| if self.part_of(s) == Part::Adjective { self.up(s) } else { &[] };
        direct(x, y)
            || direct(y, x)
            || heads(x).iter().any(|&h| direct(h, y) || heads(y).iter().any(|&g| direct(h, g)))
            || heads(y).iter().any(|&g| direct(x, g))
    }

    /// One sense, or adjectives of one cluster.
    fn synonymous(&self, x: u32, y: u32) -> bool {
        let adjectives = self.part_of(x) == Part::Adjective && self.part_of(y) == Part::Adjective;
        x == y || adjectives && (self.up(x).contains(&y) || self.up(y).contains(&x))
    }

    /// Whether one word lies above the other, or both below one that is not too general.
    fn along_chains(&self, a: &[u32], b: &[u32], rules: &Senses) -> WordRelation {
        let chains = |senses: &[u32]| senses.iter().map(|&s| self.chain(s, rules.rise)).collect::<Vec<_>>();
        let (left, right) = (chains(a), chains(b));
        let above = |chains: &[Vec<(u32, u8)>], s: u32| chains.iter().any(|c| c.iter().any(|&(up, _)| up == s));
        if b.iter().any(|&y| above(&left, y)) || a.iter().any(|&x| above(&right, x)) {
            return WordRelation::Hypernym;
        }
        let meet = left.iter().any(|l| right.iter().any(|r| self.meet(l, r, rules)));
        if meet { WordRelation::CoHyponym } else { WordRelation::Unrelated }
    }

    /// Whether two chains meet near enough to their beginnings for the depth of the meeting.
    fn meet(&self, left: &[(u32, u8)], right: &[(u32, u8)], rules: &Senses) -> bool {
        let near = |&&(_, steps): &&(u32, u8)| steps <= rules.steps;
        left.iter().filter(near).any(|&(s, up)| {
            let other = right.iter().filter(near).find(|r| r.0 == s);
            other.is_some_and(|&(_, down)| self.depth(s) >= up.max(down) + rules.margin)
        })
    }

    /// The synset and what lies above it within `most` steps, with the steps.
    fn chain(&self, synset: u32, most: u8) -> Vec<(u32, u8)> {
        let mut found = vec![(synset, 0)];
        let mut at = 0;
        while let Some(&(synset, steps)) = found.get(at) {
            at += 1;
            if steps == most || self.part_of(synset) > Part::Verb {
                continue;
            }
            for &up in self.up(synset) {
                if !found.iter().any(|f| f.0 == up) {
                    found.push((up, steps + 1));
                }
            }
        }
        found
    }

    /// Steps to the root along first parents.
    fn depth(&self, synset: u32) -> u8 {
        // The deepest chain of WordNet has 19 steps; the bound ends a loop in a damaged file.
        const DEEPEST: u8 = 32;
        let mut at = synset;
        for depth in 0..DEEPEST {
            match self.up(at).first() {
                Some(&up) => at = up,
                None => return depth,
            }
        }
        DEEPEST
    }
}

/// `123*4` is synset 123, counted 4 times in tagged text.
fn parse_sense(field: &str) -> Option<(u32, u32)> {
    let (synset, count) = field.split_once('*').unwrap_or((field, "0"));
    Some((synset.parse().ok()?, count.parse().ok()?))
}

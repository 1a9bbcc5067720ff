//! What phrases mean, by their first three words: "in the", "at the" and "on the" begin hundreds of phrases, and nearly
//! every word that follows in a text is the third of none of them.
//!
//! Words are numbered once, and all else is told by numbers: there are more than a hundred thousand phrases.

use std::ops::Range;

use crate::text::WordList;

/// The number of a word that no phrase has.
pub const UNKNOWN: u32 = u32::MAX;
/// Stands for a word behind the end of a phrase.
const END: u32 = 0;

/// What phrases mean. Those that begin alike are told apart by their next words before they are looked at.
#[derive(Clone, Debug)]
pub struct PhraseMap<Meaning> {
    words: WordList,
    meanings: Vec<Meaning>,
    /// Where the phrases that begin with a word start among `keys`, by the number of the word.
    starts: Vec<u32>,
    /// Sorted behind each start.
    keys: Vec<Key>,
    /// Which two words begin a phrase: nearly all that follow each other in a text do not, and need not be looked for.
    pairs: Pairs,
}

impl<Meaning> Default for PhraseMap<Meaning> {
    fn default() -> Self {
        Phrases::default().map()
    }
}

/// What follows the first word of a phrase, and its number among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    second: u32,
    third: u32,
    phrase: u32,
}

/// Phrases as they are gathered.
#[derive(Clone, Debug)]
pub struct Phrases<Meaning> {
    words: WordList,
    meanings: Vec<Meaning>,
    keys: Vec<(u32, Key)>,
}

impl<Meaning> Default for Phrases<Meaning> {
    fn default() -> Self {
        Self { words: WordList::default(), meanings: Vec::new(), keys: Vec::new() }
    }
}

impl<Meaning> Phrases<Meaning> {
    /// The number of a word of phrases.
    pub fn number(&mut self, word: &str) -> u32 {
        self.words.add(word) + 1
    }

    /// Adds a phrase that begins with these words, of which three count.
    pub fn push(&mut self, words: &[u32], meaning: Meaning) {
        let phrase = self.meanings.len() as u32;
        let word = |at: usize| words.get(at).copied().unwrap_or(END);
        self.keys.push((word(0), Key { second: word(1), third: word(2), phrase }));
        self.meanings.push(meaning);
    }

    /// All of them, ready to be asked for.
    pub fn map(mut self) -> PhraseMap<Meaning> {
        self.words.shrink_to_fit();
        self.meanings.shrink_to_fit();
        self.keys.sort_unstable();
        let firsts = 0..=self.words.len() as u32 + 1;
        let starts = firsts.map(|word| self.keys.partition_point(|(first, _)| *first < word) as u32).collect();
        let pairs = Pairs::of(self.keys.iter().map(|(first, key)| (*first, key.second)));
        let keys = self.keys.iter().map(|(_, key)| *key).collect();
        PhraseMap { words: self.words, meanings: self.meanings, starts, keys, pairs }
    }
}

impl<Meaning> PhraseMap<Meaning> {
    /// The number of a word, by which it is asked for.
    pub fn number(&self, word: &str) -> u32 {
        self.words.number(word).map_or(UNKNOWN, |number| number + 1)
    }

    /// The phrases that may begin where these words do, in the order in which they were added.
    pub fn of(&self, words: &[u32]) -> impl Iterator<Item = &Meaning> + use<'_, Meaning> {
        let word = |at: usize| words.get(at).copied().unwrap_or(UNKNOWN);
        let branch = self.beginning_with(word(0));
        let (alone, longer) = ended(branch, |key| key.second == END);
        let is_pair = !longer.is_empty() && self.pairs.may_hold(word(0), word(1));
        let twig = if is_pair { equal(longer, |key| key.second.cmp(&word(1))) } else { &[] };
        let (pairs, triples) = ended(twig, |key| key.third == END);
        let triples = if triples.is_empty() { triples } else { equal(triples, |key| key.third.cmp(&word(2))) };
        merged([alone, pairs, triples]).map(|phrase| &self.meanings[phrase as usize])
    }

    fn beginning_with(&self, first: u32) -> &[Key] {
        let bounds = self.starts.get(first as usize).zip(self.starts.get(first as usize + 1));
        bounds.map_or(&[], |(from, to)| &self.keys[*from as usize..*to as usize])
    }
}

/// Pairs of words by a bit each; two pairs may share one.
#[derive(Clone, Debug)]
struct Pairs {
    bits: Box<[u64]>,
}

impl Pairs {
    fn of(pairs: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        // Four bits or more for each phrase: of a hundred pairs that begin none a few look as if they did.
        let mut held = Self { bits: vec![0; (pairs.len() / 16 + 1).next_power_of_two()].into() };
        for (first, second) in pairs {
            let (place, bit) = held.place(first, second);
            held.bits[place] |= bit;
        }
        held
    }

    fn may_hold(&self, first: u32, second: u32) -> bool {
        let (place, bit) = self.place(first, second);
        self.bits[place] & bit != 0
    }

    fn place(&self, first: u32, second: u32) -> (usize, u64) {
        // Fibonacci hashing: the upper bits are those that are mixed.
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(GOLDEN) >> 32;
        ((mixed as usize / 64) % self.bits.len(), 1 << (mixed % 64))
    }
}

/// Keys, sorted, that end here, and those that go on.
fn ended(keys: &[Key], ends: impl Fn(&Key) -> bool) -> (&[Key], &[Key]) {
    let goes_on = keys.first().is_none_or(|key| !ends(key));
    keys.split_at(if goes_on { 0 } else { keys.partition_point(ends) })
}

/// Those of sorted keys that are equal to what is looked for.
fn equal(keys: &[Key], order: impl Fn(&Key) -> std::cmp::Ordering) -> &[Key] {
    let Range { start, end } =
        keys.partition_point(|key| order(key).is_lt())..keys.partition_point(|key| order(key).is_le());
    &keys[start..end]
}

/// The phrases of sorted lists as one.
fn merged<'k>(mut lists: [&'k [Key]; 3]) -> impl Iterator<Item = u32> + 'k {
    std::iter::from_fn(move || {
        let least = lists.iter_mut().filter(|list| !list.is_empty()).min_by_key(|list| list[0].phrase)?;
        let (next, rest) = least.split_first()?;
        *least = rest;
        Some(next.phrase)
    })
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn phrases_come_in_the_order_in_which_they_were_added() {
        let mut phrases = Phrases::default();
        let added =
            ["in custody", "in", "out", "in hospital", "in custody again", "in custody again soon", "in custody"];
        for (number, phrase) in added.iter().enumerate() {
            let words: Vec<u32> = phrase.split(' ').map(|word| phrases.number(word)).collect();
            phrases.push(&words, number);
        }
        let phrases = phrases.map();
        let check = |text: &str, expected: &[usize]| {
            let words: Vec<u32> = text.split(' ').map(|word| phrases.number(word)).collect();
            assert_eq!(phrases.of(&words).copied().collect::<Vec<_>>(), expected, "{text}");
        };
        check("in custody again", &[0, 1, 4, 5, 6]);
        check("in custody now", &[0, 1, 6]);
        check("in custody", &[0, 1, 6]);
        check("in hospital again", &[1, 3]);
        check("in june", &[1]);
        check("in", &[1]);
        check("out custody again", &[2]);
        check("off custody", &[]);
        check("soon", &[]);
    }
}

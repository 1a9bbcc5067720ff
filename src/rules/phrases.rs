//! What phrases mean, by their first three words: "in the", "at the" and "on the" begin hundreds of phrases, and nearly
//! every word that follows in a text is the third of none of them.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::words::WordMap;

/// What phrases mean. Those that begin alike are told apart by their next words before they are looked at.
#[derive(Clone, Debug)]
pub struct PhraseMap<Meaning> {
    phrases: Vec<Meaning>,
    first: WordMap<Branch>,
}

/// The phrases that begin with one word, by number, in order.
#[derive(Clone, Debug, Default)]
struct Branch {
    /// Those that are this word.
    alone: Vec<u32>,
    second: WordMap<Twig>,
}

/// The phrases that begin with two words, likewise.
#[derive(Clone, Debug, Default)]
struct Twig {
    /// Those that are these words.
    alone: Vec<u32>,
    third: FxHashMap<CompactString, Vec<u32>>,
}

impl<Meaning> Default for PhraseMap<Meaning> {
    fn default() -> Self {
        Self { phrases: Vec::new(), first: WordMap::default() }
    }
}

impl<Meaning> PhraseMap<Meaning> {
    /// Adds a phrase that begins with `first` and, as far as they are given, two more words.
    pub fn push(&mut self, first: &str, next: [Option<&str>; 2], meaning: Meaning) {
        let number = self.phrases.len() as u32;
        let branch = self.first.meaning_mut(first);
        let list = match next {
            [None, _] => &mut branch.alone,
            [Some(second), None] => &mut branch.second.meaning_mut(second).alone,
            [Some(second), Some(third)] => branch.second.meaning_mut(second).third.entry(third.into()).or_default(),
        };
        list.push(number);
        self.phrases.push(meaning);
    }

    /// The phrases that may begin with a word which the `next` two follow, in the order in which they were added.
    pub fn of(&self, first: &str, next: [Option<&str>; 2]) -> impl Iterator<Item = &Meaning> + use<'_, Meaning> {
        let branch = self.first.get(first);
        let twig = branch.and_then(|branch| branch.second.get(next[0]?));
        let longest = twig.filter(|twig| !twig.third.is_empty()).and_then(|twig| twig.third.get(next[1]?));
        let lists = [branch.map(|branch| &branch.alone), twig.map(|twig| &twig.alone), longest];
        merged(lists.map(|list| list.map_or(&[][..], Vec::as_slice))).map(|number| &self.phrases[number as usize])
    }
}

/// Sorted lists as one.
fn merged<'n>(mut lists: [&'n [u32]; 3]) -> impl Iterator<Item = u32> + 'n {
    std::iter::from_fn(move || {
        let least = lists.iter_mut().filter(|list| !list.is_empty()).min_by_key(|list| list[0])?;
        let (next, rest) = least.split_first()?;
        *least = rest;
        Some(*next)
    })
}

#[cfg(test)]
mod tests {
    use super::PhraseMap;

    #[test]
    fn phrases_come_in_the_order_in_which_they_were_added() {
        let mut phrases = PhraseMap::default();
        let added =
            ["in custody", "in", "out", "in hospital", "in custody again", "in custody again soon", "in custody"];
        for (number, phrase) in added.iter().enumerate() {
            let mut words = phrase.split(' ');
            phrases.push(words.next().unwrap(), [words.next(), words.next()], number);
        }
        let check = |first: &str, next: [Option<&'static str>; 2], expected: &[usize]| {
            assert_eq!(phrases.of(first, next).copied().collect::<Vec<_>>(), expected, "{first} {next:?}");
        };
        check("in", [Some("custody"), Some("again")], &[0, 1, 4, 5, 6]);
        check("in", [Some("custody"), Some("now")], &[0, 1, 6]);
        check("in", [Some("custody"), None], &[0, 1, 6]);
        check("in", [Some("hospital"), Some("again")], &[1, 3]);
        check("in", [Some("june"), None], &[1]);
        check("in", [None, None], &[1]);
        check("out", [Some("custody"), Some("again")], &[2]);
        check("off", [Some("custody"), None], &[]);
    }
}

//! What phrases mean, by their first two words: "in", "on" and "the" begin hundreds of phrases, and nearly every word
//! that follows in a text is the second of none of them.

use super::words::WordMap;

/// What phrases mean. Those that begin alike are told apart by their second word before they are looked at.
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
    second: WordMap<Vec<u32>>,
}

impl<Meaning> Default for PhraseMap<Meaning> {
    fn default() -> Self {
        Self { phrases: Vec::new(), first: WordMap::default() }
    }
}

impl<Meaning> PhraseMap<Meaning> {
    /// Adds a phrase that begins with these words, the second being that of a longer one.
    pub fn push(&mut self, first: &str, second: Option<&str>, meaning: Meaning) {
        let number = self.phrases.len() as u32;
        let branch = self.first.meaning_mut(first);
        match second {
            Some(second) => branch.second.meaning_mut(second).push(number),
            None => branch.alone.push(number),
        }
        self.phrases.push(meaning);
    }

    /// The phrases that may begin with a word which `second` follows, in the order in which they were added.
    pub fn of(&self, first: &str, second: Option<&str>) -> impl Iterator<Item = &Meaning> + use<'_, Meaning> {
        let branch = self.first.get(first);
        let alone = branch.map_or(&[][..], |branch| &branch.alone);
        let longer = branch.and_then(|branch| branch.second.get(second?)).map_or(&[][..], Vec::as_slice);
        merged(alone, longer).map(|number| &self.phrases[number as usize])
    }
}

/// Two sorted lists as one.
fn merged<'n>(mut a: &'n [u32], mut b: &'n [u32]) -> impl Iterator<Item = u32> + 'n {
    std::iter::from_fn(move || {
        let from = if b.is_empty() || a.first().is_some_and(|x| *x < b[0]) { &mut a } else { &mut b };
        let (next, rest) = from.split_first()?;
        *from = rest;
        Some(*next)
    })
}

#[cfg(test)]
mod tests {
    use super::PhraseMap;

    #[test]
    fn phrases_come_in_the_order_in_which_they_were_added() {
        let mut phrases = PhraseMap::default();
        for (number, phrase) in ["in custody", "in", "out", "in hospital", "in custody again"].iter().enumerate() {
            let mut words = phrase.split(' ');
            phrases.push(words.next().unwrap(), words.next(), number);
        }
        let check = |first: &str, second: Option<&'static str>, expected: &[usize]| {
            assert_eq!(phrases.of(first, second).copied().collect::<Vec<_>>(), expected, "{first} {second:?}");
        };
        check("in", Some("custody"), &[0, 1, 4]);
        check("in", Some("hospital"), &[1, 3]);
        check("in", Some("june"), &[1]);
        check("in", None, &[1]);
        check("out", Some("custody"), &[2]);
        check("off", Some("custody"), &[]);
    }
}

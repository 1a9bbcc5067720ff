//! Which words may be among some, told by a few bits: a phrase whose words cannot all be there need not be looked for.

use xxhash_rust::xxh3::xxh3_64;

/// A bit for each of some words; two words may share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordBits([u64; 4]);

impl WordBits {
    /// False where one of the other words is certainly not among these.
    pub fn may_hold(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(here, asked)| asked & !here == 0)
    }
}

impl<'w> FromIterator<&'w str> for WordBits {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let mut bits = Self::default();
        for word in words {
            let mark = xxh3_64(word.as_bytes());
            bits.0[mark as usize % 4] |= 1 << (mark >> 58);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::WordBits;

    #[test]
    fn words_that_are_there_may_be_there_and_most_others_may_not() {
        let bits = |text: &str| -> WordBits { text.split(' ').filter(|word| !word.is_empty()).collect() };
        let sentence = bits("the old ferry left the harbour at noon");
        for (words, expected) in
            [("", true), ("harbour", true), ("noon ferry", true), ("river", false), ("ferry river", false)]
        {
            assert_eq!(sentence.may_hold(&bits(words)), expected, "{words}");
        }
    }
}

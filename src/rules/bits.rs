//! Which words may be among some, told by a few bits: a phrase whose words cannot all be there need not be looked for.

/// A bit for each of some words, which are told by their numbers; two words may share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordBits([u64; 4]);

impl WordBits {
    /// False where one of the other words is certainly not among these.
    pub fn may_hold(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(here, asked)| asked & !here == 0)
    }

    /// False where none of the other words is among these.
    pub fn may_share(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).any(|(here, other)| here & other != 0)
    }
}

impl FromIterator<u32> for WordBits {
    fn from_iter<I: IntoIterator<Item = u32>>(words: I) -> Self {
        let mut bits = Self::default();
        for word in words {
            bits.0[word as usize % 4] |= 1 << (word / 4 % 64);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::WordBits;

    #[test]
    fn words_that_are_there_may_be_there_and_most_others_may_not() {
        let bits = |words: &[u32]| -> WordBits { words.iter().copied().collect() };
        let sentence = bits(&[1, 7, 300, 70_000]);
        for (words, expected) in
            [(&[][..], true), (&[300], true), (&[70_000, 7], true), (&[8], false), (&[1, 71_000], false)]
        {
            assert_eq!(sentence.may_hold(&bits(words)), expected, "{words:?}");
        }
        for (words, expected) in [(&[][..], false), (&[300], true), (&[8, 7], true), (&[8, 71_000], false)] {
            assert_eq!(sentence.may_share(&bits(words)), expected, "{words:?}");
        }
    }
}

//! Words numbered in the order in which they come, and found again by themselves: their letters lie in one text, and a
//! word takes some sixteen bytes besides them, where a map of texts takes forty to a hundred.

use xxhash_rust::xxh3::xxh3_64;

/// Different words, each with a number from 0 on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordList {
    letters: String,
    /// Where the letters of each word end.
    ends: Vec<u32>,
    /// Numbers of words from 1 on, each at the place its hash tells or behind it; 0 where there is none. A power of two of
    /// places, of which at least a third are free.
    places: Vec<u32>,
}

impl WordList {
    /// An empty list that has room for so many words and letters.
    pub fn with_capacity(words: usize, letters: usize) -> Self {
        let mut list = Self { letters: String::with_capacity(letters), ..Self::default() };
        list.ends.reserve_exact(words);
        list.make_places(words);
        list
    }

    /// The number of a word, where it is listed.
    pub fn number(&self, word: &str) -> Option<u32> {
        if self.places.is_empty() { None } else { self.look(word).ok() }
    }

    /// The number of a word, which is listed if it was not.
    pub fn add(&mut self, word: &str) -> u32 {
        if self.places.len() < places_for(self.ends.len() + 1) {
            self.make_places(self.ends.len() + 1);
        }
        self.look(word).unwrap_or_else(|place| {
            self.letters.push_str(word);
            self.ends.push(self.letters.len() as u32);
            self.places[place] = self.ends.len() as u32;
            self.ends.len() as u32 - 1
        })
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.letters[start as usize..self.ends[number as usize] as usize]
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Gives back the room that no word takes.
    pub fn shrink_to_fit(&mut self) {
        self.letters.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The number of a word, or the place where it would be noted.
    fn look(&self, word: &str) -> Result<u32, usize> {
        let last = self.places.len() - 1;
        let mut place = xxh3_64(word.as_bytes()) as usize & last;
        loop {
            match self.places[place].checked_sub(1) {
                None => return Err(place),
                Some(number) if self.word(number) == word => return Ok(number),
                Some(_) => place = (place + 1) & last,
            }
        }
    }

    /// Makes places for so many words, and notes those there are.
    fn make_places(&mut self, words: usize) {
        self.places = vec![0; places_for(words).next_power_of_two()];
        for number in 0..self.ends.len() as u32 {
            if let Err(place) = self.look(self.word(number)) {
                self.places[place] = number + 1;
            }
        }
    }
}

fn places_for(words: usize) -> usize {
    words + words / 2 + 1
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn a_word_keeps_the_number_under_which_it_was_listed_first() {
        for mut list in [WordList::default(), WordList::with_capacity(4, 9)] {
            assert_eq!(list.number("ferry"), None);
            let words: Vec<String> = (0..200).map(|n| format!("{}{n}", ["", "é", "ferry "][n % 3])).collect();
            for (number, word) in words.iter().enumerate() {
                assert_eq!((list.add(word), list.add(word)), (number as u32, number as u32), "{word}");
            }
            assert_eq!(list.len(), words.len());
            for (number, word) in words.iter().enumerate() {
                assert_eq!((list.number(word), list.word(number as u32)), (Some(number as u32), word.as_str()));
            }
            assert_eq!((list.number("harbour"), list.number("")), (None, None));
        }
    }
}

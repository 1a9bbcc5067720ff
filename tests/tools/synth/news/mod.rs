//! News that nobody printed: stories told by several outlets, some of which err, copy, and wrap their text in furniture.
//!
//! The same seed gives the same bytes. Words and templates are in `news.toml`.

mod dice;
mod facts;
mod telling;
mod words;

use serde::Serialize;

use dice::Dice;
use telling::Newsroom;
use words::Words;

/// Days between two stories. There are four kinds of happening: more of one kind at one time than happen in life would be
/// taken for one story.
const DAYS_A_STORY: usize = 2;
/// How many outlets tell a story, as a log-normal's median and spread, and at most.
const TELLERS: (f64, f64, usize) = (3.0, 0.6, 8);
/// Days before they begin anew: twenty years.
const DAYS: usize = 7_300;
/// Fewest and most outlets.
const OUTLETS: (usize, usize) = (8, 240);
/// Documents an outlet prints, roughly, while there are outlets enough.
const DOCUMENTS_AN_OUTLET: usize = 40;

/// A generator of news.
pub struct News {
    /// Who prints them.
    pub outlets: Vec<Outlet>,
    words: Words,
    seed: u64,
    median: f64,
    /// How many tell each story; drawn where it is not said.
    tellers: Option<usize>,
}

/// One outlet.
#[derive(Clone, Debug, Serialize)]
pub struct Outlet {
    pub source: String,
    pub error_rate: f64,
}

/// One article.
#[derive(Clone, Debug, Serialize)]
pub struct Article {
    pub source: String,
    pub published: String,
    pub text: String,
}

/// Something planted, in the columns of `expected.csv`; articles are places in [`Story::articles`].
#[derive(Clone, Debug, Serialize)]
pub struct Planted {
    pub expect: &'static str,
    pub kind: String,
    pub a: usize,
    pub needle_a: String,
    pub b: usize,
    pub needle_b: String,
    pub why: String,
}

/// An article that copies another of its story.
#[derive(Clone, Debug, Serialize)]
pub struct Copied {
    pub copy: usize,
    pub of: usize,
    pub manner: &'static str,
}

/// One story with what is planted in it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Story {
    pub articles: Vec<Article>,
    pub planted: Vec<Planted>,
    pub copies: Vec<Copied>,
}

impl News {
    /// News for a corpus of about `documents`, each of about `median` words.
    pub fn new(documents: usize, seed: u64, median: f64) -> Self {
        let words = Words::load();
        let wanted = (documents / DOCUMENTS_AN_OUTLET).clamp(OUTLETS.0, OUTLETS.1);
        let outlets = (0..wanted).map(|number| outlet(number, &words)).collect();
        Self { words, outlets, seed, median, tellers: None }
    }

    /// The same, where so many outlets tell each story.
    pub fn told_by(mut self, tellers: Option<usize>) -> Self {
        let wanted = tellers.unwrap_or(0).max(self.outlets.len());
        self.outlets.extend((self.outlets.len()..wanted).map(|number| outlet(number, &self.words)));
        Self { tellers, ..self }
    }

    /// Stories until there are so many documents.
    pub fn stories(&self, documents: usize) -> impl Iterator<Item = Story> {
        let mut left = documents;
        (0..).map_while(move |number| {
            let story = (left > 0).then(|| self.story(number, left))?;
            left = left.saturating_sub(story.articles.len());
            Some(story)
        })
    }

    fn story(&self, number: usize, most: usize) -> Story {
        let mut dice = Dice::new(self.seed, number as u64);
        let day = (number * DAYS_A_STORY % DAYS) as i64;
        let drawn = (1 + dice.around(TELLERS.0 - 1.0, TELLERS.1) as usize).min(TELLERS.2);
        let tellers = self.tellers.unwrap_or(drawn).min(self.outlets.len()).min(most);
        let first = dice.below(self.outlets.len() as u64) as usize;
        let step = if self.tellers.is_some() { 1 } else { 1 + dice.below(5) as usize * 2 };
        let mut tellers: Vec<usize> = (0..tellers).map(|n| (first + n * step) % self.outlets.len()).collect();
        tellers.sort_unstable();
        tellers.dedup();
        Newsroom::new(&self.words, &self.outlets, self.median, &mut dice).story(&tellers, day)
    }
}

fn outlet(number: usize, words: &Words) -> Outlet {
    let (begins, ends) = (&words.outlet_begins, &words.outlet_ends);
    let name = format!("{}-{}", begins[number % begins.len()], ends[(number / begins.len() + number) % ends.len()]);
    let source = match number / (begins.len() * ends.len()) {
        0 => name,
        again => format!("{name}-{again}"),
    };
    Outlet { source, error_rate: words.error_rates[number % words.error_rates.len()] }
}

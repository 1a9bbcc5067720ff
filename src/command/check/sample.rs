//! A sample of a corpus that keeps its stories whole: stretches of days, for a story's documents lie within days of
//! each other. What is sampled hangs on the documents alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::civil::Date;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use crate::document::Document;
use crate::failure::Failure;
use crate::read::{Plan, read_file};
use crate::rules::RuleBook;

/// Documents that a sample holds, about; a smaller corpus is its own sample.
const DOCUMENTS: u64 = 2_000;
/// Stretches that they are taken from, spread evenly over the documents in the order of their days.
const STRETCHES: u64 = 4;

/// Which documents are sampled.
#[derive(Debug)]
pub struct Sample {
    days: BTreeSet<Option<Date>>,
    /// Share of the documents of these days that is taken.
    pub share: f64,
}

impl Sample {
    /// Chooses days from the number of documents of each; documents without a date count as a day of their own.
    pub fn of(days: &BTreeMap<Option<Date>, u64>) -> Self {
        let total: u64 = days.values().sum();
        let (mut chosen, mut held, mut before, mut begun, mut room) = (BTreeSet::new(), 0, 0, 0, 0_u64);
        for (day, documents) in days {
            if room == 0 && begun < STRETCHES && before >= begun * total / STRETCHES {
                (room, begun) = (DOCUMENTS.div_ceil(STRETCHES), begun + 1);
            }
            if room > 0 || total <= DOCUMENTS {
                chosen.insert(*day);
                held += documents;
                room = room.saturating_sub(*documents);
            }
            before += documents;
        }
        // A day with far more documents than a sample holds is thinned out.
        let share = if held > 2 * DOCUMENTS { DOCUMENTS as f64 / held as f64 } else { 1.0 };
        Self { days: chosen, share }
    }

    fn holds(&self, document: &Document) -> bool {
        let lot = xxh3_64(document.path.as_bytes()) as f64 / u64::MAX as f64;
        self.days.contains(&document.published.map(|published| published.date)) && lot < self.share
    }

    /// Writes the sampled documents of a corpus as lines of JSON; tells how many they are.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn write(&self, plan: &Plan, book: &RuleBook, path: &Path) -> Result<u64, Failure> {
        let failed = |error| Failure::output(path, error);
        let mut file = BufWriter::new(File::create(path).map_err(failed)?);
        let (mut count, mut outcome) = (0, Ok(()));
        for entry in &plan.files {
            read_file(entry, plan, &book.read, &mut |result| {
                if let Ok(document) = result
                    && outcome.is_ok()
                    && self.holds(&document)
                {
                    count += 1;
                    outcome = writeln!(file, "{}", line(&document));
                }
            });
        }
        outcome.and_then(|()| file.flush()).map_err(failed)?;
        Ok(count)
    }
}

fn line(document: &Document) -> serde_json::Value {
    let Document { source, title, url, text, published, .. } = document;
    let published = published.map(|published| published.date.to_string());
    json!({ "source": source, "title": title, "url": url, "published": published, "text": text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(documents: u64, days: i64) -> BTreeMap<Option<Date>, u64> {
        let first = jiff::civil::date(2024, 1, 1);
        let day = |n: i64| first.checked_add(jiff::Span::new().days(n)).ok();
        (0..days).map(|n| (day(n), documents)).collect()
    }

    #[test]
    fn stretches_of_days_are_spread_over_the_corpus() {
        let sample = Sample::of(&days(10, 4_000));
        let held = sample.days.len() as u64 * 10;
        assert!((DOCUMENTS..=DOCUMENTS + 10 * STRETCHES).contains(&held), "{held}");
        let breaks = sample.days.iter().zip(sample.days.iter().skip(1));
        let breaks = breaks.filter(|(x, y)| x.zip(**y).is_some_and(|(x, y)| x.tomorrow().ok() != Some(y)));
        assert_eq!((breaks.count() as u64, sample.share), (STRETCHES - 1, 1.0));
    }

    #[test]
    fn a_small_corpus_is_its_own_sample_and_a_full_day_is_thinned() {
        let small = Sample::of(&days(3, 30));
        assert_eq!((small.days.len(), small.share), (30, 1.0));
        let full = Sample::of(&BTreeMap::from([(None, 100 * DOCUMENTS)]));
        assert_eq!((full.days.len(), full.share), (1, 0.01));
    }
}

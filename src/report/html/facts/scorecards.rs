//! Which scorecards are shown, and the lines that their scores are made of.

use super::Facts;
use crate::failure::Failure;
use crate::report::PageRules;
use crate::report::stored::{Stored, StoredRow};

impl Facts {
    /// Keeps the scorecards of the sources with most documents.
    pub(super) fn gather_sources(&mut self, stored: &Stored, rules: &PageRules) -> Result<(), Failure> {
        let mut kept = Vec::new();
        for row in stored.rows("sources") {
            kept.push(row?);
            self.source_count += 1;
            if kept.len() > 2 * rules.sources {
                keep_busiest(&mut kept, rules.sources);
            }
        }
        keep_busiest(&mut kept, rules.sources);
        self.matrix = kept.iter().take(rules.matrix).map(|row| row.text("source").to_owned()).collect();
        self.matrix.sort();
        self.sources = by_name(kept);
        Ok(())
    }

    /// Leaves out an eighth of the sources: those with fewest documents.
    pub(super) fn lessen_sources(&mut self) -> bool {
        let (shown, left) = (self.sources.len(), self.sources.len() - self.sources.len() / 8);
        keep_busiest(&mut self.sources, left);
        self.sources = by_name(std::mem::take(&mut self.sources));
        left < shown
    }

    /// Keeps the dearest lines of each score shown.
    pub(super) fn gather_losses(&mut self, stored: &Stored, rules: &PageRules) -> Result<(), Failure> {
        let points = |line: &StoredRow| line.number("points").unwrap_or_default();
        self.losses =
            self.sources.iter().map(|source| (source.text("source").to_owned(), Default::default())).collect();
        for line in stored.rows("losses") {
            let line = line?;
            let Some((count, lines)) = self.losses.get_mut(line.text("source")) else { continue };
            *count += 1;
            lines.push(line);
            lines.sort_by(|a, b| points(b).total_cmp(&points(a)));
            lines.truncate(rules.losses);
        }
        Ok(())
    }
}

fn keep_busiest(sources: &mut Vec<StoredRow>, most: usize) {
    sources.sort_by(|a, b| {
        b.count("documents").cmp(&a.count("documents")).then_with(|| a.text("source").cmp(b.text("source")))
    });
    sources.truncate(most);
}

fn by_name(mut sources: Vec<StoredRow>) -> Vec<StoredRow> {
    sources.sort_by(|a, b| a.text("source").cmp(b.text("source")));
    sources
}

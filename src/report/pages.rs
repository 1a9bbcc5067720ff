//! `report.html` and `scorecard.xlsx`: a run for those who would rather look than read its tables.

use std::path::{Path, PathBuf};

use super::stored::Stored;
use super::{Rules, html, workbook};
use crate::failure::Failure;
use crate::store::atomic;

/// Which of the two are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// `report.html`.
    pub html: bool,
    /// `scorecard.xlsx`.
    pub xlsx: bool,
}

const HTML: &str = "report.html";
const XLSX: &str = "scorecard.xlsx";

impl Pages {
    /// Both.
    pub const ALL: Self = Self { html: true, xlsx: true };

    /// Whether any is to be written.
    pub fn are_wanted(self) -> bool {
        self.html || self.xlsx
    }

    /// The names of the files.
    pub fn names(self) -> Vec<String> {
        [(self.html, HTML), (self.xlsx, XLSX)]
            .into_iter()
            .filter(|(wanted, _)| *wanted)
            .map(|(_, n)| n.into())
            .collect()
    }

    /// Writes them into `folder` from what is stored, and tells where they are.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when a table cannot be read, [`Failure::Output`].
    pub fn write(self, folder: &Path, stored: &Stored, rules: &Rules) -> Result<Vec<PathBuf>, Failure> {
        if self.html {
            atomic::write(folder.join(HTML), html::page(stored, rules)?.as_bytes())?;
        }
        if self.xlsx {
            workbook::write(&folder.join(XLSX), stored, &rules.workbook)?;
        }
        Ok(self.names().into_iter().map(|name| folder.join(name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::Dialect;
    use crate::rules::RuleBook;

    #[test]
    fn what_is_wanted_is_written_and_nothing_else() {
        let rules = RuleBook::load(None).unwrap().report;
        for (pages, expected) in [
            (Pages::default(), &[][..]),
            (Pages { html: true, xlsx: false }, &[HTML]),
            (Pages { html: false, xlsx: true }, &[XLSX]),
            (Pages::ALL, &[HTML, XLSX]),
        ] {
            let dir = tempfile::tempdir().unwrap();
            crate::report::tests::sample(dir.path(), Dialect::Excel);
            let stored = Stored::open(dir.path(), &rules.cells).unwrap();
            let written = pages.write(dir.path(), &stored, &rules).unwrap();
            assert_eq!(pages.names(), expected);
            assert!(written.iter().all(|path| path.is_file()));
            let there = [HTML, XLSX].into_iter().filter(|name| dir.path().join(name).exists()).count();
            assert_eq!(there, expected.len());
        }
    }
}

//! `README.txt`: how to read the tables, for whoever opens the folder.

use std::fmt::Write as _;

use super::csv::Written;
use super::package::DISCLAIMER;
use super::tables;

const TEMPLATE: &str = include_str!("readme.txt");

/// The text for the tables written, with `\r\n`, as the tables have it.
pub fn readme(written: &[Written]) -> String {
    let mut files = String::new();
    for table in written {
        let row = tables::named(&table.table).map_or("", |table| table.row);
        for file in &table.files {
            // Writing to a String cannot fail.
            let _ = writeln!(files, "  {:21} {} rows. {row}", file.name, file.rows);
        }
    }
    let text = TEMPLATE.replace("{disclaimer}", DISCLAIMER).replace("{files}\n", &files);
    text.replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::WrittenFile;

    #[test]
    fn opens_with_what_the_figures_do_not_say_and_names_every_file() {
        let file = WrittenFile { name: "claims.csv".into(), rows: 12, bytes: 0 };
        let text = readme(&[Written { table: "claims".into(), files: vec![file], ..Written::default() }]);
        assert!(text.find(DISCLAIMER).is_some_and(|at| at < 50));
        assert!(text.contains("  claims.csv            12 rows. One mention of a claim.\r\n"), "{text}");
        assert!(!text.contains('{'));
    }
}

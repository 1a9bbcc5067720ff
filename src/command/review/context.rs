//! The lines around a passage, read from its document as a run reads it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::pick::Side;
use crate::read::{self, Inputs};

/// Lines shown before and after a passage.
const AROUND: usize = 3;

/// The lines around the passage of `side`, with `letter` in front; why not, where there are none.
pub fn around(corpus: &Path, letter: &str, side: &Side, rules: &read::Rules) -> String {
    let Some(text) = text(corpus, &side.document, rules) else {
        return format!("  {letter}: no text of that document in {}\n", corpus.display());
    };
    let first = side.line.saturating_sub(AROUND + 1);
    let lines = text.lines().enumerate().skip(first).take(2 * AROUND + 1);
    let shown = |(at, line): (usize, &str)| {
        let mark = if at + 1 == side.line { '>' } else { ' ' };
        format!("  {letter} {mark} {line}\n")
    };
    lines.map(shown).collect()
}

/// The text of a document of any format.
fn text(corpus: &Path, document: &str, rules: &read::Rules) -> Option<String> {
    let plan = read::plan(&Inputs { paths: vec![file(corpus, document)?], ..Inputs::default() }, rules).ok()?;
    let mut text = None;
    read::read_until(plan.files.first()?, &plan, rules, &mut |result| match result {
        Ok(read) if document.ends_with(&read.path) => {
            text = Some(read.text);
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    text
}

/// The file that a document is in: one of several is named after its file, `#`, and its own name.
fn file(corpus: &Path, document: &str) -> Option<PathBuf> {
    let ends = document.match_indices('#').map(|(at, _)| at).chain([document.len()]);
    ends.map(|end| corpus.join(&document[..end])).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;

    #[test]
    fn lines_around_are_read_from_files_of_one_and_of_many() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "one\ntwo died\nthree\n").unwrap();
        let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
        std::fs::write(dir.path().join("b.jsonl"), line("nobody died") + &line("it rained\\nfour died")).unwrap();
        let rules = RuleBook::load(None).unwrap().read;
        let check = |document: &str, expected: &str| {
            let side = Side { document: document.into(), line: 2, ..Side::default() };
            assert_eq!(around(dir.path(), "A", &side, &rules), expected, "{document}");
        };
        check("a.txt", "  A   one\n  A > two died\n  A   three\n");
        check("b.jsonl#2", "  A   it rained\n  A > four died\n");
        check("c.txt", &format!("  A: no text of that document in {}\n", dir.path().display()));
    }
}

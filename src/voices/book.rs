//! `judgements.toml` as it is written: one judgement at a time, at once, and never less than was there before.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::judgement::{Judgement, Judgements};
use crate::failure::Failure;
use crate::rules::{self, RuleFile};
use crate::store::atomic;

const HEADER: &str = "# People's verdicts on pairs of passages; of several on one pair the last counts.\n\
    # `variorum run` takes them with --judgements, or by itself where it is run in this folder.\n";

/// The file, and what this session has added to it.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    text: String,
    /// The length of the text before each judgement that was added.
    before: Vec<usize>,
    judgements: Vec<Judgement>,
}

#[derive(Serialize)]
struct One<'j> {
    judgement: [&'j Judgement; 1],
}

impl Book {
    /// Opens the file, or begins one that is not there yet.
    ///
    /// # Errors
    /// [`Failure::Usage`] when what is there cannot be read: it is then left as it is.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => HEADER.to_owned(),
            Err(error) => return Err(Failure::Usage(format!("cannot read {shown}: {error}"))),
        };
        let file = RuleFile { path: shown, text: text.as_str().into() };
        let judgements = rules::fill_file::<Judgements>(&file)?.judgement;
        Ok(Self { path: path.to_owned(), text, before: Vec::new(), judgements })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All judgements in it.
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// Adds one and writes the file.
    ///
    /// # Errors
    /// [`Failure::Output`]; the file is then as it was.
    pub fn add(&mut self, judgement: Judgement) -> Result<(), Failure> {
        let block = toml::to_string(&One { judgement: [&judgement] })
            .map_err(|error| Failure::Fatal(format!("a judgement cannot be written: {error}")))?;
        let gap = if self.text.ends_with('\n') || self.text.is_empty() { "\n" } else { "\n\n" };
        let longer = format!("{}{gap}{block}", self.text);
        atomic::write(&self.path, longer.as_bytes())?;
        self.before.push(self.text.len());
        self.text = longer;
        self.judgements.push(judgement);
        Ok(())
    }

    /// Takes the last one of this session back; tells of which pair it was.
    ///
    /// # Errors
    /// [`Failure::Output`]; the file is then as it was.
    pub fn undo(&mut self) -> Result<Option<String>, Failure> {
        let Some(length) = self.before.last().copied() else { return Ok(None) };
        atomic::write(&self.path, &self.text.as_bytes()[..length])?;
        self.before.pop();
        self.text.truncate(length);
        Ok(self.judgements.pop().map(|judgement| judgement.pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voices::judgement::Answer;

    fn judgement(pair: &str) -> Judgement {
        let reason = "with \"quotes\"\nand a line".to_owned();
        Judgement { pair: pair.into(), verdict: Answer::Variant, reason, ..Judgement::default() }
    }

    #[test]
    fn what_was_there_stays_and_each_answer_is_written_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("judgements.toml");
        let mine = "# mine\n[[judgement]]\npair = \"d0\"\nverdict = \"agrees\"";
        std::fs::write(&path, mine).unwrap();
        let mut book = Book::open(&path).unwrap();
        book.add(judgement("d1")).unwrap();
        book.add(judgement("d2")).unwrap();
        let again = Book::open(&path).unwrap();
        assert_eq!(again.judgements(), book.judgements());
        assert_eq!(again.judgements().len(), 3);
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(mine));
        assert_eq!(book.undo().unwrap().as_deref(), Some("d2"));
        assert_eq!(book.undo().unwrap().as_deref(), Some("d1"));
        assert_eq!(book.undo().unwrap(), None);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), mine);
    }

    #[test]
    fn a_broken_file_is_refused_and_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("judgements.toml");
        std::fs::write(&path, "[[judgement]\n").unwrap();
        assert!(matches!(Book::open(&path), Err(Failure::Usage(_))));
    }
}

//! What a run keeps for the next one, under the output folder: extracted documents and compared stories.
//!
//! Everything hangs on digests of what it was made from, so that the next run gives the bytes of a fresh one. The
//! folder is named after the program and the rules of the stages up to normalising; while these stay, a document is
//! known by its content and by what its source repeats, and a story by its documents and the rules of comparing.

pub mod files;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_128;

use crate::failure::Failure;
use crate::rules::RuleBook;

/// Where it is kept; hidden, so that it is never taken for documents.
const FOLDER: &str = ".cache";

/// The kept work of earlier runs.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    comparing: u128,
}

impl Cache {
    /// Opens what was kept under `output` and removes what was made by other rules; with `fresh`, all of it.
    ///
    /// # Errors
    /// [`Failure::Output`] when it cannot be written or removed.
    pub fn open(output: &Path, book: &RuleBook, fresh: bool) -> Result<Self, Failure> {
        let all = output.join(FOLDER);
        let extracting = extracting(book);
        let folder = all.join(format!("{extracting:032x}"));
        sweep(&all, (!fresh).then_some(&folder)).map_err(|error| Failure::output(&all, error))?;
        fs::create_dir_all(&folder).map_err(|error| Failure::output(&folder, error))?;
        let comparing = digest(&[extracting, book.stage_digest("matching"), book.stage_digest("compare")]);
        Ok(Self { folder, comparing })
    }

    /// The journal of documents.
    pub fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    /// The journal of stories.
    pub fn stories(&self) -> PathBuf {
        self.folder.join("stories")
    }

    /// The table of files.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// A digest of the rules that compared stories hang on, and of all before them.
    pub fn comparing(&self) -> u128 {
        self.comparing
    }
}

/// Removes all that lies in the folder but `kept`.
fn sweep(all: &Path, kept: Option<&PathBuf>) -> std::io::Result<()> {
    if !all.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(all)? {
        let path = entry?.path();
        if Some(&path) == kept {
            continue;
        }
        if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
    }
    Ok(())
}

/// A digest of the program and of all rules that an extracted document hangs on. Signatures, fingerprints and credits
/// are taken while a document is extracted, though their rules stand with those of matching; so is whether it says that it
/// was corrected, though its words stand with those of scoring.
fn extracting(book: &RuleBook) -> u128 {
    let stages = ["read", "clean", "extract", "normalise", "lexicon"].map(|stage| book.stage_digest(stage));
    let RuleBook { matching, score, .. } = book;
    let (reprint, credit) = (&matching.reprint, &matching.credit);
    let credits = (&credit.before, &credit.after, credit.lead_sentences, credit.most_words);
    let taken =
        format!("{:?}{:?}{credits:?}{:?}", matching.signature, (reprint.shingle, reprint.window), score.conduct);
    digest(&[&[program(), xxh3_128(taken.as_bytes())], &stages[..]].concat())
}

/// A digest of the program itself: another build may read the same text in another way.
fn program() -> u128 {
    static PROGRAM: OnceLock<u128> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        let whole = std::env::current_exe().and_then(|path| files::content(&path));
        whole.unwrap_or_else(|_| xxh3_128(env!("CARGO_PKG_VERSION").as_bytes()))
    })
}

/// One digest of several.
pub fn digest(parts: &[u128]) -> u128 {
    let bytes: Vec<u8> = parts.iter().flat_map(|part| part.to_le_bytes()).collect();
    xxh3_128(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_rules_made_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let book = RuleBook::load(None).unwrap();
        let file = |cache: &Cache| cache.folder.join("kept");
        let cache = Cache::open(dir.path(), &book, false).unwrap();
        fs::write(file(&cache), "").unwrap();
        fs::create_dir(dir.path().join(".cache/00ff")).unwrap();
        assert!(file(&Cache::open(dir.path(), &book, false).unwrap()).exists());
        assert!(!dir.path().join(".cache/00ff").exists());
        assert!(!file(&Cache::open(dir.path(), &book, true).unwrap()).exists());
    }

    #[test]
    fn a_lexicon_of_ones_own_makes_other_documents() {
        let dir = tempfile::tempdir().unwrap();
        let own = format!("{}\n", include_str!("../../../rules/lexicon.toml")).replace("most = 7", "most = 6");
        fs::write(dir.path().join("lexicon.toml"), own).unwrap();
        let (built_in, changed) = (RuleBook::load(None).unwrap(), RuleBook::load(Some(dir.path())).unwrap());
        assert_ne!(extracting(&built_in), extracting(&changed));
    }

    #[test]
    fn thresholds_of_matching_touch_no_document() {
        let digests = |change: fn(&mut RuleBook)| {
            let mut book = RuleBook::load(None).unwrap();
            change(&mut book);
            extracting(&book)
        };
        let before = digests(|_| {});
        assert_eq!(before, digests(|book| book.matching.reprint.copy = 0.9));
        assert_ne!(before, digests(|book| book.matching.reprint.shingle = 9));
        assert_ne!(before, digests(|book| book.matching.signature.keys = 9));
    }
}

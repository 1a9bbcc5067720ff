//! What people say of findings: verdicts that override those of the rules (`judgements.toml`), and the replies of
//! the sources concerned (`replies.toml`). Both are files that a person writes and keeps.

pub mod book;
pub mod judgement;
pub mod reply;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::failure::Failure;
use crate::report::mask::Mask;
use crate::report::tables::{Pair, Source};
use crate::rules::{self, RuleFile};
use judgement::{Judgement, Judgements, Passages};
use reply::{Replies, Reply};

/// All judgements and replies that a run knows of.
#[derive(Debug, Default)]
pub struct Voices {
    judgements: Vec<Judgement>,
    by_pair: BTreeMap<String, usize>,
    by_passages: BTreeMap<Passages, usize>,
    replies: Vec<Reply>,
    digest: String,
    file: String,
    met: Mutex<BTreeSet<usize>>,
}

impl Voices {
    /// Reads the files that are there.
    ///
    /// # Errors
    /// [`Failure::Usage`] with every mistake, and for a file that cannot be read.
    pub fn read(judgements: Option<&Path>, replies: Option<&Path>) -> Result<Self, Failure> {
        let mut voices = Self::default();
        if let Some(path) = judgements {
            let file = text(path)?;
            voices.digest = format!("{:016x}", xxh3_64(file.text.as_bytes()));
            voices.file.clone_from(&file.path);
            voices.judgements = fill::<Judgements>(&file)?.judgement;
        }
        if let Some(path) = replies {
            voices.replies = fill::<Replies>(&text(path)?)?.reply;
        }
        voices.index();
        Ok(voices)
    }

    /// Of several judgements of one pair the last counts.
    fn index(&mut self) {
        for (nth, judgement) in self.judgements.iter().enumerate() {
            self.by_pair.insert(judgement.pair.clone(), nth);
            if let Some(passages) = judgement.passages() {
                self.by_passages.insert(passages, nth);
            }
        }
    }

    /// Whether there is any judgement.
    pub fn has_judgements(&self) -> bool {
        !self.judgements.is_empty()
    }

    /// The judgement of a pair, known by its id or, where documents moved or copies print the same, by its passages.
    pub fn judgement(&self, id: &str, passages: &Passages) -> Option<&Judgement> {
        let nth = self.by_pair.get(id).or_else(|| self.by_passages.get(passages))?;
        if let Ok(mut met) = self.met.lock() {
            met.insert(*nth);
        }
        self.judgements.get(*nth)
    }

    /// A row with what people said of it.
    pub fn annotated(&self, mut pair: Pair, mask: &Mask) -> Pair {
        if self.has_judgements() {
            let passages = Passages::new(&pair.kind, [(&pair.text_a, &pair.value_a), (&pair.text_b, &pair.value_b)]);
            if let Some(judgement) = self.judgement(&pair.disagreement_id, &passages) {
                pair.reviewed = judgement.verdict.name().into();
                pair.note.clone_from(&judgement.reason);
            }
        }
        let told = |reply: &&Reply| reply.is_about(&pair.disagreement_id, &pair.slot_id);
        pair.replies = said(self.replies.iter().filter(told), mask);
        pair
    }

    /// Fills in what a source replied to its scorecard as a whole.
    pub fn answer_source(&self, source: &mut Source, mask: &Mask) {
        let mine = |reply: &&Reply| reply.is_general() && mask.source(&reply.source) == source.source;
        source.reply = said(self.replies.iter().filter(mine), mask);
    }

    /// For `run.json`: which judgements, and whether they are the same as another run's.
    pub fn told(&self) -> Value {
        json!(format!("{} ({} judgements, {})", self.file, self.judgements.len(), self.digest))
    }

    /// A line on judgements that fitted no pair; empty when all did.
    pub fn summary(&self) -> String {
        let met = self.met.lock().map_or(0, |met| met.len());
        if self.judgements.is_empty() {
            return String::new();
        }
        let (all, file) = (self.judgements.len(), &self.file);
        let latest: BTreeSet<&usize> = self.by_pair.values().collect();
        let left = latest.len().saturating_sub(met);
        let more = if left == 0 { String::new() } else { format!("; {left} fit no pair of this run") };
        let plural = if all == 1 { "" } else { "s" };
        format!("{all} judgement{plural} in {file}, {met} applied{more}\n")
    }
}

fn said<'r>(replies: impl Iterator<Item = &'r Reply>, mask: &Mask) -> String {
    replies.map(|reply| reply.shown(&mask.source(&reply.source))).collect::<Vec<_>>().join(" | ")
}

fn text(path: &Path) -> Result<RuleFile, Failure> {
    let shown = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(RuleFile { path: shown, text: Arc::from(text) }),
        Err(error) => Err(Failure::Usage(format!("cannot read {shown}: {error}"))),
    }
}

fn fill<T: DeserializeOwned>(file: &RuleFile) -> Result<T, Failure> {
    rules::fill_file(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voices(judgements: &str, replies: &str) -> Result<Voices, Failure> {
        let dir = tempfile::tempdir().unwrap();
        let (j, r) = (dir.path().join("judgements.toml"), dir.path().join("replies.toml"));
        std::fs::write(&j, judgements).unwrap();
        std::fs::write(&r, replies).unwrap();
        Voices::read(Some(&j), Some(&r))
    }

    fn pair(id: &str) -> Pair {
        let text = |text: &str| text.to_owned();
        Pair {
            disagreement_id: id.into(),
            slot_id: "t1".into(),
            kind: "number".into(),
            text_a: text("two died"),
            value_a: "two".into(),
            text_b: text("three died"),
            value_b: "three".into(),
            ..Pair::default()
        }
    }

    const JUDGED: &str = "[[judgement]]\npair = \"d1\"\nverdict = \"agrees\"\nreason = \"other boats\"\nkind = \"number\"\n\
        text_a = \"three died\"\nvalue_a = \"three\"\ntext_b = \"two died\"\nvalue_b = \"two\"\n";

    #[test]
    fn a_pair_is_known_by_id_or_by_its_passages_in_either_order() {
        let voices = voices(JUDGED, "").unwrap();
        for (id, row) in [("d1", Pair { disagreement_id: "d1".into(), ..Pair::default() }), ("d2", pair("d2"))] {
            let shown = voices.annotated(row, &Mask::default());
            assert_eq!((shown.reviewed.as_str(), shown.note.as_str()), ("agrees", "other boats"), "{id}");
        }
        let other = voices.annotated(Pair { disagreement_id: "d3".into(), ..Pair::default() }, &Mask::default());
        assert_eq!(other.reviewed, "");
        assert!(voices.summary().contains("1 applied"), "{}", voices.summary());
    }

    #[test]
    fn replies_stand_by_what_they_are_about() {
        let replies = "[[reply]]\nsource = \"a\"\npair = \"d1\"\ntext = \"Corrected.\"\ndate = 2024-05-20\n\
            [[reply]]\nsource = \"b\"\nslot = \"t1\"\ntext = \"We stand by it.\"\n[[reply]]\nsource = \"a\"\ntext = \"Thanks.\"\n";
        let voices = voices("", replies).unwrap();
        let mask = Mask::default();
        assert_eq!(voices.annotated(pair("d1"), &mask).replies, "a (2024-05-20): Corrected. | b: We stand by it.");
        assert_eq!(voices.annotated(pair("d2"), &mask).replies, "b: We stand by it.");
        let mut source = Source { source: "a".into(), ..Source::default() };
        voices.answer_source(&mut source, &mask);
        assert_eq!(source.reply, "a: Thanks.");
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let check = |judgements: &str, replies: &str, parts: &[&str]| {
            let Err(Failure::Usage(message)) = voices(judgements, replies) else { panic!("{judgements}{replies}") };
            parts.iter().for_each(|part| assert!(message.contains(part), "{part} in\n{message}"));
        };
        check(
            "[[judgement]]\npair = \"d1\"\nverdict = \"agree\"\n",
            "",
            &["judgements.toml:3", "did you mean `agrees`?"],
        );
        check("[[judgment]]\n", "", &["did you mean `judgement`?"]);
        check("", "[[reply]]\nsource = \"a\"\n", &["replies.toml:1", "missing key `text`"]);
    }
}

//! The rule files of all stages: the built-in ones, or a person's where there are any.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::Xxh3;

use super::diagnostic::{Diagnostic, did_you_mean};
use super::example::{self, Exemplified, Rule};
use super::fill::{fill, left_out};
use super::grove::{Ground, Grove, Known};
use super::sheet::{RuleFile, Sheet};
use super::tree::{self, Node};
use crate::failure::Failure;

/// Files in a folder of rules that are no stage's.
const OTHERS: [&str; 3] = ["variorum", "judgements", "replies"];

/// What a pack may say besides rules of stages.
const PACK_KEYS: [&str; 1] = ["about"];

/// A stage's name and its built-in rules.
pub type Default = (&'static str, &'static str);

/// All sheets, and the mistakes found while they are read and filled.
#[derive(Debug)]
pub struct Shelf {
    sheets: Vec<Sheet>,
    files: Vec<RuleFile>,
    packs: Vec<RuleFile>,
    settings: Vec<RuleFile>,
    /// Of stages whose rules had no mistake.
    known: Vec<Known>,
    found: Vec<Diagnostic>,
}

impl Shelf {
    /// Takes the files of `dir` and, for stages without one there and for keys that one leaves out, the built-in
    /// `defaults`. The packs
    /// are those of `dir/packs` alone where there is such a folder, so that one can be left out.
    ///
    /// # Errors
    /// [`Failure::Usage`] when `dir` cannot be read or holds no rules.
    pub fn open(defaults: &[Default], packs: &[Default], dir: Option<&Path>) -> Result<Self, Failure> {
        let stages = read_folder(dir)?;
        let packs = match dir.map(|dir| dir.join("packs")).filter(|packs| packs.is_dir()) {
            Some(dir) => read_toml_files(&dir)?,
            None => packs.iter().map(|(name, text)| built_in(&format!("packs/{name}"), text)).collect(),
        };
        let (known, found) = (Vec::new(), stray(defaults, &stages));
        let mut shelf =
            Self { sheets: Vec::new(), files: Vec::new(), packs: packs.clone(), settings: Vec::new(), known, found };
        for &(stage, text) in defaults {
            let written = stages.iter().find(|file| stem(file) == stage).cloned();
            let is_written = written.is_some();
            let own = written.unwrap_or_else(|| built_in(stage, text));
            shelf.files.push(own.clone());
            let packs: Vec<RuleFile> = packs.iter().filter(|pack| speaks_of(&pack.text, stage)).cloned().collect();
            let sheet = Sheet::new(stage, own, &packs);
            shelf.sheets.push(if is_written { sheet.with_built_in(built_in(stage, text)) } else { sheet });
        }
        shelf.files.extend(packs);
        Ok(shelf)
    }

    /// Lets settings have the last word over the rules of all stages. The digest covers what they say of
    /// rules, and nothing else of them.
    #[must_use]
    pub fn overruled_by(mut self, settings: &[RuleFile]) -> Self {
        self.sheets.iter_mut().for_each(|sheet| sheet.overrule(settings));
        self.settings.extend_from_slice(settings);
        let stages: Vec<&str> = self.sheets.iter().map(|sheet| sheet.stage).collect();
        for file in settings {
            let mut said: toml::Table = file.text.parse().unwrap_or_default();
            said.retain(|key, _| stages.contains(&key));
            if !said.is_empty() {
                self.files.push(RuleFile { path: file.path.clone(), text: said.to_string().into() });
            }
        }
        self
    }

    /// What trees are made of.
    pub fn ground(&self) -> Ground {
        Ground { sheets: self.sheets.clone(), others: [&self.packs[..], &self.settings].concat() }
    }

    /// The trees of all stages; what packs say of stages that there are not is noted.
    pub fn grow<'g>(&mut self, ground: &'g Ground) -> Grove<'g> {
        Grove::new(ground, |file, root, sound| {
            if self.packs.iter().any(|pack| Arc::ptr_eq(&pack.text, &file.text)) {
                self.found.extend(strange(file, root, sound, &self.sheets));
            }
        })
    }

    /// The rules of `stage`; none when they could not be filled, for reasons kept for [`Self::verdict`].
    pub fn take<T: DeserializeOwned + Exemplified>(&mut self, stage: &str, grove: &mut Grove<'_>) -> Option<T> {
        let sheet = self.sheets.iter_mut().find(|sheet| sheet.stage == stage)?;
        if let Some((filled, known)) = grove.fill::<T>(stage) {
            self.known.push(known);
            self.found.extend(example::mistakes(sheet, &filled));
            return Some(filled);
        }
        sheet.lend(left_out::<T>(sheet));
        self.files.extend(sheet.lender().cloned());
        match fill::<T>(sheet) {
            Ok(filled) => {
                self.found.extend(example::mistakes(sheet, &filled));
                Some(filled)
            }
            Err(found) => {
                self.found.extend(found);
                None
            }
        }
    }

    /// Whether all is well.
    ///
    /// # Errors
    /// [`Failure::Usage`] with every mistake found so far, in the order of files and lines.
    pub fn verdict(&mut self) -> Result<(), Failure> {
        self.found.sort();
        self.found.dedup();
        if self.found.is_empty() { Ok(()) } else { Err(Failure::Usage(report(&self.found))) }
    }

    /// The sheets, in the order of the stages.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Every file that took part.
    pub fn files(&self) -> &[RuleFile] {
        &self.files
    }

    /// A digest of all texts: 32 hexadecimal digits (XXH3, 128 bits).
    pub fn digest(&self) -> String {
        let mut state = Xxh3::new();
        for file in &self.files {
            state.update(&(file.text.len() as u64).to_le_bytes());
            state.update(file.text.as_bytes());
        }
        format!("{:032x}", state.digest128())
    }
}

impl Shelf {
    /// A digest of all that is said about one stage; comments and spacing change nothing.
    pub fn stage_digest(&self, stage: &str) -> u128 {
        let known = self.known.iter().find(|known| known.stage == stage).map(|known| known.digest);
        let made = || self.sheets.iter().find(|sheet| sheet.stage == stage).map(Sheet::digest);
        known.or_else(made).unwrap_or_default()
    }

    /// Every rule of every stage, in the order they are written.
    pub fn rules(&self) -> Vec<Rule> {
        let of = |sheet: &Sheet| {
            let known = self.known.iter().find(|known| known.stage == sheet.stage);
            known.map_or_else(|| example::rules(sheet), |known| known.rules.clone())
        };
        self.sheets.iter().flat_map(of).collect()
    }
}

/// Files that no stage reads, most often a misspelt name.
fn stray(defaults: &[Default], stages: &[RuleFile]) -> Vec<Diagnostic> {
    let known: Vec<&str> = defaults.iter().map(|(stage, _)| *stage).collect();
    let stray = stages.iter().filter(|file| !known.contains(&stem(file)) && !OTHERS.contains(&stem(file)));
    stray.map(|file| unknown_stage(file, stem(file), 0..0, &known)).collect()
}

/// The mistakes in the syntax of a pack, which may be read by no stage, and what it says of stages that there are not.
fn strange(pack: &RuleFile, root: &Node<'_>, sound: bool, sheets: &[Sheet]) -> Vec<Diagnostic> {
    let mut found = if sound { Vec::new() } else { Sheet::new("", pack.clone(), &[]).tree().1 };
    let known: Vec<&str> = sheets.iter().map(|sheet| sheet.stage).collect();
    for (step, span, _) in tree::children(root) {
        let (tree::Step::Key(stage), Some(span)) = (step, span) else { continue };
        if !known.contains(&stage.as_str()) && !PACK_KEYS.contains(&stage.as_str()) {
            found.push(unknown_stage(pack, &stage, span, &known));
        }
    }
    found
}

/// Whether a pack may say something of a stage: a line begins with it, as a key at the top of a TOML file does. Words such
/// as "read" and "report" stand in nearly all packs.
fn speaks_of(pack: &str, stage: &str) -> bool {
    pack.lines().any(|line| {
        let key = line.trim_start_matches([' ', '\t', '[']);
        // What is quoted may be written in another way.
        let (bare, quoted) = (key.trim_start_matches(['"', '\'']), key.starts_with('"') && key.contains('\\'));
        bare.starts_with(stage) || quoted
    })
}

fn unknown_stage(file: &RuleFile, stage: &str, span: std::ops::Range<usize>, known: &[&str]) -> Diagnostic {
    let help = match did_you_mean(stage, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the stages are {}", known.join(", ")),
    };
    Diagnostic::new(&file.path, &file.text, span, format!("no stage is called `{stage}`")).help(Some(help))
}

fn built_in(name: &str, text: &str) -> RuleFile {
    RuleFile { path: format!("rules/{name}.toml"), text: text.into() }
}

fn stem(file: &RuleFile) -> &str {
    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The rule files of `dir`, of which there must be some.
fn read_folder(dir: Option<&Path>) -> Result<Vec<RuleFile>, Failure> {
    let Some(dir) = dir else { return Ok(Vec::new()) };
    let files = read_toml_files(dir)?;
    if files.is_empty() && !dir.join("packs").is_dir() {
        let message = "no rules here: expected files such as clean.toml; `variorum init` writes them all";
        return Err(Failure::Usage(format!("{}: {message}", dir.display())));
    }
    Ok(files)
}

/// The `.toml` files of `dir`, by name.
fn read_toml_files(dir: &Path) -> Result<Vec<RuleFile>, Failure> {
    let cannot = |error: std::io::Error| Failure::Usage(format!("cannot read the rules in {}: {error}", dir.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| read_file(path)).collect()
}

fn read_file(path: &Path) -> Result<RuleFile, Failure> {
    let shown = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(RuleFile { path: shown, text: Arc::from(text) }),
        Err(error) => Err(Failure::Usage(format!("cannot read {shown}: {error}"))),
    }
}

/// All mistakes in files of rules, one after the other, and their number.
pub fn report(found: &[Diagnostic]) -> String {
    report_of(found, " of rules")
}

/// All mistakes, one after the other, and their number.
pub fn report_of(found: &[Diagnostic], what: &str) -> String {
    let files = found.iter().map(|mistake| mistake.path.as_str()).collect::<std::collections::BTreeSet<_>>().len();
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let mut text = format!("{} mistake{} in {files} file{}{what}\n", found.len(), plural(found.len()), plural(files));
    for mistake in found {
        text += &format!("\n{mistake}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::example::{Example, Rule};
    use serde::Deserialize;
    use std::fs;

    const DEFAULTS: [Default; 2] = [("read", "[rows]\nlimit = 3\n"), ("clean", "[rows]\nlimit = 4\n")];

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rules {
        rows: Rows,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rows {
        limit: usize,
    }

    impl Exemplified for Rules {
        fn fires(&self, _: &Rule, _: &Example) -> Option<bool> {
            None
        }

        fn mistakes(&self) -> Vec<(String, String)> {
            if self.rows.limit > 0 { Vec::new() } else { vec![("rows.limit".into(), "must be above 0".into())] }
        }
    }

    /// Opens a folder with `files` and tells the limits read, or the message.
    fn check(files: &[(&str, &str)], expected: Result<(usize, usize), &[&str]>) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("packs")).unwrap();
        files.iter().for_each(|(name, text)| fs::write(dir.path().join(name), text).unwrap());
        let mut shelf = Shelf::open(&DEFAULTS, &[], Some(dir.path())).unwrap();
        let ground = shelf.ground();
        let mut grove = shelf.grow(&ground);
        let (read, clean) = (shelf.take::<Rules>("read", &mut grove), shelf.take::<Rules>("clean", &mut grove));
        match (shelf.verdict(), expected) {
            (Ok(()), Ok(limits)) => assert_eq!((read.unwrap().rows.limit, clean.unwrap().rows.limit), limits),
            (Err(Failure::Usage(message)), Err(parts)) => {
                parts.iter().for_each(|part| assert!(message.contains(part), "{part} in\n{message}"));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_overrides_file_by_file() {
        check(&[], Ok((3, 4)));
        check(&[("clean.toml", "[rows]\nlimit = 9\n")], Ok((3, 9)));
        check(&[("clean.toml", "# nothing said\n"), ("read.toml", "[rows]\nlimit = 7\n")], Ok((7, 4)));
    }

    #[test]
    fn mistakes_of_all_files_come_together() {
        let files = [
            ("read.toml", "[rows]\nlimit = 0\n"),
            ("clean.toml", "[rows]\nlimt = 1\n[row]\n"),
            ("claen.toml", ""),
            ("packs/sport.toml", "[raed]\n"),
        ];
        check(
            &files,
            Err(&[
                "5 mistakes in 4 files",
                "read.toml:2:9",
                "must be above 0",
                "clean.toml:2:1",
                "did you mean `limit`?",
                "unknown key `row`",
                "no stage is called `claen`",
                "did you mean `clean`?",
                "sport.toml:1:2",
                "did you mean `read`?",
            ]),
        );
    }

    #[test]
    fn settings_have_the_last_word_and_only_their_rules_are_in_the_digest() {
        let shelf = |text: &str| {
            let settings = RuleFile { path: "variorum.toml".into(), text: text.into() };
            Shelf::open(&DEFAULTS, &[], None).unwrap().overruled_by(&[settings])
        };
        let take = |shelf: &mut Shelf, stage: &str| {
            let ground = shelf.ground();
            let mut grove = shelf.grow(&ground);
            shelf.take::<Rules>(stage, &mut grove)
        };
        let mut mine = shelf("html = true\n[clean.rows]\nlimit = 8\n");
        assert_eq!(take(&mut mine, "clean").unwrap().rows.limit, 8);
        assert_eq!(take(&mut mine, "read").unwrap().rows.limit, 3);
        assert_eq!(shelf("html = true\n").digest(), shelf("").digest());
        assert_ne!(mine.digest(), shelf("").digest());
        let mut wrong = shelf("[clean.rows]\nlimt = 8\n");
        assert!(take(&mut wrong, "clean").is_none());
        let Err(Failure::Usage(message)) = wrong.verdict() else { panic!() };
        assert!(message.contains("variorum.toml:2:1") && message.contains("did you mean `limit`?"), "{message}");
    }

    #[test]
    fn a_folder_without_rules_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let refused = |path: &Path| matches!(Shelf::open(&DEFAULTS, &[], Some(path)), Err(Failure::Usage(_)));
        assert!(refused(dir.path()));
        assert!(refused(&dir.path().join("missing")));
    }

    #[test]
    fn a_stage_digest_follows_what_is_said_of_the_stage() {
        let digest = |text: &'static str, pack: &'static str, stage: &str| {
            let defaults = [("read", text), ("clean", "[rows]\nlimit = 4\n")];
            Shelf::open(&defaults, &[("sport", pack)], None).unwrap().stage_digest(stage)
        };
        let before = digest("[rows]\nlimit = 3\n", "", "read");
        for (text, pack, same) in [
            ("# a comment\n[rows]\nlimit   = 3\n", "", true),
            ("[rows]\nlimit = 3\n", "[clean.more]\nlimit = 1\n", true),
            ("[rows]\nlimit = 4\n", "", false),
            ("[rows]\nlimit = 3\n", "[read.more]\nlimit = 1\n", false),
        ] {
            assert_eq!(digest(text, pack, "read") == before, same, "{text}{pack}");
        }
    }

    #[test]
    fn the_digest_follows_the_texts() {
        let digest = |defaults: &[Default]| Shelf::open(defaults, &[], None).unwrap().digest();
        assert_eq!(digest(&DEFAULTS), digest(&DEFAULTS));
        assert_ne!(digest(&DEFAULTS), digest(&DEFAULTS[..1]));
        assert_eq!(digest(&DEFAULTS).len(), 32);
    }

    #[test]
    fn a_pack_speaks_of_the_stages_whose_tables_it_has() {
        for (pack, expected) in [
            ("[read.rows]\n", true),
            ("  [[ read ]]\n", true),
            ("read.rows = 1\n", true),
            ("\"read\".rows = 1\n", true),
            ("[\"\\u0072ead\"]\n", true),
            ("about = \"what was read\"\n[clean]\nbread = 1\n", false),
        ] {
            assert_eq!(speaks_of(pack, "read"), expected, "{pack}");
        }
    }
}

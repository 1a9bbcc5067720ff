//! Settings of a run. Who has the last word: an option of the command line, then `--set key=value`, then the
//! file `variorum.toml`, then the default. A table named as a stage overrules single rules.

mod folder;
pub mod manner;
pub mod parsed;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::report::csv::Dialect;
use crate::report::manifest::Setting;
use crate::rules::{self, RuleBook, RuleFile};
use crate::run::gate::{Gate, Share};
use crate::run::progress::Show;
use manner::Manner;
use parsed::{Parsed, Size};

/// The file that is read when it is in the current folder.
pub const FILE: &str = "variorum.toml";

/// Where settings come from; for every command that works by rules.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
    /// Take settings from this file instead of variorum.toml in the current folder.
    #[arg(long, value_name = "FILE", global = true, help_heading = "Settings")]
    config: Option<PathBuf>,
    /// Set one setting or one key of a rule: html=true, score.scorecard.loss.number=0.3.
    #[arg(long, value_name = "KEY=VALUE", global = true, help_heading = "Settings")]
    set: Vec<String>,
    /// What is said besides the result.
    #[command(flatten)]
    pub manner: Manner,
}

/// What one layer says; nothing where it is silent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What to read where the command names no input.
    pub inputs: Option<Vec<PathBuf>>,
    /// The corpus's manifest.
    pub manifest: Option<PathBuf>,
    /// The first day of publication.
    pub since: Option<Parsed<jiff::civil::Date>>,
    /// The most files.
    pub limit: Option<usize>,
    /// Where run folders go.
    pub output: Option<PathBuf>,
    /// A folder of rules.
    pub rules: Option<PathBuf>,
    /// People's verdicts.
    pub judgements: Option<PathBuf>,
    /// Sources' replies.
    pub replies: Option<PathBuf>,
    /// Verified facts and trusted sources.
    pub anchors: Option<PathBuf>,
    /// Threads.
    pub jobs: Option<usize>,
    /// Ceiling for memory.
    pub max_memory: Option<Parsed<Size>>,
    /// The flavour of CSV.
    pub csv: Option<Dialect>,
    /// Lists pairs turned down.
    pub near_misses: Option<bool>,
    /// Writes the page.
    pub html: Option<bool>,
    /// Writes the workbook.
    pub xlsx: Option<bool>,
    /// The key that names are hidden by.
    pub anonymize: Option<String>,
    /// Share of documents that may fail.
    pub max_fail: Option<Parsed<Share>>,
    /// Conditions that make a run no success.
    pub fail_on: Option<Vec<Parsed<Gate>>>,
    /// When progress is shown.
    pub progress: Option<Show>,
    /// Says nothing but errors.
    pub quiet: Option<bool>,
    read: Option<toml::Table>,
    clean: Option<toml::Table>,
    extract: Option<toml::Table>,
    normalise: Option<toml::Table>,
    matching: Option<toml::Table>,
    compare: Option<toml::Table>,
    score: Option<toml::Table>,
    report: Option<toml::Table>,
}

/// One layer with its text, which may overrule rules.
#[derive(Clone, Debug, Default)]
struct Layer {
    says: Settings,
    file: Option<RuleFile>,
}

/// All that was said beside the options of a command.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    set: Layer,
    file: Layer,
    /// What is said besides the result.
    pub manner: Manner,
}

impl Layers {
    /// Reads `--set` and the file of settings.
    ///
    /// # Errors
    /// [`Failure::Usage`] with every mistake, and for a file that was named and cannot be read.
    pub fn load(options: &Options) -> Result<Self, Failure> {
        let set = match &options.set[..] {
            [] => Layer::default(),
            pairs => Layer::read("--set", lines(pairs)?)?,
        };
        let there = options.config.clone().or_else(|| Some(PathBuf::from(FILE)).filter(|path| path.is_file()));
        let manner = options.manner.clone();
        let Some(path) = there else { return Ok(Self { set, file: Layer::default(), manner }) };
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Failure::Usage(format!("cannot read {shown}: {error}\n  `variorum init` writes one")))?;
        let mut file = Layer::read(&shown, text)?;
        file.says.count_from(path.parent().unwrap_or(Path::new("")));
        Ok(Self { set, file, manner })
    }

    /// The rules, with what was said of them having the last word. `folder` is the option's.
    ///
    /// # Errors
    /// As [`RuleBook::load`].
    pub fn book(&self, folder: Option<&Path>) -> Result<RuleBook, Failure> {
        let folder = folder.map(Path::to_owned).or_else(|| self.says(|s| s.rules.clone()).map(|(path, _)| path));
        let overrules: Vec<RuleFile> = [&self.file, &self.set].into_iter().filter_map(|l| l.file.clone()).collect();
        RuleBook::load_overruled(folder.as_deref(), &overrules)
    }

    /// What the layers say of one setting, and which does.
    fn says<T>(&self, get: impl Fn(&Settings) -> Option<T>) -> Option<(T, String)> {
        let said = |layer: &Layer| Some((get(&layer.says)?, layer.file.as_ref()?.path.clone()));
        said(&self.set).or_else(|| said(&self.file))
    }

    /// The value in effect of one setting and who set it; `option` is what the command line says.
    pub fn pick<T>(&self, option: Option<T>, get: impl Fn(&Settings) -> Option<T>) -> Picked<T> {
        match option {
            Some(value) => Picked { value: Some(value), origin: "option".into() },
            None => match self.says(get) {
                Some((value, origin)) => Picked { value: Some(value), origin },
                None => Picked { value: None, origin: "default".into() },
            },
        }
    }
}

/// A setting in effect, and who set it.
#[derive(Clone, Debug)]
pub struct Picked<T> {
    /// The value; none where only the default speaks.
    pub value: Option<T>,
    /// `option`, `--set`, the file, or `default`.
    pub origin: String,
}

impl<T> Picked<T> {
    /// The value, or `default`.
    pub fn or(self, default: T) -> (T, String) {
        (self.value.unwrap_or(default), self.origin)
    }
}

/// What `run.json` tells of a setting.
pub fn told(value: impl Into<Value>, origin: &str) -> Setting {
    Setting { value: value.into(), origin: origin.to_owned() }
}

impl Layer {
    fn read(path: &str, text: String) -> Result<Self, Failure> {
        let file = RuleFile { path: path.to_owned(), text: Arc::from(text) };
        Ok(Self { says: rules::fill_file(&file)?, file: Some(file) })
    }
}

/// `key=value` pairs as lines of TOML. A value that is none in TOML is a text.
fn lines(pairs: &[String]) -> Result<String, Failure> {
    let mut text = String::new();
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
            return Err(Failure::Usage(format!(
                "--set {pair}: give a key and a value, such as --set html=true or --set score.scorecard.loss.number=0.3"
            )));
        };
        let is_value = format!("x = {value}").parse::<toml::Table>().is_ok();
        let value = if is_value { value.trim().to_owned() } else { toml::Value::String(value.to_owned()).to_string() };
        text += &format!("{} = {value}\n", key.trim());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(file: &str, set: &[&str]) -> Result<Layers, Failure> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        std::fs::write(&path, file).unwrap();
        Layers::load(&Options {
            config: Some(path),
            set: set.iter().map(|s| (*s).to_owned()).collect(),
            ..Options::default()
        })
    }

    #[test]
    fn the_nearest_to_the_command_has_the_last_word() {
        let found = layers("jobs = 1\nlimit = 7\nmax_memory = \"1G\"\n", &["jobs=2", "max_memory=512M"]).unwrap();
        let picked = |option| found.pick(option, |s| s.jobs);
        assert_eq!((picked(Some(3)).value, picked(Some(3)).origin.as_str()), (Some(3), "option"));
        assert_eq!((picked(None).value, picked(None).origin.as_str()), (Some(2), "--set"));
        let limit = found.pick(None, |s| s.limit);
        assert!(limit.value == Some(7) && limit.origin.ends_with(FILE));
        assert_eq!(found.pick(None, |s| s.max_memory).value.map(|m| m.0.0), Some(512 << 20));
        assert_eq!(found.pick(None, |s| s.html).origin, "default");
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let check = |file: &str, set: &[&str], parts: &[&str]| {
            let Err(Failure::Usage(message)) = layers(file, set) else { panic!("{file} {set:?}") };
            parts.iter().for_each(|part| assert!(message.contains(part), "{part} in\n{message}"));
        };
        check("htlm = true\n", &[], &["variorum.toml:1:1", "did you mean `html`?"]);
        check("jobs = \"two\"\nmax_fail = \"lots\"\n", &[], &["2 mistakes", "a whole number", "a share such as 5%"]);
        check("", &["htlm=true"], &["--set:1:1", "did you mean `html`?"]);
        check("", &["html"], &["give a key and a value"]);
    }

    #[test]
    fn single_rules_are_overruled() {
        let rule = "[score.scorecard.loss]\nnumber = 0.4\n";
        let loss = |layers: &Layers| layers.book(None).map(|book| book.files().last().map(|f| f.text.to_string()));
        let from_file = loss(&layers(rule, &[]).unwrap()).unwrap().unwrap();
        assert!(from_file.contains("number = 0.4"), "{from_file}");
        let wrong = layers("", &["score.scorecard.loss.nmuber=0.4"]).unwrap();
        let Err(Failure::Usage(message)) = loss(&wrong) else { panic!() };
        assert!(message.contains("--set:1:") && message.contains("did you mean `number`?"), "{message}");
    }
}

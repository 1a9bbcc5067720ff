//! `variorum init`: rules and a small corpus, for a person to edit and to try.

mod sample;

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::rules::{self, RuleBook};
use crate::store::atomic;

/// Where editors find what may stand in a rule file.
const SCHEMAS: &str = ".schema";

/// The settings, every one commented out: what it says is the default or an example.
const SETTINGS: &str = include_str!("variorum.toml");

/// Options of `variorum init`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum init mine\n  cd mine && variorum run sample --manifest sample/manifest.csv --rules rules"
)]
pub struct Args {
    /// Where to begin.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Overwrite what is there.
    #[arg(long)]
    force: bool,
}

/// Writes everything, or nothing where something is there already.
///
/// # Errors
/// [`Failure::Usage`] when a file is there and `--force` was not given; [`Failure::Output`].
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let files = files();
    let there: Vec<&str> =
        files.iter().map(|(path, _)| path.as_str()).filter(|path| args.folder.join(path).exists()).collect();
    if !there.is_empty() && !args.force {
        return Err(refuse(&args.folder, &there));
    }
    for (path, text) in &files {
        write(&args.folder.join(path), text)?;
    }
    print!("{}", next_steps(&args.folder, files.len()));
    Ok(Outcome::Complete)
}

/// Every file with its text, by its path in the folder.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (name, text) in RuleBook::built_in() {
        let above = if name.contains('/') { "../" } else { "" };
        let schema = if above.is_empty() { name.trim_end_matches(".toml") } else { "pack" };
        files.push((format!("rules/{name}"), format!("#:schema {above}{SCHEMAS}/{schema}.json\n{text}")));
    }
    for (stage, schema) in rules::schemas() {
        files.push((format!("rules/{SCHEMAS}/{stage}.json"), format!("{:#}\n", schema.to_value())));
    }
    files.push((format!("rules/{SCHEMAS}/pack.json"), format!("{:#}\n", super::schema::pack(rules::schemas()))));
    files.push((crate::settings::FILE.to_owned(), SETTINGS.to_owned()));
    files.extend(sample::FILES.iter().map(|(path, text)| (format!("sample/{path}"), (*text).to_owned())));
    files
}

fn refuse(folder: &Path, there: &[&str]) -> Failure {
    let more = if there.len() > 3 { format!(" and {} more", there.len() - 3) } else { String::new() };
    let named = there[..there.len().min(3)].join(", ");
    let folder = folder.display();
    Failure::Usage(format!(
        "{folder} has {named}{more}: nothing was written; choose another folder, or --force to overwrite"
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::output(folder, error))?;
    }
    atomic::write(path, text.as_bytes())
}

fn next_steps(folder: &Path, count: usize) -> String {
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", folder.display()) };
    format!(
        "{count} files written: rules/, sample/, variorum.toml\nTo score the sample:\n{enter}\
         \x20 variorum run sample --manifest sample/manifest.csv --rules rules -o reports\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn init(folder: &Path, force: bool) -> Result<Outcome, Failure> {
        run(&Args { folder: folder.to_owned(), force })
    }

    #[test]
    fn what_is_written_loads_and_is_never_overwritten_unasked() {
        let dir = tempfile::tempdir().unwrap();
        init(dir.path(), false).unwrap();
        RuleBook::load(Some(&dir.path().join("rules"))).unwrap();
        assert!(dir.path().join("sample/manifest.csv").exists());
        let edited = dir.path().join("rules/report.toml");
        fs::write(&edited, "mine").unwrap();
        let Err(Failure::Usage(message)) = init(dir.path(), false) else { panic!() };
        assert!(message.contains("rules/") && message.contains("--force"), "{message}");
        assert_eq!(fs::read_to_string(&edited).unwrap(), "mine");
        init(dir.path(), true).unwrap();
        assert_ne!(fs::read_to_string(&edited).unwrap(), "mine");
    }

    #[test]
    fn every_setting_stands_in_the_file_and_every_line_of_it_is_one() {
        let is_key = |line: &&str| line.contains(" = ") || line.starts_with('[');
        let lines = SETTINGS.lines().filter_map(|line| line.strip_prefix("# ")).filter(is_key);
        let text = lines.collect::<Vec<_>>().join("\n");
        let file = rules::RuleFile { path: "variorum.toml".into(), text: text.as_str().into() };
        rules::fill_file::<crate::settings::Settings>(&file).unwrap_or_else(|failure| panic!("{failure}\n{text}"));
        let unknown = rules::RuleFile { path: "x".into(), text: "zzzzzzzzzzzzzz = 1".into() };
        let Err(Failure::Usage(message)) = rules::fill_file::<crate::settings::Settings>(&unknown) else { panic!() };
        let known = message.rsplit("known are ").next().unwrap().trim().split(", ");
        let stages: Vec<&str> = rules::schemas().into_iter().map(|(stage, _)| stage).collect();
        for key in known.map(str::trim).filter(|key| !stages.contains(key)) {
            assert!(text.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key} is not in the file");
        }
    }

    #[test]
    fn the_sample_has_every_document_its_manifest_names() {
        let named = |path: &str| sample::FILES.iter().find(|(name, _)| *name == path);
        let (_, manifest) = named("manifest.csv").unwrap();
        for line in manifest.lines().skip(1) {
            let path = line.split(',').next().unwrap();
            assert!(named(path).is_some(), "{path}");
        }
    }
}

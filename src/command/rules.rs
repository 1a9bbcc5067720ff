//! `variorum rules`: what rules there are, what they say, and whether their examples hold.

use std::path::PathBuf;

use clap::Subcommand;

use crate::failure::{Failure, Outcome};
use crate::rules::{self, Rule, RuleBook};
use crate::settings::{Layers, Options};

/// Options of `variorum rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Take rules from this folder; the built-in ones stand in for files that are not there.
    #[arg(long = "rules", value_name = "DIR", global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

const EXAMPLES: &str = "Examples:
  variorum rules list
  variorum rules list quote
  variorum rules show number
  variorum rules test --rules my-rules";

/// What to do with the rules.
#[derive(Debug, Subcommand)]
enum Action {
    /// List all rules with their place, their examples and what they are about.
    List {
        /// Only rules whose name holds this text.
        name: Option<String>,
        /// Print JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Print one rule as it is written, with its place.
    Show {
        /// The rule's name, as in the column `rule` of a report.
        name: String,
        /// Print JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Run the examples of all rules; exit code 2 when one does not do as it should.
    Test {
        /// Print JSON, for programs.
        #[arg(long)]
        json: bool,
    },
}

/// Loads the rules and does what was asked.
///
/// # Errors
/// [`Failure::Usage`]: mistakes in the rules, failing examples, or a name that no rule has.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let book = layers.book(args.folder.as_deref())?;
    match &args.action {
        Action::List { name, json } => println!("{}", list(&book, name.as_deref().unwrap_or_default(), *json)),
        Action::Show { name, json } => print!("{}", show(&book, name, *json)?),
        Action::Test { json } => println!("{}", test(&book, *json)?),
    }
    Ok(Outcome::Complete)
}

/// The rules whose path holds `name`: JSON, or a line each.
fn list(book: &RuleBook, name: &str, json: bool) -> String {
    let rules: Vec<Rule> = book.rules().into_iter().filter(|rule| rule.path.contains(name)).collect();
    if json {
        return format!("{:#}", serde_json::json!(rules));
    }
    let width = rules.iter().map(|rule| rule.path.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let Rule { stage, path, file, line, about, fires, silent, .. } = rule;
        format!("{stage:9} {path:width$}  +{fires} -{silent}  {file}:{line}  {about}")
    };
    rules.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The rules called `name` as they are written.
fn show(book: &RuleBook, name: &str, json: bool) -> Result<String, Failure> {
    let rules = book.rules();
    let named: Vec<&Rule> = rules.iter().filter(|rule| rule.id == name || rule.path == name).collect();
    if named.is_empty() {
        return Err(unknown(name, &rules));
    }
    if json {
        let told = |rule: &&Rule| serde_json::json!({ "rule": rule, "text": written(book, rule) });
        return Ok(format!("{:#}\n", serde_json::Value::Array(named.iter().map(told).collect())));
    }
    Ok(named.iter().map(|rule| format!("# {}:{}\n{}\n", rule.file, rule.line, written(book, rule))).collect())
}

fn unknown(name: &str, rules: &[Rule]) -> Failure {
    let meant = rules::diagnostic::did_you_mean(name, rules.iter().map(|rule| rule.id.as_str()));
    let help =
        meant.map_or("`variorum rules list` shows them all".to_owned(), |meant| format!("did you mean `{meant}`?"));
    Failure::Usage(format!("no rule is called `{name}`: {help}"))
}

/// The lines of `rule` and of the tables in it.
fn written(book: &RuleBook, rule: &Rule) -> String {
    let Some(file) = book.files().iter().find(|file| file.path == rule.file) else { return String::new() };
    let mut lines = file.text.lines().skip(rule.line - 1);
    let first = lines.next().unwrap_or_default();
    let inner = first.trim_end().trim_end_matches(']').to_owned() + ".";
    let mut text = first.to_owned() + "\n";
    for line in lines.take_while(|line| !line.starts_with('[') || line.starts_with(&inner)) {
        text += line;
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Runs all examples and says how many held.
fn test(book: &RuleBook, json: bool) -> Result<String, Failure> {
    let trials = book.try_examples();
    let failed: Vec<_> = trials.iter().flat_map(|(_, trial)| trial.failed.iter().cloned()).collect();
    if !failed.is_empty() {
        return Err(Failure::Usage(rules::render(&failed)));
    }
    let passed: usize = trials.iter().map(|(_, trial)| trial.passed).sum();
    let untried: usize = trials.iter().map(|(_, trial)| trial.untried).sum();
    if json {
        return Ok(serde_json::json!({ "rules": book.rules().len(), "passed": passed, "untried": untried }).to_string());
    }
    let left = if untried == 0 { String::new() } else { format!(", {untried} not tried here") };
    Ok(format!("{} rules, {passed} examples do as they should{left}", book.rules().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_rule_as_written_or_names_the_nearest() {
        let book = RuleBook::load(None).unwrap_or_else(|failure| panic!("{failure}"));
        let shown = show(&book, "cells", false).unwrap();
        assert!(shown.starts_with("# rules/report.toml:") && shown.contains("[cells]\nabout = "), "{shown}");
        let Err(Failure::Usage(message)) = show(&book, "cell", false) else { panic!() };
        assert!(message.contains("did you mean `cells`?"), "{message}");
    }

    #[test]
    fn lists_rules_for_people_and_for_programs() {
        let book = RuleBook::load(None).unwrap_or_else(|failure| panic!("{failure}"));
        assert!(list(&book, "cells", false).starts_with("report    cells  +4 -4  rules/report.toml:3  what"));
        let read: serde_json::Value = serde_json::from_str(&list(&book, "cells", true)).unwrap();
        assert_eq!((read[0]["id"].as_str(), read[0]["line"].as_u64()), (Some("cells"), Some(3)));
    }

    #[test]
    fn all_examples_hold() {
        assert!(test(&RuleBook::load(None).unwrap(), false).unwrap().contains("examples do as they should"));
    }
}

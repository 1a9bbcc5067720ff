//! `variorum fuse`: truth discovery for any table of claims.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::failure::{Failure, Outcome};
use crate::score::alike::Writing;
use crate::score::fuse::{Judgement, judge, write_beliefs, write_trust};
use crate::score::{Model, Rules, Solution, Table, anchors, read, refusal, solve_alike};
use crate::settings::Options;
use crate::settings::manner::Manner;

/// Options of `variorum fuse`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// CSV, which may be gzipped, or Parquet with the columns source, item, value and, if wanted, weight, time, group.
    table: PathBuf,
    /// CSV with the columns item, value: prints how often the accepted value is this one, and how well the trust ranks the sources.
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// CSV with the columns item, value: verified facts to start from (about twenty help).
    #[arg(long, value_name = "FILE")]
    anchors: Option<PathBuf>,
    /// One of auto, majority, bayes, dense, dawid-skene, catd, truth-finder, numeric; auto chooses from what the table
    /// is like and tells the reason.
    #[arg(long, default_value = "auto", value_parser = asked)]
    model: Asked,
    /// Values are lists with this between their parts: they support each other by what they have in common.
    #[arg(long, value_name = "MARK")]
    list: Option<String>,
    /// Values are paths with this between their steps, the widest first: one that says less can be true beside the other.
    /// Paths are known by themselves and told where no model is asked for; an empty mark says that there are none.
    #[arg(long, value_name = "MARK")]
    path: Option<String>,
    /// Numbers support each other up to this relative distance, such as 0.1.
    #[arg(long, value_name = "SHARE")]
    near: Option<f64>,
    /// Folder for trust.csv and beliefs.csv; without it trust.csv goes to stdout, unless --gold is given.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// TOML in place of the built-in rules/score.toml.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

/// The model asked for; none for the automatic choice.
#[derive(Clone, Copy, Debug)]
struct Asked(Option<Model>);

fn asked(name: &str) -> Result<Asked, String> {
    if name == "auto" { Ok(Asked(None)) } else { Model::from_str(name, false).map(|model| Asked(Some(model))) }
}

const EXAMPLES: &str = "\
Examples:
  variorum fuse claims.csv                          trust per source on stdout
  variorum fuse claims.csv.gz -o fused              fused/trust.csv and fused/beliefs.csv
  variorum fuse claims.csv --gold gold.csv          accuracy 0.8400 n 100
                                                    rank-correlation 0.8812 n 23
  variorum fuse claims.csv --anchors facts.csv      start from a few verified facts
  variorum fuse claims.csv --model majority         the baseline
  variorum fuse places.csv --path '>'               France supports France > Lyon

A table of claims:
  source,item,value
  Daily Herald,bridge collapse|killed,12
  Evening Post,bridge collapse|killed,12
  City Radio,bridge collapse|killed,21";

/// Solves the table, and prints or writes what was asked for.
///
/// # Errors
/// A table that cannot be read, rules that are wrong, output that cannot be written.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let rules = rules(args.rules.as_deref())?;
    let gold = args.gold.as_deref().map(read::facts).transpose()?;
    let facts = args.anchors.as_deref().map(read::facts).transpose()?;
    let table = read::table(&args.table)?;
    if let Some(why) = refusal(&table, &rules, args.model.0) {
        return Err(Failure::Usage(why));
    }
    let anchored = facts.map(|facts| anchors::trust(&table, &facts, rules.bayes.right, rules.bayes.wrong));
    let near = args.near.filter(|near| *near > 0.0);
    let writing = Writing { list: args.list.clone(), path: args.path.clone(), near, ..Writing::default() };
    let solution = solve_alike(&table, &writing, &rules, args.model.0, anchored.as_deref());
    tell(&table, &solution, &options.manner);
    if let Some(gold) = &gold {
        print(&judge(&table, &solution, gold, rules.report.gold_claims));
    }
    match &args.output {
        Some(folder) => write(folder, &table, &solution)?,
        None if gold.is_none() => {
            let result = write_trust(&table, &solution, &mut std::io::stdout().lock());
            result.map_err(|error| Failure::output("stdout", error))?;
        }
        None => {}
    }
    Ok(Outcome::Complete)
}

fn rules(path: Option<&Path>) -> Result<Rules, Failure> {
    let Some(path) = path else {
        return Rules::built_in().map_err(|error| Failure::Fatal(error.to_string()));
    };
    let wrong = |error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    Rules::parse(&text).map_err(|error| wrong(&error))
}

/// Members of a bloc that are named.
const NAMED: usize = 5;

/// Says on stderr what was done and how far it may be trusted.
fn tell(table: &Table, solution: &Solution, manner: &Manner) {
    let (claims, sources, items) = (table.claims(), table.source_count(), table.item_count());
    manner.say(format!("{claims} claims by {sources} sources on {items} items"));
    manner.say(format!("model {}: {}", solution.model.name(), solution.why));
    let end = if solution.converged { "settled" } else { "stopped" };
    let (rounds, voices) = (solution.iterations, solution.mirrors.len());
    manner.say(format!("{end} after {rounds} rounds; {voices} pairs of sources are one voice"));
    for bloc in &solution.blocs {
        let names: Vec<_> = bloc.members.iter().take(NAMED).map(|source| table.sources.text(*source)).collect();
        let more = bloc.members.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        manner.say(format!(
            "{}{more} stand together against other sources on {:.1} % of the disputed items, with {:.0} votes for every 100 against them: they may mean another thing, or be right; --anchors can decide",
            names.join(", "),
            100.0 * bloc.differs,
            100.0 * bloc.strength
        ));
    }
    for optimum in solution.optima.iter().skip(1) {
        manner.say(format!(
            "another solution explains the claims nearly as well (from start \"{}\"): it decides {:.1} % of the disputed items otherwise; intervals reach to it, and --anchors can decide",
            optimum.start,
            100.0 * optimum.differs
        ));
    }
}

fn print(judgement: &Judgement) {
    println!("accuracy {:.4} n {}", judgement.accuracy, judgement.items);
    let correlation = judgement.rank_correlation.unwrap_or(f64::NAN);
    println!("rank-correlation {correlation:.4} n {}", judgement.sources);
}

fn write(folder: &Path, table: &Table, solution: &Solution) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::output(folder, error))?;
    atomic(&folder.join("trust.csv"), |out| write_trust(table, solution, out))?;
    atomic(&folder.join("beliefs.csv"), |out| write_beliefs(table, solution, out))
}

/// Writes a file beside its place, syncs it, and moves it there in one step.
fn atomic(path: &Path, fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut out = BufWriter::new(readable(tempfile::Builder::new()).tempfile_in(folder)?);
        fill(&mut out)?;
        let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| Failure::output(path, error))
}

/// Temporary files are private by default; these become reports that others may read, as far as the umask allows.
fn readable(mut builder: tempfile::Builder<'static, 'static>) -> tempfile::Builder<'static, 'static> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

//! `variorum inspect`: what is read from one document, line by line, with the reason.

mod highlight;
mod wrap;

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::claim::Claim;
use crate::clean::{self, Noise};
use crate::document::{Document, Published, Span};
use crate::extract::annotations::{Annotations, annotate};
use crate::extract::extract;
use crate::extract::kit::Kit;
use crate::extract::quotation::Quotation;
use crate::failure::{Failure, Outcome};
use crate::normalise::place::Gazetteer;
use crate::read::{self, Inputs};
use crate::reading::{Line, Reading, Role};
use crate::rules::RuleBook;
use crate::settings::{Layers, Options};
use highlight::{highlights, kind, speaker, write_text};
use wrap::{terminal_width, write_wrapped};

/// Options of `variorum inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The document, in any format that a run reads; all of them where the file holds several.
    file: PathBuf,
    /// Print JSON instead of coloured lines.
    #[arg(long)]
    json: bool,
    /// Take rules from this folder; the built-in ones stand in for files that are not there.
    #[arg(long = "rules", value_name = "DIR")]
    folder: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  variorum inspect corpus/harbour-post.html
  variorum inspect dump.jsonl.gz --json
  variorum inspect article.txt --rules my-rules";

/// Prints every line of the document with what it is taken for, its quotations and claims. What
/// only the other documents of its source tell to be furniture is seen in a run.
///
/// # Errors
/// [`Failure::Usage`] for mistakes in the rules, [`Failure::NoInput`] for a file that cannot be
/// read, [`Failure::Output`] when stdout is gone.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let book = layers.book(args.folder.as_deref())?;
    let plan = read::plan(&Inputs { paths: vec![args.file.clone()], ..Inputs::default() }, &book.read)?;
    let kit = Kit::new(&book.extract, &book.normalise, &book.lexicon, Gazetteer::builtin());
    let mut out = anstream::stdout().lock();
    let (mut shown, mut problems, mut written) = (0, plan.problems.clone(), Ok(()));
    for file in &plan.files {
        read::read_file(file, &plan, &book.read, &mut |result| match result {
            Ok(document) if written.is_ok() => {
                shown += 1;
                written = show(&document, &book, &kit, args.json, &mut out);
            }
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        });
    }
    written.map_err(|source| Failure::output("stdout", source))?;
    let told: Vec<String> = problems.iter().map(|p| p.message.clone()).collect();
    match (shown, told.is_empty()) {
        (0, _) => Err(Failure::NoInput(told.join("\n"))),
        (_, true) => Ok(Outcome::Complete),
        (_, false) => {
            anstream::eprintln!("{}", told.join("\n"));
            Ok(Outcome::SomeFailed)
        }
    }
}

/// Runs the stages of one document and prints what they found.
fn show(document: &Document, book: &RuleBook, kit: &Kit, json: bool, out: &mut impl Write) -> io::Result<()> {
    let mut counts = book.clean.line_counts();
    counts.observe(document);
    let reading = clean::clean(document, &counts, &book.clean);
    let published = document.published.or_else(|| clean::dateline(&reading, &book.clean));
    let notes = annotate(&reading, published, kit);
    let claims = if document.is_english() { extract(&notes, &book.extract).0 } else { Vec::new() };
    let seen =
        Inspection { noise: clean::noise(&reading, &book.clean), notes: &notes, claims, width: terminal_width() };
    if json { seen.write_json(out) } else { seen.write_lines(out) }
}

/// All that is shown of a document.
struct Inspection<'r> {
    noise: Noise,
    notes: &'r Annotations<'r, 'r>,
    claims: Vec<Claim>,
    /// Columns of the terminal, if it is one.
    width: Option<usize>,
}

/// Where the text begins, behind number and label; and what is told below the lines.
const TEXT_COLUMN: usize = 29;
const SUMMARY_COLUMN: usize = 12;

impl Inspection<'_> {
    fn reading(&self) -> &Reading<'_> {
        self.notes.reading
    }

    fn write_lines(&self, out: &mut impl Write) -> io::Result<()> {
        let title = Style::new().bold();
        writeln!(out, "{title}{}{title:#}", self.reading().document.path)?;
        let highlights = highlights(self.notes, &self.claims, &self.noise);
        let mut rest = &highlights[..];
        for (number, line) in (1..).zip(&self.reading().lines) {
            if line.span.of(&self.reading().document.text).trim().is_empty() {
                continue;
            }
            let style = style(line.role);
            let mark = label(line);
            while let Some((_, behind)) = rest.split_first().filter(|(h, _)| h.span.end <= line.span.start) {
                rest = behind;
            }
            let mut painted = Vec::new();
            write!(painted, "{number:>5} {style}{mark:<22}{style:#} ")?;
            write_text(&mut painted, self.reading(), line, style, rest)?;
            self.write_line(&String::from_utf8_lossy(&painted), TEXT_COLUMN, out)?;
        }
        self.write_summary(out)
    }

    /// A line as it is, or broken where the terminal ends.
    fn write_line(&self, line: &str, indent: usize, out: &mut impl Write) -> io::Result<()> {
        match self.width {
            Some(width) => write_wrapped(out, line.trim_end(), indent, width),
            None => writeln!(out, "{}", line.trim_end_matches('\n')),
        }
    }

    fn write_summary(&self, out: &mut impl Write) -> io::Result<()> {
        let Noise { words, boilerplate_share, padding_share, placeholder_share, repeated_share, score, .. } =
            self.noise;
        let Document { source, author, encoding, language, undecodable, .. } = self.reading().document;
        let told = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
        let published = self.notes.published.map_or("not told".to_owned(), |p| p.date.to_string());
        let by = if author.is_empty() { String::new() } else { format!(", by {author}") };
        writeln!(out, "\nsource      {}{by}, published {published}", told(source))?;
        let damage = if *undecodable == 0 { String::new() } else { format!(", {undecodable} characters damaged") };
        writeln!(out, "read as     {}, language {}{damage}", told(encoding), told(language))?;
        writeln!(out, "words       {words}, sentences read {}", self.reading().sentences.len())?;
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let found = [count(self.notes.quotations.len(), "quotation"), count(self.claims.len(), "claim")];
        writeln!(out, "found       {}", found.join(", "))?;
        let noise = format!(
            "noise       {score:.1} of 100: boilerplate {boilerplate_share:.4}, padding {padding_share:.4}, \
             placeholder {placeholder_share:.4}, repeated {repeated_share:.4}"
        );
        self.write_line(&noise, SUMMARY_COLUMN, out)?;
        writeln!(out)
    }

    fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        let Reading { document, lines, sentences, .. } = self.reading();
        let quote = |q: &Quotation| QuoteRow {
            start: q.span.start,
            end: q.span.end,
            kind: kind(q.kind),
            speaker: speaker(q, self.notes),
        };
        let shown = InspectionRow {
            document: &document.path,
            source: &document.source,
            author: &document.author,
            encoding: &document.encoding,
            language: &document.language,
            published: self.notes.published,
            noise: &self.noise,
            lines: (1..).zip(lines).map(|(number, line)| self.line_row(number, line)).collect(),
            sentences: sentences.iter().map(|s| s.span).collect(),
            quotes: self.notes.quotations.iter().map(quote).collect(),
            claims: &self.claims,
        };
        serde_json::to_writer_pretty(&mut *out, &shown)?;
        writeln!(out)
    }

    fn line_row(&self, number: u32, line: &Line) -> LineRow {
        LineRow {
            line: number,
            start: line.span.start,
            end: line.span.end,
            role: line.role,
            kind: line.kind,
            rule: line.rule,
            text: self.reading().text(line.span).to_owned(),
        }
    }
}

#[derive(Serialize)]
struct InspectionRow<'r> {
    document: &'r str,
    source: &'r str,
    author: &'r str,
    encoding: &'r str,
    language: &'r str,
    published: Option<Published>,
    noise: &'r Noise,
    lines: Vec<LineRow>,
    sentences: Vec<Span>,
    quotes: Vec<QuoteRow>,
    claims: &'r [Claim],
}

#[derive(Serialize)]
struct QuoteRow {
    start: u32,
    end: u32,
    kind: &'static str,
    speaker: Option<String>,
}

#[derive(Serialize)]
struct LineRow {
    line: u32,
    start: u32,
    end: u32,
    role: Role,
    kind: &'static str,
    rule: &'static str,
    text: String,
}

/// `body`, `furniture menu`, `caption credit`: the role, the kind where it says more, and the rule.
fn label(line: &Line) -> String {
    match (line.role, line.kind, line.rule) {
        (Role::Body, ..) => "body".into(),
        (Role::Furniture, kind, rule) if kind == rule => format!("- {kind}"),
        (Role::Furniture, kind, rule) => format!("- {kind} ({rule})"),
        (role, _, rule) => format!("{role:?} ({rule})").to_lowercase(),
    }
}

fn style(role: Role) -> Style {
    match role {
        Role::Body => Style::new(),
        Role::Title | Role::Heading => Style::new().bold(),
        Role::Byline | Role::Dateline => AnsiColor::Cyan.on_default(),
        Role::Caption => AnsiColor::Magenta.on_default(),
        Role::Restatement => AnsiColor::Blue.on_default(),
        Role::Furniture => Style::new().dimmed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_kind_and_rule() {
        let line = |role, kind, rule| Line { span: Span::default(), role, kind, rule };
        for (line, expected) in [
            (line(Role::Body, "", ""), "body"),
            (line(Role::Furniture, "menu", "menu"), "- menu"),
            (line(Role::Furniture, "menu", "weights"), "- menu (weights)"),
            (line(Role::Caption, "caption", "credit"), "caption (credit)"),
        ] {
            assert_eq!(label(&line), expected);
        }
    }
}

//! `variorum inspect`: what is read from one document, line by line, with the reason.

use std::io::Write;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::clean::{self, Noise};
use crate::document::{Document, Published, Span};
use crate::failure::{Failure, Outcome};
use crate::reading::{Line, Reading, Role};
use crate::rules::RuleBook;

/// Options of `variorum inspect`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document: a file of plain text.
    file: PathBuf,
    /// Print JSON instead of coloured lines.
    #[arg(long)]
    json: bool,
    /// Take rules from this folder; the built-in ones stand in for files that are not there.
    #[arg(long = "rules", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints every line of the document with what it is taken for.
///
/// # Errors
/// [`Failure::Usage`] for mistakes in the rules, [`Failure::NoInput`] for a file that cannot be
/// read, [`Failure::Output`] when stdout is gone.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let book = RuleBook::load(args.folder.as_deref())?;
    let document = load(&args.file)?;
    let mut counts = book.clean.line_counts();
    counts.observe(&document);
    let reading = clean::clean(&document, &counts, &book.clean);
    let seen = Inspection {
        published: clean::dateline(&reading, &book.clean),
        noise: clean::noise(&reading, &book.clean),
        reading: &reading,
    };
    let mut out = anstream::stdout().lock();
    let written = if args.json { seen.write_json(&mut out) } else { seen.write_lines(&mut out) };
    written.map_err(|source| Failure::output("stdout", source))?;
    Ok(Outcome::Complete)
}

fn load(file: &Path) -> Result<Document, Failure> {
    let bytes =
        std::fs::read(file).map_err(|error| Failure::NoInput(format!("cannot read {}: {error}", file.display())))?;
    let path = file.display().to_string();
    Ok(Document { text: String::from_utf8_lossy(&bytes).into_owned(), path, ..Document::default() })
}

/// All that is shown of a document.
struct Inspection<'r> {
    published: Option<Published>,
    noise: Noise,
    reading: &'r Reading<'r>,
}

/// A stretch of text to point out, with a note at the end of its line.
struct Highlight {
    span: Span,
    style: Style,
    note: &'static str,
}

impl Inspection<'_> {
    fn write_lines(&self, out: &mut impl Write) -> std::io::Result<()> {
        let highlights = self.highlights();
        for (number, line) in (1..).zip(&self.reading.lines) {
            if line.span.of(&self.reading.document.text).trim().is_empty() {
                continue;
            }
            let style = style(line.role);
            let mark = label(line);
            write!(out, "{number:>5} {style}{mark:<22}{style:#} ")?;
            self.write_text(out, line, &highlights)?;
        }
        self.write_summary(out)
    }

    /// The line's text in its style, highlights in theirs, and their notes.
    fn write_text(&self, out: &mut impl Write, line: &Line, highlights: &[Highlight]) -> std::io::Result<()> {
        let base = style(line.role);
        let here: Vec<&Highlight> = highlights.iter().filter(|h| h.span.overlaps(line.span)).collect();
        let mut at = line.span.start;
        for highlight in &here {
            let start = highlight.span.start.clamp(at, line.span.end);
            let end = highlight.span.end.clamp(start, line.span.end);
            let before = self.reading.text(Span { start: at, end: start });
            let text = self.reading.text(Span { start, end });
            write!(out, "{base}{before}{base:#}{style}{text}{style:#}", style = highlight.style)?;
            at = end;
        }
        write!(out, "{base}{}{base:#}", self.reading.text(Span { start: at, end: line.span.end }))?;
        let note_style = AnsiColor::Yellow.on_default();
        for highlight in here {
            write!(out, "  {note_style}<- {}{note_style:#}", highlight.note)?;
        }
        writeln!(out)
    }

    /// Sentences that repeat earlier ones, in the order of the text.
    fn highlights(&self) -> Vec<Highlight> {
        let padding = |line: &u32| self.noise.padding_lines.contains(line);
        let sentences = self.reading.sentences.iter().filter(|s| s.role == Role::Body && padding(&s.line));
        let style = Style::new().underline();
        sentences.map(|s| Highlight { span: s.span, style, note: "says again what stood above" }).collect()
    }

    fn write_summary(&self, out: &mut impl Write) -> std::io::Result<()> {
        let Noise { words, boilerplate_share, padding_share, placeholder_share, repeated_share, score, .. } =
            self.noise;
        let published = self.published.map_or("not told by the text".to_owned(), |p| p.date.to_string());
        writeln!(out, "\npublished   {published}")?;
        writeln!(out, "words       {words}, sentences read {}", self.reading.sentences.len())?;
        writeln!(
            out,
            "noise       {score:.1} of 100: boilerplate {boilerplate_share:.4}, padding {padding_share:.4}, \
             placeholder {placeholder_share:.4}, repeated {repeated_share:.4}"
        )
    }

    fn write_json(&self, out: &mut impl Write) -> std::io::Result<()> {
        let row = |(number, line): (u32, &Line)| LineRow {
            line: number,
            start: line.span.start,
            end: line.span.end,
            role: line.role,
            kind: line.kind,
            rule: line.rule,
            text: self.reading.text(line.span).to_owned(),
        };
        let shown = InspectionRow {
            document: &self.reading.document.path,
            published: self.published,
            noise: &self.noise,
            lines: (1..).zip(&self.reading.lines).map(row).collect(),
            sentences: self.reading.sentences.iter().map(|s| s.span).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &shown)?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct InspectionRow<'r> {
    document: &'r str,
    published: Option<Published>,
    noise: &'r Noise,
    lines: Vec<LineRow>,
    sentences: Vec<Span>,
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
    fn highlights_are_painted_inside_their_line_and_noted() {
        let document = Document { text: "The tram ran again on Monday.\n".into(), ..Document::default() };
        let line = Line { span: Span::new(0, 29), role: Role::Body, kind: "", rule: "" };
        let reading = Reading { document: &document, lines: vec![line.clone()], tokens: vec![], sentences: vec![] };
        let seen = Inspection { published: None, noise: Noise::default(), reading: &reading };
        let tram = Highlight { span: Span::new(4, 8), style: Style::new().underline(), note: "here" };
        let mut out = Vec::new();
        seen.write_text(&mut out, &line, &[tram]).unwrap();
        let shown = anstream::adapter::strip_bytes(&out).into_vec();
        assert_eq!(String::from_utf8(shown).unwrap(), "The tram ran again on Monday.  <- here\n");
    }

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

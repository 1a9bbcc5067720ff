//! Stretches of a document's text to point out, each with its reason at the end of the line.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use rustc_hash::FxHashMap;

use crate::claim::{Claim, Kind, Modality, Polarity};
use crate::clean::{Noise, count_of};
use crate::document::Span;
use crate::extract::annotations::Annotations;
use crate::extract::quotation::{Quotation, QuotationKind};
use crate::extract::speaker::speaker_name;
use crate::reading::{Line, Reading, Role};
use crate::run::wording;

/// A stretch of text to point out.
pub struct Highlight {
    /// Where it stands.
    pub span: Span,
    /// How it is painted.
    pub style: Style,
    /// Why, at the end of the line it begins on.
    pub note: String,
}

/// Repeated sentences, quotations and the values of claims, in the order of the text.
pub fn highlights(notes: &Annotations, claims: &[Claim], noise: &Noise) -> Vec<Highlight> {
    let quotes = notes.quotations.iter().map(|quotation| quote(quotation, notes));
    let mut all: Vec<Highlight> = padding(notes.reading, noise).chain(quotes).chain(values(claims)).collect();
    all.sort_by_key(|h| (h.span.start, Reverse(h.span.end)));
    all
}

fn padding<'r>(reading: &'r Reading, noise: &'r Noise) -> impl Iterator<Item = Highlight> + 'r {
    let note = |line: u32| match (count_of(&noise.padding_lines, line), count_of(&noise.repeated_lines, line)) {
        (Some(_), _) => Some("says again what stood above"),
        (_, Some(_)) => Some("has words in it that stood above"),
        _ => None,
    };
    let sentences = reading.sentences.iter().filter(|s| s.role == Role::Body);
    let underlined =
        move |note: &str, span: Span| Highlight { span, style: Style::new().underline(), note: note.to_owned() };
    sentences.filter_map(move |s| Some(underlined(note(s.line)?, s.span)))
}

fn quote(quotation: &Quotation, notes: &Annotations) -> Highlight {
    let kind = kind(quotation.kind);
    let note = match speaker(quotation, notes) {
        Some(speaker) => format!("{kind} quote: {speaker}"),
        None => format!("{kind} quote"),
    };
    Highlight { span: quotation.span, style: AnsiColor::Green.on_default(), note }
}

/// Who is quoted.
pub fn speaker(quotation: &Quotation, notes: &Annotations) -> Option<String> {
    quotation.speaker.as_ref().map(|speaker| speaker_name(&speaker.tokens, notes).to_string())
}

/// How much of a sentence is quoted, in a word.
pub fn kind(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Scare => "scare",
    }
}

/// One for each place and value, with all attributes that take it: `killed, lost = 12 people (planned)`.
fn values(claims: &[Claim]) -> Vec<Highlight> {
    let mut found: Vec<(Span, String, Vec<&str>)> = Vec::new();
    let mut known = FxHashMap::default();
    // A quotation's claim is the quotation.
    for claim in claims.iter().filter(|claim| claim.kind != Kind::Quote) {
        let (span, value) = (claim.value_span, value(claim));
        let at = *known.entry((span.start, span.end, value.clone())).or_insert(found.len());
        if at == found.len() {
            found.push((span, value, Vec::new()));
        }
        found[at].2.push(claim.attribute.as_str());
    }
    let style = AnsiColor::Yellow.on_default().bold();
    let highlight = |(span, value, attributes): (Span, String, Vec<&str>)| {
        let note = format!("{} = {value}", attributes.join(", "));
        Highlight { span, style, note }
    };
    found.into_iter().map(highlight).collect()
}

/// `12 people (planned)`.
fn value(claim: &Claim) -> String {
    let said = format!("{} {}", wording::value(claim), wording::unit(&claim.value));
    let negated = if claim.polarity == Polarity::Negated { " (negated)" } else { "" };
    let modality = match claim.modality {
        Modality::Reported => String::new(),
        other => format!(" ({})", wording::name(&other)),
    };
    format!("{}{negated}{modality}", said.trim()).trim_start().to_owned()
}

/// Writes a line's text in the style `base`, highlights in theirs, the inner over the outer, and
/// then the notes of those that begin here. `highlights` are in the order of the text.
pub fn write_text(
    out: &mut impl Write,
    reading: &Reading,
    line: &Line,
    base: Style,
    highlights: &[Highlight],
) -> io::Result<()> {
    let Span { start, end } = line.span;
    let before = highlights.partition_point(|h| h.span.start < end);
    let here: Vec<&Highlight> = highlights[..before].iter().filter(|h| h.span.overlaps(line.span)).collect();
    let ends = here.iter().flat_map(|h| [h.span.start, h.span.end]).map(|at| at.clamp(start, end));
    let mut cuts: Vec<u32> = ends.chain([start, end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let (mut open, mut begun): (Vec<&Highlight>, usize) = (Vec::new(), 0);
    for pair in cuts.windows(2) {
        let piece = Span { start: pair[0], end: pair[1] };
        let begin = here[begun..].iter().take_while(|h| h.span.start <= piece.start);
        open.extend(begin.inspect(|_| begun += 1));
        while open.pop_if(|h| h.span.end <= piece.start).is_some() {}
        let style = open.last().map_or(base, |h| h.style);
        write!(out, "{style}{}{style:#}", reading.text(piece))?;
    }
    let note_style = AnsiColor::Yellow.on_default();
    for highlight in here.iter().filter(|h| h.span.start >= start) {
        write!(out, "  {note_style}<- {}{note_style:#}", highlight.note)?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn highlights_are_painted_inside_their_line_and_noted_where_they_begin() {
        let document = Document { text: "The tram ran again on Monday.\n".into(), ..Document::default() };
        let line = Line { span: Span::new(0, 29), role: Role::Body, kind: "", rule: "" };
        let reading = Reading { document: &document, lines: vec![line.clone()], tokens: vec![], sentences: vec![] };
        let at = |start, end, note: &str| Highlight {
            span: Span::new(start, end),
            style: Style::new().underline(),
            note: note.into(),
        };
        let underlined = |text: &str| format!("\u{1b}[4m{text}\u{1b}[0m");
        let note = |text: &str| format!("  \u{1b}[33m<- {text}\u{1b}[0m");
        for (highlights, expected) in [
            (vec![at(4, 8, "here")], format!("The {} ran again on Monday.{}\n", underlined("tram"), note("here"))),
            (
                vec![at(4, 28, "outer"), at(22, 28, "inner")],
                format!(
                    "The {}{}.{}{}\n",
                    underlined("tram ran again on "),
                    underlined("Monday"),
                    note("outer"),
                    note("inner")
                ),
            ),
            (vec![at(22, 40, "long")], format!("The tram ran again on {}{}\n", underlined("Monday."), note("long"))),
        ] {
            let mut out = Vec::new();
            write_text(&mut out, &reading, &line, Style::new(), &highlights).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}

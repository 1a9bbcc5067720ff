//! One record, of whatever format, becomes a document: who published it, when, in which language.

use std::ops::ControlFlow;

use jiff::civil::Date;

use super::encoding::undecodable;
use super::plan::{FileEntry, Plan};
use super::rules::Rules;
use super::trouble::Trouble;
use super::{author, html, language, published, source};
use crate::document::{DateOrigin, Document, Problem, Published};

/// What a format found of one document. Empty strings say nothing.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The text.
    pub text: String,
    /// The whole page, used where there is no text.
    pub html: String,
    /// The address.
    pub url: String,
    /// The outlet.
    pub source: String,
    /// What a page calls its site, for want of an address.
    pub site: String,
    /// The headline.
    pub title: String,
    /// Who wrote it, `; ` between the names.
    pub author: String,
    /// The day of publication as written.
    pub published: String,
    /// A day that the page shows to its readers.
    pub dateline: String,
    /// The language as written.
    pub language: String,
    /// The encoding it was decoded from.
    pub encoding: &'static str,
    /// True for a dump of a whole page, false for an article's text.
    pub dump: bool,
}

/// Reads one file: knows its name, its row in the manifest, and where documents go.
pub(super) struct Job<'a> {
    /// The file.
    pub entry: &'a FileEntry,
    /// The run.
    pub plan: &'a Plan,
    /// The rules.
    pub rules: &'a Rules,
    /// The encoding of the whole file, where it was decoded as a whole.
    pub encoding: Option<&'static str>,
    /// Where documents and problems go.
    pub sink: &'a mut dyn FnMut(Result<Document, Problem>) -> ControlFlow<()>,
}

impl Job<'_> {
    /// Hands on the record `number` of the file (none for a file that is one document), or why it is none.
    ///
    /// # Errors
    /// [`Trouble::Stopped`] when no more is wanted.
    pub(super) fn deliver(&mut self, number: Option<u64>, record: Result<Record, Trouble>) -> Result<(), Trouble> {
        let path = match number {
            Some(number) => format!("{}#{number}", self.entry.relative),
            None => self.entry.relative.clone(),
        };
        let wanted = match record.and_then(|record| self.document(path.clone(), record)) {
            Ok(document) if self.is_too_old(&document) => ControlFlow::Continue(()),
            Ok(document) => (self.sink)(Ok(document)),
            Err(trouble) => (self.sink)(Err(trouble.of(&path))),
        };
        if wanted.is_break() { Err(Trouble::Stopped) } else { Ok(()) }
    }

    fn is_too_old(&self, document: &Document) -> bool {
        match (self.plan.since, document.published) {
            (Some(since), Some(published)) => published.date < since,
            _ => false,
        }
    }

    fn document(&self, path: String, mut record: Record) -> Result<Document, Trouble> {
        let extracted = !record.dump;
        if is_blank(&record.text) && !is_blank(&record.html) {
            html::fill(&mut record, self.rules)?;
        } else if extracted && html::is_markup(&record.text) {
            record.text = html::plain(&record.text, self.rules);
        }
        if is_blank(&record.text) {
            return Err(Trouble::Empty);
        }
        let row = self.plan.row(self.entry).cloned().unwrap_or_default();
        let url = row.url.or_else(|| known(&record.url));
        Ok(Document {
            path,
            source: row.source.unwrap_or_else(|| self.source(&record, url.as_deref())),
            title: row.title.or_else(|| known(&record.title)),
            author: author::names(&record.author, &self.rules.fields),
            published: self.published(row.published, &record, url.as_deref()),
            language: language::language(
                &record.text,
                row.language.as_deref().or(Some(&record.language)),
                &self.rules.language,
            ),
            encoding: self.encoding.unwrap_or(record.encoding).to_owned(),
            undecodable: undecodable(&record.text),
            url,
            extracted,
            text: record.text,
        })
    }

    /// Field, registrable domain of the address, name of the site, folder, file name: the first that says something.
    fn source(&self, record: &Record, url: Option<&str>) -> String {
        let rules = &self.rules.source;
        let field =
            known(&record.source).map(|field| source::from_field(&field, rules)).filter(|field| !field.is_empty());
        let domain = || url.and_then(|url| source::registrable(url, rules));
        field
            .or_else(domain)
            .or_else(|| known(&record.site))
            .unwrap_or_else(|| source::from_path(&self.entry.relative, rules))
    }

    fn published(&self, row: Option<Date>, record: &Record, url: Option<&str>) -> Option<Published> {
        let rules = &self.rules.published;
        let with = |origin: DateOrigin| move |date: Date| Published { date, origin };
        let field = || published::parse(&record.published, rules).map(with(DateOrigin::Metadata));
        let path = || url.and_then(|url| published::from_url(url, rules)).map(with(DateOrigin::Url));
        let shown = || published::parse(&record.dateline, rules).map(with(DateOrigin::Dateline));
        row.map(with(DateOrigin::Manifest)).or_else(field).or_else(path).or_else(shown)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}').trim_ascii_start().trim().is_empty()
}

/// The text without white space around it; none where nothing is left.
fn known(field: &str) -> Option<String> {
    let field = field.trim();
    (!field.is_empty()).then(|| field.to_owned())
}

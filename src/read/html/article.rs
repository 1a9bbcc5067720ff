//! The main text of a page: what readability finds, without the furniture that it leaves in.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::record::Record;
use super::super::rules::Rules;
use super::super::trouble::Trouble;
use super::blocks::{Block, blocks};
use super::metadata::{Metadata, metadata};
use super::trim::trim;

/// Fills the record's text from its page, and its empty fields from what the page says of itself.
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    let page = Document::from(record.html.as_str());
    let mut data = metadata(&page, rules);
    record.text = grab(page, &mut data, rules);
    if words(&record.text) < rules.html.article_words {
        record.text = longer(std::mem::take(&mut record.text), whole(&record.html, &data, rules));
    }
    if words(&data.body) > rules.html.body_factor * words(&record.text) {
        record.text = own_copy(&data.body, rules);
    }
    if record.text.is_empty() {
        return Err(Trouble::NoArticle);
    }
    fill_empty(record, data);
    Ok(())
}

fn fill_empty(record: &mut Record, data: Metadata) {
    let fields = [
        (&mut record.title, data.title),
        (&mut record.published, data.published),
        (&mut record.language, data.language),
        (&mut record.url, data.url),
        (&mut record.site, data.site),
    ];
    for (field, found) in fields {
        if field.trim().is_empty() {
            *field = found;
        }
    }
}

/// The text of a piece of HTML, a block a line.
pub(super) fn plain(piece: &str, rules: &Rules) -> String {
    join(&blocks(Document::fragment(piece).root(), &rules.html))
}

/// The text that a page carries for search engines, with or without markup.
fn own_copy(body: &str, rules: &Rules) -> String {
    if body.contains("</") { plain(body, rules) } else { body.to_owned() }
}

/// The whole page, trimmed: for pages so short that readability finds no article in them.
fn whole(page: &str, data: &Metadata, rules: &Rules) -> String {
    let page = Document::from(page);
    let body = page.body().map(|body| blocks(body, &rules.html)).unwrap_or_default();
    join(&trim(body, &data.title, &rules.html))
}

fn longer(one: String, other: String) -> String {
    if other.len() > one.len() { other } else { one }
}

/// The text that readability takes for the article; empty where it finds none.
fn grab(page: Document, data: &mut Metadata, rules: &Rules) -> String {
    let config = Config { keep_classes: true, max_elements_to_parse: rules.limits.html_elements, ..Config::default() };
    let Ok(article) = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse()) else {
        return String::new();
    };
    if data.title.is_empty() {
        data.title = article.title;
    }
    let content = Document::fragment(article.content);
    join(&trim(blocks(content.root(), &rules.html), &data.title, &rules.html))
}

/// One block a line, a blank line between.
fn join(blocks: &[Block]) -> String {
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join("\n\n")
}

fn words(text: &str) -> usize {
    text.split_ascii_whitespace().count()
}

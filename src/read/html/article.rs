//! The main text of a page: what readability finds, without the furniture that it leaves in.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::record::Record;
use super::super::rules::Rules;
use super::super::trouble::Trouble;
use super::blocks::{Block, blocks};
use super::trim::trim;

/// Fills the record's text from its page, and its empty fields from what the page says of itself.
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    let config = Config { keep_classes: true, max_elements_to_parse: rules.limits.html_elements, ..Config::default() };
    let mut page = Readability::new(record.html.as_str(), None, Some(config)).map_err(|_| Trouble::NoArticle)?;
    let url = canonical(&page);
    let article = page.parse().map_err(|_| Trouble::NoArticle)?;
    let content = Document::fragment(article.content);
    record.text = join(&trim(blocks(content.root(), &rules.html), &article.title, &rules.html));
    let fill = |field: &mut String, found: Option<String>| {
        if field.is_empty() {
            *field = found.unwrap_or_default();
        }
    };
    fill(&mut record.title, Some(article.title));
    fill(&mut record.published, article.published_time);
    fill(&mut record.language, article.lang);
    fill(&mut record.url, url);
    fill(&mut record.site, article.site_name);
    Ok(())
}

/// The address that a page gives for itself.
fn canonical(page: &Readability) -> Option<String> {
    let link = page.doc.select_single("link[rel=canonical]").attr("href");
    link.filter(|href| href.starts_with("http")).map(|href| href.to_string())
}

/// One block a line, a blank line between.
fn join(blocks: &[Block]) -> String {
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join("\n\n")
}

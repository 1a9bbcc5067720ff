//! The main text of a page, by readability, with one paragraph a line and a blank line between.

use dom_smoothie::{Config, Readability, TextMode};

use super::super::record::Record;
use super::super::rules::Rules;
use super::super::trouble::Trouble;

/// Fills the record's text from its page, and its empty fields from what the page says of itself.
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: rules.limits.html_elements,
        ..Config::default()
    };
    let mut page = Readability::new(record.html.as_str(), None, Some(config)).map_err(|_| Trouble::NoArticle)?;
    let article = page.parse().map_err(|_| Trouble::NoArticle)?;
    record.text = paragraphs(&article.text_content);
    let fill = |field: &mut String, found: Option<String>| {
        if field.is_empty() {
            *field = found.unwrap_or_default();
        }
    };
    fill(&mut record.title, Some(article.title));
    fill(&mut record.published, article.published_time);
    fill(&mut record.language, article.lang);
    fill(&mut record.url, canonical(&page));
    fill(&mut record.site, article.site_name);
    Ok(())
}

/// The address that a page gives for itself.
fn canonical(page: &Readability) -> Option<String> {
    let link = page.doc.select_single("link[rel=canonical]").attr("href");
    link.filter(|href| href.starts_with("http")).map(|href| href.to_string())
}

/// One paragraph a line, a blank line between.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

//! What a page says of itself: JSON-LD, meta elements, its canonical address, the language it declares.

use std::collections::BTreeMap;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::super::json_objects::depth;
use super::super::published;
use super::super::rules::{Limits, Names, Rules};
use super::super::source::is_web;
use crate::text::fold;

/// The fields of a page, empty where it is silent.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The day of publication as written.
    pub published: String,
    /// The day that stands below the headline, for readers.
    pub shown: String,
    /// The name of the site.
    pub site: String,
    /// The page's own address.
    pub url: String,
    /// The language as written.
    pub language: String,
    /// The whole text, where a page carries it for search engines.
    pub body: String,
}

/// Values by name in lower case; the first of a name counts.
type Found = BTreeMap<String, String>;

/// Reads what `page` says of itself.
pub(super) fn metadata(page: &Document, rules: &Rules) -> Metadata {
    let names = &rules.html.names;
    let mut data = json_ld(page, names, &rules.limits);
    meta(page, &mut data);
    let first = |wanted: &[String]| wanted.iter().find_map(|name| data.get(name)).cloned().unwrap_or_default();
    let canonical = page.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
    let lang = page.select_single("html").attr("lang").map(|lang| lang.to_string());
    Metadata {
        title: first(&names.title),
        author: names
            .author
            .iter()
            .filter_map(|name| data.get(name))
            .find(|name| !is_web(name))
            .cloned()
            .unwrap_or_default(),
        published: first(&names.published),
        shown: shown(page, rules),
        site: first(&names.site),
        url: canonical.filter(|url| url.starts_with("http")).unwrap_or_else(|| first(&names.url)),
        language: lang.filter(|lang| !lang.is_empty()).unwrap_or_else(|| first(&names.language)),
        body: first(&names.body),
    }
}

/// `<meta property|name|itemprop=… content=…>` and `<time itemprop=… datetime=…>`.
fn meta(page: &Document, found: &mut Found) {
    for element in page.select("meta[content], time[itemprop][datetime], time[pubdate][datetime]").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| element.attr(key));
        let value = element.attr("content").or_else(|| element.attr("datetime"));
        let name = name.map_or_else(|| "pubdate".to_owned(), |name| name.to_ascii_lowercase());
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            found.entry(name).or_insert_with(|| value.trim().to_owned());
        }
    }
}

/// The first day behind the headline: in `<time datetime=…>`, or in the few words of an element whose class tells that
/// it holds one. Above the headline stands the day of the visit, and a line about a change tells another day.
fn shown(page: &Document, rules: &Rules) -> String {
    let names = &rules.html.names;
    let places = page.select(&format!("h1, p:not([class]), {}", names.shown.join(", ")));
    let behind = places.nodes().iter().skip_while(|element| !element.has_name("h1")).skip(1);
    let day = |element: &NodeRef| {
        let text = element.text();
        let folded = fold(&text);
        let says = |words: &[String]| words.iter().any(|word| folded.contains(word.as_str()));
        let is_change = says(&names.changed);
        let value = element.attr("datetime").unwrap_or(text);
        let is_short = value.split_whitespace().nth(rules.html.stamp.words).is_none();
        // A paragraph that nothing but its place tells from the story's must say what day it gives.
        let is_told = !element.is("p:not([class])") || says(&names.stamped);
        (is_short && is_told && !is_change && published::parse(&value, &rules.published).is_some())
            .then(|| value.to_string())
    };
    behind.filter_map(day).next().unwrap_or_default()
}

/// The fields of the JSON-LD objects that are articles.
fn json_ld(page: &Document, names: &Names, limits: &Limits) -> Found {
    let mut found = Found::new();
    for script in page.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
        if depth(text.as_bytes()) <= limits.json_depth
            && let Ok(value) = serde_json::from_str(text)
        {
            articles(&value, names, &mut found);
        }
    }
    found
}

/// Walks lists and graphs for articles, by a stack and not by calls.
fn articles(value: &Value, names: &Names, found: &mut Found) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(object) => {
                waiting.extend(object.get("@graph"));
                waiting.extend(object.get("mainEntity"));
                if object.get("@type").is_some_and(|kind| is_article(kind, names)) {
                    object.iter().for_each(|(name, value)| add(name, value, found));
                }
            }
            _ => {}
        }
    }
}

fn is_article(kind: &Value, names: &Names) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| names.articles.iter().any(|known| known.eq_ignore_ascii_case(kind)))
    };
    is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is))
}

/// Notes a field: a text, or the name or address of what it points to; the names of a list with `; ` between.
fn add(name: &str, value: &Value, found: &mut Found) {
    let text = match value {
        Value::Array(list) => list.iter().filter_map(text_of).collect::<Vec<_>>().join("; "),
        one => text_of(one).unwrap_or_default().to_owned(),
    };
    if !text.is_empty() {
        found.entry(name.to_ascii_lowercase()).or_insert(text);
    }
}

fn text_of(value: &Value) -> Option<&str> {
    let inner = |key: &str| value.get(key).and_then(Value::as_str);
    let text = value.as_str().or_else(|| inner("name")).or_else(|| inner("@id"))?.trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::rules::DEFAULTS;

    fn check(page: &str, expected: Metadata) {
        let rules = Rules::parse(DEFAULTS).unwrap();
        assert_eq!(metadata(&Document::from(page), &rules), expected, "{page}");
    }

    #[test]
    fn a_page_speaks_through_json_ld_and_meta_elements() {
        check(
            "<html lang=en-GB><link rel=canonical href=https://herald.example/a><script type='application/ld+json'>\
             {\"@graph\":[{\"@type\":\"WebSite\",\"headline\":\"No\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"Storm\",\
             \"datePublished\":\"2025-03-04\",\"publisher\":{\"name\":\"The Herald\"},\
             \"author\":[{\"name\":\"Ann Ryder\"},\"Tom Field\"]}]}</script>",
            Metadata {
                title: "Storm".to_owned(),
                author: "Ann Ryder; Tom Field".to_owned(),
                published: "2025-03-04".to_owned(),
                site: "The Herald".to_owned(),
                url: "https://herald.example/a".to_owned(),
                language: "en-GB".to_owned(),
                ..Metadata::default()
            },
        );
        check(
            "<meta property=og:title content=Storm><meta property=article:published_time content=2025-03-04T10:00:00Z>\
             <script type='application/ld+json'>{broken</script><time datetime=2020-01-01>then</time>",
            Metadata { title: "Storm".to_owned(), published: "2025-03-04T10:00:00Z".to_owned(), ..Metadata::default() },
        );
    }

    #[test]
    fn the_day_below_the_headline_is_the_articles() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        for (page, expected) in [
            ("<p class=date>3 May 2024</p><h1>Storm</h1><time datetime=2024-05-02>Thursday</time>", "2024-05-02"),
            ("<h1>Storm</h1><div class=byline>By Ann Ryder, 2 May 2024</div>", "By Ann Ryder, 2 May 2024"),
            ("<h1>Storm</h1><p class=date>Updated 3 May 2024</p><p class=date>2 May 2024</p>", "2 May 2024"),
            ("<h1>Storm</h1><p>2 May 2024</p>", ""),
            ("<h1>Storm</h1><p>By Ann Ryder<br>Published 2 May 2024</p>", "By Ann RyderPublished 2 May 2024"),
            ("<h1>Storm</h1><p>The bridge closes on 2 May 2024.</p>", ""),
            ("<p class=date>2 May 2024</p><p>Storm</p>", ""),
        ] {
            assert_eq!(metadata(&Document::from(page), &rules).shown, expected, "{page}");
        }
    }
}

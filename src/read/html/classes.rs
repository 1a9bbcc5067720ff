//! Which elements are furniture, by their names and by the words of their class and id.

use compact_str::CompactString;
use dom_query::NodeRef;

use super::super::rules::Pages;

/// True for an element that holds no text of the article.
pub(super) fn is_furniture(node: &NodeRef, name: &str, rules: &Pages) -> bool {
    if rules.elements.contains(name) {
        return true;
    }
    let Some(element) = node.element_ref() else { return false };
    element.attrs.iter().any(|attribute| match &*attribute.name.local {
        "class" | "id" | "data-component" | "data-testid" => marks_furniture(&attribute.value, rules),
        "hidden" => true,
        "aria-hidden" => &*attribute.value == "true",
        "style" => attribute.value.contains("display:none") || attribute.value.contains("display: none"),
        _ => false,
    })
}

/// True when a word of `value`, or two neighbours, mark furniture.
fn marks_furniture(value: &str, rules: &Pages) -> bool {
    let mut last = CompactString::default();
    words(value).any(|word| {
        let pair = compact_str::format_compact!("{last}-{word}");
        let found = rules.classes.contains(&word) || rules.classes.contains(&pair);
        last = word;
        found
    })
}

/// The words of a class: cut at marks and where a capital begins, in lower case.
fn words(value: &str) -> impl Iterator<Item = CompactString> {
    value.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let mut found: Vec<CompactString> = Vec::new();
        let mut after_small = false;
        for c in part.chars() {
            match found.last_mut() {
                Some(word) if !(after_small && c.is_ascii_uppercase()) => word.push(c.to_ascii_lowercase()),
                _ => found.push(CompactString::from_iter([c.to_ascii_lowercase()])),
            }
            after_small = c.is_ascii_lowercase();
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_cut_into_words() {
        let cases =
            [("article__relatedLinks-box", "article related links box"), ("wp-caption", "wp caption"), ("", "")];
        for (value, expected) in cases {
            assert_eq!(words(value).collect::<Vec<_>>().join(" "), expected);
        }
    }
}

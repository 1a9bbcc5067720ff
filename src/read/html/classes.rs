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
        "class" | "data-component" | "data-testid" => marks_furniture(&attribute.value, rules),
        "id" => words(&attribute.value).nth(rules.id_words).is_none() && marks_furniture(&attribute.value, rules),
        "hidden" => true,
        "aria-hidden" => &*attribute.value == "true",
        "style" => attribute.value.contains("display:none") || attribute.value.contains("display: none"),
        _ => false,
    })
}

/// True when one of the names in `value` marks furniture.
fn marks_furniture(value: &str, rules: &Pages) -> bool {
    // `hover:shadow`, `[&>a]:p-2` and `w-1/2` say how a thing looks, never what it is.
    value
        .split_ascii_whitespace()
        .filter(|name| !name.contains([':', '[', '/']))
        .any(|name| names_furniture(name, rules))
}

/// True when a word of `name`, or two neighbours, mark furniture. `no-caption` and `has-comments` tell a state.
fn names_furniture(name: &str, rules: &Pages) -> bool {
    let words: Vec<CompactString> = words(name).collect();
    if words.first().is_some_and(|first| rules.states.contains(first.as_str())) {
        return false;
    }
    let pairs = words.windows(2).map(|pair| compact_str::format_compact!("{}-{}", pair[0], pair[1]));
    words.iter().any(|word| rules.classes.contains(word.as_str()))
        || pairs.into_iter().any(|pair| rules.classes.contains(pair.as_str()))
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
    fn names_tell_furniture_and_states_and_looks_do_not() {
        let rules = crate::read::Rules::parse(crate::read::DEFAULTS).unwrap().html;
        let cases = [
            ("article__relatedLinks", true),
            ("col-2 read-more", true),
            ("no-caption has_comments", false),
            ("hover:related [&>p]:share", false),
            ("article-body", false),
        ];
        for (value, expected) in cases {
            assert_eq!(marks_furniture(value, &rules), expected, "{value}");
        }
    }

    #[test]
    fn classes_are_cut_into_words() {
        let cases =
            [("article__relatedLinks-box", "article related links box"), ("wp-caption", "wp caption"), ("", "")];
        for (value, expected) in cases {
            assert_eq!(words(value).collect::<Vec<_>>().join(" "), expected);
        }
    }
}

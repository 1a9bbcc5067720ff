//! Names of fields and columns, compared as people mean them.

/// Whether two names differ in nothing but case and what joins their words: `Article Body`, `article_body`, `articleBody`.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_joints_do_not_matter() {
        for (a, b, expected) in [
            ("Article Body", "article_body", true),
            ("articleBody", "article-body", true),
            ("source.name", "source_name", false),
            ("text", "texts", false),
        ] {
            assert_eq!(is_same(a, b), expected, "{a} {b}");
        }
    }
}

//! Who wrote an article, as tools and pages write it: one name, a list, `By A and B`, `['A', 'B']`.

use super::rules::Fields;

/// The names in a field, `; ` between them, each once; addresses of pages about people are no names.
pub(super) fn names(written: &str, fields: &Fields) -> String {
    let written = written.trim().trim_start_matches('[').trim_end_matches(']');
    let mut names: Vec<&str> = Vec::new();
    for part in written.split(['\n', ';', '|']).flat_map(listed) {
        let name = without_opening(part.trim_matches(|c: char| c.is_whitespace() || "'\"".contains(c)), fields);
        if !name.is_empty() && !name.contains("://") && !names.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// The entries of a list as Python prints it: a comma counts only between two quotation marks, for `Ann Ryder, Oslo`
/// is one byline.
fn listed(part: &str) -> impl Iterator<Item = &str> {
    part.split("', '").flat_map(|part| part.split("\", \"")).flat_map(|part| part.split("', \""))
}

/// A name without the words of a byline in front of it.
fn without_opening<'n>(name: &'n str, fields: &Fields) -> &'n str {
    let opening = |words: &&String| {
        name.get(..words.len()).is_some_and(|front| front.eq_ignore_ascii_case(words))
            && name[words.len()..].starts_with(char::is_whitespace)
    };
    let longest = fields.before_author.iter().filter(opening).map(String::len).max();
    longest.map_or(name, |length| name[length..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{DEFAULTS, Rules};

    #[test]
    fn names_are_read_as_tools_write_them() {
        let fields = Rules::parse(DEFAULTS).unwrap().fields;
        for (written, expected) in [
            ("Ann Ryder", "Ann Ryder"),
            ("By Ann Ryder", "Ann Ryder"),
            ("Ann Ryder; Tom Field", "Ann Ryder; Tom Field"),
            ("Ann Ryder\n\nTom Field\n\nann ryder", "Ann Ryder; Tom Field"),
            ("['Ann Ryder', \"Tom O'Hare\"]", "Ann Ryder; Tom O'Hare"),
            ("[]", ""),
            ("https://herald.example/staff/ann", ""),
            ("Byron Field, Oslo", "Byron Field, Oslo"),
        ] {
            assert_eq!(names(written, &fields), expected, "{written}");
        }
    }
}

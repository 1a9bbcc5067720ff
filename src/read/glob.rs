//! Patterns of paths: `*` and `?` within a name, `**` for any folders. Nothing else is special.

/// The folder in front of the first pattern, and the pattern behind it; none where nothing is a pattern.
pub(super) fn split(path: &str) -> Option<(&str, &str)> {
    let first = path.find(['*', '?'])?;
    match path[..first].rfind('/') {
        Some(0) => Some(("/", &path[1..])),
        Some(slash) => Some((&path[..slash], &path[slash + 1..])),
        None => Some((".", path)),
    }
}

/// True when the path fits the pattern, name by name.
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    let patterns: Vec<&str> = pattern.split('/').collect();
    let names: Vec<&str> = path.split('/').collect();
    wildcard(&patterns, &names, |pattern| *pattern == "**", |pattern, name| fits_name(pattern, name))
}

fn fits_name(pattern: &str, name: &str) -> bool {
    let patterns: Vec<char> = pattern.chars().collect();
    let letters: Vec<char> = name.chars().collect();
    wildcard(&patterns, &letters, |pattern| *pattern == '*', |pattern, letter| *pattern == '?' || pattern == letter)
}

/// Matches with one wildcard for any run of items. Goes back to the last wildcard only, which
/// is enough, and so takes no more than the product of both lengths.
fn wildcard<P, T>(pattern: &[P], items: &[T], is_any: impl Fn(&P) -> bool, fits: impl Fn(&P, &T) -> bool) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while item < items.len() {
        if pattern.get(at).is_some_and(&is_any) {
            at += 1;
            retry = Some((at, item));
        } else if pattern.get(at).is_some_and(|one| fits(one, &items[item])) {
            at += 1;
            item += 1;
        } else if let Some((back, taken)) = retry {
            at = back;
            item = taken + 1;
            retry = Some((back, taken + 1));
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_split_before_its_first_pattern() {
        let cases = [
            ("corpus/*.txt", Some(("corpus", "*.txt"))),
            ("*.txt", Some((".", "*.txt"))),
            ("/data/**/a?.json", Some(("/data", "**/a?.json"))),
            ("/*.txt", Some(("/", "*.txt"))),
            ("corpus/a.txt", None),
        ];
        for (path, expected) in cases {
            assert_eq!(split(path), expected);
        }
    }

    #[test]
    fn patterns_fit_name_by_name() {
        let cases = [
            ("*.txt", "a.txt", true),
            ("*.txt", "b/a.txt", false),
            ("**/*.txt", "b/c/a.txt", true),
            ("**/*.txt", "a.txt", true),
            ("b/**", "b/c/a.txt", true),
            ("a?.txt", "ab.txt", true),
            ("a?.txt", "a.txt", false),
            ("*a*a*a*", "aaaaaaaaaaaaaaaab", true),
            ("*a*b", "aaaaaaaaaaaaaaaac", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}

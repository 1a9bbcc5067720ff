//! Which outlet a document is of, when neither manifest nor metadata name it.

use std::net::IpAddr;

use super::rules::Sources;

/// An outlet's name as a field gives it: a host or an address is cut to its registrable domain, a name stays.
pub(super) fn from_field(field: &str, rules: &Sources) -> String {
    if is_web(field) { registrable(field, rules).unwrap_or_default() } else { field.to_owned() }
}

/// True for an address or a host, false for a name.
pub(super) fn is_web(field: &str) -> bool {
    is_address(field) || is_host(field)
}

/// True for a whole address.
pub(super) fn is_address(field: &str) -> bool {
    field.starts_with("http://") || field.starts_with("https://")
}

fn is_host(field: &str) -> bool {
    let bytes = field.as_bytes();
    let ends_in_letters =
        field.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_lowercase()));
    field.contains('.')
        && ends_in_letters
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(byte))
}

/// The registrable domain of an address or a host: the name under which somebody bought it.
pub(super) fn registrable(url: &str, rules: &Sources) -> Option<String> {
    let host = host_of(url)?;
    if host.parse::<IpAddr>().is_ok() {
        return Some(host);
    }
    let labels: Vec<&str> = host.split('.').collect();
    let kept = labels.len().min(1 + suffix_labels(&labels, &host, rules));
    Some(labels[labels.len() - kept..].join("."))
}

/// The host of an address in lower case, without user, port and `www.`.
fn host_of(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.trim_end_matches('.');
    let host = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// How many labels at the end are a public suffix.
fn suffix_labels(labels: &[&str], host: &str, rules: &Sources) -> usize {
    let is_platform = |domain: &&String| host.strip_suffix(domain.as_str()).is_some_and(|front| front.ends_with('.'));
    if let Some(domain) = rules.platforms.iter().find(is_platform) {
        return domain.split('.').count();
    }
    match labels {
        [.., second, country] if country.len() == 2 && rules.second_levels.iter().any(|level| level == second) => 2,
        _ => 1,
    }
}

/// The outlet of a path relative to the corpus: the outermost folder that is neither a date nor a common word, else
/// the file's name without its endings.
pub(super) fn from_path(relative: &str, rules: &Sources) -> String {
    let (folders, name) = relative.rsplit_once('/').unwrap_or(("", relative));
    let names_an_outlet = |folder: &&str| {
        folder.chars().any(char::is_alphabetic)
            && !rules.generic_folders.iter().any(|word| word.eq_ignore_ascii_case(folder))
    };
    match folders.split('/').find(names_an_outlet) {
        Some(folder) => folder.to_owned(),
        None => stem(name).to_owned(),
    }
}

/// `a.jsonl.gz` → `a`.
fn stem(name: &str) -> &str {
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rules;
    use crate::read::rules::DEFAULTS;

    #[test]
    fn an_address_gives_the_domain_somebody_bought() {
        let rules = Rules::parse(DEFAULTS).unwrap().source;
        let cases = [
            ("https://www.herald.example/a/b?c", "herald.example"),
            ("http://news.herald.co.uk:8080/a", "herald.co.uk"),
            ("https://user@edition.herald.com.au/", "herald.com.au"),
            ("https://harbour.substack.com/p/1", "harbour.substack.com"),
            ("https://substack.com/p/1", "substack.com"),
            ("http://192.168.0.1/a", "192.168.0.1"),
            ("HTTPS://Herald.EXAMPLE.", "herald.example"),
            ("https://", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(registrable(url, &rules).unwrap_or_default(), expected, "{url}");
        }
    }

    #[test]
    fn a_field_may_hold_a_host_or_a_name() {
        let rules = Rules::parse(DEFAULTS).unwrap().source;
        let cases = [
            ("www.herald.example", "herald.example"),
            ("The Herald", "The Herald"),
            ("St. Ives Echo", "St. Ives Echo"),
        ];
        for (field, expected) in cases {
            assert_eq!(from_field(field, &rules), expected);
        }
    }

    #[test]
    fn a_path_gives_its_outermost_folder_that_names_something() {
        let rules = Rules::parse(DEFAULTS).unwrap().source;
        let cases = [
            ("herald/2023/a.txt", "herald"),
            ("2023-09-12/articles/herald/a.txt", "herald"),
            ("2023/a.txt", "a"),
            ("a.jsonl.gz", "a"),
            ("a", "a"),
        ];
        for (path, expected) in cases {
            assert_eq!(from_path(path, &rules), expected, "{path}");
        }
    }
}

//! Pages that hold their article for browsers without scripts or frames.

use memchr::{memchr, memchr_iter};

/// Elements that only such browsers look into, and those that stand in the way.
const TAGS: [&[u8]; 4] = [b"noscript", b"noframes", b"frameset", b"frame"];

/// The page as those browsers see it; nothing where all see the same.
pub(super) fn unscripted(page: &str) -> Option<String> {
    let bytes = page.as_bytes();
    let (mut seen, mut from) = (String::new(), 0);
    for at in memchr_iter(b'<', bytes).filter(|at| is_hiding(&bytes[at + 1..])) {
        let Some(end) = memchr(b'>', &bytes[at..]).filter(|_| at >= from) else { continue };
        seen.push_str(&page[from..at]);
        from = at + end + 1;
    }
    (from > 0).then(|| seen + &page[from..])
}

fn is_hiding(tag: &[u8]) -> bool {
    let name = tag.strip_prefix(b"/").unwrap_or(tag);
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    TAGS.iter().any(|hiding| name[..end].eq_ignore_ascii_case(hiding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_seen() {
        for (page, expected) in [
            ("<p>a</p>", None),
            ("<div></div><NoScript class=x><p>a</p></NOSCRIPT>b", Some("<div></div><p>a</p>b")),
            ("<frameset cols='1'><frame src=a><noframes>b</noframes></frameset>", Some("b")),
            ("<framework>a <noscript", None),
        ] {
            assert_eq!(unscripted(page).as_deref(), expected, "{page}");
        }
    }
}

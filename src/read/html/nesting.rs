//! How deeply a page is nested, told from its tags alone.

use memchr::{memchr, memchr_iter, memmem};

/// The most elements that are open at once, about: what needs no end tag is not counted, nor what stands in scripts.
pub(super) fn nesting(page: &str) -> usize {
    let bytes = page.as_bytes();
    let (mut depth, mut deepest, mut resume) = (0_usize, 0, 0);
    for at in memchr_iter(b'<', bytes) {
        if at < resume {
            continue;
        }
        match &bytes[at + 1..] {
            [b'/', ..] => depth = depth.saturating_sub(usize::from(is_counted(name(&bytes[at + 2..])))),
            [b'!', b'-', b'-', ..] => resume = end_of(bytes, at, b"-->"),
            rest @ [letter, ..] if letter.is_ascii_alphabetic() => {
                let name = name(rest);
                if name.eq_ignore_ascii_case(b"script") {
                    resume = end_of(bytes, at, b"</script");
                } else {
                    depth += usize::from(is_counted(name) && !is_closed(rest));
                }
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len());
    &tag[..end]
}

/// Elements that are void, or that end where the next one of them begins.
fn is_counted(name: &[u8]) -> bool {
    const UNCOUNTED: [&[u8]; 25] = [
        b"area",
        b"base",
        b"br",
        b"col",
        b"dd",
        b"dt",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"li",
        b"link",
        b"meta",
        b"option",
        b"p",
        b"param",
        b"script",
        b"source",
        b"tbody",
        b"td",
        b"th",
        b"tr",
        b"track",
        b"wbr",
        b"colgroup",
    ];
    !UNCOUNTED.iter().any(|uncounted| name.eq_ignore_ascii_case(uncounted))
}

/// True for `<path …/>`.
fn is_closed(tag: &[u8]) -> bool {
    memchr(b'>', tag).is_some_and(|end| end > 0 && tag[end - 1] == b'/')
}

/// Where to go on behind what begins at `at` and ends with `mark`; the end of the page where it has no end.
fn end_of(bytes: &[u8], at: usize, mark: &[u8]) -> usize {
    memmem::find(&bytes[at..], mark).map_or(bytes.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_elements_are_counted() {
        let cases = [
            ("<div><p>a<p>b<br><img></div><div></div>", 1),
            ("<div><b><i>a</i></b></div>", 3),
            ("<script>if (a<b) { c = '<i><i><i>' }</script><b>", 1),
            ("<!-- <b><b> --><svg><path d='1'/><path/></svg>", 1),
            ("a < b & c <", 0),
            ("</b></b><b>", 1),
        ];
        for (page, expected) in cases {
            assert_eq!(nesting(page), expected, "{page}");
        }
    }
}

//! Passages and differing words, as marked text.

use super::markup::Markup;

/// A passage, cut to about `longest` characters around `value`, which is marked where it occurs.
pub fn passage(page: &mut Markup, text: &str, value: &str, longest: usize) {
    let found = if value.is_empty() { None } else { text.find(value) };
    let Some(at) = found else {
        page.text(head(text, longest));
        return;
    };
    let (before, rest) = text.split_at(at);
    let (marked, after) = rest.split_at(value.len());
    page.text(tail(before, longest / 2));
    page.text_tag("mark", "", head(marked, longest));
    page.text(head(after, longest / 2));
}

/// The line `upon [-invitation-] {+investigation+}` with both wordings told apart by more than colour.
pub fn diff(page: &mut Markup, diff: &str) {
    let mut rest = diff;
    while let Some((at, open, close, tag)) = next_mark(rest) {
        page.text(&rest[..at]);
        let inside = &rest[at + open.len()..];
        let (words, after) = inside.split_once(close).unwrap_or((inside, ""));
        page.text_tag(tag, "", words);
        rest = after;
    }
    page.text(rest);
}

fn next_mark(text: &str) -> Option<(usize, &'static str, &'static str, &'static str)> {
    let marks = [("[-", "-]", "del"), ("{+", "+}", "ins")];
    marks.into_iter().filter_map(|(open, close, tag)| Some((text.find(open)?, open, close, tag))).min()
}

/// The first `longest` characters, with a mark where there are more.
pub fn head(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn tail(text: &str, longest: usize) -> String {
    match text.char_indices().rev().nth(longest) {
        Some((start, c)) => format!("…{}", &text[start + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(make: impl FnOnce(&mut Markup)) -> String {
        let mut page = Markup::default();
        make(&mut page);
        page.into_string()
    }

    #[test]
    fn the_value_is_marked_and_long_passages_are_cut_around_it() {
        let check = |text: &str, value: &str, longest, expected: &str| {
            assert_eq!(made(|page| passage(page, text, value, longest)), expected);
        };
        check("for two days there", "two days", 90, "for <mark>two days</mark> there");
        check("é 12345 two 67890 é", "two", 6, "…45 <mark>two</mark> 67…");
        check("nothing <here>", "two", 90, "nothing &lt;here&gt;");
        check("abcdef", "", 3, "abc…");
    }

    #[test]
    fn differing_words_are_marked() {
        let check = |text: &str, expected: &str| assert_eq!(made(|page| diff(page, text)), expected);
        check("upon [-invitation-] {+investigation+} of", "upon <del>invitation</del> <ins>investigation</ins> of");
        check("{+a", "<ins>a</ins>");
        check("plain <b>", "plain &lt;b&gt;");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([{}+\\[\\]-é]|.){0,30}", value in ".{0,3}", longest in 0_usize..9) {
            made(|page| diff(page, &text));
            made(|page| passage(page, &text, &value, longest));
        }
    }
}

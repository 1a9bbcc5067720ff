//! HTML in which every text is escaped: there is no way to put in a text that is not.

use std::fmt::Display;

/// A growing piece of a page. Tag and attribute names come from this program alone, as their
/// type says; texts and attribute values may come from anywhere.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Adds an element with `attributes` around what `inside` adds.
    pub fn tag(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &dyn Display)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Adds an element around a text.
    pub fn text_tag(&mut self, name: &'static str, class: &'static str, text: impl Display) {
        let attributes: &[(&'static str, &dyn Display)] = &[("class", &class)];
        let attributes = if class.is_empty() { &[] } else { attributes };
        self.tag(name, attributes, |inside| inside.text(text));
    }

    /// Adds a part of the page that can be jumped to, under its heading.
    pub fn section(&mut self, id: &'static str, heading: &'static str, inside: impl FnOnce(&mut Self)) {
        let named = format!("{id}-heading");
        self.tag("section", &[("id", &id), ("aria-labelledby", &named)], |section| {
            section.tag("h2", &[("id", &named)], |h2| h2.text(heading));
            inside(section);
        });
        self.line();
    }

    /// Adds what may be wider than the screen: it scrolls, by keyboard too, and tells readers of the screen what it is.
    pub fn scroll(&mut self, label: &str, inside: impl FnOnce(&mut Self)) {
        self.tag("div", &[("class", &"scroll"), ("role", &"region"), ("aria-label", &label), ("tabindex", &0)], inside);
    }

    /// Adds a heading cell of a table, for its column or its row.
    pub fn heading_cell(&mut self, scope: &'static str, text: impl Display) {
        self.tag("th", &[("scope", &scope)], |cell| cell.text(text));
    }

    /// Adds a link to each of the files of a table, which lie beside the page.
    pub fn files(&mut self, names: &[String]) {
        for (nth, name) in names.iter().enumerate() {
            self.text(if nth == 0 { "" } else { ", " });
            self.tag("a", &[("href", &format!("./{name}"))], |a| a.text(name));
        }
    }

    /// Adds an element without content: an image's part, a line break.
    pub fn void(&mut self, name: &'static str, attributes: &[(&'static str, &dyn Display)]) {
        self.open(name, attributes);
        self.0.push_str("/>");
    }

    /// Adds a text, escaped.
    pub fn text(&mut self, text: impl Display) {
        escape(&mut self.0, &text.to_string());
    }

    /// Adds markup of this program's own.
    pub fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Ends a line of the source, so that people can read and compare it.
    pub fn line(&mut self) {
        self.0.push('\n');
    }

    /// The whole.
    pub fn into_string(self) -> String {
        self.0
    }

    fn open(&mut self, name: &'static str, attributes: &[(&'static str, &dyn Display)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            escape(&mut self.0, &value.to_string());
            self.0.push('"');
        }
    }
}

/// Adds `text` to `out` so that no character of it is markup. Controls and the marks that turn
/// the direction of writing, which could make a text look like another, are left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_and_values_are_escaped() {
        let mut page = Markup::default();
        page.tag("p", &[("title", &"\"><script>")], |p| p.text("a < b & 'c'\u{202e}"));
        assert_eq!(page.into_string(), "<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; &#39;c&#39;</p>");
    }

    proptest! {
        #[test]
        fn no_text_opens_a_tag_or_ends_a_value(text in ".{0,60}") {
            let mut page = Markup::default();
            page.text(&text);
            prop_assert!(!page.into_string().contains(['<', '>', '"', '\'']));
        }
    }
}

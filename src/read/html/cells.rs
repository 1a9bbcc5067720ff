//! Cells that lost their table: readability makes the table that lays out a page a `div`, and a parser drops cells outside
//! of tables, so that what stood side by side would run together.

use memchr::memchr_iter;

/// Parts of a table.
const PARTS: [&str; 7] = ["caption", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// The same page with a `div` for each part of a table that stands in none.
pub(super) fn with_loose_cells(page: &str) -> String {
    let (mut seen, mut from, mut tables) = (String::with_capacity(page.len()), 0, 0_usize);
    for at in memchr_iter(b'<', page.as_bytes()) {
        let ends = page[at + 1..].starts_with('/');
        let start = at + 1 + usize::from(ends);
        let name = &page[start..start + name_length(&page.as_bytes()[start..])];
        if name == "table" {
            tables = if ends { tables.saturating_sub(1) } else { tables + 1 };
        } else if tables == 0 && PARTS.contains(&name) {
            seen.push_str(&page[from..start]);
            seen.push_str("div");
            from = start + name.len();
        }
    }
    seen + &page[from..]
}

fn name_length(tag: &[u8]) -> usize {
    tag.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_outside_of_tables_change() {
        for (page, expected) in [
            ("<tr><td class=a>b</td></tr>", "<div><div class=a>b</div></div>"),
            ("<td>a<table><tr><td>b</td></tr></table></td>", "<div>a<table><tr><td>b</td></tr></table></div>"),
            ("<track><p>a < b", "<track><p>a < b"),
            ("</table><td", "</table><div"),
        ] {
            assert_eq!(with_loose_cells(page), expected, "{page}");
        }
    }
}

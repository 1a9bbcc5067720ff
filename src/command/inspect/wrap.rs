//! Lines broken at the width of the terminal, so that text stays beside its label and words stay whole.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

/// Columns below which nothing is broken: there would be no room beside the label.
const NARROWEST: usize = 50;

/// The width to break lines at; none where stdout is no terminal, for programs want a line a line.
pub fn terminal_width() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width)).filter(|width| *width >= NARROWEST)
}

/// Writes a painted line, broken at spaces; what follows a break begins `indent` columns to the right.
pub fn write_wrapped(out: &mut impl Write, line: &str, indent: usize, width: usize) -> io::Result<()> {
    let (mut column, mut paint) = (0, String::new());
    // Spaces are written only if a word follows them on the same line.
    let (mut gap, mut word) = (String::new(), String::new());
    for piece in line.split_inclusive(' ') {
        word.push_str(piece);
        // An arrow stays with what it tells.
        if piece.trim_end().ends_with("<-") {
            continue;
        }
        let bare = word.trim_end();
        if bare.is_empty() {
            gap.push_str(&word);
            word.clear();
            continue;
        }
        let wide = columns(bare);
        if column > indent && column + gap.len() + wide > width {
            // What is painted goes on behind the margin and not across it.
            let reset = if paint.is_empty() { "" } else { RESET };
            write!(out, "{reset}\n{:indent$}{paint}", "")?;
            column = indent;
            gap.clear();
        }
        write!(out, "{gap}{bare}")?;
        column += gap.len() + wide;
        repaint(bare, &mut paint);
        gap.clear();
        gap.push_str(&word[bare.len()..]);
        word.clear();
    }
    // What is left is an arrow that tells nothing.
    writeln!(out, "{}", if word.is_empty() { String::new() } else { gap + &word })
}

const RESET: &str = "\u{1b}[0m";

/// The columns that a word takes, its escapes aside.
fn columns(word: &str) -> usize {
    let mut escaped = false;
    let mut width = |c: char| match c {
        '\u{1b}' => {
            escaped = true;
            0
        }
        _ if escaped => {
            escaped = c != 'm';
            0
        }
        _ => c.width().unwrap_or(0),
    };
    word.chars().map(&mut width).sum()
}

/// Adds the escapes of a word to those that are in force.
fn repaint(word: &str, paint: &mut String) {
    for escape in word.split('\u{1b}').skip(1) {
        let escape = escape.split_inclusive('m').next().unwrap_or_default();
        if escape == "[0m" {
            paint.clear();
        } else {
            paint.push('\u{1b}');
            paint.push_str(escape);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_behind_the_margin() {
        for (line, expected) in [
            ("  1 body The tram ran", "  1 body The\n         tram\n         ran\n"),
            ("  1 body", "  1 body\n"),
            (
                "  1 body \u{1b}[4mThe tram\u{1b}[0m ran",
                "  1 body \u{1b}[4mThe\u{1b}[0m\n         \u{1b}[4mtram\u{1b}[0m\n         ran\n",
            ),
            ("  1 body 市議会 は", "  1 body 市議会\n         は\n"),
            ("  1 body It  <- a = b", "  1 body It\n         <- a =\n         b\n"),
            ("  1 body on  <-", "  1 body on  <-\n"),
            ("  1 body unbreakable", "  1 body unbreakable\n"),
        ] {
            let mut out = Vec::new();
            write_wrapped(&mut out, line, 9, 15).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{line}");
        }
    }
}

//! Question and answer, without a terminal: text in, text out, judgements written on the way.

use std::fmt::Write as _;
use std::path::Path;

use super::context::around;
use super::pick::Pair;
use crate::failure::Failure;
use crate::read;
use crate::voices::book::Book;
use crate::voices::judgement::Answer;

/// How pairs are shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'c> {
    /// Only the passages.
    pub blind: bool,
    /// Where the documents are.
    pub corpus: Option<&'c Path>,
    /// How documents are read.
    pub reading: &'c read::Rules,
    /// Asks in words; without a terminal nobody reads them.
    pub prompt: bool,
}

/// A person and a list of pairs.
pub struct Session<'s> {
    pairs: &'s [Pair],
    shown: Shown<'s>,
    by: &'s str,
    book: &'s mut Book,
    at: usize,
    /// The places of the pairs judged, for taking back.
    judged: Vec<usize>,
    over: bool,
    /// Whether the pair at hand is on the screen already.
    asked: bool,
}

const PROMPT: &str = "contradict? [y/n/u/s/c/b/q/?] ";
const HELP: &str = "y they contradict · n they do not · u unsure · s skip · c lines around · b take the last answer back · q quit\n\
    or a verdict: agrees, less-precise, variant, superseded, contradicts, not-comparable; words after it are the reason\n";

impl<'s> Session<'s> {
    /// Begins with the first of `pairs`.
    pub fn new(pairs: &'s [Pair], shown: Shown<'s>, by: &'s str, book: &'s mut Book) -> Self {
        Self { pairs, shown, by, book, at: 0, judged: Vec::new(), over: false, asked: false }
    }

    /// What to show next; none at the end.
    pub fn question(&mut self) -> Option<String> {
        let pair = self.pairs.get(self.at).filter(|_| !self.over)?;
        let mut text = String::new();
        if !self.asked {
            text = format!("\n{} of {}  {}\n{}", self.at + 1, self.pairs.len(), pair.kind, self.passages(pair));
            self.asked = true;
        }
        text += if self.shown.prompt { PROMPT } else { "" };
        Some(text)
    }

    fn passages(&self, pair: &Pair) -> String {
        let mut text = String::new();
        for (letter, side) in ["A", "B"].into_iter().zip(&pair.sides) {
            let place = if self.shown.blind {
                String::new()
            } else {
                format!(" {}, {}:{}", side.source, side.document, side.line)
            };
            // Writing to a String cannot fail.
            let _ = write!(text, "  {letter}{place}\n    {}\n    value: {}\n", side.text, side.value);
        }
        if !self.shown.blind {
            let _ = writeln!(text, "  the rules say: {} ({}: {})", pair.verdict, pair.rule, pair.why);
        }
        text
    }

    /// Takes a line; what to reply.
    ///
    /// # Errors
    /// [`Failure::Output`] when the answer cannot be written.
    pub fn answer(&mut self, line: &str) -> Result<String, Failure> {
        let (word, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let Some(pair) = self.pairs.get(self.at).filter(|_| !self.over) else { return Ok(String::new()) };
        match word {
            "q" | "quit" => self.over = true,
            "s" | "skip" => self.step(),
            "c" | "context" => return Ok(self.context(pair)),
            "b" | "undo" => return self.undo(),
            _ => match meant(word, pair) {
                Some(verdict) => {
                    self.book.add(pair.judged(verdict, reason.trim(), self.by))?;
                    self.judged.push(self.at);
                    self.step();
                }
                None => return Ok(HELP.to_owned()),
            },
        }
        Ok(String::new())
    }

    fn step(&mut self) {
        self.at += 1;
        self.asked = false;
    }

    fn undo(&mut self) -> Result<String, Failure> {
        let Some(at) = self.judged.pop() else { return Ok("nothing to take back in this session\n".to_owned()) };
        self.book.undo()?;
        self.at = at;
        self.asked = false;
        Ok("taken back\n".to_owned())
    }

    /// The lines around both passages, where the documents are at hand.
    fn context(&self, pair: &Pair) -> String {
        let Some(corpus) = self.shown.corpus else {
            return "the documents are not where they were; name their folder with --corpus DIR\n".to_owned();
        };
        let lines = |(letter, side)| around(corpus, letter, side, self.shown.reading);
        ["A", "B"].into_iter().zip(&pair.sides).map(lines).collect()
    }

    /// What was done, and how to go on.
    pub fn farewell(&self) -> String {
        let left = self.pairs.len().saturating_sub(self.at);
        let path = self.book.path().display();
        let more = if left == 0 { String::new() } else { format!(", {left} left: the same command goes on") };
        format!("\n{} judged and in {path}{more}\n", self.judged.len())
    }
}

/// The verdict that an answer means. What people do not call a contradiction stays what the rules call it,
/// unless they call it one: then it is not comparable.
fn meant(word: &str, pair: &Pair) -> Option<Answer> {
    match word {
        "y" | "yes" => Some(Answer::Contradicts),
        "n" | "no" => {
            let said = Answer::named(&pair.verdict).filter(|said| *said != Answer::Contradicts);
            Some(said.unwrap_or(Answer::NotComparable))
        }
        "u" => Some(Answer::Unsure),
        word => Answer::named(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::review::pick::Side;
    use crate::rules::RuleBook;

    fn pairs() -> Vec<Pair> {
        let side = |name: &str, text: &str| Side {
            source: name.into(),
            document: format!("{name}.txt"),
            line: 2,
            text: text.into(),
            value: text.into(),
        };
        let pair = |id: &str, verdict: &str| Pair {
            id: id.into(),
            verdict: verdict.into(),
            rule: "number".into(),
            sides: [side("first", "two died"), side("second", &format!("three died {id}"))],
            ..Pair::default()
        };
        vec![pair("d1", "contradicts"), pair("d2", "agrees"), pair("d3", "contradicts")]
    }

    /// Answers every line; gives what was judged and all that was shown.
    fn check(lines: &[&str], blind: bool, expected: &[(&str, &str)]) -> String {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("first.txt"), "one\ntwo died\nthree\n").unwrap();
        let mut book = Book::open(&dir.path().join("j.toml")).unwrap();
        let (pairs, mut told) = (pairs(), String::new());
        let reading = &RuleBook::load(None).unwrap().read;
        let shown = Shown { blind, corpus: Some(dir.path()), reading, prompt: true };
        let mut session = Session::new(&pairs, shown, "anna", &mut book);
        for line in lines {
            told += &session.question().unwrap_or_default();
            told += &session.answer(line).unwrap();
        }
        told += &session.farewell();
        let judged: Vec<_> = book.judgements().iter().map(|j| (j.pair.as_str(), j.verdict.name())).collect();
        assert_eq!(judged, expected, "{lines:?}");
        told
    }

    #[test]
    fn answers_make_judgements() {
        check(
            &["y", "n", "n other boats"],
            false,
            &[("d1", "contradicts"), ("d2", "agrees"), ("d3", "not-comparable")],
        );
        check(&["u", "variant", "q"], false, &[("d1", "unsure"), ("d2", "variant")]);
        check(&["s", "y", "b", "n"], false, &[("d2", "agrees")]);
        check(&["b", "hm", "q", "y"], false, &[]);
    }

    #[test]
    fn blind_shows_nothing_but_the_passages() {
        let told = check(&["q"], true, &[]);
        assert!(told.contains("two died") && !told.contains("first") && !told.contains("rules say"), "{told}");
        let told = check(&["c", "q"], false, &[]);
        assert!(told.contains("A > two died") && told.contains("first, first.txt:2"), "{told}");
        assert!(told.ends_with("3 left: the same command goes on\n"), "{told}");
    }
}

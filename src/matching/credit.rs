//! Who credits whom: agencies and outlets that a text names as where it comes from.
//!
//! A document's candidates are names beside words of credit ("the Harbour Post reported", "according to AP"), names in
//! brackets in the lead ("(Reuters)") and names in its byline. Which of them are outlets of the corpus is known only
//! when all are read; candidates that are neither outlet nor agency are dropped then.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Document;
use crate::reading::{Reading, Role, Sentence};
use crate::text::{Abbreviations, Token};

/// `[credit]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditRules {
    /// What the rule does.
    pub about: String,
    /// Words before a name that is credited.
    pub before: Vec<String>,
    /// Words after it.
    pub after: Vec<String>,
    /// Sentences at the beginning and at the end in which a name in brackets is a credit.
    pub lead_sentences: usize,
    /// Most words of a name.
    pub most_words: usize,
    /// Least share of text in common for a copy where one credits the other, or both the same.
    pub copy: f64,
    /// The names that each agency goes by.
    pub agencies: BTreeMap<String, Vec<String>>,
    /// Sentences that credit an agency or the Harbour Post.
    pub fires: Vec<String>,
    /// Sentences that credit nobody.
    pub silent: Vec<String>,
}

/// Names that a document may credit, in the form that [`Outlets`] knows, without repeats.
pub fn candidates(reading: &Reading, rules: &CreditRules) -> Vec<CompactString> {
    let body: Vec<&Sentence> = reading.sentences.iter().filter(|s| s.role == Role::Body).collect();
    let mut found = Vec::new();
    for (at, sentence) in body.iter().enumerate() {
        let tokens = reading.tokens_of(sentence);
        let outer = at < rules.lead_sentences || at + rules.lead_sentences >= body.len();
        for name in names(tokens, rules.most_words) {
            if outer && is_bracketed(tokens, &name) || is_credited(tokens, &name, rules) {
                found.push(form(tokens[name].iter().map(|t| t.norm.as_str())));
            }
        }
    }
    let lines = reading.lines.iter().filter(|line| matches!(line.role, Role::Byline | Role::Dateline));
    for line in lines {
        let tokens = crate::text::tokenize(&reading.document.text, line.span);
        found.extend(names(&tokens, rules.most_words).map(|name| form(tokens[name].iter().map(|t| t.norm.as_str()))));
    }
    // A page or a tool names its author apart from the text.
    found.extend(reading.document.author.split("; ").map(spelled).filter(|author| !author.is_empty()));
    found.sort_unstable();
    found.dedup();
    found
}

/// Runs of words that begin with capitals, and not too long.
fn names(tokens: &[Token], most: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + tokens.get(at..)?.iter().position(Token::is_capitalised)?;
        let end = tokens[start..].iter().position(|t| !t.is_capitalised()).map_or(tokens.len(), |n| start + n);
        at = end;
        Some(start..end)
    })
    .filter(move |name| name.len() <= most)
}

fn is_bracketed(tokens: &[Token], name: &Range<usize>) -> bool {
    let mark = |at: Option<usize>, mark: &str| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is(mark));
    mark(name.start.checked_sub(1), "(") && mark(Some(name.end), ")")
}

/// Whether words of credit stand right before or behind a name; an article may stand between.
fn is_credited(tokens: &[Token], name: &Range<usize>, rules: &CreditRules) -> bool {
    let article = |at: usize| tokens[at].is("the") || tokens[at].is(":");
    let before = if name.start > 0 && article(name.start - 1) { name.start - 1 } else { name.start };
    rules.before.iter().any(|words| ends_with(&tokens[..before], words))
        || rules.after.iter().any(|words| starts_with(&tokens[name.end..], words))
}

fn ends_with(tokens: &[Token], words: &str) -> bool {
    let mut left = tokens.iter().rev();
    // The last word turns most down before the others are taken apart.
    left.clone().next().is_some_and(|last| words.ends_with(last.norm.as_str()))
        && words.split(' ').rev().all(|word| left.next().is_some_and(|token| token.is(word)))
}

fn starts_with(tokens: &[Token], words: &str) -> bool {
    let mut left = tokens.iter();
    left.clone().next().is_some_and(|first| words.starts_with(first.norm.as_str()))
        && words.split(' ').all(|word| left.next().is_some_and(|token| token.is(word)))
}

/// A name as outlets are known by: letters and digits only, without article.
fn form<'w>(words: impl Iterator<Item = &'w str>) -> CompactString {
    let kept = words.enumerate().filter(|(at, word)| *at > 0 || !matches!(*word, "the" | "by"));
    kept.flat_map(|(_, word)| word.chars()).filter(|c| c.is_alphanumeric()).collect()
}

/// The form of a name that stands by itself.
fn spelled(name: &str) -> CompactString {
    let folded = name.to_lowercase();
    form(folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()))
}

/// The outlets of a corpus and the agencies, by the forms of their names.
#[derive(Default)]
pub struct Outlets {
    known: FxHashMap<CompactString, String>,
}

impl Outlets {
    /// All names that a credit may mean. An agency that is an outlet of the corpus goes by the outlet's name.
    pub fn new<'s>(sources: impl Iterator<Item = &'s str>, rules: &CreditRules) -> Self {
        let mut known: FxHashMap<CompactString, String> = FxHashMap::default();
        for source in sources {
            forms(source).for_each(|form| drop(known.insert(form, source.to_owned())));
        }
        for (agency, names) in &rules.agencies {
            let forms = || names.iter().flat_map(|name| forms(name));
            let outlet = forms().find_map(|form| known.get(&form).cloned());
            forms().for_each(|form| drop(known.insert(form, outlet.clone().unwrap_or_else(|| agency.clone()))));
        }
        Self { known }
    }

    /// The same outlets and agencies under other names, where `name` gives one.
    #[must_use]
    pub fn renamed(mut self, name: &dyn Fn(&str) -> Option<String>) -> Self {
        for known in self.known.values_mut() {
            if let Some(other) = name(known) {
                *known = other;
            }
        }
        self
    }

    /// The outlets and agencies among the candidates of a document of `source`, itself left out; sorted.
    pub fn credits(&self, source: &str, candidates: &[CompactString]) -> Vec<&str> {
        let known = candidates.iter().filter_map(|form| self.known.get(form)).map(String::as_str);
        let mut credits: Vec<&str> = known.filter(|name| *name != source).collect();
        credits.sort_unstable();
        credits.dedup();
        credits
    }
}

/// Whether a text credits an agency, or the outlet that the examples of the rule are about.
pub fn is_example(text: &str, rules: &CreditRules) -> bool {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let reading = Reading::prose(&document, &Abbreviations::default());
    let outlets = Outlets::new(std::iter::once("Harbour Post"), rules);
    !outlets.credits("", &candidates(&reading, rules)).is_empty()
}

/// The forms an outlet goes by: its name, and that of its site without domain.
fn forms(name: &str) -> impl Iterator<Item = CompactString> + '_ {
    let folded = name.to_lowercase();
    let site = folded.trim_start_matches("www.").split('.').next().unwrap_or_default().to_owned();
    [spelled(&folded), spelled(&site)].into_iter().filter(|form| !form.is_empty())
}

/// What decides whose text came first.
#[derive(Clone, Debug, Default)]
pub struct Printed<'p> {
    /// The outlet.
    pub source: &'p str,
    /// Its day of publication.
    pub published: Option<Date>,
    /// Whom it credits.
    pub credits: Vec<&'p str>,
}

/// Which of two texts came first, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The first, for the second credits its outlet.
    ACredited,
    /// The second, for the first credits its outlet.
    BCredited,
    /// The first, by its day of publication.
    AEarlier,
    /// The second, by its day of publication.
    BEarlier,
    /// Nobody can tell.
    Unknown,
}

/// Whose of two texts that share wording came first: a credit says more than a day.
pub fn first(a: &Printed, b: &Printed) -> First {
    match (b.credits.contains(&a.source), a.credits.contains(&b.source)) {
        (true, false) => return First::ACredited,
        (false, true) => return First::BCredited,
        _ => {}
    }
    match a.published.zip(b.published) {
        Some((x, y)) if x < y => First::AEarlier,
        Some((x, y)) if y < x => First::BEarlier,
        _ => First::Unknown,
    }
}

/// Whether one names the other, or both the same, as where the text comes from.
pub fn is_told(a: &Printed, b: &Printed) -> bool {
    b.credits.contains(&a.source) || a.credits.contains(&b.source) || a.credits.iter().any(|c| b.credits.contains(c))
}

/// Whose text the documents of one copy group print: the end of the chain of credits, else the earliest, if only one is.
pub fn origin<'p>(group: &[&Printed<'p>]) -> Option<&'p str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    group.iter().flat_map(|printed| &printed.credits).for_each(|name| *counts.entry(name).or_default() += 1);
    let most = counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    if let Some((name, _)) = most {
        return Some(chain(name, group));
    }
    let earliest = group.iter().map(|printed| printed.published).min()??;
    let mut first = group.iter().filter(|printed| printed.published == Some(earliest)).map(|printed| printed.source);
    let (source, other) = (first.next()?, first.next());
    (other.is_none() && group.iter().all(|printed| printed.published.is_some())).then_some(source)
}

/// From an outlet to whom it credits in turn, as far as that goes without coming back.
fn chain<'p>(name: &'p str, group: &[&Printed<'p>]) -> &'p str {
    let mut seen = vec![name];
    while let Some(next) = group
        .iter()
        .filter(|printed| Some(&printed.source) == seen.last())
        .flat_map(|printed| &printed.credits)
        .find(|credit| !seen.contains(credit))
    {
        seen.push(next);
    }
    seen.last().copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> CreditRules {
        crate::rules::RuleBook::load(None).unwrap().matching.credit
    }

    fn credits(text: &str) -> Vec<String> {
        let (rules, document) = (rules(), Document { text: text.to_owned(), ..Document::default() });
        let reading = Reading::prose(&document, &Abbreviations::default());
        let outlets = Outlets::new(["harbour-post", "coastdaily.example"].into_iter(), &rules);
        outlets.credits("coastdaily.example", &candidates(&reading, &rules)).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn names_beside_words_of_credit() {
        for (text, expected) in [
            ("A bridge was closed on Monday, the Harbour Post reported.", vec!["harbour-post"]),
            ("HARBURG (Reuters) - A bridge was closed on Monday.", vec!["Reuters"]),
            ("Four were hurt, according to The Associated Press.", vec!["AP"]),
            ("Four were hurt, a driver told AFP.", vec!["AFP"]),
            ("Four were hurt, a driver told Coast Daily.", vec![]),
            ("Four were hurt, according to Harburg Police.", vec![]),
        ] {
            assert_eq!(credits(text), expected, "{text}");
        }
    }

    #[test]
    fn an_author_that_is_an_agency_is_credited() {
        let rules = rules();
        let outlets = Outlets::new(["harbour-post"].into_iter(), &rules);
        for (author, expected) in
            [("The Associated Press", vec!["AP"]), ("Ann Ryder; Reuters", vec!["Reuters"]), ("", vec![])]
        {
            let document = Document { text: "It rained.".into(), author: author.into(), ..Document::default() };
            let found = candidates(&Reading::prose(&document, &Abbreviations::default()), &rules);
            assert_eq!(outlets.credits("", &found), expected, "{author}");
        }
    }

    fn printed<'p>(source: &'p str, day: i8, credits: &[&'p str]) -> Printed<'p> {
        let published = (day > 0).then(|| jiff::civil::date(2024, 3, day));
        Printed { source, published, credits: credits.to_vec() }
    }

    #[test]
    fn a_credit_says_more_than_a_day() {
        let check = |a: &Printed, b: &Printed, expected| assert_eq!(first(a, b), expected);
        check(&printed("x", 2, &["y"]), &printed("y", 3, &[]), First::BCredited);
        check(&printed("x", 2, &[]), &printed("y", 3, &[]), First::AEarlier);
        check(&printed("x", 2, &[]), &printed("y", 2, &[]), First::Unknown);
    }

    #[test]
    fn chains_end_at_the_origin() {
        let check = |group: &[Printed], expected: Option<&str>| {
            assert_eq!(origin(&group.iter().collect::<Vec<_>>()), expected);
        };
        check(
            &[printed("c", 1, &["b"]), printed("d", 1, &["b"]), printed("b", 2, &["wire"]), printed("wire", 0, &[])],
            Some("wire"),
        );
        check(&[printed("c", 1, &["Reuters"]), printed("d", 1, &[])], Some("Reuters"));
        check(&[printed("c", 1, &[]), printed("d", 2, &[])], Some("c"));
        check(&[printed("c", 1, &[]), printed("d", 1, &[])], None);
        check(&[printed("c", 1, &["d"]), printed("d", 1, &["c"])], Some("d"));
    }
}

//! Two quotations of one speaker: the same utterance in the same words, cut, translated, or changed.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::align::{Alignment, Run, align};
use super::difference::{Difference, Finding};
use super::laid::{Laid, run_of};
use super::pairing;
use super::spelling::{Likeness, likeness};
use super::wording::{WordingRules, rule_id};
use crate::claim::Kind;
use crate::comparison::{Comparison, Relation};
use crate::lexicon::{Lexicon, Part};
use crate::text::Token;

/// How quotations are judged; the table `[quotation]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Words that the shorter quotation must have.
    pub words: usize,
    /// Share of the shorter quotation that the other must have to be the same utterance.
    pub same: f64,
    /// Share below which differing content words are a matter of translation.
    pub close: f64,
    /// Changed content words from which the wording is a translation, when none is firm.
    pub translation: usize,
    /// Share of letters that two words have in common which look alike.
    pub alike: f64,
    /// Tokens that both must have where nothing but adjectives, verbs or shades of meaning differ.
    pub soft: usize,
    /// Share that must agree for one utterance printed alike but for a word.
    pub verbatim: f64,
    /// Least share of words in common with which a changed word is no other saying of one speaker.
    pub certain: f64,
    /// Tokens from which an utterance printed alike but for a synonym in a rare sense is no matter of translation.
    pub long: usize,
    /// Share that must agree for a saying that two speakers are told to have said to be one at all.
    pub two_speakers: f64,
    /// Share of the stretch in common that must agree for the same utterance.
    pub stretch: f64,
    /// Least number of its content words that are no names.
    pub own: usize,
    /// Tokens of a run up to which one wording replaces another; in longer, lopsided runs words were left out.
    pub replaced: usize,
    /// Tokens up to which a replacement at an end of the stretch in common belongs to it.
    pub ending: usize,
    /// Content words in a row that make a clause.
    pub clause: usize,
    /// Pairs that differ in what was said.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

/// How two quotations stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteComparison {
    /// Relation, rule and reason. `Unknown` when they are different utterances.
    pub comparison: Comparison,
    /// Their alignment; [`super::align::show`] prints it.
    pub alignment: Alignment,
    /// The differences in order.
    pub differences: Vec<Finding>,
    /// What the gravest difference is about; [`Kind::Quote`] when the words alone differ.
    pub kind: Kind,
    /// How grave: the risk of the gravest material difference, 0 when there is none.
    pub severity: f64,
}

/// Compares two quotations of the same speaker.
pub fn compare_quotations(a: &[Token], b: &[Token], rules: &WordingRules, lexicon: &Lexicon) -> QuoteComparison {
    compare_aligned(a, b, align(a, b, &rules.align), rules, lexicon)
}

/// The same of two that are aligned.
pub(super) fn compare_aligned(
    a: &[Token],
    b: &[Token],
    alignment: Alignment,
    rules: &WordingRules,
    lexicon: &Lexicon,
) -> QuoteComparison {
    let words = |tokens: &[Token]| tokens.iter().filter(|t| t.is_wordlike()).count();
    if words(a).min(words(b)) < rules.quotation.words || alignment.containment < rules.quotation.same {
        let why = format!("another utterance: {:.0} % of the shorter is in both", alignment.containment * 100.0);
        return unknown(alignment, why);
    }
    let found = pairing::all(a, b, &alignment.runs, rules, lexicon);
    if alignment.equal < rules.quotation.soft && is_soft(&found) {
        return unknown(alignment, "too few words for one saying, and another one differs".to_owned());
    }
    if is_of_another_day(&found) {
        return unknown(alignment, "the same words of another day".to_owned());
    }
    let cut = found.iter().any(|f| f.difference == Difference::ClauseCut && is_inside_a_sentence(&f.run, a, b));
    let changed = is_one_word_changed((a, b), &alignment, &found, (rules, lexicon));
    judge((a, b), alignment, found, (cut, changed.then_some(Difference::Rewording)), rules)
}

/// True where one word of an utterance otherwise printed alike gave way to one that a thesaurus
/// lists beside it, or to a broader one: "laughing" for "shouting". A translator changes more. All else must
/// be the very same where it is a synonym that looks like the word it stands for, or stands in a long utterance and is
/// one in a rare sense: "feared" is one of "revered", and "big" is plainly one of "large". So it must where the one noun
/// is broader in a rare sense only: an "apology" may be an "explanation", and a "dog" is plainly an "animal".
fn is_one_word_changed(
    (a, b): (&[Token], &[Token]),
    alignment: &Alignment,
    found: &[Finding],
    (rules, lexicon): (&WordingRules, &Lexicon),
) -> bool {
    let mut changed = found.iter().filter(|f| f.difference > Difference::Repetition);
    let (Some(only), None) = (changed.next(), changed.next()) else { return false };
    let (x, y) = (&a[only.run.a.clone()], &b[only.run.b.clone()]);
    let words = match (x, y) {
        ([x], [y]) if !lexicon.is_curated(&x.norm, &y.norm) => Some((&x.norm, &y.norm)),
        _ => None,
    };
    let alike = || words.is_some_and(|(x, y)| likeness(x, y, rules.quotation.alike, lexicon) == Likeness::LookAlike);
    let loose = || words.is_some_and(|(x, y)| !lexicon.are_plain_synonyms(x, y));
    let is_verb = |word: &str| lexicon.part(word) == Some(Part::Verb);
    let verbatim = || found.iter().filter(|f| f.difference > Difference::Punctuation).count() == 1;
    let long = a.len().min(b.len()) >= rules.quotation.long;
    let rare = || words.is_some_and(|(x, y)| lexicon.are_nouns(x, y) && !lexicon.are_plainly_of_one_kind(x, y));
    let close = alignment.similarity >= rules.quotation.verbatim;
    match only.difference {
        Difference::Akin => close && words.is_some_and(|(x, y)| is_verb(x) && is_verb(y)),
        Difference::Synonym => close && verbatim() && (alike() || long && loose()),
        Difference::Hypernym => verbatim() && a.len().min(b.len()) >= rules.quotation.soft && rare(),
        _ => false,
    }
}

/// "A real challenge" and "a big challenge" may be two sayings.
fn is_soft(found: &[Finding]) -> bool {
    let gravest = found.iter().map(|f| f.difference).filter(|d| is_material(*d)).max();
    gravest.is_some_and(is_shade)
}

/// "On Sunday (April 20)" and "on Thursday (November 6)": whoever misquotes changes the weekday or the date.
fn is_of_another_day(found: &[Finding]) -> bool {
    let differs = |difference| found.iter().any(|f| f.difference == difference);
    differs(Difference::Weekday) && (differs(Difference::Date) || differs(Difference::Number))
}

/// True for a part that begins and ends inside one sentence: to leave out whole sentences is usual.
fn is_inside_a_sentence(run: &Run, a: &[Token], b: &[Token]) -> bool {
    if ends_alike(run, a, b) {
        return false;
    }
    let stops = |token: &Token| [".", "?", "!", ";", "\u{2026}"].iter().any(|mark| token.is(mark));
    let whole = |tokens: &[Token], range: &Range<usize>| {
        let from = range.start.saturating_sub(1);
        tokens[from..(range.end + 1).min(tokens.len())].iter().any(stops)
    };
    !whole(a, &run.a) && !whole(b, &run.b)
}

/// "To meet her son", "to meet her son, but they hid her son": the shorter ends where the longer says its end for the
/// first time, and was cut there.
fn ends_alike(run: &Run, a: &[Token], b: &[Token]) -> bool {
    let ends = |short: &[Token], at: usize, long: &[Token], cut: &Range<usize>| {
        let told =
            |tokens: &[Token]| tokens.iter().filter(|t| t.is_wordlike()).map(|t| t.norm.clone()).collect::<Vec<_>>();
        let (tail, first) = (told(&short[at..]), told(&long[cut.clone()]));
        !tail.is_empty() && first.starts_with(&tail)
    };
    run.a.is_empty() && ends(a, run.a.end, b, &run.b) || run.b.is_empty() && ends(b, run.b.end, a, &run.a)
}

fn unknown(alignment: Alignment, why: String) -> QuoteComparison {
    let comparison = Comparison::new(Relation::Unknown, "quotation", why);
    QuoteComparison { comparison, alignment, differences: Vec::new(), kind: Kind::Quote, severity: 0.0 }
}

fn judge(
    sides: (&[Token], &[Token]),
    alignment: Alignment,
    found: Vec<Finding>,
    (cut, rewording): (bool, Option<Difference>),
    rules: &WordingRules,
) -> QuoteComparison {
    let gravest = found.iter().map(|f| f.difference).max();
    let laid = Laid { sides, alignment: &alignment, found: &found, rules };
    let counts = |f: &&Finding| is_material(f.difference) && laid.counts(f);
    let material = found.iter().filter(counts).map(|f| f.difference).max();
    let material = material.filter(|_| !is_translation(&alignment, &found, rules));
    let material = material.or(cut.then_some(Difference::ClauseCut));
    let material = material.or(rewording);
    let relation = match (material, gravest) {
        (Some(changed), _) if may_be_two_sayings(changed, &alignment, &found, rules) => Relation::Unknown,
        (Some(_), _) => Relation::Incompatible,
        (None, None | Some(Difference::Punctuation)) => Relation::Same,
        (None, Some(_)) if found.iter().any(|f| is_shorter(f.difference)) && !is_rendered(&found) => {
            Relation::LessPrecise
        }
        (None, Some(_)) => Relation::Variant,
    };
    let rule = gravest.map_or("quotation".to_owned(), rule_id);
    let why = match relation {
        Relation::Variant if is_rendered(&found) => rendering(&alignment),
        _ => reason(relation, &rule, &alignment),
    };
    let kind =
        gravest.filter(|d| material.is_some() && *d > Difference::LookAlike).map_or(Kind::Quote, Difference::kind);
    let severity = material.map_or(0.0, |d| rules.risk(d));
    let comparison = Comparison { relation, rule, why };
    QuoteComparison { comparison, alignment, differences: found, kind, severity }
}

/// "I think we have to find out what happened", "I want to find out what happened": whoever speaks often says nearly the
/// same again. Where nothing else differs, whoever printed it changed or cut it.
fn may_be_two_sayings(changed: Difference, alignment: &Alignment, found: &[Finding], rules: &WordingRules) -> bool {
    let slip = matches!(changed, Difference::LookAlike | Difference::Number | Difference::ClauseCut);
    let short = |f: &Finding| {
        let run = run_of(f, alignment);
        run.a.len().max(run.b.len()) <= 2
    };
    let mut changes = found.iter().filter(|f| f.difference > Difference::Punctuation);
    let only = changes.next().is_some_and(short) && changes.next().is_none();
    !slip && !only && alignment.similarity < rules.quotation.certain
}

/// Whether words gave way to others: two translations, or two ears.
fn is_rendered(found: &[Finding]) -> bool {
    let other = |difference| is_shade(difference) || matches!(difference, Difference::Akin | Difference::Content);
    found.iter().any(|f| other(f.difference) && !f.run.a.is_empty() && !f.run.b.is_empty())
}

fn rendering(alignment: &Alignment) -> String {
    format!("one utterance in two renderings; {:.0} % of the words agree", alignment.similarity * 100.0)
}

fn reason(relation: Relation, rule: &str, alignment: &Alignment) -> String {
    let what = rule.replace('_', " ");
    let shared = alignment.similarity * 100.0;
    match relation {
        Relation::Incompatible => format!("the quotation was changed ({what}); {shared:.0} % of the words agree"),
        Relation::LessPrecise => format!("one quotation is a shorter cut of the other ({what})"),
        Relation::Variant => {
            format!("wording differs without changing what is said ({what}); {shared:.0} % of the words agree")
        }
        Relation::Unknown => format!("may be two sayings ({what}); {shared:.0} % of the words agree"),
        Relation::Same => "the same words".to_owned(),
    }
}

/// In a quotation another verb or adjective is another word too; where a cut stands tells whether it is material.
fn is_material(difference: Difference) -> bool {
    difference.is_material() && difference != Difference::ClauseCut || is_shade(difference)
}

/// Another word that shades into the first, or that the lexicon does not join to it.
pub(super) fn is_shade(difference: Difference) -> bool {
    use Difference::*;
    matches!(difference, Sibling | Description | Rewording | Abstract)
}

fn is_shorter(difference: Difference) -> bool {
    use Difference::*;
    matches!(difference, Ellipsis | Truncation | ClauseCut | Addition | Modifier | NameAdded | NumberAdded)
}

/// Many soft changes, none of them firm: two translations of one utterance.
fn is_translation(alignment: &Alignment, found: &[Finding], rules: &WordingRules) -> bool {
    let soft = |f: &&Finding| {
        use Difference::*;
        let other = is_shade(f.difference) || matches!(f.difference, Content | CoHyponym);
        other || matches!(f.difference, Synonym | Akin | Hypernym | Addition | Modifier)
    };
    let firm = |f: &Finding| is_material(f.difference) && !soft(&f);
    let changed = found.iter().filter(soft).count();
    !found.iter().any(firm) && (changed >= rules.quotation.translation || alignment.similarity < rules.quotation.close)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    fn compare(left: &str, right: &str) -> QuoteComparison {
        let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
        compare_quotations(&tokens(left), &tokens(right), WordingRules::embedded(), Lexicon::embedded())
    }

    #[test]
    fn judges_quotations() {
        use Relation::*;
        for (left, right, expected) in [
            ("we will rebuild this bridge within a year", "we will rebuild this bridge within a year", Same),
            ("we will rebuild this bridge within a year", "we will rebuild this bridge", LessPrecise),
            (
                "I think we have to find out what happened on the bridge first",
                "I don't want to find out what happened on the bridge any more",
                Unknown,
            ),
            ("we will rebuild this bridge within a year", "the harbour was closed by the storm last night", Unknown),
            (
                "the guards came upon invitation of the owner",
                "the guards came upon investigation of the owner",
                Incompatible,
            ),
            ("I didn't feel we were ready for the match", "I feel we weren't ready for the match", Variant),
            ("we owe our guests an explanation", "we owe our guests an apology", Incompatible),
            ("sources familiar with the matter", "people familiar with the matter", Variant),
            ("the schoolgirls have come home", "the girls have come home", Variant),
            ("you lucky son of a b", "you lucky son of a b***h", Variant),
            ("they shot the animal in our street", "they shot the dog in our street", Variant),
            ("the flood took 12 houses in our street", "the flood took 21 houses in our street", Incompatible),
            ("I think we have to find out what happened first", "I want to find out what happened", Unknown),
            ("no speech that justifies this", "no custom that justifies this", Unknown),
            (
                "we help all harbour officers, including the KNRM, as they search the quay",
                "we help all harbour officers in the USA as they search the quay",
                Variant,
            ),
        ] {
            assert_eq!(compare(left, right).comparison.relation, expected, "{left} / {right}");
            assert_eq!(compare(right, left).comparison.relation, expected, "{right} / {left}");
        }
    }

    #[test]
    fn examples_hold() {
        let rules = &WordingRules::embedded().quotation;
        let changed = |[a, b]: &[String; 2]| compare(a, b).comparison.relation == Relation::Incompatible;
        rules.fires.iter().for_each(|pair| assert!(changed(pair), "{pair:?}"));
        rules.silent.iter().for_each(|pair| assert!(!changed(pair), "{pair:?}"));
    }

    /// What a careful reader would say of two printings.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Labelled {
        #[serde(rename = "about")]
        _about: String,
        #[serde(default)]
        same: Vec<[String; 2]>,
        #[serde(default)]
        variant: Vec<[String; 2]>,
        #[serde(default)]
        changed: Vec<[String; 2]>,
        #[serde(default)]
        other: Vec<[String; 2]>,
    }

    #[test]
    fn labelled_printings() {
        use Relation::*;
        let tables = include_str!("../../tests/labelled/quotes.toml");
        let tables: std::collections::BTreeMap<String, Labelled> = toml::from_str(tables).unwrap();
        let (mut count, mut wrong) = (0, Vec::new());
        for Labelled { same, variant, changed, other, .. } in tables.values() {
            let harmless = [Same, Variant, LessPrecise];
            let expected: [(_, &[Relation]); 4] =
                [(same, &harmless[..2]), (variant, &harmless), (changed, &[Incompatible]), (other, &[Unknown])];
            for (pairs, relations) in expected {
                for [left, right] in pairs {
                    for (a, b) in [(left, right), (right, left)] {
                        let found = compare(a, b).comparison;
                        count += 1;
                        if !relations.contains(&found.relation) {
                            wrong.push(format!("{:?} {}: {a} / {b}", found.relation, found.rule));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}

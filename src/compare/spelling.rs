//! Two words that look like one another: a spelling of the same word, or a slip to another one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lexicon::Lexicon;

/// Endings that two spellings of English differ in.
const ENDINGS: [(&str, &str); 17] = [
    ("our", "or"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("tre", "ter"),
    ("ence", "ense"),
    ("ogue", "og"),
    ("lled", "led"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("inium", "inum"),
    ("sy", "zy"),
    ("elling", "eling"),
    ("eller", "eler"),
    ("gement", "gment"),
    ("gramme", "gram"),
];

/// Words with spellings of their own.
const SPELLINGS: [(&str, &str); 12] = [
    ("grey", "gray"),
    ("tyre", "tire"),
    ("plough", "plow"),
    ("cheque", "check"),
    ("mould", "mold"),
    ("sceptic", "skeptic"),
    ("moustache", "mustache"),
    ("pyjamas", "pajamas"),
    ("ageing", "aging"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("cosier", "cozier"),
];

/// Letters inside a word that they differ in: `leukaemia`, `oesophagus`, `sceptical`.
const INSIDE: [(&str, &str); 3] = [("ae", "e"), ("oe", "e"), ("sce", "ske")];

/// Endings by which words of one family differ: `complacent` and `complacency`, `sin` and `sinful`. The empty one is the
/// bare word. Opposites are no family: `less` is missing.
const FAMILY: [&str; 23] = [
    "", "t", "ce", "cy", "ly", "ful", "fully", "al", "ally", "ness", "ity", "le", "ility", "ic", "ist", "ics", "ists",
    "y", "ily", "ment", "ism", "ous", "ously",
];

/// The word with its ending in one spelling, for comparing: `colors` for `colours`. Short words
/// ("four") keep theirs.
pub fn plain(word: &str) -> Cow<'_, str> {
    const SHORT: usize = 5;
    let (bare, plural) = word.strip_suffix('s').map_or((word, ""), |bare| (bare, "s"));
    if bare.len() < SHORT {
        return Cow::Borrowed(word);
    }
    // Most words end in another letter than most endings do.
    let last = bare.as_bytes().last();
    let mut likely = ENDINGS.iter().filter(|(x, _)| x.as_bytes().last() == last);
    let respelt = likely.find_map(|(x, y)| bare.strip_suffix(x).map(|stem| format!("{stem}{y}{plural}")));
    respelt.map_or(Cow::Borrowed(word), Cow::Owned)
}

/// What the look of two different words tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// One word in two spellings: `organise`, `organize`; or a slip that makes no word.
    Spelling,
    /// Two words of the language that look alike: `invitation`, `investigation`.
    LookAlike,
    /// Neither.
    None,
}

/// Compares the look of two folded words that differ. `share` is the share of letters that
/// words which look alike have in common, between 0 and 1.
pub fn likeness(a: &str, b: &str, share: f64, lexicon: &Lexicon) -> Likeness {
    if letters(a).eq(letters(b)) || is_variant(a, b) || is_variant(b, a) || is_masked(a, b) || is_masked(b, a) {
        return Likeness::Spelling;
    }
    if are_respelt(a, b) || are_spelt_apart(a, b) || is_misplaced(a, b, lexicon) {
        return Likeness::Spelling;
    }
    let longest = a.chars().count().max(b.chars().count());
    // Letters that stay where they are are letters that both have: most words have too few to be lined up.
    if common_letters(a, b).is_some_and(|common| common as f64 <= share * longest as f64) {
        return Likeness::None;
    }
    let distance = strsim::osa_distance(&bare(a), &bare(b));
    if (longest - distance.min(longest)) as f64 <= share * longest as f64 {
        return Likeness::None;
    }
    // Whoever mishears or mistypes a word begins it right, or changes one letter: "released" is no slip for "cleared".
    let slipped = distance == 1 || a.chars().next() == b.chars().next();
    match is_known(a, lexicon) && is_known(b, lexicon) {
        true if slipped => Likeness::LookAlike,
        true => Likeness::None,
        false => slip(distance, longest),
    }
}

/// How many letters two words of plain letters have in common, in whatever order; nothing for other words.
fn common_letters(a: &str, b: &str) -> Option<usize> {
    let mut held = [0_u8; 128];
    if !a.is_ascii() || !b.is_ascii() || a.len() > usize::from(u8::MAX) {
        return None;
    }
    a.bytes().for_each(|letter| held[usize::from(letter)] += 1);
    let take = |letter: u8| {
        let left = &mut held[usize::from(letter)];
        let has = *left > 0;
        *left -= u8::from(has);
        has
    };
    Some(b.bytes().map(take).filter(|has| *has).count())
}

/// The word without accents.
fn bare(word: &str) -> Cow<'_, str> {
    match word.is_ascii() {
        true => Cow::Borrowed(word),
        false => word.nfd().filter(|c| !is_combining_mark(*c)).collect(),
    }
}

/// The same letters in another order: two that changed places, as in `prefect` for `perfect`, or a slip that makes no word,
/// as in `passerbys`.
fn is_misplaced(a: &str, b: &str, lexicon: &Lexicon) -> bool {
    a.len() == b.len()
        && common_letters(a, b) == Some(a.len())
        && (strsim::osa_distance(a, b) == 1 || is_known(a, lexicon) != is_known(b, lexicon))
}

/// A letter or two in a long word that the lexicon does not know.
fn slip(distance: usize, longest: usize) -> Likeness {
    const LETTERS_PER_SLIP: usize = 5;
    if distance * LETTERS_PER_SLIP <= longest { Likeness::Spelling } else { Likeness::None }
}

/// `d**n` for `damn`: stars stand for letters that an outlet does not print. Another may print fewer yet, `d***`.
fn is_masked(masked: &str, word: &str) -> bool {
    let ends = |word: &'_ str| Some((word.split_once('*')?.0.to_owned(), word.rsplit_once('*')?.1.to_owned()));
    let Some((head, tail)) = ends(masked) else { return false };
    if let Some((other_head, other_tail)) = ends(word) {
        return other_head.starts_with(&head) && other_tail.ends_with(&tail);
    }
    word.len() > head.len() + tail.len() && word.starts_with(&head) && word.ends_with(&tail)
}

fn is_known(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.word(word).bases.iter().any(|base| lexicon.knows(base))
}

/// Whether two words that differ are one word but for the letters inside that spellings differ in. Of most neither has any.
fn are_respelt(a: &str, b: &str) -> bool {
    let may = |word: &str| word.as_bytes().windows(2).any(|two| matches!(two, b"ae" | b"oe" | b"sc"));
    (may(a) || may(b)) && respelt(a) == respelt(b)
}

/// Whether two words are one by the list, plurals too.
fn are_spelt_apart(a: &str, b: &str) -> bool {
    let bare = |word: &'_ str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let listed = |x: &str, y: &str| SPELLINGS.iter().any(|(one, other)| *one == x && *other == y);
    // Nearly all pairs begin with two letters.
    a.as_bytes().first() == b.as_bytes().first()
        && [(a.to_owned(), b.to_owned()), (bare(a), bare(b))].iter().any(|(x, y)| listed(x, y) || listed(y, x))
}

/// The word with the letters inside it in one spelling.
fn respelt(word: &str) -> Cow<'_, str> {
    INSIDE.iter().fold(Cow::Borrowed(word), |word, (x, y)| match word.contains(x) {
        true => Cow::Owned(word.replace(x, y)),
        false => word,
    })
}

/// Whether two words are of one family: all but their endings is the same.
pub fn are_of_one_family(a: &str, b: &str) -> bool {
    /// Letters that both have: "act" and "acts", but not "to" and "toy".
    const BARE: usize = 3;
    /// The same where neither is the bare word.
    const STEM: usize = 5;
    let common: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (0..=1).any(|back| {
        let Some(end) = common.checked_sub(back).filter(|end| a.is_char_boundary(*end)) else { return false };
        let (x, y) = (&a[end..], &b[end..]);
        let least = if x.is_empty() || y.is_empty() { BARE } else { STEM };
        end >= least && x != y && FAMILY.contains(&x) && FAMILY.contains(&y)
    })
}

fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|c| c.is_alphanumeric())
}

fn is_variant(a: &str, b: &str) -> bool {
    // What stands before the endings is two letters or more.
    if a.as_bytes().first_chunk::<2>() != b.as_bytes().first_chunk::<2>() {
        return false;
    }
    let [a, b] = [a, b].map(|word| word.strip_suffix('s').unwrap_or(word));
    ENDINGS.iter().any(|(x, y)| {
        let stems = a.strip_suffix(x).zip(b.strip_suffix(y));
        stems.is_some_and(|(s, t)| s == t && s.len() > 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_one_spelling() {
        for (word, expected) in [("colours", "colors"), ("centre", "center"), ("four", "four"), ("mud", "mud")] {
            assert_eq!(plain(word), expected);
        }
    }

    #[test]
    fn knows_families() {
        for (a, b, expected) in [
            ("complacent", "complacency", true),
            ("independent", "independently", true),
            ("sin", "sinful", true),
            ("possible", "possibility", true),
            ("islamic", "islamist", true),
            ("treason", "treasonous", true),
            ("invitation", "investigation", false),
            ("careful", "careless", false),
            ("act", "fact", false),
            ("adapt", "adopt", false),
        ] {
            assert_eq!(are_of_one_family(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn tells_spellings_from_slips() {
        for (a, b, expected) in [
            ("organise", "organize", Likeness::Spelling),
            ("labour", "labor", Likeness::Spelling),
            ("ceasefire", "cease-fire", Likeness::Spelling),
            ("invitation", "investigation", Likeness::LookAlike),
            ("expensive", "extensive", Likeness::LookAlike),
            ("goverment", "government", Likeness::Spelling),
            ("leukaemia", "leukemia", Likeness::Spelling),
            ("sceptical", "skeptical", Likeness::Spelling),
            ("d**n", "damn", Likeness::Spelling),
            ("d**n", "dawdle", Likeness::None),
            ("d**n", "d***", Likeness::Spelling),
            ("boat", "verdict", Likeness::None),
            ("lobiz\u{f3}n", "lobison", Likeness::Spelling),
            ("passerbys", "passersby", Likeness::Spelling),
            ("prefect", "perfect", Likeness::Spelling),
            ("cosy", "cozy", Likeness::Spelling),
            ("grey", "gray", Likeness::Spelling),
            ("travelling", "traveling", Likeness::Spelling),
            ("released", "cleared", Likeness::None),
            ("threat", "thread", Likeness::LookAlike),
        ] {
            assert_eq!(likeness(a, b, 0.6, Lexicon::embedded()), expected, "{a} {b}");
        }
    }
}

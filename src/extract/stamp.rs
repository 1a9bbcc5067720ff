//! What is printed between the sentences and tells nothing: stamps of publication, torn figures.
//!
//! A text that lost its lines begins its first sentence with the page's stamp: "Updated: March 3, 2021,
//! 9:40 AM A ferry has sunk". Its day is the paper's and not the ferry's. And a text that was taken
//! apart at its marks writes "2, 290 points" and "6: 00 p.m.", of which neither half is a figure.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::annotations::within;
use super::kit::Kit;
use super::when::WhenMention;
use crate::reading::{Reading, Sentence};
use crate::rules::Words;
use crate::text::{Case, Token, TokenKind, agency_lead};

/// The words of stamps: `[stamp]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StampRules {
    /// What the rule does.
    pub about: String,
    /// Sentences in which no figure or day is read.
    pub fires: Vec<String>,
    /// Sentences in which one is.
    pub silent: Vec<String>,
    /// Words that begin a stamp: `published`, `updated`.
    pub cues: Words,
    /// Words inside one: `last`, `on`, `at`.
    pub fillers: Words,
    /// What a page calls itself: `report`, `story`.
    pub pages: Words,
    /// What pages count while they show it: `photos`, `slides`.
    pub pictures: Words,
    /// What a page prints around the titles of its films, in two words: `just watched`.
    pub teasers: Words,
    /// How far an agency's place and day reach into a sentence.
    pub lead_bytes: usize,
}

/// For each token, whether it belongs to a stamp or to a torn figure.
pub fn unread(reading: &Reading, whens: &[WhenMention], kit: &Kit) -> Vec<bool> {
    let mut unread = vec![false; reading.tokens.len()];
    for sentence in reading.sentences.iter().filter(|s| has_figure(reading.tokens_of(s))) {
        for stamp in stamps(reading, sentence, whens, kit) {
            unread[stamp].fill(true);
        }
        if let Some(lead) = lead(reading, sentence, whens, &kit.rules.stamp) {
            unread[lead].fill(true);
        }
    }
    for at in 0..reading.tokens.len() {
        if let Some(counter) = picture_counter(&reading.tokens, at, &kit.rules.stamp) {
            unread[counter].fill(true);
        }
    }
    let of_page = |when: &&WhenMention| {
        is_of_post(&reading.tokens, when)
            || is_running_time(reading, when)
            || is_of_update(reading, when, &kit.rules.stamp)
    };
    for when in whens.iter().filter(of_page) {
        unread[when.tokens.clone()].fill(true);
    }
    let dated = |at: usize| whens.iter().any(|when| when.tokens.contains(&at));
    for at in (2..reading.tokens.len()).filter(|at| is_torn(&reading.tokens, *at)) {
        // "On July 5, 300 people marched."
        if !(reading.tokens[at - 1].is(",") && dated(at - 2)) {
            unread[at - 2] = true;
            unread[at] = true;
        }
    }
    cut_apart(reading, &mut unread);
    unread
}

/// Whether a sentence is a page's own: one caption of many, the title of a film with its length, a line that begins with
/// the page's hour, or a message under its sender's name. None is another outlet's wording of another.
pub(super) fn is_of_page(tokens: &[Token], rules: &StampRules) -> bool {
    let sender = |pair: &[Token]| pair[0].is("(") && pair[1].norm.starts_with('@');
    (0..tokens.len()).any(|at| picture_counter(tokens, at, rules).is_some())
        || tokens.windows(2).any(sender)
        || tokens.windows(2).any(|pair| rules.is_teaser(pair))
        || tokens.last().is_some_and(is_clock) && shouts(tokens)
        || is_headed_by_hour(tokens)
        || rules.tells_update(tokens)
}

impl StampRules {
    /// "This report was last updated at 9:21 a.m."
    fn tells_update(&self, tokens: &[Token]) -> bool {
        const SHORT: usize = 14;
        let own = |t: &Token| self.pages.contains(&t.norm);
        let cued = tokens.iter().any(|t| self.cues.contains(&t.norm));
        tokens.len() <= SHORT && cued && tokens.iter().take(3).any(own)
    }

    /// "JUST WATCHED", "Replay More".
    fn is_teaser(&self, pair: &[Token]) -> bool {
        let capital = pair.iter().all(Token::is_capitalised);
        capital && self.teasers.contains_pair(&pair[0].norm, &pair[1].norm)
    }
}

/// "LINDHAVEN | Wed March 3, 2021 2:59 pm": a bar, and an hour shortly behind it.
fn is_headed_by_hour(tokens: &[Token]) -> bool {
    const HEAD: usize = 12;
    let head = &tokens[..tokens.len().min(HEAD)];
    head.iter().position(|t| t.is("|")).is_some_and(|bar| head[bar..].iter().any(is_clock))
}

fn is_clock(token: &Token) -> bool {
    token.kind == TokenKind::Number && token.norm.contains(':')
}

/// "MUST WATCH": two words in capitals, side by side.
fn shouts(tokens: &[Token]) -> bool {
    let shouted = |t: &Token| t.case == Case::Upper && t.norm.len() > 2;
    tokens.windows(2).any(|pair| pair.iter().all(shouted))
}

/// "Hide caption 4 of 11 photos": how far a page has come with its pictures.
fn picture_counter(tokens: &[Token], at: usize, rules: &StampRules) -> Option<Range<usize>> {
    let [number, of, most, noun] = tokens.get(at..at + 4)? else { return None };
    let counts = [number, most].iter().all(|t| t.kind == TokenKind::Number) && of.is("of");
    (counts && rules.pictures.contains(&noun.norm)).then_some(at..at + 3)
}

/// "(@mayor) January 14, 2018": the day on which a message was posted.
fn is_of_post(tokens: &[Token], when: &WhenMention) -> bool {
    const NAME: usize = 4;
    let before = &tokens[when.tokens.start.saturating_sub(NAME)..when.tokens.start];
    before.last().is_some_and(|t| t.is(")")) && before.iter().any(|t| t.norm.starts_with('@'))
}

/// "This report was last updated at 9:21 a.m.", "LINDHAVEN | Wed March 3, 2021 2:59 pm".
fn is_of_update(reading: &Reading, when: &WhenMention, rules: &StampRules) -> bool {
    let Some(sentence) = reading.sentence_at(when.tokens.start) else { return false };
    let barred = when.tokens.start > sentence.tokens.start && reading.tokens[when.tokens.start - 1].is("|");
    barred || rules.tells_update(reading.tokens_of(sentence))
}

/// "MUST WATCH How the tower fell 02:40": how long a film is, printed behind its title.
fn is_running_time(reading: &Reading, when: &WhenMention) -> bool {
    let Some(sentence) = reading.sentence_at(when.tokens.start) else { return false };
    let [token] = &reading.tokens[when.tokens.clone()] else { return false };
    let last = when.tokens.end == sentence.tokens.end && is_clock(token);
    last && shouts(&reading.tokens[sentence.tokens.start..when.tokens.start])
}

/// The tokens of an agency's lead that tells a day: "LONDON, May 18 (Market Bulletin) - The works".
fn lead(reading: &Reading, sentence: &Sentence, whens: &[WhenMention], rules: &StampRules) -> Option<Range<usize>> {
    let end = sentence.span.start + agency_lead(reading.text(sentence.span), rules.lead_bytes)?.len() as u32;
    let within_lead = |at: &usize| reading.tokens[*at].span.end <= end;
    let lead = sentence.tokens.start..sentence.tokens.clone().take_while(within_lead).last()? + 1;
    within(whens, &lead).iter().any(|when| when.value.day.is_some()).then_some(lead)
}

fn has_figure(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.kind == TokenKind::Number)
}

/// The stamps of a sentence: at its head, or behind a cue with a capital.
fn stamps<'a>(
    reading: &'a Reading,
    sentence: &'a Sentence,
    whens: &'a [WhenMention],
    kit: &'a Kit,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let rules = &kit.rules.stamp;
    let begins = move |at: &usize| {
        let token = &reading.tokens[*at];
        *at == sentence.tokens.start || token.is_capitalised() && rules.cues.contains(&token.norm)
    };
    sentence.tokens.clone().filter(begins).filter_map(move |at| stamp(reading, at..sentence.tokens.end, whens, kit))
}

/// The stamp at the head of some tokens: a full day, or a time behind a cue, and then a new beginning.
fn stamp(reading: &Reading, tokens: Range<usize>, whens: &[WhenMention], kit: &Kit) -> Option<Range<usize>> {
    let rules = &kit.rules.stamp;
    let cued = rules.cues.contains(&reading.tokens[tokens.start].norm);
    let dated = within(whens, &tokens);
    let day = |at: usize| dated.iter().find(|when| when.tokens.contains(&at));
    let inside = |at: &usize| {
        let token = &reading.tokens[*at];
        let small = rules.cues.contains(&token.norm) || rules.fillers.contains(&token.norm);
        let clock = kit.rules.when.zones.contains_key(token.norm.as_str());
        day(*at).is_some() || token.kind == TokenKind::Number || is_joint(token) || small || clock
    };
    let end = tokens.clone().find(|at| !inside(at)).unwrap_or(tokens.end);
    let full = |when: &WhenMention| {
        let value = &when.value;
        value.day.is_some() && value.year.is_some() || cued && (value.clock.is_some() || value.day.is_some())
    };
    let told = dated.iter().take_while(|when| when.tokens.start < end).any(full);
    let first = &reading.tokens[tokens.start];
    let preposed = !cued && rules.fillers.contains(&first.norm) && first.is_capitalised();
    let anew = end == tokens.end || reading.tokens[end].is_capitalised() && !reading.tokens[end].is("i");
    (told && !preposed && anew).then_some(tokens.start..end)
}

/// A mark between the parts of a stamp.
fn is_joint(token: &Token) -> bool {
    token.kind == TokenKind::Mark && !matches!(token.norm.as_str(), "\"" | "\u{201C}" | "\u{201D}" | "'" | "$")
}

/// Whether the number at `at` is the second half of one that a mark and a space cut in two.
pub(crate) fn is_torn(tokens: &[Token], at: usize) -> bool {
    let Some([left, mark, right]) = at.checked_sub(2).and_then(|from| tokens.get(from..=at)) else { return false };
    if left.kind != TokenKind::Number {
        return false;
    }
    let digits = right.norm.bytes().take_while(u8::is_ascii_digit).count();
    let stuck = left.span.end == mark.span.start;
    let apart = mark.span.end < right.span.start;
    let plain = |token: &Token| token.norm.bytes().all(|b| b.is_ascii_digit());
    let thousands = left.norm.len() <= 3 && digits == 3 && plain(left);
    let torn = match mark.norm.as_str() {
        "," => stuck && apart && thousands,
        ":" | "." => stuck && apart && plain(left),
        "/" => apart,
        _ => false,
    };
    digits > 0 && torn
}

/// "A magnitude of 5." and "9 shook the island.": one figure that was taken for the end of a sentence.
fn cut_apart(reading: &Reading, unread: &mut [bool]) {
    for pair in reading.sentences.windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        let number = |at: usize| reading.tokens[at].kind == TokenKind::Number;
        let Some(last) = left.tokens.end.checked_sub(2).filter(|at| left.tokens.contains(at)) else { continue };
        let stopped = reading.tokens[last + 1].is(".") && left.paragraph == right.paragraph;
        if stopped && number(last) && number(right.tokens.start) {
            unread[last] = true;
            unread[right.tokens.start] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::examples::{claims_of, statements_of};

    /// Whether a figure or day is read.
    fn is_read(text: &str) -> bool {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        claims_of(text, rules).iter().any(|claim| claim.attribute == "open")
    }

    #[test]
    fn examples_hold() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract.stamp;
        rules.fires.iter().for_each(|text| assert!(!is_read(text), "{text}"));
        rules.silent.iter().for_each(|text| assert!(is_read(text), "{text}"));
    }

    #[test]
    fn a_page_is_known_by_its_hour() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("LINDHAVEN | Wed Mar 3, 2021 2:59 pm EST The mayor of Lindhaven apologised to the keepers.", 0),
            ("This story has been updated with what the mayor said on Friday.", 0),
            ("JUST WATCHED Keepers leave the tower of Lindhaven on the river Replay More Videos ...", 0),
            ("MUST WATCH How the tower of Lindhaven fell into the river 02:40", 0),
            ("The mayor of Lindhaven apologised to the keepers of the tower at 2:59 pm.", 1),
        ] {
            assert_eq!(statements_of(text, rules).len(), expected, "{text}");
        }
    }

    #[test]
    fn halves_of_a_figure_are_none() {
        for (text, expected) in [
            ("She has scored 2, 290 points.", false),
            ("The doors opened at 6: 00 p.m.", false),
            ("He served 41 / 2 months.", false),
            ("The quake had a magnitude of 5. 9 on the scale, an institute said.", false),
            ("In the spring of 2019, 300 trees were felled.", true),
            ("The doors opened at 6:00 p.m.", true),
            ("They scored 12, 15 and 18 points.", true),
            ("On July 5, 300 people marched.", true),
        ] {
            assert_eq!(is_read(text), expected, "{text}");
        }
    }
}

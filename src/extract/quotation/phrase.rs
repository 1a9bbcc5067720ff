//! The noun phrase that names a speaker, found from the verb: leftwards ("John Doe, the mayor,
//! said") or rightwards ("said John Doe, the mayor"). There is no tagger: closed word classes
//! bound the phrase, capitals tell names.

mod noun;

use std::ops::Range;

use super::Speaker;
use super::speech::{Part, Speech};
use crate::text::{Token, TokenKind};

/// Tokens of one document with the words that bound phrases.
#[derive(Clone, Copy)]
pub struct Phrases<'r> {
    /// All tokens of the document.
    pub tokens: &'r [Token],
    /// The words.
    pub speech: &'r Speech,
}

impl<'r> Phrases<'r> {
    /// The phrase that ends before the verb at `cue` and begins at `floor` at the earliest.
    pub fn before(&self, cue: usize, floor: usize) -> Option<Speaker> {
        let floor = floor.max(cue.saturating_sub(self.speech.reach));
        let end = self.skip_back(cue, floor);
        let last = (end > floor).then(|| &self.tokens[end - 1])?;
        if last.is(",") {
            return self.apposed(end - 1, floor);
        }
        if self.joins(last) {
            return self.subject(floor, end - 1);
        }
        Some(self.speaker(self.ending(end, floor)?))
    }

    /// The phrase that begins at `start`, with the apposition behind it looked through.
    pub fn after(&self, start: usize, ceil: usize) -> Option<Speaker> {
        let tokens = self.beginning(start, ceil)?;
        let speaker = self.speaker(tokens.clone());
        if tokens.end < ceil && self.tokens[tokens.end].is(",") && !speaker.pronoun {
            return Some(self.with_apposition(speaker, tokens.end + 1, ceil));
        }
        Some(speaker)
    }

    /// The subject of the clause that begins at `floor`: what stands in front of it, up to a
    /// comma, is skipped when it begins like an adjunct ("After the vote, …").
    pub fn subject(&self, floor: usize, ceil: usize) -> Option<Speaker> {
        let mut start = floor;
        for _ in 0..4 {
            while start < ceil && (self.joins(&self.tokens[start]) || self.speech.is_adverb(&self.tokens[start])) {
                start += 1;
            }
            if start >= ceil || !self.opens_adjunct(&self.tokens[start]) {
                break;
            }
            let comma = self.tokens[start..ceil].iter().position(|t| t.is(","))?;
            start = self.past_places(start + comma + 1, ceil);
        }
        let speaker = self.after(start, ceil)?;
        let end = self.verb_in(speaker.tokens.clone()).unwrap_or(speaker.tokens.end);
        Some(Speaker { tokens: speaker.tokens.start..end, ..speaker })
    }

    /// Where a verb begins in what was taken for a phrase: "The mayor resigned". Behind an
    /// article or an adverb the form is an adjective: "the retired mayor".
    fn verb_in(&self, tokens: Range<usize>) -> Option<usize> {
        let past = |t: &Token| t.norm.ends_with("ed") && t.norm.len() > 4 && !t.is_capitalised();
        let adjective = |t: &Token| self.speech.is(t, Part::Determiner) || self.speech.is_adverb(t);
        (tokens.start + 1..tokens.end).find(|&i| past(&self.tokens[i]) && !adjective(&self.tokens[i - 1]))
    }

    /// Skips what goes on with an adjunct: "In Ames, Iowa, on Monday, Doe".
    fn past_places(&self, start: usize, ceil: usize) -> usize {
        let Some(place) = self.beginning(start, ceil) else { return start };
        let more = place.end + 1 < ceil && self.tokens[place.end].is(",");
        let goes_on = more
            && self.opens_adjunct(&self.tokens[place.end + 1])
            && !self.speech.is(&self.tokens[place.end + 1], Part::Relative);
        if goes_on { place.end + 1 } else { start }
    }

    fn opens_adjunct(&self, token: &Token) -> bool {
        let gerund = token.norm.ends_with("ing") && token.norm.len() > 5;
        self.speech.is_any(token, &[Part::Link, Part::Break, Part::Time]) || gerund || token.is(",")
    }

    /// "and", "but", "then": the verb behind shares the subject of the verb before.
    fn joins(&self, token: &Token) -> bool {
        matches!(token.norm.as_str(), "and" | "but" | "or" | "then" | "yet" | "so")
    }

    /// Skips back over what stands between a speaker and the verb: "has also", "on Monday",
    /// "in a statement", "angrily".
    fn skip_back(&self, cue: usize, floor: usize) -> usize {
        let mut end = cue;
        while end > floor {
            let token = &self.tokens[end - 1];
            let small = !token.is_capitalised() && self.speech.is(token, Part::Auxiliary);
            end = if small || self.speech.is_adverb(token) {
                end - 1
            } else if self.speech.is(token, Part::Time) {
                self.past_link(end - 1, floor)
            } else if let Some(before) = self.medium(end, floor).or_else(|| self.bracket(end, floor)) {
                before
            } else {
                break;
            };
        }
        end
    }

    fn past_link(&self, at: usize, floor: usize) -> usize {
        let links = at > floor && matches!(self.tokens[at - 1].norm.as_str(), "on" | "in" | "at");
        if links { at - 1 } else { at }
    }

    /// Where "in a statement" begins, when it ends at `end`.
    fn medium(&self, end: usize, floor: usize) -> Option<usize> {
        if !self.speech.is(&self.tokens[end - 1], Part::Medium) {
            return None;
        }
        let least = floor.max(end.saturating_sub(5));
        let is_link = |i: &usize| matches!(self.tokens[*i].norm.as_str(), "in" | "on" | "during" | "through" | "via");
        (least + 1..end).rev().find(is_link)
    }

    /// Where the bracket opens that closes at `end`: "Doe (R-Ohio) said".
    fn bracket(&self, end: usize, floor: usize) -> Option<usize> {
        let closes = self.tokens[end - 1].is(")") || self.tokens[end - 1].is("]");
        let opens = |i: &usize| self.tokens[*i].is("(") || self.tokens[*i].is("[");
        if closes { (floor + 1..end).rev().find(opens) } else { None }
    }

    /// The phrase in front of an apposition that ends at `comma`: "Doe, the mayor," or
    /// "the mayor, Doe,".
    fn apposed(&self, comma: usize, floor: usize) -> Option<Speaker> {
        let mut nearest = None;
        let comma = self.relative_comma(comma, floor).unwrap_or(comma);
        let relative = self.speech.is(&self.tokens[comma + 1], Part::Relative);
        let named = self.ending(comma, floor).filter(|t| relative && self.is_named(t.clone()));
        if let Some(tokens) = named {
            return Some(self.speaker(tokens));
        }
        let commas = || (floor + 1..comma).rev().filter(|&i| self.tokens[i].is(","));
        let strong = commas().filter(|&i| self.describes(&self.tokens[i + 1]));
        let weak = commas().filter(|&i| self.opens_apposition(&self.tokens[i + 1]));
        for at in strong.chain(weak) {
            let Some(tokens) = self.ending(at, floor) else { continue };
            let speaker = self.speaker(tokens.clone());
            if speaker.pronoun || self.is_named(tokens) {
                return Some(Speaker { title: speaker.title.clone().or_else(|| self.role(at + 1..comma)), ..speaker });
            }
            nearest.get_or_insert((at, speaker));
        }
        let (at, speaker) = nearest?;
        Some(self.named_by(speaker, at + 1..comma))
    }

    /// "a", "the", "mayor", "35": what surely describes the name in front of the comma.
    fn describes(&self, token: &Token) -> bool {
        token.kind == TokenKind::Number || self.speech.is_any(token, &[Part::Determiner, Part::Title])
    }

    /// The first comma in front of a relative pronoun: all behind it describes what stands before.
    fn relative_comma(&self, comma: usize, floor: usize) -> Option<usize> {
        let relative = |i: &usize| self.tokens[*i].is(",") && self.speech.is(&self.tokens[*i + 1], Part::Relative);
        (floor + 1..comma).find(relative)
    }

    fn opens_apposition(&self, token: &Token) -> bool {
        let parts = [Part::Determiner, Part::Relative, Part::Link, Part::Title, Part::Time];
        token.is_wordlike()
            && (token.kind == TokenKind::Number || self.speech.is_any(token, &parts) || {
                !self.speech.is_any(token, &[Part::Break, Part::Pronoun, Part::Auxiliary]) || token.is("where")
            })
    }

    /// The apposition as the title, when it holds a title.
    fn role(&self, range: Range<usize>) -> Option<Range<usize>> {
        let relative = self.speech.is(&self.tokens[range.start], Part::Relative);
        let titled = self.tokens[range.clone()].iter().any(|t| self.speech.is(t, Part::Title));
        (titled && !relative).then_some(range)
    }

    /// "the mayor, Doe": the name speaks, the common noun is its title.
    fn named_by(&self, common: Speaker, apposition: Range<usize>) -> Speaker {
        let place = self.tokens[common.tokens.end - 1].is_capitalised();
        match self.beginning(apposition.start, apposition.end).filter(|_| !place) {
            Some(tokens)
                if tokens.end == apposition.end
                    && self.tokens[tokens.start].is_capitalised()
                    && self.is_named(tokens.clone()) =>
            {
                Speaker { title: Some(common.tokens), ..self.speaker(tokens) }
            }
            _ => common,
        }
    }

    fn with_apposition(&self, speaker: Speaker, start: usize, ceil: usize) -> Speaker {
        let end = self.tokens[start..ceil].iter().position(|t| !t.is_wordlike() && !t.is("'s") && !t.is("-"));
        let apposition = start..end.map_or(ceil, |e| start + e);
        if apposition.is_empty() {
            return speaker;
        }
        if !self.is_named(speaker.tokens.clone()) {
            return self.named_by(speaker, apposition);
        }
        let common = self.speech.is_any(&self.tokens[start], &[Part::Determiner, Part::Title]);
        let title = speaker.title.clone().or_else(|| self.role(apposition).filter(|_| common));
        Speaker { title, ..speaker }
    }

    /// True when a capital tells a name before the first preposition.
    pub fn is_named(&self, range: Range<usize>) -> bool {
        let link = range.clone().find(|&i| i > range.start && self.speech.is(&self.tokens[i], Part::Link));
        let head = &self.tokens[range.start..link.unwrap_or(range.end)];
        let owner = head.iter().rposition(|t| t.kind == TokenKind::Possessive).map_or(0, |i| i + 1);
        head[owner..]
            .iter()
            .filter(|t| t.is_capitalised())
            .any(|t| !self.speech.is_any(t, &[Part::Determiner, Part::Pronoun]))
    }

    /// Makes a speaker of a phrase, its title split from the name.
    pub fn speaker(&self, tokens: Range<usize>) -> Speaker {
        let pronoun = tokens.len() == 1 && self.speech.is(&self.tokens[tokens.start], Part::Pronoun);
        Speaker { title: self.title(tokens.clone()), pronoun, tokens, via: None }
    }

    /// What stands before the name: "White House spokesman", "Mr.".
    fn title(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let head = tokens.clone().find(|&i| self.speech.is(&self.tokens[i], Part::Link)).unwrap_or(tokens.end);
        let is_title = |i: &usize| {
            self.speech.is(&self.tokens[*i], Part::Title) || {
                self.tokens[*i].kind == TokenKind::Word && !self.tokens[*i].is_capitalised()
            }
        };
        let last = (tokens.start..head).rev().find(is_title)?;
        let dotted = last + 1 < head && self.tokens[last + 1].is(".");
        let name = last + 1 + usize::from(dotted);
        let worded = self.tokens[tokens.start..name.min(head)]
            .iter()
            .any(|t| t.kind == TokenKind::Word && !self.speech.is(t, Part::Determiner));
        (worded && name < head && self.tokens[name].is_capitalised()).then_some(tokens.start..name)
    }
}

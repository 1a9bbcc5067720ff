//! News that nobody printed: stories told by several outlets, some of which err, copy, and wrap their text in furniture.
//!
//! The same seed gives the same bytes. Words and templates are in `news.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

const WORDS: &str = include_str!("news.toml");
/// One telling in so many gets a fact wrong, and one in so many is a copy of the first outlet's text.
const ERRS: u64 = 12;
const COPIES: u64 = 10;
const FILLERS: usize = 9;

/// What the generator writes with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    given: Vec<String>,
    family: Vec<String>,
    town_begins: Vec<String>,
    town_ends: Vec<String>,
    weekdays: Vec<String>,
    parts: Vec<String>,
    outlets: Vec<String>,
    furniture: Vec<String>,
    filler: Vec<String>,
    event: Vec<Event>,
    words: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, (u64, u64)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    lead: Vec<String>,
    body: Vec<String>,
}

/// One article.
pub struct Article {
    pub source: String,
    pub published: String,
    pub text: String,
}

/// Fixed by its seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len() as u64) as usize]
    }
}

type Facts = BTreeMap<String, String>;

impl Words {
    /// The words of `news.toml`.
    pub fn load() -> Self {
        toml::from_str(WORDS).unwrap_or_else(|error| panic!("news.toml: {error}"))
    }

    /// About `documents` articles, in the order of their stories.
    pub fn articles(&self, documents: usize) -> Vec<Article> {
        (0..documents.div_ceil(self.outlets.len())).flat_map(|story| self.story(story)).collect()
    }

    fn story(&self, story: usize) -> Vec<Article> {
        let mut dice = Dice(story as u64);
        let event = dice.pick(&self.event);
        let facts = self.facts(&mut dice);
        let published = format!("2024-{:02}-{:02}", 1 + story / 28 % 12, 1 + story % 28);
        let mut first = String::new();
        let tell = |(number, source): (usize, &String)| {
            let body = if number > 0 && dice.below(COPIES) == 0 {
                first.clone()
            } else {
                self.telling(event, &self.misheard(&facts, &mut dice), &mut dice)
            };
            if number == 0 {
                first.clone_from(&body);
            }
            Article { source: source.clone(), published: published.clone(), text: self.wrap(&body, number) }
        };
        self.outlets.iter().enumerate().map(tell).collect()
    }

    fn facts(&self, dice: &mut Dice) -> Facts {
        let mut name = || format!("{} {}", dice.pick(&self.given), dice.pick(&self.family));
        let (person, second) = (name(), name());
        let mut town = || format!("{}{}", dice.pick(&self.town_begins), dice.pick(&self.town_ends));
        let [town, company, rival] = [town(), town(), town()];
        let mut firm = |name: String| format!("{name} {}", dice.pick(&self.words["trades"]));
        let (company, rival) = (firm(company), firm(rival));
        let quote = ["quote_begins", "quote_middles", "quote_ends"].map(|part| dice.pick(&self.words[part]).as_str());
        let mut facts = Facts::from([
            ("person".into(), person),
            ("second".into(), second),
            ("town".into(), town),
            ("company".into(), company),
            ("rival".into(), rival),
            ("weekday".into(), dice.pick(&self.weekdays).clone()),
            ("part".into(), dice.pick(&self.parts).clone()),
            ("quote".into(), quote.join(" ")),
        ]);
        for (name, range) in &self.numbers {
            facts.insert(name.clone(), (range.0 + dice.below(range.1 - range.0 + 1)).to_string());
        }
        for (name, words) in &self.words {
            facts.entry(name.clone()).or_insert_with(|| dice.pick(words).clone());
        }
        facts
    }

    /// The facts as an outlet heard them: mostly right.
    fn misheard(&self, facts: &Facts, dice: &mut Dice) -> Facts {
        let mut heard = facts.clone();
        if dice.below(ERRS) == 0 {
            let names: Vec<&String> = self.numbers.keys().collect();
            let name = *dice.pick(&names);
            let (low, high) = self.numbers[name];
            heard.insert(name.clone(), (low + dice.below(high - low + 1)).to_string());
        }
        heard
    }

    fn telling(&self, event: &Event, facts: &Facts, dice: &mut Dice) -> String {
        let mut lines = vec![fill(dice.pick::<String>(&event.lead), facts, dice)];
        for sentence in &event.body {
            let padding: Vec<String> = (0..FILLERS / event.body.len() + 1)
                .map(|_| fill(dice.pick::<String>(&self.filler), facts, dice))
                .collect();
            lines.push(format!("{} {}", fill(sentence, facts, dice), padding.join(" ")));
        }
        lines.join("\n\n")
    }

    /// The same furniture around every text of an outlet.
    fn wrap(&self, body: &str, outlet: usize) -> String {
        let line = |n: usize| &self.furniture[(outlet + n) % self.furniture.len()];
        format!("{}\n\n{body}\n\n{}\n{}\n", line(0), line(1), line(2))
    }
}

/// Fills a template: facts by name, else one of the alternatives. Alternatives may hold facts.
fn fill(template: &str, facts: &Facts, dice: &mut Dice) -> String {
    let mut text = template.to_owned();
    while let Some(close) = text.find('}') {
        let Some(open) = text[..close].rfind('{') else { break };
        let inner = &text[open + 1..close];
        let put = facts.get(inner).map_or_else(|| alternative(inner, dice), String::clone);
        text.replace_range(open..=close, &put);
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn alternative(inner: &str, dice: &mut Dice) -> String {
    let choices: Vec<&str> = inner.split('|').collect();
    (*dice.pick(&choices)).to_owned()
}

//! How the outlets of one story tell it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::dice::Dice;
use super::facts::{self, Facts, fill, needle};
use super::words::{Event, Tell, Words};
use super::{Article, Copied, Outlet, Planted, Story};

/// The first day of all news.
const BEGIN: Date = jiff::civil::date(2005, 1, 3);
/// How often a fact is told, a trap is set, a text is copied.
const TOLD: f64 = 0.8;
const TRAPPED: f64 = 0.25;
const COPIED: f64 = 0.12;
const RISEN: f64 = 0.3;
/// Two outlets seldom fill a column with the same things: articles take their fillers from so many shares in turn.
const SHARES: usize = 4;
/// Spread of the length, as a log-normal's.
const SPREAD: f64 = 0.45;

/// Tells one story.
pub struct Newsroom<'w, 'd> {
    words: &'w Words,
    outlets: &'w [Outlet],
    median: f64,
    event: &'w Event,
    facts: Facts,
    dice: &'d mut Dice,
}

/// A fact as one article tells it.
struct Told<'w> {
    fact: &'w str,
    article: usize,
    needle: String,
    right: bool,
}

/// A text without furniture, and what it tells.
struct Body<'w> {
    paragraphs: Vec<String>,
    told: Vec<Told<'w>>,
    traps: Vec<Told<'w>>,
}

impl<'w, 'd> Newsroom<'w, 'd> {
    /// Draws what happened.
    pub fn new(words: &'w Words, outlets: &'w [Outlet], median: f64, dice: &'d mut Dice) -> Self {
        let event = dice.pick(&words.event);
        let facts = facts::draw(words, dice);
        Self { words, outlets, median, event, facts, dice }
    }

    /// The story as `tellers` print it on a day.
    pub fn story(mut self, tellers: &[usize], day: i64) -> Story {
        let mut story = Story::default();
        let mut bodies: Vec<Body> = Vec::new();
        let mut originals: Vec<usize> = Vec::new();
        for (article, outlet) in tellers.iter().enumerate() {
            let copied = !originals.is_empty() && self.dice.chance(COPIED);
            let body =
                if copied { self.copy(article, &bodies, &originals, &mut story) } else { self.tell(article, *outlet) };
            if !copied {
                originals.push(article);
            }
            story.articles.push(self.article(&body.paragraphs, *outlet, day));
            bodies.push(body);
        }
        self.rise(tellers, &bodies, &originals, day, &mut story);
        self.plant(&bodies, &mut story);
        story
    }

    fn tell(&mut self, article: usize, outlet: usize) -> Body<'w> {
        let event = self.event;
        let mut body = Body { paragraphs: Vec::new(), told: Vec::new(), traps: Vec::new() };
        let mut sentences = vec![self.sentence(&event.lead, article, outlet, &mut body.told)];
        for tell in &event.tell {
            if self.dice.chance(TOLD) {
                sentences.push(self.sentence(tell, article, outlet, &mut body.told));
            }
        }
        if !event.trap.is_empty() && self.dice.chance(TRAPPED) {
            let trap = self.dice.pick(&event.trap);
            sentences.push(self.sentence(trap, article, outlet, &mut body.traps));
        }
        let wanted = self.dice.around(self.median, SPREAD).clamp(self.median / 5.0, self.median * 6.0) as usize;
        body.paragraphs = self.padded(sentences, wanted, article);
        body
    }

    /// Every fact is heard anew by every outlet, and some are heard wrongly.
    fn sentence(&mut self, tell: &'w Tell, article: usize, outlet: usize, told: &mut Vec<Told<'w>>) -> String {
        let fact = &self.words.fact[&tell.fact];
        let right = !self.dice.chance(self.outlets[outlet].error_rate);
        let mut heard = self.facts.clone();
        if !right {
            let value = facts::misheard(fact, &self.facts[&tell.fact], self.words, self.dice);
            heard.insert(tell.fact.clone(), value);
        }
        let line = self.dice.pick::<String>(&tell.lines);
        let (text, needle) = needle(&fill(line, &heard, self.dice));
        told.push(Told { fact: &tell.fact, article, needle, right });
        text
    }

    /// The sentences, each a paragraph, with others between that say little.
    fn padded(&mut self, sentences: Vec<String>, wanted: usize, article: usize) -> Vec<String> {
        let fillers: Vec<&String> = self.words.filler.iter().skip(article % SHARES).step_by(SHARES).collect();
        let count = |text: &str| text.split_whitespace().count();
        let mut words: usize = sentences.iter().map(|s| count(s)).sum();
        let mut paragraphs = sentences;
        let mut place = 0;
        while words < wanted {
            let filler = fill(self.dice.pick::<&String>(&fillers), &self.facts, self.dice);
            words += count(&filler);
            let paragraph = place % paragraphs.len();
            paragraphs[paragraph] += &format!(" {filler}");
            place += 1;
        }
        paragraphs
    }

    fn copy(&mut self, article: usize, bodies: &[Body<'w>], originals: &[usize], story: &mut Story) -> Body<'w> {
        let of = *self.dice.pick(originals);
        let mut paragraphs = bodies[of].paragraphs.clone();
        let manner = *self.dice.pick(&["verbatim", "cut", "edited"]);
        match manner {
            "cut" => paragraphs.truncate((paragraphs.len() * 2).div_ceil(3)),
            "edited" => {
                paragraphs.remove(paragraphs.len() / 2);
                paragraphs.push(fill(self.dice.pick::<String>(&self.words.filler), &self.facts, self.dice));
            }
            _ => {}
        }
        story.copies.push(Copied { copy: article, of, manner });
        Body { paragraphs, told: Vec::new(), traps: Vec::new() }
    }

    /// A day later one of the outlets tells of a higher toll.
    fn rise(&mut self, tellers: &[usize], bodies: &[Body], originals: &[usize], day: i64, story: &mut Story) {
        let Some(rise) = self.event.rise.as_ref().filter(|_| self.dice.chance(RISEN)) else { return };
        let before = originals.iter().flat_map(|o| &bodies[*o].told).find(|told| told.right && told.fact == rise.fact);
        let (Some(before), Ok(toll)) = (before, self.facts[&rise.fact].parse::<u64>()) else { return };
        let mut facts = self.facts.clone();
        facts.insert("more".into(), (toll + 1 + self.dice.below(3)).to_string());
        let (text, needle_b) = needle(&fill(self.dice.pick::<String>(&rise.lines), &facts, self.dice));
        let paragraphs = self.padded(vec![text], self.median as usize / 2, story.articles.len());
        let outlet = tellers[before.article];
        story.articles.push(self.article(&paragraphs, (outlet + 1) % self.outlets.len(), day + 1));
        story.planted.push(Planted {
            expect: "contradiction",
            kind: self.words.fact[&rise.fact].kind.clone(),
            a: before.article,
            needle_a: before.needle.clone(),
            b: story.articles.len() - 1,
            needle_b,
            why: "a toll that rose: superseded".into(),
        });
    }

    fn article(&mut self, paragraphs: &[String], outlet: usize, day: i64) -> Article {
        let furniture = &self.words.furniture;
        let line = |n: usize| &furniture[(outlet * 3 + n) % furniture.len()];
        let text = format!("{}\n\n{}\n\n{}\n{}\n", line(0), paragraphs.join("\n\n"), line(1), line(2));
        let published = BEGIN.saturating_add(day.days()).to_string();
        Article { source: self.outlets[outlet].source.clone(), published, text }
    }

    /// What was heard wrongly stands beside the first article that has it right; so do traps.
    fn plant(&self, bodies: &[Body], story: &mut Story) {
        let told: Vec<&Told> = bodies.iter().flat_map(|body| &body.told).collect();
        let first_right = |fact: &str| told.iter().find(|t| t.right && t.fact == fact);
        let wrong = told.iter().filter(|t| !t.right).map(|t| (*t, "contradiction"));
        let traps = bodies.iter().flat_map(|body| &body.traps).map(|t| (t, "clear"));
        for (told, expect) in wrong.chain(traps) {
            let Some(right) = first_right(told.fact).filter(|right| right.article != told.article) else { continue };
            story.planted.push(Planted {
                expect,
                kind: if expect == "clear" { "*".into() } else { self.words.fact[told.fact].kind.clone() },
                a: right.article,
                needle_a: right.needle.clone(),
                b: told.article,
                needle_b: told.needle.clone(),
                why: told.fact.to_owned(),
            });
        }
    }
}

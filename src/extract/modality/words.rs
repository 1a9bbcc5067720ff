//! The words that tell how firmly a clause is told, as `[modality.*]` of `rules/extract.toml`.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::{WordMap, Words};
use crate::text::{Case, Token, TokenKind};

/// What a word or phrase does to the clause it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// "not".
    Negation,
    /// "not only".
    Affirmed,
    /// "failed", with an infinitive.
    Failure,
    /// "managed", with an infinitive.
    Fact,
    /// "will".
    Plan,
    /// "scheduled".
    Planned,
    /// "may".
    Hedge,
    /// "believed".
    Hedged,
    /// "denied".
    Denial,
    /// "if".
    Condition,
    /// "which".
    Clause,
    /// "said".
    Speech,
}

impl Role {
    /// True when a word of this role begins a clause of its own behind "and".
    pub fn is_finite(self) -> bool {
        matches!(self, Self::Plan | Self::Hedge | Self::Speech | Self::Denial | Self::Condition | Self::Clause)
    }
}

/// Small words that scope is found with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// "he".
    Subject,
    /// "was", as what a participle or an infinitive follows.
    Be,
    /// "has".
    Auxiliary,
    /// "the".
    Determiner,
    /// "which", behind a comma.
    Parenthesis,
    /// "went".
    Past,
    /// "meet", in a headline.
    Headline,
    /// "could".
    Ability,
}

/// A table `[modality.…]`: words and phrases of one role.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What the words do.
    pub about: String,
    /// Folded words; several of them make a phrase.
    pub words: Vec<String>,
    /// Sentences whose marked word they decide.
    pub fires: Vec<String>,
    /// Sentences whose marked word they leave alone.
    pub silent: Vec<String>,
}

/// The table `[modality.grammar]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    about: String,
    words: Words,
    be: Words,
    auxiliaries: Words,
    determiners: Words,
    parentheses: Words,
    past: Words,
    reach: usize,
    embedder_reach: usize,
    window: usize,
    names: Words,
    nouns: Words,
    noun_links: Words,
    headline: Words,
    ability: Words,
    fires: Vec<String>,
    silent: Vec<String>,
}

/// The table `[modality]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    negation: Group,
    affirmed: Group,
    failure: Group,
    fact: Group,
    plan: Group,
    planned: Group,
    hedge: Group,
    hedged: Group,
    denial: Group,
    condition: Group,
    clause: Group,
    speech: Group,
    grammar: Grammar,
}

/// A phrase behind its first word.
#[derive(Clone, Debug)]
struct Phrase {
    rest: Vec<CompactString>,
    role: Role,
}

/// `[modality]`, its phrases found by their first word.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Table")]
#[schemars(with = "Table")]
pub struct Rules {
    phrases: WordMap<Vec<Phrase>>,
    hedged: Words,
    grammar: Grammar,
    groups: Vec<(&'static str, Group)>,
}

impl From<Table> for Rules {
    fn from(table: Table) -> Self {
        let hedged = table.hedged.words.iter().collect();
        let grammar = table.grammar.clone();
        let mut rules = Self { phrases: WordMap::default(), hedged, grammar, groups: Vec::new() };
        rules.groups.push(("grammar", rules.grammar.examples()));
        for (name, role, group) in table.groups() {
            for phrase in &group.words {
                rules.add(phrase, role);
            }
            rules.groups.push((name, group));
        }
        for phrases in rules.phrases.meanings_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        rules
    }
}

impl Grammar {
    /// Its examples as a group without words.
    fn examples(&self) -> Group {
        let Self { about, fires, silent, .. } = self.clone();
        Group { about, words: Vec::new(), fires, silent }
    }
}

impl Table {
    /// In the order in which a word of several groups is settled.
    fn groups(self) -> [(&'static str, Role, Group); 12] {
        [
            ("negation", Role::Negation, self.negation),
            ("affirmed", Role::Affirmed, self.affirmed),
            ("denial", Role::Denial, self.denial),
            ("condition", Role::Condition, self.condition),
            ("failure", Role::Failure, self.failure),
            ("planned", Role::Planned, self.planned),
            ("plan", Role::Plan, self.plan),
            ("speech", Role::Speech, self.speech),
            ("hedged", Role::Hedged, self.hedged),
            ("hedge", Role::Hedge, self.hedge),
            ("fact", Role::Fact, self.fact),
            ("clause", Role::Clause, self.clause),
        ]
    }
}

impl Rules {
    fn add(&mut self, phrase: &str, role: Role) {
        let mut words = phrase.split_whitespace();
        if let Some(first) = words.next() {
            self.phrases.meaning_mut(first).push(Phrase { rest: words.map(CompactString::from).collect(), role });
        }
    }

    /// The longest listed phrase that begins at `tokens[i]`: its role and its number of tokens.
    pub fn role(&self, tokens: &[Token], i: usize) -> Option<(Role, usize)> {
        if tokens[i].kind != TokenKind::Word {
            return None;
        }
        // Most words begin none.
        let phrases = self.phrases.get(&tokens[i].norm)?;
        if i > 0 && self.is_name(&tokens[i]) || self.is_mere_noun(tokens, i) {
            return None;
        }
        let behind = &tokens[i + 1..];
        let matches = |p: &&Phrase| {
            behind.len() >= p.rest.len() && p.rest.iter().zip(behind).all(|(word, token)| token.norm == *word)
        };
        let phrase = phrases.iter().find(matches)?;
        Some((phrase.role, phrase.rest.len() + 1))
    }

    /// "The plan was rejected", "the suspect fled": nouns that tell nothing of how firm it is, unlike "the plan to flee".
    fn is_mere_noun(&self, tokens: &[Token], i: usize) -> bool {
        if !self.grammar.nouns.contains(&tokens[i].norm) || i == 0 {
            return false;
        }
        let before = &tokens[i - 1];
        let noun = before.kind == TokenKind::Possessive || self.is(before, Small::Determiner);
        let linked = |t: &Token| self.grammar.noun_links.contains(&t.norm);
        let mut behind = tokens[i + 1..].iter().skip_while(|t| self.is(t, Small::Be));
        noun && !behind.next().is_some_and(linked)
    }

    /// "May" inside a sentence is a month and no modal.
    fn is_name(&self, token: &Token) -> bool {
        token.case == Case::Capital && self.grammar.names.contains(&token.norm)
    }

    /// True where a verb begins at `tokens[i]` that vouches for the clause behind it: "said".
    pub fn vouches(&self, tokens: &[Token], i: usize) -> bool {
        matches!(self.role(tokens, i), Some((Role::Speech, _)))
    }

    /// True when `token` is one of the small words of `class`.
    pub fn is(&self, token: &Token, class: Small) -> bool {
        let words = match class {
            Small::Subject => &self.grammar.words,
            Small::Be => &self.grammar.be,
            Small::Auxiliary => &self.grammar.auxiliaries,
            Small::Determiner => &self.grammar.determiners,
            Small::Parenthesis => &self.grammar.parentheses,
            Small::Past => &self.grammar.past,
            Small::Headline => &self.grammar.headline,
            Small::Ability => &self.grammar.ability,
        };
        token.kind == TokenKind::Word && words.contains(&token.norm)
    }

    /// True for "said", "reported", which hedge behind a form of be.
    pub fn is_hedged(&self, token: &Token) -> bool {
        self.hedged.contains(&token.norm)
    }

    /// Most tokens of a parenthesis, and between a value and its verb.
    pub fn reach(&self) -> usize {
        self.grammar.reach
    }

    /// Most tokens looked at on each side of a value, however long its sentence.
    pub fn window(&self) -> usize {
        self.grammar.window
    }

    /// Most tokens between a clause and the word that embeds it.
    pub fn embedder_reach(&self) -> usize {
        self.grammar.embedder_reach
    }

    /// The tables with their names, for the test of their examples.
    pub fn groups(&self) -> &[(&'static str, Group)] {
        &self.groups
    }
}

//! What the comparing stage is given: the documents of one story with their claims.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reprint::{Borrowed, Place, unit_at};
use crate::claim::{Claim, Statement};
use crate::document::Span;

/// One document of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its path, which joins all tables.
    pub document: String,
    /// Its outlet.
    pub source: String,
    /// Its day of publication.
    pub published: Option<Date>,
    /// The independent unit it belongs to: documents that copy each other share one.
    pub unit: u32,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// Where its sentences stand among the words that copies are recognised by.
    pub places: Vec<Place>,
    /// Its passages that are another unit's text, the earliest printed first.
    pub borrowed: Vec<Borrowed>,
}

impl Member {
    /// A passage as printed: that of a claim, or one or several sentences in a row; nothing for a span that is neither.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        let at = self.claims.partition_point(|claim| claim.span.start < span.start);
        let mut claims = self.claims[at..].iter().take_while(|claim| claim.span.start == span.start);
        if let Some(claim) = claims.find(|claim| claim.span == span) {
            return Cow::Borrowed(&claim.text);
        }
        let at = self.statements.partition_point(|statement| statement.span.start < span.start);
        let inside: Vec<&str> =
            self.statements[at..].iter().take_while(|s| s.span.end <= span.end).map(|s| s.text.as_str()).collect();
        match inside[..] {
            [only] => Cow::Borrowed(only),
            _ => Cow::Owned(inside.join(" ")),
        }
    }
}

/// The documents of one story, sorted by path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Begins with `s`; the same for the same first document.
    pub id: String,
    /// Its documents.
    pub members: Vec<Member>,
}

/// A claim or statement of a story, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// Index into [`Story::members`].
    pub member: u32,
    /// Index into its claims.
    pub claim: u32,
}

impl Story {
    /// The member a mention stands in.
    pub fn member(&self, mention: Mention) -> &Member {
        &self.members[mention.member as usize]
    }

    /// The claim at a mention.
    pub fn claim(&self, mention: Mention) -> &Claim {
        &self.member(mention).claims[mention.claim as usize]
    }

    /// All claims of the passage that a mention stands in, its own among them.
    pub fn passage(&self, mention: Mention) -> impl Iterator<Item = &Claim> {
        let (claims, start) = (&self.member(mention).claims, self.claim(mention).span.start);
        let from = claims.partition_point(|claim| claim.span.start < start);
        claims[from..].iter().take_while(move |claim| claim.span.start == start)
    }

    /// How many statements two members have together.
    pub fn length(&self, a: u32, b: u32) -> usize {
        [a, b].iter().map(|member| self.members[*member as usize].statements.len()).sum()
    }

    /// The independent unit that a passage of a member is evidence of: that of the document it is copied from, where it
    /// stands in a copied passage.
    pub fn unit_at(&self, member: u32, span: Span) -> u32 {
        let member = &self.members[member as usize];
        unit_at(&member.places, &member.borrowed, span).unwrap_or(member.unit)
    }

    /// The statement at a mention that counts statements.
    pub fn statement(&self, mention: Mention) -> &Statement {
        &self.member(mention).statements[mention.claim as usize]
    }

    /// The sentence of a mention, where it is a statement.
    pub fn sentence(&self, mention: Mention) -> Option<&Statement> {
        let statements = &self.member(mention).statements;
        let span = self.claim(mention).span;
        let at = statements.partition_point(|s| s.span.start < span.start);
        statements.get(at).filter(|s| s.span == span)
    }

    /// Whom the sentence of a mention names, as [`Statement::names`]; nobody where it is no statement.
    pub fn names(&self, mention: Mention) -> &[u32] {
        self.sentence(mention).map_or(&[], |sentence| &sentence.names)
    }

    /// All statements, in the order of documents and text.
    pub fn statements(&self) -> impl Iterator<Item = Mention> + '_ {
        (0..self.members.len() as u32).flat_map(|member| self.statements_of(member))
    }

    /// The statements of one member, in the order of its text.
    pub fn statements_of(&self, member: u32) -> impl Iterator<Item = Mention> + use<> {
        (0..self.members[member as usize].statements.len() as u32).map(move |claim| Mention { member, claim })
    }

    /// All mentions, in the order of documents and text.
    pub fn mentions(&self) -> impl Iterator<Item = Mention> + '_ {
        self.members.iter().enumerate().flat_map(|(member, m)| {
            (0..m.claims.len()).map(move |claim| Mention { member: member as u32, claim: claim as u32 })
        })
    }
}

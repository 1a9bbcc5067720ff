//! How an outlet works, told of each document by itself: described, and never part of the consistency score.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::compare::Book;
use crate::compare::value::compare_values;
use crate::compare::verdict::{Circumstances, judge};
use crate::comparison::Verdict;

/// `[conduct]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConductRules {
    /// What the rule is for.
    pub about: String,
    /// Words with which the line of a correction opens.
    pub opens: Vec<String>,
    /// Words by which a correction is known wherever they stand.
    pub anywhere: Vec<String>,
    /// Notices of correction.
    pub fires: Vec<String>,
    /// What is none.
    pub silent: Vec<String>,
}

/// How one document goes about its claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conduct {
    /// Mentions of claims of which somebody is named as saying them.
    pub attributed: u64,
    /// Whether it says that it was corrected.
    pub corrected: bool,
    /// Whether what its headline says stands against all that its body says of the same; nothing where the body says
    /// nothing of it. Set by [`headline_differs`], for it hangs on the rules of comparing.
    pub headline_differs: Option<bool>,
}

/// How a document goes about its claims.
pub fn conduct(text: &str, claims: &[Claim], rules: &ConductRules) -> Conduct {
    Conduct {
        attributed: claims.iter().filter(|claim| claim.speaker.is_some()).count() as u64,
        corrected: is_corrected(text, rules),
        headline_differs: None,
    }
}

/// Whether a text says that it was corrected.
pub fn is_corrected(text: &str, rules: &ConductRules) -> bool {
    let folded = text.to_ascii_lowercase();
    let opens = |line: &str| rules.opens.iter().any(|words| line.trim_start().starts_with(words.as_str()));
    let holds = |words: &String| memchr::memmem::find(folded.as_bytes(), words.as_bytes()).is_some();
    rules.anywhere.iter().any(holds) || folded.lines().any(opens)
}

/// The claims that [`headline_differs`] looks at: those of attributes that the headline gives a value of.
pub fn headlined(claims: &[Claim], title_lines: &[u32]) -> Vec<Claim> {
    let titled = claims.iter().filter(|claim| title_lines.contains(&claim.line) && is_typed(claim));
    let asked: Vec<&str> = titled.map(|claim| claim.attribute.as_str()).collect();
    claims.iter().filter(|claim| asked.contains(&claim.attribute.as_str())).cloned().collect()
}

/// Whether a value of the headline contradicts every value that the body gives for the same. `title_lines` are
/// counted from 1.
pub fn headline_differs(claims: &[Claim], title_lines: &[u32], book: &Book) -> Option<bool> {
    let titled = |claim: &Claim| title_lines.contains(&claim.line);
    let headline = claims.iter().filter(|claim| titled(claim) && is_typed(claim));
    let mut told = None;
    for claim in headline {
        let body = claims.iter().filter(|c| !titled(c) && c.attribute == claim.attribute);
        let mut verdicts = body.map(|other| {
            let comparison = compare_values(&claim.value, &other.value, book);
            judge(claim, other, comparison, Circumstances::default(), book.compare).verdict
        });
        let Some(first) = verdicts.next() else { continue };
        let differs = first == Verdict::Contradicts && verdicts.all(|verdict| verdict == Verdict::Contradicts);
        told = Some(told.unwrap_or(false) || differs);
    }
    told
}

/// Whether an attribute asks for the value; open words and quotations may be of anything.
fn is_typed(claim: &Claim) -> bool {
    !matches!(claim.attribute.as_str(), "open" | "quotation" | "role-holder" | "statement")
}

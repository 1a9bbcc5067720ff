//! Compares one story: every candidate pair of its mentions is asked the questions in order.
//!
//! A pure function of one group. It sees documents and units, never the name of a source.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::ages::are_of_other_ages;
use super::bearer::same_bearer;
use super::choir::keep_telling;
use super::clause::is_one_clause;
use super::condition::{same_thing, turns};
use super::confidence::{CONFIDENCE, Scales};
use super::crowd::{is_unasked, length};
use super::elsewhere::told_elsewhere;
use super::finding::{Finding, Passage};
use super::findings::{Findings, Gathered, Passages, passages};
use super::holder::compare_role_claims;
use super::kin::same_kin;
use super::leftover::{one_head, take_up};
use super::measured::{are_swapped, are_swapped_people, is_swapped, same_dated, same_located, same_measured};
use super::office::same_office;
use super::once::tell_once;
use super::rivals::{Pair, keep_rivals};
use super::slot::{Slot, slots};
use super::sum::{adds_up, are_converted};
use super::surest::{asked_for, is_surest};
use super::topic::same_topic;
use super::value::{compare_values, relate_values};
use super::verdict::{Circumstances, Judged, VerdictRules, judge};
use super::{Book, sentences, utterances};
use crate::claim::{Bound, Claim, Quantity, Value};
use crate::comparison::{Comparison, Relation, Verdict};
use crate::extract::attribute::{Attribute, SubjectOf};
use crate::extract::bearing::BEARING;
use crate::extract::kin::KIN;
use crate::extract::named::NAMED;
use crate::extract::route::ROUTE;
use crate::matching::alike::{is_borne_out, is_same_figure};
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;
use crate::matching::pairs::{Cut, claim_pairs};
use crate::matching::slot::{Miss, Subject, is_peculiar, like_company, of_other_kinds, same_subject};
use crate::text::fold;
use crate::text::stem::stem;

/// What comparing a story yields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The judged pairs, sorted by place; those that are not comparable only where the book asks
    /// for near misses.
    pub findings: Findings,
    /// The slots they make.
    pub slots: Vec<Slot>,
    /// How many pairs each rule turned down.
    pub turned_down: BTreeMap<String, u64>,
    /// What the caps on candidate pairs left out.
    pub cut: Cut,
}

/// Compares all candidate pairs of a story; a document that is alone in its story has none.
pub fn compare_story(story: &Story, book: &Book) -> Compared {
    if story.members.len() < 2 {
        return Compared::default();
    }
    let mut told = Told::new(story, book);
    claim_findings(story, book, &mut told);
    utterances::findings(story, book, &mut told);
    told.is_typed = true;
    sentences::findings(story, book, &mut told);
    let Told { findings, turned_down, cut, .. } = told;
    let findings = findings.sorted();
    let slots = slots(&findings);
    Compared { findings, slots, turned_down, cut }
}

/// What is found while a story's pairs are judged.
pub(super) struct Told<'s> {
    scales: Scales<'s>,
    findings: Gathered,
    turned_down: BTreeMap<String, u64>,
    /// What the caps on candidate pairs left out.
    pub cut: Cut,
    near_misses: bool,
    /// Whether all claims were compared, which goes before what sentences say.
    is_typed: bool,
    /// The passages of claims that contradict.
    typed: FxHashSet<Passages>,
}

impl<'s> Told<'s> {
    fn new(story: &'s Story, book: &'s Book) -> Self {
        Self {
            scales: Scales::new(story, book),
            findings: Gathered::default(),
            turned_down: BTreeMap::new(),
            cut: Cut::default(),
            near_misses: book.near_misses,
            is_typed: false,
            typed: FxHashSet::default(),
        }
    }

    /// Most pairs are turned down: they are counted, and made findings only where near misses are listed.
    pub fn take(&mut self, judged: Judged, finding: impl FnOnce(Judged) -> Finding) {
        if judged.verdict == Verdict::NotComparable {
            self.turn_down(&judged.rule);
            if !self.near_misses {
                return;
            }
        }
        self.add(finding(judged));
    }

    fn turn_down(&mut self, rule: &str) {
        match self.turned_down.get_mut(rule) {
            Some(count) => *count += 1,
            None => drop(self.turned_down.insert(rule.to_owned(), 1)),
        }
    }

    /// A finding beside the verdict on its pair. Sentences whose claims contradict do not contradict once more.
    pub fn add(&mut self, mut finding: Finding) {
        if finding.verdict == Verdict::Contradicts {
            if self.is_typed && self.typed.contains(&passages(&finding)) {
                return;
            }
            self.scales.weigh(&mut finding);
            if finding.verdict == Verdict::NotComparable {
                self.turn_down(CONFIDENCE);
                if !self.near_misses {
                    return;
                }
            } else if !self.is_typed {
                self.typed.insert(passages(&finding));
            }
        }
        self.findings.push(finding);
    }
}

fn claim_findings(story: &Story, book: &Book, told: &mut Told) {
    let mut identities = identities(story, book);
    let concepts = &book.extract.open.concepts;
    let candidates = claim_pairs(story, concepts, book.matching, &mut told.cut);
    let mut pairs: Vec<Pair> =
        candidates.into_iter().map(|(a, b)| judged_pair(story, a, b, &mut identities, book)).collect();
    keep_rivals(story, book, &mut pairs);
    take_up(story, book, &mut pairs);
    let asked = asked_for(story, &pairs);
    pairs.retain(|pair| is_surest(story, pair, &asked));
    tell_once(story, &mut pairs);
    let untold = keep_telling(&mut pairs, book.matching.pairs.story_agreements);
    told.cut.choirs += u64::from(untold > 0);
    told.cut.agreements += untold;
    for pair in pairs {
        told.take(pair.judged, |judged| finding(story, pair.a, pair.b, judged, String::new()));
    }
}

/// Numbers all entities of a story in the order of documents, so that identity hangs on nothing else.
fn identities(story: &Story, book: &Book) -> Identities {
    let mut identities = Identities::default();
    for entity in story.mentions().flat_map(|m| &story.claim(m).subject) {
        identities.number(entity, &book.compare.name);
    }
    identities
}

fn judged_pair(story: &Story, a: Mention, b: Mention, identities: &mut Identities, book: &Book) -> Pair {
    let (left, right) = (story.claim(a), story.claim(b));
    let missed = same_slot(left, right, identities, book).err().filter(|miss| !is_one_figure(left, right, miss, book));
    let apart = matches!(missed, Some(Miss::Apart(_)));
    let mut judged = match missed {
        Some(_) if !book.near_misses => Judged::not_comparable(left.kind, "same-slot", ""),
        Some(miss) => Judged::not_comparable(left.kind, "same-slot", miss.why(left, right)),
        None => judge_values(story, a, b, book),
    };
    if judged.verdict == Verdict::NotComparable && !book.near_misses {
        // Nobody is told the reason of a pair that is only counted; a dense story has many.
        judged.why = String::new();
    }
    Pair { a, b, judged, apart }
}

/// Equal values need less company than two that differ, and peculiar ones none.
fn is_one_figure(a: &Claim, b: &Claim, miss: &Miss, book: &Book) -> bool {
    let rules = &book.matching.alike;
    let borne_out = || is_borne_out(a, b, || relate_values(&a.value, &b.value, book), rules);
    (matches!(miss, Miss::Apart(_)) || is_same_figure(a, b, rules)) && borne_out()
}

pub(super) fn judge_values(story: &Story, a: Mention, b: Mention, book: &Book) -> Judged {
    let (left, right) = (story.claim(a), story.claim(b));
    let roles = compare_role_claims(story, a, b, book);
    let mut comparison = roles.unwrap_or_else(|| compare_values(&left.value, &right.value, book));
    if comparison.relation == Relation::Incompatible && print_one_name(left, right, book) {
        comparison =
            Comparison { relation: Relation::Unknown, why: "one of them prints a surname alone".into(), ..comparison };
    }
    let around = circumstances(story, a, b, comparison.relation, book);
    let judged = judge(left, right, comparison, around, book.compare);
    if judged.verdict.opposes() && are_converted(story, a, b) {
        let why = "one amount in another currency, converted by each";
        return Judged::not_comparable(left.kind, "same-slot", why);
    }
    if judged.verdict.opposes() && adds_up(story, a, b) {
        return Judged::not_comparable(
            left.kind,
            "sum",
            "with what is counted beside it, the smaller comes to the other",
        );
    }
    judged
}

/// "Mr Kim", "Kim Jong-il": whom a surname alone stands for was inferred.
fn print_one_name(a: &Claim, b: &Claim, book: &Book) -> bool {
    let titles = &book.compare.wording.grammar.titles;
    let name = |claim: &Claim| -> Option<Vec<CompactString>> {
        claim.value.as_name()?;
        let words = super::words(claim.printed()).into_iter().filter(|t| t.is_wordlike());
        Some(words.filter(|t| !titles.contains(t.norm.trim_end_matches('.'))).map(|t| t.norm).collect())
    };
    let (Some(x), Some(y)) = (name(a), name(b)) else { return false };
    x.len().min(y.len()) == 1 && x.last() == y.last()
}

fn same_slot(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    let topic = || same_topic(a, b, &book.matching.topic);
    match a.attribute.as_str() {
        "open" => topic().and_then(|()| one_doer(a, b, identities, book)).and_then(|()| same_distinct(a, b, book)),
        "role-holder" => Ok(()),
        "office" => same_office(a, b, book),
        NAMED => two_spellings(a, b, book),
        "measured" => topic().and_then(|()| same_measured(a, b, identities, book)),
        "dated" => same_dated(a, b, identities, book),
        "located" => same_located(a, b, identities, book),
        BEARING if !one_head(a, b, book) => Err(Miss::Another("of another thing".into())),
        BEARING | ROUTE => Err(Miss::Apart("known by what else is told alike".into())),
        KIN => same_kin(a, b, identities, book),
        "age" => same_bearer(a, b, identities, book),
        id if book.extract.opposite.contains_key(id) => same_thing(a, b, identities, book),
        id if book.extract.contrast.contains_key(id) => {
            let company = || match book.extract.contrast[id].clause {
                true if is_one_clause(a, b, book) => Ok(()),
                true => Err(Miss::Apart("what is told behind them differs".into())),
                false => like_company(a, b, &book.matching.contrast),
            };
            topic().and_then(|()| one_doer(a, b, identities, book)).and_then(|()| company())
        }
        attribute => {
            let rule = book.extract.attribute(attribute);
            let of = rule.map_or(SubjectOf::Event, |rule| {
                if rule.keyed || rule.persons { SubjectOf::Object } else { rule.subject }
            });
            if of == SubjectOf::Event && matches!(a.value, Value::When(_)) && !rule.is_some_and(|r| r.single) {
                return like_company(a, b, &book.matching.event_time);
            }
            if matches!(a.value, Value::Quantity(_)) && are_of_other_ages(a, b) {
                return Err(Miss::Another("of another person".into()));
            }
            if are_swapped(a, b, book) {
                return Ok(());
            }
            match same_subject(a, b, of, identities, &book.compare.name) {
                // A story has one concession: whoever concedes.
                Err(Subject::Untold) if rule.is_some_and(|r| r.single) => Ok(()),
                Err(Subject::Untold) => like_company(a, b, &book.matching.open),
                Err(Subject::Another(_)) if of_other_kinds(a, b) => like_company(a, b, &book.matching.open),
                Err(Subject::Another(why)) => Err(Miss::Another(why)),
                Ok(()) => Ok(()),
            }
        }
    }
}

/// Names are compared for their spelling alone: one name in one writing tells nothing, two names neither.
fn two_spellings(a: &Claim, b: &Claim, book: &Book) -> Result<(), Miss> {
    let another = |why: &'static str| Err(Miss::Another(why.into()));
    let (Value::Name(x), Value::Name(y)) = (&a.value, &b.value) else { return another("no names") };
    let alike = x.name.split_whitespace().count() == y.name.split_whitespace().count();
    let spelt = match relate_values(&a.value, &b.value, book) {
        Relation::Variant => true,
        // Accents: Szabo, Szabó.
        Relation::Same => fold(&x.name) != fold(&y.name) && letters(&x.name) == letters(&y.name),
        _ => false,
    };
    if alike && (spelt || have_other_middles(&x.name, &y.name)) {
        Ok(())
    } else {
        another("no two spellings of one name")
    }
}

/// "Thomas Edward Holm" beside "Thomas Eric Holm": one person of a story, and one of the two middle names a slip. An
/// initial, or a short form of the other, is neither.
fn have_other_middles(a: &str, b: &str) -> bool {
    const LEAST: usize = 3;
    let [x, y] = [a, b].map(|name| name.split_whitespace().map(fold).collect::<Vec<_>>());
    let ([first, middle, last], [given, between, surname]) = (x.as_slice(), y.as_slice()) else { return false };
    let short = letters(middle).min(letters(between)) < LEAST;
    let of_other = middle.starts_with(between.as_str()) || between.starts_with(middle.as_str());
    first == given && last == surname && !short && !of_other
}

/// How many letters a name has.
fn letters(name: &str) -> usize {
    name.chars().filter(|c| c.is_alphabetic()).count()
}

/// Like company; or the very same value, when it is too peculiar to be two outlets' chance.
fn same_distinct(a: &Claim, b: &Claim, book: &Book) -> Result<(), Miss> {
    like_company(a, b, &book.matching.open).or_else(|why| {
        let same = || relate_values(&a.value, &b.value, book) == Relation::Same;
        if is_peculiar(a, &book.matching.open) && same() { Ok(()) } else { Err(why) }
    })
}

/// What two doers are told to do is told of two things.
fn one_doer(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    match same_subject(a, b, SubjectOf::Agent, identities, &book.compare.name) {
        Err(Subject::Another(why)) if !of_other_kinds(a, b) => Err(Miss::Another(why)),
        _ => Ok(()),
    }
}

fn circumstances(story: &Story, a: Mention, b: Mention, relation: Relation, book: &Book) -> Circumstances {
    let rule = book.extract.attribute(&story.claim(a).attribute);
    let published = |m: Mention| story.member(m).published;
    let days_apart = published(a).zip(published(b)).map(|(x, y)| (y - x).get_days());
    let told = |of: fn(&Attribute) -> bool| rule.is_some_and(of);
    let (rises, changes, many) = (told(|r| r.rises), told(|r| r.changes), told(|r| r.many));
    let (single, years) = (told(|r| r.single), told(|r| r.years));
    let other_things = count_other_things(story.claim(a), story.claim(b), rule, book);
    let story_days = book.compare.verdict.story_days;
    let told_of_one = !bounds(story.claim(a), story.claim(b))
        && is_borne_out(story.claim(a), story.claim(b), || relation, &book.matching.alike);
    let one_past = !told_of_one && is_past(story, a, story_days) != is_past(story, b, story_days);
    let unasked = is_unasked(story.claim(a)) || book.extract.contrast.contains_key(story.claim(a).attribute.as_str());
    let swapped = || are_swapped(story.claim(a), story.claim(b), book);
    let both_remote = told_of_one || both_remote(story, a, b, relation, &book.compare.verdict) || swapped();
    let turns = turns(story.claim(a), book);
    let elsewhere = relation == Relation::Incompatible && told_elsewhere(story, a, b, book);
    Circumstances {
        days_apart,
        rises,
        changes,
        many,
        single,
        years,
        other_things,
        both_remote,
        one_past,
        elsewhere,
        unasked,
        turns,
        long: length(story, a, b, &book.compare.crowd) > 0,
    }
}

/// Whether one of two figures only bounds what is meant, "at least 17": the figure of some other year keeps to it as well.
fn bounds(a: &Claim, b: &Claim) -> bool {
    let is_bound = |claim: &Claim| match &claim.value {
        Value::Quantity(quantity) => matches!(quantity.bound, Bound::AtLeast | Bound::AtMost),
        _ => false,
    };
    is_bound(a) != is_bound(b)
}

/// Whether a claim's sentence tells of a time well before its report.
fn is_past(story: &Story, mention: Mention, story_days: i32) -> bool {
    let told = story.claim(mention).time.as_ref().and_then(|time| time.days);
    told.zip(story.member(mention).published).is_some_and(|((_, last), day)| (day - last).get_days() > story_days)
}

/// Children killed are some of the people killed; nouns that count anybody count the same.
fn count_other_things(a: &Claim, b: &Claim, rule: Option<&Attribute>, book: &Book) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    if is_swapped(x, y, book) || are_swapped_people(x, y, book) {
        return false;
    }
    let generic = &book.compare.verdict.generic_counts;
    let whole = |q: &Quantity| rule.is_some_and(|rule| rule.whole.iter().any(|noun| *noun == q.counted));
    if whole(x) && whole(y) {
        return false;
    }
    // "14 people injured" may count people or injured.
    let asked = |noun: &str| rule.is_some_and(|rule| rule.nouns.iter().any(|anchor| anchor == noun));
    let told = |q: &Quantity| !q.counted.is_empty() && !generic.contains(&q.counted) && !asked(&q.counted);
    let concept = |q: &Quantity| CompactString::new(book.extract.open.concepts.of(&stem(&q.counted)));
    concept(x) != concept(y) && (told(x) || told(y))
}

/// Whether the document of the claim that is not told of long ago tells of the other's time elsewhere: shortly before it,
/// where the two cannot both be true.
fn both_remote(story: &Story, a: Mention, b: Mention, relation: Relation, rules: &VerdictRules) -> bool {
    let (day, other) = match (story.claim(a).remote, story.claim(b).remote) {
        (Some(day), None) => (day, b),
        (None, Some(day)) => (day, a),
        _ => return false,
    };
    // What gives a time of its own is not of that time.
    if story.claim(other).time.is_some() {
        return false;
    }
    let start = story.claim(other).span.start;
    let before = |c: &Claim| c.span.start <= start && start - c.span.start <= rules.remote_bytes;
    // How old somebody is stands beside whatever is told of him.
    let anywhere = relation != Relation::Incompatible || story.claim(other).attribute == "age";
    let near = |c: &&Claim| anywhere || before(c);
    let days = story.member(other).claims.iter().filter(near).filter_map(|c| c.remote);
    days.into_iter().any(|d| (d - day).get_days().abs() <= rules.story_days)
}

pub(super) fn finding(story: &Story, a: Mention, b: Mention, judged: Judged, diff: String) -> Finding {
    let (left, right) = (story.claim(a), story.claim(b));
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: left.attribute.clone(),
        a: Passage::of_claim(a.member, left),
        b: Passage::of_claim(b.member, right),
        diff,
        rule: judged.rule.into(),
        why: judged.why,
        overtaken: judged.overtaken,
        confidence: None,
    }
}

#[cfg(test)]
pub(super) mod tests;

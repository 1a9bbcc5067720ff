//! Whether a clause that two sentences share contradicts: by the comparison of sentences, by another noun where all
//! else is alike, or by another name for one bearer of a role.

use std::ops::Range;

use super::hard::Hard;
use super::{Clause, Pair};
use crate::claim::{Kind, Location};
use crate::compare::align::{Run, align};
use crate::compare::difference::{Difference, Finding};
use crate::compare::pairing;
use crate::compare::place::compare_locations;
use crate::compare::relate::are_of_one_sort;
use crate::compare::spaced;
use crate::compare::statement::{StatementComparison, compare_aligned};
use crate::comparison::{Comparison, Relation};
use crate::lexicon::{Part, WordRelation};
use crate::text::{Token, is_party_tag};

impl Pair<'_> {
    /// The clause judged by itself, where that makes it a contradiction.
    pub(super) fn judge(&self, clause: &Clause) -> Option<StatementComparison> {
        let whole = &clause.whole;
        let (a, b) = (&self.a[whole.a.clone()], &self.b[whole.b.clone()]);
        let rules = self.wording();
        let judged = compare_aligned(a, b, align(a, b, &rules.align), rules, self.lexicon);
        let pending = |tokens: &[Token]| tokens.iter().any(|t| self.limits().pending.contains(&t.norm));
        let excused = judged.differences.iter().any(|f| match f.difference {
            // Who is placed beside whom is no difference: a club may name two players in like words.
            Difference::Name => !self.wording().grammar.is_place(a, f.run.a.start) || self.modifies(a, &f.run.a),
            Difference::Place => self.may_be_one_place(&a[f.run.a.clone()], &b[f.run.b.clone()]),
            // Whoever said one thing on Tuesday announced another on Wednesday.
            Difference::Weekday | Difference::Date => {
                self.is_day_of_telling(a, &f.run.a) || self.is_day_of_telling(b, &f.run.b)
            }
            _ => false,
        });
        if excused || pending(a) || pending(b) {
            return None;
        }
        if judged.comparison.relation != Relation::Incompatible {
            return self.other_thing(clause);
        }
        let shifted = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
        let place = |f: &Finding| Run { a: shifted(&f.run.a, whole.a.start), b: shifted(&f.run.b, whole.b.start) };
        let differences = judged.differences.iter().map(|f| Finding { run: place(f), ..f.clone() }).collect();
        Some(StatementComparison { differences, alignment: self.alignment.clone(), ..judged })
    }

    /// "The minister *announced* Tuesday": a day behind the word for somebody's telling.
    fn is_day_of_telling(&self, tokens: &[Token], run: &Range<usize>) -> bool {
        let small = |at: &usize| !self.wording().align.is_content(&tokens[*at]);
        let before = (0..run.start).rev().find(|at| !small(at));
        before.is_some_and(|at| self.limits().tellings.contains(&tokens[at].norm))
    }

    /// "About 200 people attended a vigil in the square on Thursday for those who died" beside the same of a concert:
    /// where so much is alike, another noun is another thing.
    fn other_thing(&self, clause: &Clause) -> Option<StatementComparison> {
        let (x, y) = (self.head(self.a, &clause.run.a)?, self.head(self.b, &clause.run.b)?);
        let lexicon = self.lexicon;
        let related = lexicon.relation(&x.norm, &y.norm);
        let apart = matches!(related, Some(WordRelation::CoHyponym | WordRelation::Unrelated))
            && !are_of_one_sort(&x.norm, &y.norm, lexicon);
        let person = |token: &Token| lexicon.topic(&token.norm) == Some("person");
        // Youths and rioters may be the same people.
        let persons = person(x) || person(y);
        let kind = if self.is_site(clause.run.a.start) { Kind::Venue } else { Kind::EventTerm };
        // "The school" may be another word for the university; "a concert" is none for a vigil.
        let told = self.is_indefinite(self.a, &clause.run.a) && self.is_indefinite(self.b, &clause.run.b);
        (apart && told && !persons && clause.shared >= self.limits().strong).then(|| StatementComparison {
            comparison: Comparison::new(
                Relation::Incompatible,
                "other_thing",
                format!("{} against {} in a clause that is alike but for them", x.norm, y.norm),
            ),
            kind,
            risk: self.wording().risk(Difference::Content),
            alignment: self.alignment.clone(),
            differences: vec![Finding { run: clause.run.clone(), difference: Difference::Content }],
        })
    }

    /// "The ferry's captain, Olsen, was among those rescued": one bearer of a role, under two names.
    pub(super) fn apposed(&self, hard: &Hard, telling: &[usize]) -> Option<StatementComparison> {
        let set_off = |at: &&usize| self.is_set_off(hard.run(**at)) && !self.is_tagged(hard.run(**at));
        let set_off = || telling.iter().filter(set_off).filter(|at| self.may_be_apposed(hard.run(**at)));
        // What differs need not be asked where no run sets a name against a name.
        if !set_off().any(|at| self.may_name_two(hard.run(*at))) {
            return None;
        }
        let run = hard.run(*set_off().find(|at| hard.is(**at) && self.is_apposed(hard, **at))?);
        let found = pairing::all(self.a, self.b, std::slice::from_ref(run), self.wording(), self.lexicon);
        let [finding] = &found[..] else { return None };
        let (x, y) = (spaced(&self.a[run.a.clone()]), spaced(&self.b[run.b.clone()]));
        let why = format!("one described alike, named {x} and {y}");
        (finding.difference == Difference::Name).then(|| StatementComparison {
            comparison: Comparison::new(Relation::Incompatible, "apposed", why),
            kind: Kind::Person,
            risk: self.wording().risk(Difference::Name),
            alignment: self.alignment.clone(),
            differences: found.clone(),
        })
    }

    /// "R-Ariz." against "Arizona Republican": of which party somebody is.
    fn is_tagged(&self, run: &Run) -> bool {
        self.a[run.a.clone()].iter().chain(&self.b[run.b.clone()]).any(is_party_tag)
    }

    /// False where no determined noun stands before the commas around a run, or nothing behind them, whatever else differs.
    fn may_be_apposed(&self, run: &Run) -> bool {
        self.clauses().is_described(&self.a[..run.a.start - 1]) && self.content(&self.a[run.a.end + 1..]) > 0
    }

    /// False where one of the two has something else than one name.
    fn may_name_two(&self, run: &Run) -> bool {
        self.clauses().may_be_name(&self.a[run.a.clone()]) && self.clauses().may_be_name(&self.b[run.b.clone()])
    }

    /// A determined noun before the commas around a run, and more in common behind them.
    fn is_apposed(&self, hard: &Hard, at: usize) -> bool {
        let run = hard.run(at);
        let from = hard.before(at).map_or(0, |before| before.a.end);
        let end = hard.behind(at).map_or(self.a.len(), |next| next.a.start);
        let noun = &self.a[from..run.a.start.saturating_sub(1).max(from)];
        self.clauses().is_described(noun) && self.content(&self.a[(run.a.end + 1).min(end)..end]) > 0
    }

    /// A town and its country.
    fn may_be_one_place(&self, a: &[Token], b: &[Token]) -> bool {
        let place =
            |tokens| Location { name: spaced(tokens).into(), class: "".into(), named: true, inside: Vec::new() };
        let compared = compare_locations(&place(a), &place(b), self.gazetteer, &self.rules.place);
        compared.relation != Relation::Incompatible
    }

    /// Whether the words from `start` on tell where something is, or where it goes.
    fn is_site(&self, start: usize) -> bool {
        let before = (0..start).rev().find(|at| !self.limits().determiners.contains(&self.a[*at].norm));
        let goes = before.is_some_and(|at| self.limits().destinations.contains(&self.a[at].norm));
        goes || self.wording().grammar.is_place(self.a, start)
    }

    /// "A concert", and no "string of".
    fn is_indefinite(&self, tokens: &[Token], run: &Range<usize>) -> bool {
        let article = |at: usize| tokens[at].is("a") || tokens[at].is("an");
        let opened = article(run.start) || run.start.checked_sub(1).is_some_and(article);
        opened && tokens.get(run.end).is_none_or(|t| !t.is("of"))
    }

    /// "At a *Vancouver* party": a name before what it describes.
    fn modifies(&self, tokens: &[Token], run: &Range<usize>) -> bool {
        tokens.get(run.end).is_some_and(|t| self.wording().align.is_content(t))
    }

    /// The noun that a few words end with, where they are no names.
    fn head<'t>(&self, tokens: &'t [Token], run: &Range<usize>) -> Option<&'t Token> {
        let last = tokens[run.clone()].iter().rfind(|t| self.wording().align.is_content(t))?;
        let lexicon = self.lexicon;
        let noun = !last.is_capitalised() && lexicon.part(&last.norm) == Some(Part::Noun);
        noun.then_some(last)
    }
}

//! Time between two documents: look-alikes of two days are two events, and a sequel recalls the day of what it follows.

use super::story::StoryRules;
use super::weighed::Weighed;

/// Look-alikes: reported days apart, happened days apart, and each opens with somebody whom the
/// other names in passing at most. Reports of one day that name two days for it disagree, and a
/// sequel opens with the names of what it follows, or tells its day.
pub(super) fn tell_two_events(documents: &Weighed, a: u32, b: u32, rules: &StoryRules) -> bool {
    apart(documents.day(a), documents.day(b)) >= rules.reports_apart
        && apart(documents.event(a), documents.event(b)) >= rules.events_apart
        && opens_alone(documents, a, b)
        && opens_alone(documents, b, a)
        && !recalls(documents, a, b)
}

/// Whether the later of two documents tells the day of the event that the earlier reported.
pub(super) fn recalls(documents: &Weighed, a: u32, b: u32) -> bool {
    let (earlier, later) = if documents.day(a) <= documents.day(b) { (a, b) } else { (b, a) };
    let tells = |day: i32| documents.told(later).binary_search(&day).is_ok();
    documents.day(earlier).is_some() && documents.event(earlier).is_some_and(tells)
}

/// Whether one document opens with a name that the other has once and not in its lead, or nowhere.
fn opens_alone(documents: &Weighed, one: u32, other: u32) -> bool {
    documents.head(one).iter().any(|key| !documents.stresses(other, *key))
}

/// Days between two days, 0 where one is not known.
pub(super) fn apart(x: Option<i32>, y: Option<i32>) -> i32 {
    x.zip(y).map_or(0, |(x, y)| x.abs_diff(y) as i32)
}

#[cfg(test)]
mod tests {
    use super::super::signature::Signature;
    use super::super::signatures::Signatures;
    use super::super::weighed::weigh;
    use super::*;

    #[test]
    fn the_later_recalls_the_day_of_the_earlier() {
        let report = |day: Option<i32>, event: Option<i32>, told: &[i32]| Signature {
            day,
            event,
            told: told.to_vec(),
            ..Signature::default()
        };
        let first = report(Some(10), Some(9), &[9]);
        for (second, expected) in [
            (report(Some(40), Some(39), &[9, 39]), true),
            (report(Some(40), Some(39), &[39]), false),
            (report(Some(40), None, &[10]), false),
            (report(None, Some(9), &[9]), false),
        ] {
            let told = second.told.clone();
            let both = weigh(Signatures::of([first.clone(), second]).unwrap(), 1000.0).unwrap();
            assert_eq!((recalls(&both, 0, 1), recalls(&both, 1, 0)), (expected, expected), "{told:?}");
        }
    }
}

//! Time between two documents: look-alikes of two days are two events, and a sequel recalls the day of what it follows.

use super::story::StoryRules;
use super::weighed::Weighed;

/// Look-alikes: reported days apart, happened days apart, and each opens with somebody whom the
/// other names in passing at most. Reports of one day that name two days for it disagree, and a
/// sequel opens with the names of what it follows, or tells its day.
pub(super) fn tell_two_events(left: &Weighed, right: &Weighed, rules: &StoryRules) -> bool {
    apart(left.day, right.day) >= rules.reports_apart
        && apart(left.event, right.event) >= rules.events_apart
        && opens_alone(left, right)
        && opens_alone(right, left)
        && !recalls(left, right)
}

/// Whether the later of two documents tells the day of the event that the earlier reported.
pub(super) fn recalls(left: &Weighed, right: &Weighed) -> bool {
    let (earlier, later) = if left.day <= right.day { (left, right) } else { (right, left) };
    earlier.day.is_some() && earlier.event.is_some_and(|day| later.told.binary_search(&day).is_ok())
}

/// Whether one document opens with a name that the other has once and not in its lead, or nowhere.
fn opens_alone(one: &Weighed, other: &Weighed) -> bool {
    one.head.iter().any(|key| !other.stresses(*key))
}

/// Days between two days, 0 where one is not known.
pub(super) fn apart(x: Option<i32>, y: Option<i32>) -> i32 {
    x.zip(y).map_or(0, |(x, y)| x.abs_diff(y) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_recalls_the_day_of_the_earlier() {
        let report = |day: Option<i32>, event: Option<i32>, told: &[i32]| {
            let mut report = Weighed::named(day, 1);
            (report.event, report.told) = (event, told.to_vec());
            report
        };
        let first = report(Some(10), Some(9), &[9]);
        for (second, expected) in [
            (report(Some(40), Some(39), &[9, 39]), true),
            (report(Some(40), Some(39), &[39]), false),
            (report(Some(40), None, &[10]), false),
            (report(None, Some(9), &[9]), false),
        ] {
            assert_eq!((recalls(&first, &second), recalls(&second, &first)), (expected, expected), "{:?}", second.told);
        }
    }
}

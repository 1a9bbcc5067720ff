//! The day of the event a document tells of: what keeps two look-alikes apart that one region,
//! one outlet's wording and one week share.

use jiff::civil::Date;

use super::signature::{SignatureRules, days_since_epoch};
use crate::claim::{Claim, Value, When};
use crate::document::Published;
use crate::reading::Reading;

/// The first day that the head of a document tells of, as days since 1970-01-01: neither long
/// before the document nor ahead of it. `None` where no single day is told.
pub fn event_day(
    reading: &Reading,
    published: Option<Published>,
    claims: &[Claim],
    rules: &SignatureRules,
) -> Option<i32> {
    let end = reading.sentences.iter().take(rules.event_sentences).next_back()?.span.end;
    let head = claims.iter().filter(|claim| claim.span.start < end && claim.remote.is_none());
    let past = |day: &Date| published.is_none_or(|p| *day <= p.date);
    let told = head.filter_map(|claim| Some((claim.span.start, day_of(claim)?))).filter(|(_, day)| past(day));
    told.min().map(|(_, day)| days_since_epoch(day))
}

/// All single days until the document's own that its claims tell of, sorted: a later report of an affair recalls the
/// day that it began on.
pub fn told_days(published: Option<Published>, claims: &[Claim]) -> Vec<i32> {
    let past = |day: &Date| published.is_none_or(|p| *day <= p.date);
    let mut told: Vec<i32> = claims.iter().filter_map(day_of).filter(past).map(days_since_epoch).collect();
    told.sort_unstable();
    told.dedup();
    told.shrink_to_fit();
    told
}

/// The single day that a claim gives, as its value or as the time of what it tells.
fn day_of(claim: &Claim) -> Option<Date> {
    let single = |when: &When| when.days.filter(|(first, last)| first == last).map(|(day, _)| day);
    let value = match &claim.value {
        Value::When(when) => single(when),
        _ => None,
    };
    value.or_else(|| claim.time.as_ref().and_then(single))
}

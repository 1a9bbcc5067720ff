//! Plots as SVG. Positions are attributes and looks are classes, so the page needs no inline style. Widths are shares of the
//! screen's and texts keep their size: a phone shows the same plot, only narrower.

use std::fmt::Display;

use super::markup::Markup;
use crate::report::stored::StoredRow;

/// Pixels from one row to the next: a line of text, and what is drawn below it.
const ROW: f64 = 40.0;
/// From the top of a row to the middle of what is drawn.
const DRAWN: f64 = 25.0;
/// Room for the numbers below.
const AXIS: f64 = 22.0;
/// Where 0 lies, and how much a point of 100 takes, in percent of the width.
const LEFT: f64 = 1.0;
const SCALE: f64 = 0.98;

/// Scores with their intervals, a row a source.
pub fn dots(page: &mut Markup, sources: &[&StoredRow]) {
    figure(page, sources.len(), "Consistency score of each source with its 95 % interval", |svg| {
        for (nth, source) in sources.iter().enumerate() {
            dot(svg, source, nth);
        }
    });
}

fn dot(svg: &mut Markup, source: &StoredRow, nth: usize) {
    let score = source.number("consistency_score").unwrap_or_default();
    let low = source.number("consistency_low").unwrap_or(score);
    let high = source.number("consistency_high").unwrap_or(score);
    let told = format!("{score:.1}  [{low:.0}–{high:.0}]  n {}", source.text("comparable_slots"));
    texts(svg, nth, source.text("source"), &told);
    let y = top(nth) + DRAWN;
    svg.void(
        "line",
        &[("x1", &Share(x(low))), ("x2", &Share(x(high))), ("y1", &y), ("y2", &y), ("class", &"interval")],
    );
    svg.void("circle", &[("cx", &Share(x(score))), ("cy", &y), ("r", &5), ("class", &"dot")]);
}

/// Bars from 0 to 100, a row each: name, length, and what is written beside it.
pub fn bars(page: &mut Markup, title: &str, rows: &[(String, f64, String)]) {
    figure(page, rows.len(), title, |svg| {
        for (nth, (named, length, told)) in rows.iter().enumerate() {
            texts(svg, nth, named, told);
            bar(svg, 0.0, *length, nth, "bar");
        }
    });
}

/// From 100 down to the score: each step begins where the one before ended.
pub fn waterfall(page: &mut Markup, title: &str, steps: &[(&str, f64)], score: f64) {
    figure(page, steps.len() + 2, title, |svg| {
        step(svg, "begins with", (0.0, 100.0), 0, "bar", "100");
        let mut at = 100.0;
        for (nth, (named, lost)) in steps.iter().enumerate() {
            let class = if *lost > 0.0 { "loss" } else { "gain" };
            step(svg, named, (at - lost, at), nth + 1, class, &format!("{:+.2}", -lost));
            at -= lost;
        }
        step(svg, "consistency score", (0.0, score), steps.len() + 1, "bar", &format!("{score:.2}"));
    });
}

fn step(svg: &mut Markup, named: &str, (from, to): (f64, f64), nth: usize, class: &'static str, told: &str) {
    texts(svg, nth, named, told);
    bar(svg, from.min(to), from.max(to), nth, class);
}

fn figure(page: &mut Markup, rows: usize, title: &str, inside: impl FnOnce(&mut Markup)) {
    let bottom = top(rows);
    let height = bottom + AXIS;
    let attributes: &[(&'static str, &dyn Display)] =
        &[("width", &"100%"), ("height", &height), ("role", &"img"), ("aria-label", &title), ("class", &"plot")];
    page.tag("svg", attributes, |svg| {
        svg.text_tag("title", "", title);
        axis(svg, bottom);
        inside(svg);
    });
    page.line();
}

fn axis(svg: &mut Markup, bottom: f64) {
    for (points, class) in [(0, "first"), (25, "tick"), (50, "tick"), (75, "tick"), (100, "last")] {
        let at = Share(x(f64::from(points)));
        svg.void("line", &[("x1", &at), ("x2", &at), ("y1", &0), ("y2", &bottom), ("class", &"grid")]);
        label(svg, &at, bottom + AXIS * 0.7, class, &points.to_string());
    }
}

/// What a row is about on the left, its figures on the right.
fn texts(svg: &mut Markup, nth: usize, name: &str, told: &str) {
    let y = top(nth) + 13.0;
    let shown = match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    };
    label(svg, &Share(LEFT), y, "name", &shown);
    label(svg, &Share(x(100.0)), y, "figures", told);
}

/// Characters of a name that leave room for figures on a phone.
const LONGEST: usize = 24;

fn bar(svg: &mut Markup, from: f64, to: f64, nth: usize, class: &'static str) {
    const HEIGHT: f64 = 12.0;
    let (left, width) = (x(from), (x(to) - x(from)).max(0.1));
    let y = top(nth) + DRAWN - HEIGHT / 2.0;
    svg.void(
        "rect",
        &[("x", &Share(left)), ("y", &y), ("width", &Share(width)), ("height", &HEIGHT), ("class", &class)],
    );
}

fn label(svg: &mut Markup, x: &Share, y: f64, class: &'static str, text: &str) {
    svg.tag("text", &[("x", x), ("y", &y), ("class", &class)], |inside| inside.text(text));
}

/// The top of the `nth` row.
fn top(nth: usize) -> f64 {
    ROW * count(nth)
}

/// Where `points` of 100 lie, in percent of the width; what is out of bounds is drawn at the bound.
fn x(points: f64) -> f64 {
    let points = if points.is_finite() { points.clamp(0.0, 100.0) } else { 0.0 };
    LEFT + points * SCALE
}

/// A share of the width, to a tenth of a percent.
struct Share(f64);

impl Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", (self.0 * 10.0).round() / 10.0)
    }
}

fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_a_waterfall_meet() {
        let mut page = Markup::default();
        waterfall(&mut page, "t", &[("numbers", 10.0), ("small samples", -4.0)], 94.0);
        let page = page.into_string();
        let (at_90, to_94) = (Share(x(90.0)), Share(x(94.0) - x(0.0)));
        assert!(page.contains(&format!("x=\"{at_90}\" y=\"59\" width=\"9.8%\"")), "{page}");
        assert!(page.contains("-10.00") && page.contains("+4.00"));
        assert!(page.contains(&format!("width=\"{to_94}\"")), "{page}");
    }

    #[test]
    fn out_of_bounds_is_drawn_at_the_bound() {
        assert!(
            (x(-5.0) - x(0.0)).abs() < 1e-9 && (x(f64::NAN) - x(0.0)).abs() < 1e-9 && (x(1e9) - x(100.0)).abs() < 1e-9
        );
    }
}

//! Plots as SVG. Positions are attributes and looks are classes, so the page needs no inline style.

use std::fmt::Display;

use super::markup::Markup;
use crate::report::stored::StoredRow;

const ROW: f64 = 26.0;
const LEFT: f64 = 190.0;
const WIDTH: f64 = 940.0;
/// Pixels a point of 100 takes.
const SCALE: f64 = 5.4;

/// Scores with their intervals, a row a source.
pub fn dots(page: &mut Markup, sources: &[&StoredRow]) {
    let height = ROW * (count(sources.len()) + 1.5);
    figure(page, height, "Consistency score of each source with its 95 % interval", |svg| {
        axis(svg, height - ROW);
        for (nth, source) in sources.iter().enumerate() {
            dot(svg, source, ROW * (count(nth) + 0.8));
        }
    });
}

fn dot(svg: &mut Markup, source: &StoredRow, y: f64) {
    let score = source.number("consistency_score").unwrap_or_default();
    let low = source.number("consistency_low").unwrap_or(score);
    let high = source.number("consistency_high").unwrap_or(score);
    name(svg, source.text("source"), y);
    svg.void(
        "line",
        &[("x1", &Px(x(low))), ("x2", &Px(x(high))), ("y1", &Px(y)), ("y2", &Px(y)), ("class", &"interval")],
    );
    svg.void("circle", &[("cx", &Px(x(score))), ("cy", &Px(y)), ("r", &5), ("class", &"dot")]);
    let told = format!("{score:.1}  [{low:.0}–{high:.0}]  n {}", source.text("comparable_slots"));
    label(svg, x(100.0) + 12.0, y, "", &told);
}

/// Bars from 0 to 100, a row each: name, length, and what is written behind it.
pub fn bars(page: &mut Markup, title: &str, rows: &[(String, f64, String)]) {
    let height = ROW * (count(rows.len()) + 1.5);
    figure(page, height, title, |svg| {
        axis(svg, height - ROW);
        for (nth, (named, length, told)) in rows.iter().enumerate() {
            let y = ROW * (count(nth) + 0.8);
            name(svg, named, y);
            bar(svg, 0.0, *length, y, "bar");
            label(svg, x(100.0) + 12.0, y, "", told);
        }
    });
}

/// From 100 down to the score: each step begins where the one before ended.
pub fn waterfall(page: &mut Markup, title: &str, steps: &[(&str, f64)], score: f64) {
    let height = ROW * (count(steps.len()) + 3.5);
    figure(page, height, title, |svg| {
        axis(svg, height - ROW);
        step(svg, "begins with", 0.0, 100.0, 0, "bar", "100");
        let mut at = 100.0;
        for (nth, (named, lost)) in steps.iter().enumerate() {
            let class = if *lost > 0.0 { "loss" } else { "gain" };
            step(svg, named, at - lost, at, nth + 1, class, &format!("{:+.2}", -lost));
            at -= lost;
        }
        step(svg, "consistency score", 0.0, score, steps.len() + 1, "bar", &format!("{score:.2}"));
    });
}

fn step(svg: &mut Markup, named: &str, from: f64, to: f64, nth: usize, class: &'static str, told: &str) {
    let y = ROW * (count(nth) + 0.8);
    name(svg, named, y);
    bar(svg, from.min(to), from.max(to), y, class);
    label(svg, x(100.0) + 12.0, y, "", told);
}

fn figure(page: &mut Markup, height: f64, title: &str, inside: impl FnOnce(&mut Markup)) {
    let view = format!("0 0 {WIDTH} {height}");
    let attributes: &[(&'static str, &dyn Display)] =
        &[("viewBox", &view), ("role", &"img"), ("aria-label", &title), ("class", &"plot")];
    page.tag("svg", attributes, |svg| {
        svg.text_tag("title", "", title);
        inside(svg);
    });
    page.line();
}

fn axis(svg: &mut Markup, bottom: f64) {
    for points in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let at = x(points);
        svg.void("line", &[("x1", &Px(at)), ("x2", &Px(at)), ("y1", &0), ("y2", &Px(bottom)), ("class", &"grid")]);
        label(svg, at, bottom + ROW * 0.6, "tick", &format!("{points}"));
    }
}

fn bar(svg: &mut Markup, from: f64, to: f64, y: f64, class: &'static str) {
    let (left, width) = (x(from), (x(to) - x(from)).max(0.5));
    let top = y - ROW * 0.32;
    let height = ROW * 0.64;
    svg.void(
        "rect",
        &[("x", &Px(left)), ("y", &Px(top)), ("width", &Px(width)), ("height", &Px(height)), ("class", &class)],
    );
}

fn name(svg: &mut Markup, text: &str, y: f64) {
    const LONGEST: usize = 26;
    let shown = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    label(svg, LEFT - 12.0, y, "name", &shown);
}

fn label(svg: &mut Markup, x: f64, y: f64, class: &'static str, text: &str) {
    let y = y + 4.5;
    let class = if class.is_empty() { "label" } else { class };
    svg.tag("text", &[("x", &Px(x)), ("y", &Px(y)), ("class", &class)], |inside| inside.text(text));
}

/// Where `points` of 100 lie; what is out of bounds is drawn at the bound.
fn x(points: f64) -> f64 {
    let points = if points.is_finite() { points.clamp(0.0, 100.0) } else { 0.0 };
    LEFT + points * SCALE
}

/// A position, to a tenth of a pixel.
struct Px(f64);

impl Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 10.0).round() / 10.0)
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
        let (at_90, to_94) = (Px(x(90.0)), Px(x(94.0) - x(0.0)));
        assert!(page.contains(&format!("x=\"{at_90}\" y=\"38.5\" width=\"54\"")), "{page}");
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

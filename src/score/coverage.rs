//! Whether intervals of trust hold the truth: made-up tables with known truth, of many kinds.

use super::worlds::World;
use super::{Rules, Table, solve};

/// Share of sources in many made-up worlds whose true accuracy lies inside the interval.
fn check(what: &str, world: impl Fn(u64) -> (Table, Vec<f64>)) -> Option<String> {
    let rules = Rules::built_in().unwrap();
    let (mut inside, mut all, mut width) = (0, 0, 0.0);
    for seed in 1..=40 {
        let (table, truth) = world(seed);
        let solution = solve(&table, &rules, None, None);
        for source in 0..table.source_count() {
            let limits = solution.limits[source];
            let name: usize = table.sources.text(source as u32).parse().unwrap();
            inside += i32::from(limits.low <= truth[name] && truth[name] <= limits.high);
            all += 1;
            width += limits.high - limits.low;
        }
    }
    let coverage = f64::from(inside) / f64::from(all);
    println!("{what}: coverage {coverage:.4} n {all}, mean width {:.3}", width / f64::from(all));
    (!(0.93..=0.97).contains(&coverage)).then(|| format!("{what}: coverage {coverage:.4}"))
}

/// Sources of accuracies from Beta(a, b); each item is covered with this probability.
fn independent(seed: u64, sources: usize, items: usize, cover: f64, (a, b): (usize, usize)) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let truth: Vec<f64> = (0..sources).map(|_| world.beta(a, b)).collect();
    for item in 0..items {
        for (source, &accuracy) in truth.iter().enumerate() {
            if world.draw() < cover {
                world.report(&format!("{source:04}"), &format!("i{item}"), accuracy, 20);
            }
        }
    }
    (world.table(), truth)
}

/// Claims of one story stand or fall together half of the time.
fn stories(seed: u64) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let truth: Vec<f64> = (0..30).map(|_| world.beta(4, 2)).collect();
    for story in 0..60 {
        for (source, &accuracy) in truth.iter().enumerate() {
            if world.draw() < 0.5 {
                continue;
            }
            let whole = world.draw() < accuracy;
            for item in 0..4 {
                let right = if world.draw() < 0.5 { whole } else { world.draw() < accuracy };
                let value = if right { "t".to_owned() } else { format!("f{}", world.pick(20)) };
                let (source, item) = (format!("{source:04}"), format!("s{story} i{item}"));
                world.say_in(&source, &item, &value, &format!("s{story}"));
            }
        }
    }
    (world.table(), truth)
}

/// Sixty sources with eight claims or so each.
fn hardly_any_claims(seed: u64) -> (Table, Vec<f64>) {
    independent(seed, 60, 80, 0.1, (4, 1))
}

/// Five sources print what the first prints, but for a slip in a hundred.
fn copies(seed: u64) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let mut truth: Vec<f64> = (0..20).map(|_| world.beta(4, 2)).collect();
    let copied = truth[0];
    truth.extend([copied; 5]);
    for item in 0..400 {
        let name = format!("i{item}");
        let mut first = None;
        for (source, &accuracy) in truth.iter().enumerate() {
            let copy = first.clone().filter(|_| source >= 20 && world.draw() < 0.99);
            if source > 0 && source < 20 && world.draw() > 0.6 {
                continue;
            }
            let drawn = if world.draw() < accuracy { "t".to_owned() } else { format!("f{}", world.pick(20)) };
            let value = copy.unwrap_or(drawn);
            world.say(&format!("{source:04}"), &name, &value);
            first = first.or(Some(value));
        }
    }
    (world.table(), truth)
}

/// On a third of the items everybody errs twice as often.
fn easy_and_hard(seed: u64) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let truth: Vec<f64> = (0..30).map(|_| 0.6 + 0.35 * world.beta(2, 2)).collect();
    for item in 0..150 {
        for (source, &accuracy) in truth.iter().enumerate() {
            if world.draw() < 0.6 {
                let errs = (1.0 - accuracy) * if item % 3 == 0 { 2.0 } else { 0.5 };
                world.report(&format!("{source:04}"), &format!("i{item}"), 1.0 - errs, 20);
            }
        }
    }
    (world.table(), truth)
}

/// Seven wrong claims of ten make the same error.
fn popular_errors(seed: u64) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let truth: Vec<f64> = (0..30).map(|_| world.beta(6, 2)).collect();
    for item in 0..150 {
        for (source, &accuracy) in truth.iter().enumerate() {
            if world.draw() < 0.6 {
                let wrong = if world.draw() < 0.7 { 1 } else { 20 };
                world.report(&format!("{source:04}"), &format!("i{item}"), accuracy, wrong);
            }
        }
    }
    (world.table(), truth)
}

/// Workers label items with three classes, and are right on some more often than on others.
fn classes(seed: u64) -> (Table, Vec<f64>) {
    let mut world = World::new(seed);
    let skill: Vec<[f64; 3]> = (0..30).map(|_| [(); 3].map(|()| world.beta(6, 2))).collect();
    let kinds: Vec<usize> = (0..300).map(|_| world.pick(3)).collect();
    for (item, &kind) in kinds.iter().enumerate() {
        for (worker, skill) in skill.iter().enumerate().filter(|(worker, _)| (worker + item).is_multiple_of(5)) {
            let right = world.draw() < skill[kind];
            let said = if right { kind } else { (kind + 1 + world.pick(2)) % 3 };
            world.say(&format!("{worker:04}"), &format!("i{item}"), &said.to_string());
        }
    }
    let share = |worker: usize| {
        let seen = kinds
            .iter()
            .enumerate()
            .filter(|(item, _)| (worker + item).is_multiple_of(5))
            .map(|(_, kind)| skill[worker][*kind]);
        seen.sum::<f64>() / 60.0
    };
    (world.table(), (0..30).map(share).collect())
}

#[test]
fn intervals_cover_the_truth() {
    let wrong = [
        check("many claims", |seed| independent(seed, 30, 150, 0.6, (4, 2))),
        check("few claims", |seed| independent(seed, 60, 40, 0.25, (4, 1))),
        check("stories", stories),
        check("hardly any claims", hardly_any_claims),
        check("copies", copies),
        check("easy and hard items", easy_and_hard),
        check("popular errors", popular_errors),
        check("classes", classes),
    ];
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Tables like the kinds that scores are judged on, with known truth: nothing may fall far below the vote.

use super::worlds::{World, accuracy};
use super::{Model, Rules, Solution, Table, solve};

fn solved(table: &Table, model: Option<Model>) -> Solution {
    solve(table, &Rules::built_in().unwrap(), model, None)
}

/// Workers label items with two classes; two times of five they say the one they have a taste for, whatever it is.
fn tastes(seed: u64) -> (Table, Vec<usize>) {
    let mut world = World::new(seed);
    let care: Vec<f64> = (0..40).map(|_| world.beta(4, 2)).collect();
    let truths: Vec<usize> = (0..224).map(|_| world.pick(2)).collect();
    for (item, &truth) in truths.iter().enumerate() {
        for _ in 0..5 {
            let worker = world.pick(40);
            let right = world.draw() < care[worker];
            let seen = if right { truth } else { 1 - truth };
            let said = if world.draw() < 0.4 { worker % 2 } else { seen };
            world.say(&format!("w{worker}"), &format!("i{item:03}"), ["no", "yes"][said]);
        }
    }
    (world.table(), truths)
}

/// Accuracy of the automatic choice must reach that of the vote plus `gain`.
fn check(what: &str, world: World, expected: Model, gain: f64) -> Solution {
    let table = world.table();
    let (solution, vote) = (solved(&table, None), solved(&table, Some(Model::Majority)));
    let (found, floor) = (accuracy(&table, &solution.best), accuracy(&table, &vote.best));
    assert_eq!(solution.model, expected, "{what}: {}", solution.why);
    assert!(found >= floor + gain, "{what}: {found} against {floor} by vote");
    solution
}

/// Six mirrors of one feed that measures another thing on a third of the items, beside nine independent sources.
fn copying_bloc(seed: u64) -> World {
    let mut world = World::new(seed);
    for item in 0..600 {
        let name = format!("i{item}");
        let feed = if item % 3 == 0 { "other thing".to_owned() } else { format!("noise {}", item % 17) };
        let feed = if item % 3 == 0 || world.draw() < 0.08 { feed } else { "t".to_owned() };
        (0..7).for_each(|mirror| world.say(&format!("mirror{mirror}"), &name, &feed));
        for source in 0..9 {
            if world.draw() < 0.6 {
                world.report(&format!("own{source}"), &name, 0.85, 200);
            }
        }
    }
    world
}

/// Seven sources; each is right, too general (the region, the country) or wrong.
fn places(seed: u64) -> World {
    let mut world = World::new(seed);
    for item in 0..800 {
        for source in 0..7 {
            let (right, general) = (0.5 + 0.05 * f64::from(source), 0.3 - 0.03 * f64::from(source));
            let drawn = world.draw();
            if world.draw() < 0.35 {
                continue;
            }
            let value = if drawn < right {
                "t".to_owned()
            } else if drawn < right + general {
                ["region", "country"][world.pick(2)].to_owned()
            } else {
                format!("place {}", world.pick(40))
            };
            world.say(&format!("s{source}"), &format!("i{item}"), &value);
        }
    }
    world
}

/// A thousand sources with a handful of claims each, of very different care.
fn tiny_sources(seed: u64) -> World {
    let mut world = World::new(seed);
    let care: Vec<f64> = (0..1000).map(|_| world.beta(4, 2)).collect();
    for item in 0..800 {
        for _ in 0..6 {
            let source = world.pick(1000);
            world.report(&format!("s{source}"), &format!("i{item}"), care[source], 30);
        }
    }
    world
}

/// Workers label items with two classes; some see one class only half of the time.
fn two_classes(seed: u64) -> (World, Vec<bool>) {
    let mut world = World::new(seed);
    let workers: Vec<(f64, f64)> = (0..40).map(|_| (world.beta(5, 4), world.beta(18, 2))).collect();
    let truths: Vec<bool> = (0..400).map(|_| world.draw() < 0.4).collect();
    for (item, &truth) in truths.iter().enumerate() {
        for _ in 0..9 {
            let worker = world.pick(40);
            let (seen, quiet) = workers[worker];
            let right = world.draw() < if truth { seen } else { quiet };
            world.say(&format!("w{worker}"), &format!("i{item:03}"), if truth == right { "yes" } else { "no" });
        }
    }
    (world, truths)
}

#[test]
fn copying_blocs_have_one_voice() {
    for seed in 1..4 {
        let solution = check("copying bloc", copying_bloc(seed), Model::Dense, 0.2);
        assert_eq!(solution.mirrors.len(), 21);
    }
}

#[test]
fn places_and_tiny_sources_do_not_fall_below_the_vote() {
    for seed in 1..4 {
        check("places", places(seed), Model::Bayes, -0.005);
        check("tiny sources", tiny_sources(seed), Model::Bayes, 0.005);
    }
}

/// A world in which one class is nearly always the true one explains tastes better than the truth does.
#[test]
fn tastes_do_not_lead_astray() {
    let (mut found, mut floor) = (0, 0);
    for seed in 1..=8 {
        let (table, truths) = tastes(seed);
        let right = |model| {
            let best = solved(&table, model).best;
            let said = |option: u32| usize::from(table.values.bytes(table.option_value[option as usize]) == b"yes");
            best.iter().zip(&truths).filter(|&(&option, &truth)| said(option) == truth).count()
        };
        assert_eq!(solved(&table, None).model, Model::DawidSkene);
        found += right(None);
        floor += right(Some(Model::Majority));
    }
    assert!(found + 18 >= floor, "{found} of 1792 against {floor} by vote");
}

#[test]
fn confusion_between_classes_is_seen() {
    let (world, truths) = two_classes(9);
    let table = world.table();
    let right = |model| {
        let best = solved(&table, model).best;
        let yes = |option: u32| table.values.bytes(table.option_value[option as usize]) == b"yes";
        best.iter().zip(&truths).filter(|&(&option, &truth)| yes(option) == truth).count()
    };
    assert!(right(None) > right(Some(Model::Majority)) + 20, "{} {}", right(None), right(Some(Model::Majority)));
}

#[test]
fn a_consistent_majority_error_is_told() {
    let mut world = World::new(4);
    for item in 0..300 {
        let name = format!("i{item}");
        for source in 0..10 {
            let common = source < 5;
            let drawn = world.draw();
            let value = match (drawn < 0.9, common && item % 2 == 0) {
                (true, true) => "common error".to_owned(),
                (true, false) => "t".to_owned(),
                _ => format!("slip {}", world.pick(50)),
            };
            world.say(&format!("s{source}"), &name, &value);
        }
    }
    let table = world.table();
    let solution = solved(&table, None);
    assert!(solution.optima.len() > 1, "{:?}", solution.optima.iter().map(|o| o.objective).collect::<Vec<_>>());
    let limits = solution.limits[0];
    assert!(limits.high - limits.low > 0.3, "the interval reaches to the other solution: {limits:?}");
}

#[test]
fn threads_do_not_change_a_bit() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| solved(&copying_bloc(2).table(), None))
    };
    let (one, four) = (run(1), run(4));
    assert_eq!((&one.trust, &one.belief, &one.limits), (&four.trust, &four.belief, &four.limits));
}

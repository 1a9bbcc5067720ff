//! Kinds of tables on which the automatic choice must not fall behind another model, nor behind the vote.

use super::model::Model;
use super::worlds::World;
use super::{Rules, Table, solve};

/// Share of the items whose accepted value is the truth, in several made-up tables of a kind.
fn mean_accuracy(world: impl Fn(u64) -> (Table, Vec<String>), model: Option<Model>) -> f64 {
    let rules = Rules::built_in().unwrap();
    let accuracies = (1..=4).map(|seed| {
        let (table, truth) = world(seed);
        let best = solve(&table, &rules, model, None).best;
        let right = best.iter().zip(0..).filter(|(option, item)| {
            let item: usize = table.items.text(*item).parse().unwrap();
            table.values.text(table.option_value[**option as usize]) == truth[item]
        });
        right.count() as f64 / best.len() as f64
    });
    accuracies.sum::<f64>() / 4.0
}

/// The automatic choice is no more than this below each of the others.
fn check(what: &str, world: impl Fn(u64) -> (Table, Vec<String>), others: &[Model], below: f64) {
    let auto = mean_accuracy(&world, None);
    for &other in others {
        let reached = mean_accuracy(&world, Some(other));
        println!("{what}: auto {auto:.4}, {} {reached:.4}", other.name());
        assert!(auto >= reached - below, "{what}: auto {auto:.4}, {} {reached:.4}", other.name());
    }
}

/// Sixteen services give degrees; some read another station or an hour late, six print another's figures.
fn weather(seed: u64) -> (Table, Vec<String>) {
    let mut world = World::new(seed);
    let care: Vec<f64> = (0..10).map(|_| 0.3 + 0.55 * world.draw()).collect();
    let station: Vec<usize> = (0..10).map(|_| world.pick(3)).collect();
    let copied: Vec<usize> = (0..6).map(|_| world.pick(10)).collect();
    let mut truths = Vec::new();
    for item in 0..800 {
        let truth = world.pick(36) as i64 - 6;
        let elsewhere: Vec<i64> = (0..3).map(|_| truth + world.pick(9) as i64 - 4).collect();
        let mut said = vec![None; 10];
        for service in 0..10 {
            if world.draw() > 0.75 {
                continue;
            }
            let luck = world.draw();
            let late = truth + (6.0 * (world.draw() + world.draw() - 1.0)).round() as i64;
            let other = if luck < 0.9 { elsewhere[station[service]] } else { late };
            said[service] = Some(if luck < care[service] { truth } else { other });
        }
        let copies = copied.iter().map(|&original| said[original]).collect::<Vec<_>>();
        for (service, value) in said.into_iter().chain(copies).enumerate() {
            if let Some(value) = value {
                world.say(&format!("w{service}"), &item.to_string(), &value.to_string());
            }
        }
        truths.push(truth.to_string());
    }
    (world.table(), truths)
}

/// Seven sources that each speak of a third of the items; wrong values are few and popular.
fn few_sources(seed: u64) -> (Table, Vec<String>) {
    let mut world = World::new(seed);
    let accuracy: Vec<f64> = (0..7).map(|_| 0.25 + 0.7 * world.draw()).collect();
    let cover: Vec<f64> = (0..7).map(|_| 0.1 + 0.5 * world.draw()).collect();
    for item in 0..2000 {
        for (source, accuracy) in accuracy.iter().enumerate() {
            if world.draw() < cover[source] {
                let wrong = world.pick(2);
                let right = world.draw() < *accuracy;
                let value = if right { format!("t{item}") } else { format!("f{item} {wrong}") };
                world.say(&format!("s{source}"), &item.to_string(), &value);
            }
        }
    }
    (world.table(), (0..2000).map(|item| format!("t{item}")).collect())
}

/// Workers of teams of five label items, a team an item; they err on all classes alike, and now and then give one of
/// their own whatever they see.
struct Labelling {
    teams: usize,
    items: usize,
    classes: usize,
    /// How often they give their own.
    taste: f64,
    /// The class of an item, drawn.
    truth: fn(&mut World) -> usize,
}

impl Labelling {
    fn table(&self, seed: u64) -> (Table, Vec<String>) {
        let Self { teams, items, classes, taste, truth } = *self;
        let mut world = World::new(seed);
        let care: Vec<f64> = (0..5 * teams).map(|_| world.beta(6, 2)).collect();
        let mut truths = Vec::new();
        for item in 0..items {
            let truth = truth(&mut world);
            for part in 0..5 {
                let worker = 5 * world.pick(teams) + part;
                let wrong = (truth + 1 + world.pick(classes - 1)) % classes;
                let honest = if world.draw() < care[worker] { truth } else { wrong };
                let value = if world.draw() < taste { worker % classes } else { honest };
                world.say(&format!("w{worker}"), &item.to_string(), &value.to_string());
            }
            truths.push(truth.to_string());
        }
        (world.table(), truths)
    }
}

/// Four classes of unequal frequency.
fn labels(seed: u64) -> (Table, Vec<String>) {
    let truth = |world: &mut World| [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3][world.pick(12)];
    Labelling { teams: 16, items: 400, classes: 4, taste: 0.1, truth }.table(seed)
}

/// Eight classes and less than half a claim for each cell of a table of confusion.
fn many_classes(seed: u64) -> (Table, Vec<String>) {
    let truth = |world: &mut World| world.pick(8).min(world.pick(8));
    Labelling { teams: 12, items: 300, classes: 8, taste: 0.1, truth }.table(seed)
}

/// Five classes, and workers who give their own two times of five.
fn tastes(seed: u64) -> (Table, Vec<String>) {
    let truth = |world: &mut World| world.pick(5).min(world.pick(5));
    Labelling { teams: 10, items: 600, classes: 5, taste: 0.4, truth }.table(seed)
}

/// Seven sources give a birthplace: the town, its region or its country, or another town.
fn places(seed: u64, widest_first: bool) -> (Table, Vec<String>) {
    let mut world = World::new(seed);
    let mut truths = Vec::new();
    let written = |steps: &[String]| {
        let mut steps = steps.to_vec();
        if widest_first {
            return steps.join(" > ");
        }
        steps.reverse();
        steps.join(", ")
    };
    for item in 0..1000 {
        let town = |world: &mut World| {
            let (country, region) = (world.pick(20), world.pick(5));
            let town = format!("Town {country} {region} {}", world.pick(40));
            [format!("Land {country}"), format!("Region {region}"), town]
        };
        let (truth, other) = (town(&mut world), town(&mut world));
        for source in 0..7 {
            if world.draw() < 0.4 {
                continue;
            }
            let (luck, right) = (world.draw(), 0.4 + 0.05 * f64::from(source));
            let value = if luck < right {
                written(&truth)
            } else if luck < right + 0.3 {
                written(&truth[..=world.pick(2)])
            } else {
                written(&other)
            };
            world.say(&format!("s{source}"), &item.to_string(), &value);
        }
        truths.push(written(&truth));
    }
    (world.table(), truths)
}

#[test]
fn services_of_the_weather() {
    check("weather", weather, &[Model::Majority, Model::Bayes, Model::TruthFinder], 0.007);
}

#[test]
fn few_sources_of_many_claims() {
    check("few sources", few_sources, &[Model::Majority, Model::Bayes, Model::TruthFinder], 0.001);
}

#[test]
fn labels_on_which_all_err_alike() {
    check("labels", labels, &[Model::Majority, Model::Bayes], 0.001);
    check("many classes", many_classes, &[Model::Majority, Model::Bayes], 0.003);
}

#[test]
fn labels_of_workers_who_have_tastes() {
    check("tastes", tastes, &[Model::Majority, Model::Bayes], -0.015);
}

#[test]
fn places_in_a_hierarchy() {
    let others = [Model::Majority, Model::Bayes, Model::TruthFinder];
    check("places, widest first", |seed| places(seed, true), &others, -0.02);
    check("places, widest last", |seed| places(seed, false), &others, -0.02);
}

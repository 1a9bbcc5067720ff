//! Named attacks on the scores, each with what the solution does and why that is right. A table shows only who says
//! what; copies that are visible in the text are collapsed before a table is made.

use super::worlds::{World, accepted, accuracy, source};
use super::{Rules, Solution, Table, solve};

fn solved(world: World) -> (Table, Solution) {
    let table = world.table();
    let solution = solve(&table, &Rules::built_in().unwrap(), None, None);
    (table, solution)
}

/// Lowest trust of the honest sources.
fn least_honest(table: &Table, solution: &Solution) -> f64 {
    let honest = |source: &usize| table.sources.bytes(*source as u32).starts_with(b"h");
    (0..table.source_count()).filter(honest).map(|source| solution.trust[source]).fold(1.0, f64::min)
}

/// Eleven outlets print one wire, which is wrong on two items in five; nine honest ones cover half of the items each.
/// The eleven have one voice, so that their errors lose to the honest few; every copier carries the wire's low trust,
/// because each printed it, and none is worse than the wire itself.
#[test]
fn ten_copiers_of_one_wrong_wire() {
    let mut world = World::new(1);
    world.honest(9, 400, 0.5, 0.9);
    for item in 0..400 {
        let item = format!("i{item}");
        let value = if world.draw() < 0.4 { "f0" } else { "t" };
        world.say("wire", &item, value);
        (0..10).for_each(|copier| world.say(&format!("copier{copier}"), &item, value));
    }
    let (table, solution) = solved(world);
    assert_eq!(solution.mirrors.len(), 55);
    assert!(accuracy(&table, &solution.best) > 0.97);
    let wire = solution.trust[source(&table, "wire")];
    assert!(wire < 0.7 && least_honest(&table, &solution) > 0.8);
    assert!((solution.trust[source(&table, "copier3")] - wire).abs() < 0.02);
}

/// Thirty outlets that exist for three items flood them with one false value. Nothing in a table tells a mob from
/// thirty witnesses, so it may win those three; but it buys no standing: every honest outlet keeps a lower limit above
/// the mob's, and no other item moves.
#[test]
fn angry_mob_of_small_outlets() {
    let mut world = World::new(2);
    world.honest(10, 200, 0.8, 0.9);
    for outlet in 0..30 {
        (0..3).for_each(|item| world.say(&format!("mob{outlet}"), &format!("i{item}"), "lie"));
    }
    let (table, solution) = solved(world);
    let mob = solution.limits[source(&table, "mob7")];
    let honest = (0..10).map(|n| solution.limits[source(&table, &format!("h{n}"))].low).fold(1.0, f64::min);
    assert!(honest > mob.low, "{honest} {}", mob.low);
    assert!(accuracy(&table, &solution.best) > 0.97);
}

/// One source has a claim on everything, right half of the time, mostly where nobody else looks. Trust follows its
/// record where others can check it; the thousand claims that nobody disputes add nothing.
#[test]
fn know_it_all() {
    let mut world = World::new(3);
    world.honest(10, 200, 0.6, 0.9);
    for item in 0..1200 {
        let item = if item < 200 { format!("i{item}") } else { format!("only{item}") };
        world.report("know-it-all", &item, 0.5, 6);
    }
    let (table, solution) = solved(world);
    let trust = solution.trust[source(&table, "know-it-all")];
    assert!(trust < 0.6 && trust < least_honest(&table, &solution) - 0.15, "{trust}");
}

/// A source is right for a hundred items and wrong for the next hundred. Its credit does not carry the false half: the
/// accepted values stay true, and its trust is that of its whole record.
#[test]
fn start_good_turn_bad() {
    let mut world = World::new(4);
    world.honest(8, 200, 0.7, 0.85);
    for item in 0..200 {
        let accuracy = if item < 100 { 0.98 } else { 0.05 };
        world.report("turncoat", &format!("i{item}"), accuracy, 6);
    }
    let (table, solution) = solved(world);
    let trust = solution.trust[source(&table, "turncoat")];
    assert!(trust > 0.35 && trust < 0.62, "{trust}");
    assert!(accuracy(&table, &solution.best) > 0.97);
}

/// A good outlet is alone and right on one item. The table cannot know, so the others' value is accepted there; but
/// one lost item costs no more than its share of the record, far less than the width of the interval.
#[test]
fn lone_outlet_that_is_right() {
    let world = |value: &str| {
        let mut world = World::new(5);
        world.honest(8, 100, 0.8, 0.9);
        (0..5).for_each(|n| world.say(&format!("h{n}"), "dispute", "common error"));
        world.say("h7", "dispute", value);
        solved(world)
    };
    let (_, before) = world("common error");
    let (table, after) = world("truth");
    assert_eq!(accepted(&table, &after.best, "dispute"), "common error");
    let outlet = source(&table, "h7");
    let (loss, limits) = (before.trust[outlet] - after.trust[outlet], after.limits[outlet]);
    assert!(loss < 0.03 && limits.high - limits.low > 3.0 * loss, "{loss} {limits:?}");
}

/// A puppet repeats a careful outlet and adds two falsehoods. The two share one voice where they agree, so the puppet
/// lends the outlet no second vote; the falsehoods stand against three others and lose.
#[test]
fn sock_puppet() {
    let mut world = World::new(6);
    world.honest(6, 300, 0.7, 0.85);
    for item in 0..300 {
        let value = if world.draw() < 0.97 { "t" } else { "f1" };
        ["careful", "puppet"].iter().for_each(|source| world.say(source, &format!("i{item}"), value));
    }
    for item in ["x", "y"] {
        ["h0", "h1", "h2"].iter().for_each(|source| world.say(source, item, "t"));
        world.say("puppet", item, "falsehood");
    }
    let (table, solution) = solved(world);
    assert_eq!(solution.mirrors.len(), 1);
    for item in ["x", "y"] {
        assert_eq!(accepted(&table, &solution.best, item), "t");
    }
    assert!(solution.trust[source(&table, "puppet")] < solution.trust[source(&table, "careful")]);
}

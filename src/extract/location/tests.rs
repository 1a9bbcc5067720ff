use super::*;
use crate::document::Document;
use crate::extract::names;

fn show(text: &str) -> String {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let reading = names::tests::read(&document);
    let gazetteer = Gazetteer::builtin();
    let found = names::names(&reading, gazetteer, &names::Rules::default());
    let one = |m: &LocationMention| {
        let article = if m.value.named { "" } else { "a " };
        let inside = m.value.inside.first().map_or(String::new(), |i| format!(" < {i}"));
        format!("{} {article}{}{inside}", m.preposition, m.value.name)
    };
    let all = locations(&reading, &found, gazetteer, &Rules::default());
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn examples_of_the_table() {
    let rules = Rules::default();
    for text in &rules.fires {
        assert_ne!(show(text), "", "{text}");
    }
    for text in &rules.silent {
        assert_eq!(show(text), "", "{text}");
    }
}

#[test]
fn locates_what_is_told() {
    for (text, expected) in [
        ("They met at the Grand Theatre in Lyon.", "at Grand Theatre < Lyon"),
        ("The fire began in a warehouse near the port.", "in a warehouse; near a port"),
        ("He spoke at a cosmodrome in Kazakhstan.", "at a cosmodrome < Kazakhstan"),
        ("She was treated at a hospital in the Kenyan city of Nakuru.", "at a hospital < Nakuru"),
        ("The train stopped in Springfield, Illinois, on Monday.", "in Springfield < Illinois"),
        ("They rallied in Lyon's main square.", "in a square < Lyon"),
        ("The match at Oakfield Stadium was called off.", "at Oakfield Stadium"),
        ("They slept in the leisure centre.", "in a leisure centre"),
        ("He died at the San Luca hospital.", "at San Luca hospital"),
        ("It was signed at the company's headquarters in Oslo.", "at a headquarters < Oslo"),
        ("They slept in the hall of St Mary's primary school.", "in a school"),
        ("Coins lay under the floor of a caravan.", "in a caravan"),
        ("They slept in the hall of the primary school.", "in a school"),
        ("He studied at the University of Nairobi.", "at University of Nairobi"),
        ("The airport authority said so at the airport.", "at a airport"),
        ("Prices rose in March and in court he smiled.", ""),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}

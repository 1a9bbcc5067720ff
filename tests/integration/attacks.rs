//! Named attacks on the scores, each a small corpus that goes through the whole run: what the score does, and why that
//! is right. `tests/corpora/attacks/` holds the wordings and who prints them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::util::{Row, cell, run_corpus, table};

/// Values by placeholder.
type Values = BTreeMap<String, String>;

#[derive(Deserialize)]
struct Event {
    day: String,
    truth: Values,
    wordings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attack {
    outlets: Vec<Outlet>,
    /// The stories are told once more with these other names, three weeks later and with greater figures each time.
    #[serde(default)]
    again: Vec<Values>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlet {
    name: String,
    wording: usize,
    #[serde(default)]
    stories: Vec<String>,
    #[serde(default)]
    wrong: BTreeMap<String, Values>,
    #[serde(default)]
    days: BTreeMap<String, String>,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    lines: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/attacks")
}

fn parsed<T: serde::de::DeserializeOwned>(name: &str) -> T {
    toml::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// A run over the corpus of an attack.
struct Run {
    folder: PathBuf,
    _output: tempfile::TempDir,
}

impl Run {
    fn of(attack: &str, more: &[&str]) -> Self {
        let events: BTreeMap<String, Event> = parsed("wordings.toml");
        let attacks: BTreeMap<String, Attack> = parsed("attacks.toml");
        let output = tempfile::tempdir().unwrap();
        let corpus = output.path().join("corpus");
        fs::create_dir_all(corpus.join("documents")).unwrap();
        let mut manifest = "path,source,published\n".to_owned();
        for (at, outlet) in attacks[attack].outlets.iter().enumerate() {
            for (story, event) in &events {
                if !outlet.stories.is_empty() && !outlet.stories.contains(story) {
                    continue;
                }
                for (round, names) in attacks[attack].rounds().enumerate() {
                    let path = format!("documents/{}-{story}-{at}-{round:02}.txt", outlet.name);
                    fs::write(corpus.join(&path), renamed(outlet.text(story, event, round), names)).unwrap();
                    let day = later(outlet.days.get(story).unwrap_or(&event.day), round);
                    manifest += &format!("{path},{},{day}\n", outlet.name);
                }
            }
        }
        fs::write(corpus.join("manifest.csv"), manifest).unwrap();
        Self { folder: run_corpus(&corpus, &output.path().join("out"), more), _output: output }
    }

    /// The scorecard of a source.
    fn card(&self, source: &str) -> Row {
        let all = table(&self.folder, "sources");
        all.into_iter().find(|row| cell(row, "source") == source).unwrap_or_else(|| panic!("no {source}"))
    }

    fn number(&self, source: &str, column: &str) -> f64 {
        let card = self.card(source);
        cell(&card, column).parse().unwrap_or_else(|_| panic!("{source} has no {column}: {card:#?}"))
    }

    fn score(&self, source: &str) -> f64 {
        self.number(source, "consistency_score")
    }

    /// A file of facts that verifies what a source says where it loses first.
    fn facts(&self, source: &str, most: usize) -> String {
        let lines = self.losses(source).into_iter().take(most);
        lines.fold("item,value\n".to_owned(), |facts, loss| {
            facts + &format!("{},{}\n", cell(&loss, "slot_id"), cell(&loss, "value"))
        })
    }

    /// The losses of a source, the adjustment left out.
    fn losses(&self, source: &str) -> Vec<Row> {
        let all = table(&self.folder, "losses");
        all.into_iter().filter(|row| cell(row, "source") == source && !cell(row, "slot_id").is_empty()).collect()
    }
}

impl Attack {
    /// The names to replace each time that the stories are told; none the first time.
    fn rounds(&self) -> impl Iterator<Item = Option<&Values>> {
        std::iter::once(None).chain(self.again.iter().map(Some))
    }
}

fn renamed(text: String, names: Option<&Values>) -> String {
    names.into_iter().flatten().fold(text, |text, (name, other)| text.replace(name, other))
}

/// The day three weeks later for every round, on the same day of the week.
fn later(day: &str, round: usize) -> jiff::civil::Date {
    day.parse::<jiff::civil::Date>().unwrap() + jiff::Span::new().weeks(3 * i64::try_from(round).unwrap())
}

impl Outlet {
    fn text(&self, story: &str, event: &Event, round: usize) -> String {
        let mut text = event.wordings[self.wording - 1].clone();
        for (name, truth) in &event.truth {
            let value = self.wrong.get(story).and_then(|wrong| wrong.get(name)).unwrap_or(truth);
            let value = value.parse::<usize>().unwrap() + 2 * round;
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
        }
        let mut parts: Vec<&str> = text.split("\n\n").collect();
        let (lead, last) = (format!("{}{}", self.lead, parts[1]), parts.len() - 1);
        parts[1] = &lead;
        if !self.lines.is_empty() {
            parts[last] = &self.lines;
        }
        parts.join("\n\n") + "\n"
    }
}

/// Eleven outlets print one wire that is wrong, and two tell otherwise. The eleven are one witness: they stand against
/// two and lose. Every copier bears the error it printed, once, and the line says whose it was; that eleven print it makes
/// neither them nor the two who differ any worse.
#[test]
fn ten_copies_of_a_wrong_wire() {
    let run = Run::of("ten_copies_of_a_wrong_wire", &[]);
    for honest in ["valley-post", "harbour-news"] {
        assert_eq!((cell(&run.card(honest), "minority"), run.losses(honest).len()), ("0", 0), "{honest}");
    }
    let wire = run.losses("north-wire");
    assert_eq!((wire.len(), cell(&wire[0], "units"), cell(&wire[0], "origin")), (1, "1", ""), "{wire:#?}");
    for copy in ["copy-a", "copy-e", "copy-j"] {
        let losses = run.losses(copy);
        assert_eq!((losses.len(), cell(&losses[0], "origin")), (1, "north-wire"), "{losses:#?}");
        assert_eq!(cell(&losses[0], "points"), cell(&wire[0], "points"));
        assert!(cell(&losses[0], "note").contains("inherited from north-wire"));
    }
    let copies = table(&run.folder, "copies");
    let told = |row: &Row| [cell(row, "source_a"), cell(row, "source_b")].contains(&"north-wire");
    let by_a: Vec<&Row> = copies.iter().filter(|row| told(row) && cell(row, "source_a") == "copy-a").collect();
    assert!(by_a.iter().all(|row| cell(row, "credited") == "true" && cell(row, "original").contains("north-wire")));
}

/// Four outlets that exist for one story flood it with one false number. Texts of their own make them four witnesses
/// against three, and nothing in a corpus tells a mob from witnesses: the number may win its slot. But two of them share
/// their text and so their voice; the careful ones lose one slot of nine and keep high scores, the mob gets none, for one
/// story is not enough evidence.
#[test]
fn angry_mob() {
    let run = Run::of("angry_mob", &[]);
    for mob in ["mob-a", "mob-c"] {
        assert_eq!(cell(&run.card(mob), "evidence_level"), "insufficient");
    }
    for honest in ["valley-post", "harbour-news", "coast-daily"] {
        assert!(run.score(honest) > 85.0 && run.losses(honest).len() <= 1, "{honest} {}", run.score(honest));
    }
}

/// One outlet tells of everything, four of nine checkable facts wrong. What nobody else tells of neither helps nor harms
/// it: the score follows the nine.
#[test]
fn know_it_all() {
    let run = Run::of("know_it_all", &[]);
    assert_eq!(run.losses("know-it-all").len(), 4);
    assert!(run.number("know-it-all", "claims") > run.number("valley-post", "claims"));
    assert!(run.score("know-it-all") + 15.0 < run.score("valley-post"));
    assert!(run.number("know-it-all", "consistency_high") < run.number("valley-post", "consistency_high"));
}

/// An outlet that was right in two stories is wrong in the third. Its good record does not carry the false third: the
/// values of the others stand, and it loses there as anybody would; the score is that of the whole record.
#[test]
fn start_good_turn_bad() {
    let run = Run::of("start_good_turn_bad", &[]);
    let losses = run.losses("turncoat");
    assert_eq!(losses.len(), 3);
    assert!(losses.iter().all(|loss| cell(loss, "document").contains("flood")));
    let (turncoat, valley) = (run.score("turncoat"), run.score("valley-post"));
    assert!(turncoat > 50.0 && turncoat < 87.0 && turncoat + 10.0 < valley, "{turncoat} {valley}");
    assert_eq!(cell(&run.card("valley-post"), "minority"), "0");
}

/// A careful outlet alone has another number, and says why. A corpus does not know who is right: it is told as a minority
/// value and not as an error, costs one slot, and is the dispute that matters most to its score. A verified fact sets it
/// right.
#[test]
fn lone_and_right() {
    let run = Run::of("lone_and_right", &[]);
    let losses = run.losses("careful-times");
    assert_eq!(losses.len(), 1);
    let card = run.card("careful-times");
    assert_eq!(
        (cell(&card, "swing_slot"), cell(&card, "swing_points")),
        (cell(&losses[0], "slot_id"), cell(&losses[0], "points"))
    );
    let readme = fs::read_to_string(run.folder.join("README.txt")).unwrap();
    assert!(readme.contains("a source may be alone and right"));
    let facts = run.folder.join("../facts.csv");
    fs::write(&facts, format!("item,value\n{},5\n", cell(&losses[0], "slot_id"))).unwrap();
    let verified = Run::of("lone_and_right", &["--anchors", &facts.to_string_lossy()]);
    assert_eq!(cell(&verified.losses("careful-times")[0], "points"), "0.0000");
    assert!(verified.score("careful-times") > run.score("careful-times") + 3.0);
}

/// An early toll is overtaken by later ones, and corrected. Nobody could know better on the first day: it counts as
/// superseded and costs nothing. The correction is counted and neither earns nor costs a point.
#[test]
fn early_toll_and_its_correction() {
    let run = Run::of("early_toll", &[]);
    let card = run.card("first-news");
    assert_eq!((cell(&card, "minority"), cell(&card, "corrections")), ("0", "1"), "{card:#?}");
    assert!(run.number("first-news", "superseded") >= 1.0);
    assert!(run.losses("first-news").is_empty());
}

/// A puppet copies a careful outlet and adds two falsehoods. The two texts are one witness, so that the puppet lends the
/// careful outlet no second vote; the falsehoods stand alone against four and are the puppet's own loss.
#[test]
fn sock_puppet() {
    let run = Run::of("sock_puppet", &[]);
    let falsehoods = run.losses("puppet");
    assert_eq!(falsehoods.len(), 2);
    assert!(
        falsehoods.iter().all(|loss| cell(loss, "units") == "1" && cell(loss, "other_units") == "4"),
        "{falsehoods:#?}"
    );
    assert_eq!(run.losses("careful-times").len(), 0);
    let (puppet, careful) = (run.score("puppet"), run.score("careful-times"));
    assert!(puppet + 4.0 < careful, "{puppet} {careful}");
}

/// Four outlets of nine count the hurt and the evacuated otherwise than the rest, story after story: they may mean another
/// thing, or be right. The five win, as a corpus alone can say no more; but the four are told as a bloc and not as four careless
/// outlets, and the intervals of either side reach to the reading in which the other is right. Verified facts decide.
#[test]
fn bloc_that_means_another_thing() {
    let run = Run::of("bloc_that_means_another_thing", &[]);
    for (member, others) in [("field-a", "field-b, field-c, field-d"), ("field-c", "field-a, field-b, field-d")] {
        let card = run.card(member);
        assert!(
            cell(&card, "flags").contains(&format!("stands together with {others} against other sources")),
            "{card:#?}"
        );
        assert!(run.score(member) < 85.0 && run.number(member, "consistency_high") > 95.0, "{card:#?}");
    }
    let other = run.card("ward-b");
    assert!(!cell(&other, "flags").contains("stands together"), "{other:#?}");
    assert!(run.score("ward-b") > 95.0 && run.number("ward-b", "consistency_low") < 80.0, "{other:#?}");
    let facts = run.folder.join("../facts.csv");
    fs::write(&facts, run.facts("field-a", 12)).unwrap();
    let verified = Run::of("bloc_that_means_another_thing", &["--anchors", &facts.to_string_lossy()]);
    assert!(verified.score("field-a") > 95.0, "{:#?}", verified.card("field-a"));
}

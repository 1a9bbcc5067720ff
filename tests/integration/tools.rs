//! What trafilatura, newspaper4k, news-please and Fundus wrote of two pages, byte for byte, is read as it is.
//!
//! `tests/fixtures/read/tools/README.md` names their versions and the commands.

use std::path::{Path, PathBuf};

use variorum::document::Document;
use variorum::read::{DEFAULTS, Inputs, Rules, plan, read_file};

/// How the paragraphs of the two pages begin, in their order.
const PARAGRAPHS: [&[&str]; 2] = [
    &[
        "The swing bridge over the Lenn will be closed",
        "About 11,000 vehicles cross the bridge",
        "“We could have patched it and hoped",
        "Shops fear for the summer",
        "The repair is expected to cost £3.2 million.",
        "Traders in Quay Street said",
        "A spokesman for the council said",
    ],
    &[
        "TALVERA (AP) — A magnitude 5.6 earthquake",
        "None of the injuries was thought",
        "“The ground moved for perhaps eleven seconds",
        "The road to the upper valley was blocked",
        "The valley was last hit by an earthquake",
    ],
];

const BRIDGE: &str = "Old swing bridge to close for nine weeks";
const QUAKE: &str = "Earthquake damages dozens of homes in valley";
const STAFF: &str = "Ruth Dunmore; Peter Sallow";
const AP: &str = "Associated Press";

/// Source, author, and which of the two pages it is.
type Expected = (&'static str, &'static str, usize);

/// Each file with its documents.
const WRITTEN: &[(&str, &[Expected])] = &[
    ("bridge.html", &[("harbourherald.example", STAFF, 0)]),
    ("quake.html", &[("islandecho.example", AP, 1)]),
    ("trafilatura.bridge.json", &[("The Harbour Herald", STAFF, 0)]),
    ("trafilatura.quake.json", &[("Island Echo", AP, 1)]),
    ("trafilatura.bridge.csv", &[("harbourherald.example", "", 0)]),
    ("trafilatura.quake.csv", &[("islandecho.example", "", 1)]),
    ("trafilatura.bridge.txt", &[("The Harbour Herald", STAFF, 0)]),
    ("trafilatura.quake.txt", &[("Island Echo", AP, 1)]),
    ("trafilatura.bridge.markdown.txt", &[("The Harbour Herald", STAFF, 0)]),
    ("trafilatura.quake.markdown.txt", &[("Island Echo", AP, 1)]),
    ("trafilatura.bridge.html.txt", &[("harbourherald.example", STAFF, 0)]),
    ("trafilatura.quake.html.txt", &[("islandecho.example", AP, 1)]),
    ("trafilatura.bridge.xml", &[("The Harbour Herald", STAFF, 0)]),
    ("trafilatura.quake.xml", &[("Island Echo", AP, 1)]),
    ("trafilatura.bridge.tei.xml", &[("The Harbour Herald", STAFF, 0)]),
    ("trafilatura.quake.tei.xml", &[("Island Echo", AP, 1)]),
    (
        "newspaper4k.json",
        &[("The Harbour Herald", STAFF, 0), ("Island Echo", "Associated Press; The Associated Press", 1)],
    ),
    (
        "newspaper4k.csv",
        &[("The Harbour Herald", STAFF, 0), ("Island Echo", "Associated Press; The Associated Press", 1)],
    ),
    ("news_please.bridge.json", &[("harbourherald.example", STAFF, 0)]),
    ("news_please.quake.json", &[("islandecho.example", "Associated Press; The Associated Press", 1)]),
    (
        "news_please.csv",
        &[("harbourherald.example", STAFF, 0), ("islandecho.example", "Associated Press; The Associated Press", 1)],
    ),
    ("fundus.json", &[("Island Echo", AP, 1), ("The Harbour Herald", STAFF, 0)]),
    ("fundus.jsonl", &[("Island Echo", AP, 1), ("The Harbour Herald", STAFF, 0)]),
];

#[test]
fn what_the_tools_wrote_is_read_as_it_is() {
    for (name, expected) in WRITTEN {
        let read = documents(&folder().join(name));
        assert_eq!(read.len(), expected.len(), "{name}");
        for (document, (source, author, page)) in read.iter().zip(*expected) {
            check(name, document, (source, author), *page);
        }
    }
}

fn check(name: &str, document: &Document, by: (&str, &str), page: usize) {
    let (title, day) = [(BRIDGE, "2025-06-17"), (QUAKE, "2025-06-18")][page];
    assert_eq!((document.source.as_str(), document.author.as_str()), by, "{name}");
    assert_eq!(document.title.as_deref(), Some(title), "{name}");
    assert_eq!(document.published.map(|published| published.date.to_string()).as_deref(), Some(day), "{name}");
    assert_eq!((document.language.as_str(), document.encoding.as_str()), ("en", "UTF-8"), "{name}");
    let lines: Vec<&str> = document.text.lines().collect();
    let at: Vec<Option<usize>> =
        PARAGRAPHS[page].iter().map(|start| lines.iter().position(|line| line.starts_with(start))).collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{name}: paragraphs at {at:?} of\n{}", document.text);
}

/// All files of the folder are named above or below.
#[test]
fn nothing_they_wrote_is_left_out() {
    let apart = ["README.md", "newspaper4k.quake.txt"];
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(apart.contains(&name.as_str()) || WRITTEN.iter().any(|(known, _)| *known == name), "{name}");
    }
}

/// newspaper4k's `--output-format text` is a title, a byline and the text, and no more is told.
#[test]
fn a_bare_text_tells_nothing_but_itself() {
    let read = documents(&folder().join("newspaper4k.quake.txt"));
    assert_eq!((read[0].published, read[0].title.as_deref()), (None, None));
    assert!(PARAGRAPHS[1].iter().all(|start| read[0].text.contains(start)));
}

fn documents(path: &Path) -> Vec<Document> {
    let rules = Rules::parse(DEFAULTS).unwrap();
    let plan = plan(&Inputs { paths: vec![path.to_owned()], ..Inputs::default() }, &rules).unwrap();
    let mut documents = Vec::new();
    for entry in &plan.files {
        read_file(entry, &plan, &rules, &mut |read| {
            documents.push(read.unwrap_or_else(|problem| panic!("{problem:?}")))
        });
    }
    documents
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read/tools")
}

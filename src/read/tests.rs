//! The reading stage as a whole, on files in the shape that each tool writes and on hostile ones.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::document::DateOrigin;
use crate::failure::Failure;

const FERRY: &str = "The ferry company said on Tuesday that it had called off 14 crossings because of the strike";

fn rules() -> Rules {
    Rules::parse(DEFAULTS).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read").join(name)
}

fn inputs(path: impl Into<PathBuf>) -> Inputs {
    Inputs { paths: vec![path.into()], ..Inputs::default() }
}

fn read_all(inputs: &Inputs, rules: &Rules) -> (Vec<Document>, Vec<Problem>) {
    let plan = plan(inputs, rules).unwrap();
    let (mut documents, mut problems) = (Vec::new(), plan.problems.clone());
    for entry in &plan.files {
        read_file(entry, &plan, rules, &mut |read| match read {
            Ok(document) => documents.push(document),
            Err(problem) => problems.push(problem),
        });
    }
    (documents, problems)
}

/// `path | source | day and origin | title | begins with`, a line a document; then `path code`, a line a problem.
fn outline(name: &str) -> Vec<String> {
    let (documents, problems) = read_all(&inputs(fixture(name)), &rules());
    let day = |document: &Document| match document.published {
        Some(published) => format!("{} {:?}", published.date, published.origin),
        None => String::new(),
    };
    let row = |document: &Document| {
        assert_eq!((document.language.as_str(), document.encoding.as_str()), ("en", "UTF-8"));
        let title = document.title.clone().unwrap_or_default();
        let words: Vec<&str> = document.text.split_whitespace().take(3).collect();
        format!("{} | {} | {} | {title} | {}", document.path, document.source, day(document), words.join(" "))
    };
    let failures = problems.iter().map(|problem| format!("{} {}", problem.document, problem.code));
    documents.iter().map(row).chain(failures).collect()
}

/// Files as tools write them, and what is read of each.
const WRITTEN: &[(&str, &[&str])] = &[
    (
        "news_please.json",
        &["news_please.json | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company"],
    ),
    (
        "fundus.json",
        &[
            "fundus.json#1 | HarbourHerald | 2025-03-04 Metadata | {strike} | Fourteen crossings are",
            "fundus.json#2 | IslandEcho | 2025-03-04 Metadata | Two ferries sail again | Two of the",
        ],
    ),
    (
        "newspaper4k.json",
        &[
            "newspaper4k.json#1 | Island Echo | 2025-03-04 Metadata | Ferries stay in port | The ferry company",
            "newspaper4k.json#2 | Island Echo | 2025-03-04 Metadata | Two ferries sail again | Two of the",
        ],
    ),
    (
        "newspaper4k.csv",
        &[
            "newspaper4k.csv#1 | Island Echo | 2025-03-04 Metadata | Ferries stay in port | The ferry company",
            "newspaper4k.csv#2 | Island Echo | 2025-03-04 Metadata | Two ferries sail again | Two of the",
        ],
    ),
    (
        "trafilatura.json",
        &["trafilatura.json | The Harbour Herald | 2025-03-04 Metadata | {strike} | The ferry company"],
    ),
    (
        "trafilatura.csv",
        &[
            "trafilatura.csv#1 | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company",
            "trafilatura.csv#2 | islandecho.example | 2025-03-04 Metadata | Two ferries sail again | Two of the",
        ],
    ),
    (
        "lines.jsonl.gz",
        &[
            "lines.jsonl.gz#1 | The Harbour Herald | 2025-03-04 Metadata |  | The ferry company",
            "lines.jsonl.gz#4 | islandecho.example | 2025-03-04 Url |  | Two of the",
            "lines.jsonl.gz#2 json",
        ],
    ),
    (
        "feed.rss",
        &[
            "feed.rss#1 | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company",
            "feed.rss#2 | islandecho.example | 2025-03-04 Metadata | Island Echo: “Two ferries sail again” & more to come | \
             Two of the",
        ],
    ),
    (
        "feed.atom",
        &[
            "feed.atom#1 | islandecho.example | 2025-03-04 Metadata | Ferries stay in port | The ferry company",
            "feed.atom#2 | islandecho.example | 2025-03-05 Metadata | Two ferries sail again | Two of the",
            "feed.atom#3 | islandecho.example | 2025-03-05 Metadata | Sea of less than 3 < 4 feet | Waves of 3",
        ],
    ),
    ("blink.mhtml", &["blink.mhtml | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company"]),
    ("page.html", &["page.html | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company"]),
    (
        "archive.warc.gz",
        &[
            "archive.warc.gz#1 | harbourherald.example | 2025-03-04 Metadata | {strike} | The ferry company",
            "archive.warc.gz#2 | islandecho.example |  |  | Two of the",
        ],
    ),
];

#[test]
fn what_tools_write_is_read_as_it_is() {
    let strike = "Strike stops most ferries to the island";
    for (name, expected) in WRITTEN {
        let expected: Vec<String> = expected.iter().map(|row| row.replace("{strike}", strike)).collect();
        assert_eq!(outline(name), expected, "{name}");
    }
}

/// Texts and authors of a fixture, and the encodings.
fn told(name: &str) -> Vec<[String; 3]> {
    let (documents, _) = read_all(&inputs(fixture(name)), &rules());
    documents.into_iter().map(|document| [document.text, document.author, document.encoding]).collect()
}

#[test]
fn an_item_of_a_feed_is_its_whole_text() {
    let items = told("feed.rss");
    let [text, author, _] = &items[0];
    assert!(text.contains("said the captain, who has worked there for 20 years.") && !text.contains('<'), "{text}");
    assert!(!text.contains("Photo:") && !text.contains("Continued"), "{text}");
    assert_eq!((author.as_str(), items[1][1].as_str()), ("Ann Ryder", "Tom Quay"));
    assert_eq!(items[1][0], "Two of the ferries sailed again on Tuesday evening, the company said.");
    let entries = told("feed.atom");
    assert!(entries[0][0].ends_with("\n\nFares of less than £5 are paid back."), "{}", entries[0][0]);
    assert_eq!(entries[0][1], "Tom Quay");
    assert!(entries[1][0].starts_with("Two of the ferries sailed again on Tuesday evening.\n\nThe third"));
    assert!(entries[2][0].starts_with("Waves of 3 < 4 feet were"));
    let [text, author, encoding] = &told("feed.rdf")[0];
    assert!(text.ends_with("the one to the Café at the pier."), "{text}");
    assert_eq!((author.as_str(), encoding.as_str()), ("Coast Wire", "windows-1252"));
}

#[test]
fn broken_feeds_are_read_as_far_as_they_go() {
    let item =
        |text: &str| format!("<item><title>Ferries & more</title><link>https://a.example/?a=1&b=2</link>{text}</item>");
    let sound = item(&format!("<description>{FERRY}.<br>Tides & winds.</description>"));
    let folder = folder(&[
        ("a.rss", format!("<rss><channel>{sound}<item><title>Cut off").as_bytes()),
        ("b.rss", b"<rss><channel><title>Nothing</title></channel></rss>"),
        ("c.rss", b"<rss><channel><item><title a=<</channel>"),
        ("d.rss", b"<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><item><description>&b; is no word.</description></item></rss>"),
    ]);
    let (documents, problems) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(documents[0].text, format!("{FERRY}.\n\nTides & winds."));
    assert_eq!(documents[0].title.as_deref(), Some("Ferries & more"));
    assert_eq!(documents[0].url.as_deref(), Some("https://a.example/?a=1&b=2"));
    assert_eq!(documents[1].text, "&b; is no word.");
    assert_eq!(codes(&problems), [("a.rss", "feed"), ("b.rss", "empty"), ("c.rss", "feed")]);
}

#[test]
fn a_saved_page_is_read_by_its_own_part() {
    for (name, encoding) in [("blink.mhtml", "UTF-8"), ("explorer.mht", "windows-1252")] {
        let [text, _, decoded] = &told(name)[0];
        assert!(text.contains("at the café by the pier.\n\n“We will not sail"), "{text}");
        assert!(!text.contains("Home") && !text.contains("2025"), "{text}");
        assert_eq!(decoded, encoding);
    }
    let folder = folder(&[("a.mht", b"From: x\r\nContent-Type: text/plain\r\n\r\nNo page."), ("b.mht", b"")]);
    let (_, problems) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(codes(&problems), [("a.mht", "mhtml"), ("b.mht", "empty")]);
}

#[test]
fn a_text_of_an_old_macintosh_has_lines_and_letters() {
    let bytes = b"Ferries stay in port\r\r\xD2We won\xD5t sail,\xD3 the captain said at the caf\x8E on Tuesday.\r";
    let folder = folder(&[("a.txt", bytes)]);
    let (documents, _) = read_all(&inputs(folder.path()), &rules());
    let text = "Ferries stay in port\n\n“We won’t sail,” the captain said at the café on Tuesday.\n";
    assert_eq!((documents[0].text.as_str(), documents[0].encoding.as_str()), (text, "macintosh"));
    assert_eq!(documents[0].undecodable, 0);
}

#[test]
fn a_json_feed_is_read_as_other_json_is() {
    let feed = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Island Echo\", \"items\": [\
         {{\"id\": \"1\", \"url\": \"https://islandecho.example/1\", \"title\": \"Off\", \"content_html\": \"<p>{FERRY}.</p>\", \
         \"date_published\": \"2025-03-04T10:00:00Z\", \"authors\": [{{\"name\": \"Tom Quay\"}}]}}, \
         {{\"id\": \"2\", \"url\": \"https://islandecho.example/2\", \"content_text\": \"{FERRY}.\"}}]}}"
    );
    let folder = folder(&[("feed.json", feed.as_bytes())]);
    let (documents, problems) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(codes(&problems), []);
    for document in &documents {
        assert_eq!((document.text.as_str(), document.source.as_str()), (&*format!("{FERRY}."), "islandecho.example"));
    }
    assert_eq!(documents[0].author, "Tom Quay");
}

/// A folder for one test, with these files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn codes(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.document.as_str(), problem.code.as_str())).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let text = FERRY.as_bytes();
    let folder = folder(&[
        ("herald/b.txt", text),
        ("echo/2025/a.txt", text),
        ("herald/a.md", text),
        ("herald/.hidden.txt", text),
        ("herald/page_files/style.css", b"p { }"),
        ("herald/photo.dat", b"\0\x01\x02"),
        ("empty.txt", b" \r\n"),
    ]);
    let (documents, problems) = read_all(&inputs(folder.path()), &rules());
    let seen: Vec<_> = documents.iter().map(|document| (document.path.as_str(), document.source.as_str())).collect();
    assert_eq!(seen, [("echo/2025/a.txt", "echo"), ("herald/a.md", "herald"), ("herald/b.txt", "herald")]);
    assert!(documents.iter().all(|document| document.text == FERRY && !document.extracted));
    assert_eq!(codes(&problems), [("empty.txt", "empty"), ("herald/photo.dat", "binary")]);
}

#[test]
fn patterns_and_lists_name_files_too() {
    let text = FERRY.as_bytes();
    let folder = folder(&[("a/one.txt", text), ("b/two.txt", text), ("b/two.md", text)]);
    let names = |inputs: &Inputs| -> Vec<String> {
        plan(inputs, &rules()).unwrap().files.into_iter().map(|file| file.relative).collect()
    };
    assert_eq!(names(&inputs(folder.path().join("**/*.txt"))), ["a/one.txt", "b/two.txt"]);
    assert_eq!(names(&inputs(folder.path().join("b/two.md"))), ["two.md"]);
    let both =
        Inputs { paths: vec![folder.path().join("b"), folder.path().join("a")], limit: Some(2), ..Inputs::default() };
    assert_eq!(names(&both), ["a/one.txt", "b/two.md"]);
    let list = folder.path().join("list");
    fs::write(&list, format!("{0}/b/two.txt\r\n{0}/a/one.txt\n{0}/gone.txt\n", folder.path().display())).unwrap();
    let listed = Inputs { files_from: Some(list), ..Inputs::default() };
    assert_eq!(names(&listed), ["a/one.txt", "b/two.txt"]);
    assert_eq!(plan(&listed, &rules()).unwrap().problems[0].code, "vanished");
}

#[test]
fn the_manifest_speaks_first() {
    let manifest = "path,source,published,url\n\
        corpus/a.txt,The Herald,2025-03-04,https://elsewhere.example/1\n\
        corpus/b.txt,,03/04/2025,https://www.echo.example/2025/03/05/b\n\
        ../outside.txt,X,,\n/etc/hosts,X,,\ncorpus/gone.txt,X,,\ncorpus/a.txt,The Echo,,\n,,,\n";
    let folder = folder(&[
        ("corpus/a.txt", FERRY.as_bytes()),
        ("corpus/b.txt", FERRY.as_bytes()),
        ("m.csv", manifest.as_bytes()),
    ]);
    let given = Inputs { manifest: Some(folder.path().join("m.csv")), ..inputs(folder.path().join("corpus")) };
    let (documents, problems) = read_all(&given, &rules());
    let seen: Vec<_> = documents
        .iter()
        .map(|document| (document.path.as_str(), document.source.as_str(), document.published.map(|day| day.origin)))
        .collect();
    assert_eq!(seen, [("a.txt", "The Echo", None), ("b.txt", "echo.example", Some(DateOrigin::Url))]);
    let mut lines: Vec<_> = problems.iter().map(|row| &row.message.split_once(" line ").unwrap().1[..1]).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["3", "4", "5", "6", "7", "8"]);
    assert!(problems.iter().all(|problem| problem.code == "manifest-row"));
}

#[test]
fn inputs_that_are_not_there_end_the_run() {
    let folder = folder(&[("corpus/a.txt", b"a"), ("none/.keep", b"")]);
    let fails = |inputs: &Inputs, code: &str, text: &str| {
        let failure = plan(inputs, &rules()).unwrap_err();
        assert!(failure.to_string().contains(text), "{failure}");
        assert_eq!(matches!(failure, Failure::NoInput(_)), code == "no-input");
    };
    fails(&inputs(folder.path().join("corpsu")), "no-input", "did you mean");
    fails(&inputs(folder.path().join("none")), "no-input", "nothing to read in");
    fails(&inputs(folder.path().join("*.html")), "no-input", "nothing to read in");
    fails(&Inputs::default(), "no-input", "give a folder");
    let manifest = |name: &str| Inputs { manifest: Some(folder.path().join(name)), ..inputs(folder.path()) };
    fails(&manifest("m.csv"), "usage", "cannot be read");
    fails(&manifest("corpus/a.txt"), "usage", "no column path");
}

#[test]
fn hostile_files_cost_a_row_each() {
    let deep = format!("{{\"text\": {}{}}}\n{{\"text\": \"{FERRY}\"}}\n", "[".repeat(500), "]".repeat(500));
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"{FERRY}\"}}\n", "x".repeat(5000));
    let quote = format!("text,url\n{FERRY},https://a.example/1\n\"never closed {}", "x".repeat(400_000));
    let folder = folder(&[
        ("bomb.txt.gz", &gzip(&vec![b' '; 200_000])),
        ("cut.txt.gz", &gzip(FERRY.as_bytes())[..40]),
        ("deep.html", "<div>".repeat(600).as_bytes()),
        ("deep.jsonl", deep.as_bytes()),
        ("large.txt", &vec![b'x'; 5000]),
        ("long.jsonl", long.as_bytes()),
        ("nul.txt", b"a\0b"),
        ("quote.csv", quote.as_bytes()),
        ("shape.json", b"{\"title\": \"No text\"}"),
        ("stray.json", b"\"just a string\""),
        ("table.csv", b"a,b\n1,2\n"),
    ]);
    let mut rules = rules();
    rules.limits.document_bytes = 4000;
    rules.limits.expansion_floor = 10_000;
    rules.limits.expansion_ratio = 10;
    rules.limits.html_depth = 500;
    let (documents, problems) = read_all(&inputs(folder.path()), &rules);
    let read: Vec<_> = documents.iter().map(|document| document.path.as_str()).collect();
    assert_eq!(read, ["deep.jsonl#2", "long.jsonl#2", "quote.csv#1"]);
    let expected = [
        ("bomb.txt.gz", "bomb"),
        ("cut.txt.gz", "damaged"),
        ("deep.html", "too-deep"),
        ("deep.jsonl#1", "too-deep"),
        ("large.txt", "too-large"),
        ("long.jsonl#1", "too-large"),
        ("nul.txt", "binary"),
        ("quote.csv", "too-large"),
        ("shape.json", "no-text"),
        ("stray.json", "json"),
        ("table.csv", "no-text"),
    ];
    assert_eq!(codes(&problems), expected);
}

#[test]
fn a_file_that_goes_away_is_told() {
    let folder = folder(&[("a.txt", b"a"), ("b.txt", FERRY.as_bytes())]);
    let plan = plan(&inputs(folder.path()), &rules()).unwrap();
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    let mut seen = Vec::new();
    plan.files.iter().for_each(|entry| read_file(entry, &plan, &rules(), &mut |read| seen.push(read)));
    assert_eq!(seen[0].as_ref().unwrap_err().code, "vanished");
    assert!(seen[1].is_ok());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_corpus_or_in_circles() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.txt", FERRY.as_bytes())]);
    let folder = folder(&[("a/one.txt", FERRY.as_bytes())]);
    symlink(outside.path(), folder.path().join("away")).unwrap();
    symlink(outside.path().join("secret.txt"), folder.path().join("secret.txt")).unwrap();
    symlink(folder.path(), folder.path().join("a/circle")).unwrap();
    symlink("one.txt", folder.path().join("a/same.txt")).unwrap();
    let (documents, problems) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(documents.len(), 1);
    assert_eq!(codes(&problems), [("away", "symlink-outside"), ("secret.txt", "symlink-outside")]);
}

#[test]
fn what_runs_wrote_before_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["corpus/a.txt", "reports/runs/r1/claims.csv", "reports/example/b.txt", "reports/runs/r1/README.txt"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, FERRY).unwrap();
    }
    for (input, output, expected) in [
        ("", "reports", &["corpus/a.txt"][..]),
        ("reports/example", "reports", &["b.txt"]),
        ("reports", "reports", &["example/b.txt"]),
        ("corpus", ".", &["a.txt"]),
        ("corpus", "nowhere", &["a.txt"]),
    ] {
        let given = Inputs { output: Some(folder.path().join(output)), ..inputs(folder.path().join(input)) };
        let names: Vec<_> = plan(&given, &rules()).unwrap().files.into_iter().map(|file| file.relative).collect();
        assert_eq!(names, expected, "{input} -o {output}");
    }
}

#[test]
fn older_documents_are_left_out_when_asked() {
    let lines = format!(
        "{{\"text\": \"{FERRY}\", \"date\": \"2025-03-01\"}}\n{{\"text\": \"{FERRY}\", \"date\": \"2025-03-04\"}}\n{{\"text\": \"{FERRY}\"}}\n"
    );
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let given = Inputs { since: Some(jiff::civil::date(2025, 3, 2)), ..inputs(folder.path()) };
    let (documents, _) = read_all(&given, &rules());
    let read: Vec<_> = documents.iter().map(|document| document.path.as_str()).collect();
    assert_eq!(read, ["a.jsonl#2", "a.jsonl#3"]);
}

/// `path source title`, a line a document, then the problems.
fn names(files: &[(&str, &[u8])]) -> Vec<String> {
    let folder = folder(files);
    let (documents, problems) = read_all(&inputs(folder.path()), &rules());
    let row = |d: &Document| format!("{} {} {}", d.path, d.source, d.title.as_deref().unwrap_or_default());
    let problem = |p: &Problem| format!("{} {}", p.document, p.code);
    documents.iter().map(row).chain(problems.iter().map(problem)).collect()
}

#[test]
fn records_are_found_inside_of_what_holds_them() {
    let found = format!(
        r#"{{"hits": {{"total": 1, "hits": [{{"_id": "x", "_source": {{"title": "A", "text": "{FERRY}"}}}}]}}}}"#
    );
    let answer = format!(
        r#"{{"response": {{"status": "ok", "results": [{{"webTitle": "B", "fields": {{"bodyText": "{FERRY}"}}}}]}}}}"#
    );
    let keyed = format!(r#"{{"a1": {{"title": "C", "text": "{FERRY}"}}, "a2": {{"title": "D", "text": "{FERRY}"}}}}"#);
    assert_eq!(
        names(&[
            ("answer.json", answer.as_bytes()),
            ("error.json", br#"{"error": {"code": "404"}}"#),
            ("found.json", found.as_bytes()),
            ("keyed.json", keyed.as_bytes()),
        ]),
        [
            "answer.json#1 answer B",
            "found.json#1 found A",
            "keyed.json#1 keyed C",
            "keyed.json#2 keyed D",
            "error.json no-text"
        ]
    );
}

#[test]
fn columns_are_known_however_they_are_written() {
    let headed = format!("Headline,Article Text,Article URL\nA,{FERRY},https://a.example/1\n");
    let told = format!("sep=;\r\ntitle;text\r\nB;{FERRY}\r\n");
    assert_eq!(
        names(&[("a.csv", headed.as_bytes()), ("b.csv", told.as_bytes())]),
        ["a.csv#1 a.example A", "b.csv#1 b B"]
    );
}

#[test]
fn a_table_in_a_windows_encoding_is_read_row_by_row() {
    let row = format!("title,text\r\nA,{FERRY}; it cost \u{a3}1.4 million\r\n");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&row);
    let folder = folder(&[("a.csv", &bytes)]);
    let (documents, _) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(documents[0].encoding, "windows-1252");
    assert!(documents[0].text.ends_with("£1.4 million"));
}

#[test]
fn a_container_without_a_document_is_told() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow:\n";
    let robots = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/robots.txt\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let files: [(&str, &[u8]); 3] = [("a.csv", b"title,text\n"), ("b.jsonl", b"\n\n"), ("c.warc", robots.as_bytes())];
    assert_eq!(names(&files), ["a.csv empty", "b.jsonl empty", "c.warc empty"]);
}

#[test]
fn what_is_packed_or_unknown_is_told_with_what_to_do() {
    let folder = folder(&[
        ("a.zip", b"PK\x03\x04"),
        ("b.tar.gz", &gzip(b"ustar")),
        ("c.json", br#"{"headline": "A", "artikel": "x"}"#),
    ]);
    let (_, problems) = read_all(&inputs(folder.path()), &rules());
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told[0].starts_with("a.zip is packed") && told[0].contains("unpack"), "{told:?}");
    assert!(told[1].starts_with("b.tar.gz is packed"), "{told:?}");
    assert!(told[2].contains("only: artikel, headline;") && told[2].contains("--set 'read.fields.text="), "{told:?}");
}

#[test]
fn markup_in_a_text_field_becomes_lines() {
    let folder = folder(&[("a.json", format!("{{\"content\": \"<p>{FERRY}.</p><p>It was late.</p>\"}}").as_bytes())]);
    let (documents, _) = read_all(&inputs(folder.path()), &rules());
    assert_eq!(documents[0].text, format!("{FERRY}.\n\nIt was late."));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes: Vec<u8>, start in 0..7usize, name in 0..9usize) {
        let starts: [&[u8]; 7] = [b"", b"{\"text\": ", b"[{", b"WARC/1.0\r\nContent-Length: 9\r\n", b"<html><p>", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"];
        let names = ["a", "a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.warc", "a.parquet", "a.tsv"];
        let folder = folder(&[(names[name], &[starts[start], &bytes].concat())]);
        let (documents, problems) = read_all(&inputs(folder.path()), &rules());
        proptest::prop_assert!(documents.iter().all(|document| !document.text.is_empty()));
        proptest::prop_assert!(problems.iter().all(|problem| problem.document.starts_with(names[name])));
    }
}

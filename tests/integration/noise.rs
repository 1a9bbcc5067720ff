//! Noise adds up: for each share of a document, the words of its rows in `furniture.csv` over the words it is a share of.

use std::fs;

use crate::util::{Row, cell, said, table, text, variorum};

/// A page with a menu, a plea and a footer: 25 of its 79 words.
const PAGE: &str = "Home\nNews\nSport\nSubscribe to our newsletter\nHarbour wall to be raised by a metre\n\
    The town council voted on Monday to raise the harbour wall by a metre before next winter.\n\
    Engineers said the old wall had let water into 40 houses in Quay Street last December.\n\
    The work will cost £2 million, and the state pays half of it.\n\
    Share this article\nRelated stories\nFerry timetable changes for the summer\n\
    © 2025 Gazette Media. All rights reserved.\n";

/// Says its first sentence again, and answers a question with it: 37 of its 89 words, and 10 runs of five words.
const PADDED: &str = "The museum of glass in Lenn will close on Sunday for repairs to its roof and its heating.\n\
    It will open again on 4 May with a show of lamps and windows from forty churches.\n\
    Tickets that were bought for March stay valid until the end of the year, the director said.\n\
    The museum of glass in Lenn will close on Sunday for repairs to its heating and its roof.\n\
    Frequently asked questions\nWhen will the museum close?\n\
    The museum will close on Sunday for repairs to its roof.\n";

/// Eight words of 61 that stand for others, and nine words, five runs of five, that stood above.
const UNFILLED: &str = "The orchard at Talvera lost half of its trees in the storm of Thursday night, its owner said.\n\
    Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n\
    He will plant two hundred young trees in the autumn, and asked the neighbours for their help.\n\
    Neighbours said that its owner lost half of its trees in the storm of last year as well.\n";

/// Parts of an article that count for no share.
const PARTS: [&str; 3] = ["byline", "dateline", "caption"];

#[test]
fn shares_are_what_the_lines_of_furniture_add_up_to() {
    let corpus = tempfile::tempdir().unwrap();
    let folder = corpus.path().join("gazette");
    fs::create_dir(&folder).unwrap();
    for (name, content) in [("page.txt", PAGE), ("padded.txt", PADDED), ("unfilled.txt", UNFILLED)] {
        fs::write(folder.join(name), content).unwrap();
    }
    let reports = tempfile::tempdir().unwrap();
    let done = variorum(&["run", &text(corpus.path()), "-o", &text(reports.path()), "-q"]);
    assert!(done.status.success(), "{}", said(&done));
    let run = reports.path().join("latest");
    let (documents, lines) = (table(&run, "documents"), table(&run, "furniture"));
    // Counted by hand: words of furniture, of padding, of placeholders, repeated runs; all words, words of the article.
    let expected: [(&str, [f64; 6]); 3] = [
        ("gazette/padded.txt", [0.0, 37.0, 0.0, 10.0, 89.0, 70.0]),
        ("gazette/page.txt", [25.0, 0.0, 0.0, 0.0, 79.0, 46.0]),
        ("gazette/unfilled.txt", [8.0, 0.0, 8.0, 5.0, 61.0, 53.0]),
    ];
    for (document, (name, [furniture, padding, placeholder, repeated, all, told])) in documents.iter().zip(expected) {
        assert_eq!(cell(document, "document"), name);
        let summed = |counts: &dyn Fn(&str) -> bool| -> f64 {
            let counted = |row: &&Row| cell(row, "document") == name && counts(cell(row, "kind"));
            lines.iter().filter(counted).fold(0.0, |sum, row| sum + number(row, "words"))
        };
        let is_again = |kind: &str| matches!(kind, "padding" | "restatement");
        let is_furniture = |kind: &str| !is_again(kind) && kind != "repetition" && !PARTS.contains(&kind);
        assert_eq!((number(document, "page_words"), number(document, "words")), (all, told), "{name}");
        for (share, sum, by_hand, of) in [
            ("boilerplate_share", summed(&is_furniture), furniture, all),
            ("padding_share", summed(&is_again), padding, all),
            ("placeholder_share", summed(&|kind| kind == "template"), placeholder, all),
            ("repeated_share", summed(&|kind| kind == "repetition"), repeated, told - 4.0),
        ] {
            assert_eq!(sum, by_hand, "{name} {share}");
            assert_eq!(cell(document, share), format!("{:.4}", sum / of), "{name} {share}");
        }
    }
    let source = &table(&run, "sources")[0];
    for (share, words) in [("boilerplate_share", 33.0), ("padding_share", 37.0), ("placeholder_share", 8.0)] {
        assert_eq!(cell(source, share), format!("{:.4}", words / 229.0), "{share}");
    }
    assert!(number(source, "repeated_share") > 0.09 && number(source, "repeated_share") < 0.1);
}

fn number(row: &Row, column: &str) -> f64 {
    cell(row, column).parse().unwrap()
}

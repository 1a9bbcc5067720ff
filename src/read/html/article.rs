//! The main text of a page: what readability finds, without the furniture that it leaves in.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::record::Record;
use super::super::rules::Rules;
use super::super::trouble::Trouble;
use super::blocks::{Block, blocks};
use super::cells::with_loose_cells;
use super::front::is_front;
use super::metadata::{Metadata, metadata};
use super::trim::trim;
use super::unscripted::unscripted;

/// Fills the record's text from its page, and its empty fields from what the page says of itself.
pub(super) fn fill(record: &mut Record, rules: &Rules) -> Result<(), Trouble> {
    let page = Document::from(record.html.as_str());
    let mut data = metadata(&page, rules);
    record.text = grab(page, &mut data, rules);
    if words(&record.text) < rules.html.article_words {
        record.text = longer(std::mem::take(&mut record.text), whole(&record.html, &data, rules));
    }
    if words(&record.text) < rules.html.article_words {
        record.text = longer(std::mem::take(&mut record.text), hidden(&record.html, &mut data, rules));
    }
    if words(&data.body) > rules.html.body_factor * words(&record.text) {
        record.text = own_copy(&data.body, rules);
    }
    if record.text.is_empty() {
        return Err(Trouble::NoArticle);
    }
    fill_empty(record, data);
    Ok(())
}

fn fill_empty(record: &mut Record, data: Metadata) {
    let fields = [
        (&mut record.title, data.title),
        (&mut record.author, data.author),
        (&mut record.published, data.published),
        (&mut record.dateline, data.shown),
        (&mut record.language, data.language),
        (&mut record.url, data.url),
        (&mut record.site, data.site),
    ];
    for (field, found) in fields {
        if field.trim().is_empty() {
            *field = found;
        }
    }
}

/// The text of a piece of HTML, a block a line.
pub(super) fn plain(piece: &str, rules: &Rules) -> String {
    join(&blocks(Document::fragment(piece).root(), &rules.html))
}

/// The text that a page carries for search engines, with or without markup.
fn own_copy(body: &str, rules: &Rules) -> String {
    if body.contains("</") { plain(body, rules) } else { body.to_owned() }
}

/// The whole page, trimmed: for pages so short that readability finds no article in them.
fn whole(page: &str, data: &Metadata, rules: &Rules) -> String {
    let page = Document::from(page);
    let body = page.body().map(|body| blocks(body, &rules.html)).unwrap_or_default();
    told(body, &data.title, rules)
}

/// The article among these blocks; none where they are the stubs of a front page.
fn told(blocks: Vec<Block>, title: &str, rules: &Rules) -> String {
    if is_front(&blocks, &rules.html) { String::new() } else { join(&trim(blocks, title, &rules.html)) }
}

/// What stands on the page for browsers without scripts or frames, when it is more than the request to have them.
fn hidden(page: &str, data: &mut Metadata, rules: &Rules) -> String {
    let text = unscripted(page).map(|page| grab(Document::from(page), data, rules)).unwrap_or_default();
    if words(&text) < rules.html.hidden_words { String::new() } else { text }
}

fn longer(one: String, other: String) -> String {
    if other.len() > one.len() { other } else { one }
}

/// The text that readability takes for the article; empty where it finds none.
fn grab(page: Document, data: &mut Metadata, rules: &Rules) -> String {
    let config = Config { keep_classes: true, max_elements_to_parse: rules.limits.html_elements, ..Config::default() };
    let Ok(article) = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse()) else {
        return String::new();
    };
    if data.title.is_empty() {
        data.title = article.title;
    }
    if data.author.is_empty() {
        data.author = article.byline.map(|byline| byline.to_string()).unwrap_or_default();
    }
    let content = Document::fragment(with_loose_cells(&article.content));
    told(blocks(content.root(), &rules.html), &data.title, rules)
}

/// One block a line, a blank line between.
pub(super) fn join(blocks: &[Block]) -> String {
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join("\n\n")
}

fn words(text: &str) -> usize {
    text.split_ascii_whitespace().count()
}

#[cfg(test)]
mod tests {
    use crate::read::{DEFAULTS, Rules, main_text};

    const FIRST: &str = "The ferry company said on Tuesday that it had called off 14 crossings because of the strike.";
    const SECOND: &str =
        "“We will not sail with half a crew,” said the captain, who has worked there since it was founded.";

    /// Puts the two paragraphs where the page says `{1}` and `{2}`, and expects nothing but them.
    fn check(page: &str) {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let page = page.replace("{1}", FIRST).replace("{2}", SECOND);
        assert_eq!(main_text(&page, &rules), Some(format!("{FIRST}\n\n{SECOND}")), "{page}");
    }

    #[test]
    fn furniture_inside_an_article_is_left_out() {
        check("<title>Strike</title><article><p>By Ann Ryder</p><p>4 March 2025</p><p>{1}</p><p>{2}</p></article>");
        check("<article><p>{1}</p><figure><img src=a><figcaption>The quay.</figcaption></figure><p>{2}</p></article>");
        check(
            "<article><p>{1}</p><p><a href=/b>Bridge opens in May</a></p><p>{2}</p><p>Sign up for our briefing.</p></article>",
        );
        check("<article><p>{1}</p><p>{2}</p><h3>More from the Herald</h3><ul><li>Fish prices fall</ul></article>");
        check("<article><div class='share-bar'>Share Tweet</div><p>{1}</p><p>Photo: A. Ryder</p><p>{2}</p></article>");
        check("<table><tr><td><font>{1}<br><br>{2}<br><br></font></table>");
    }

    #[test]
    fn pages_of_older_shapes_are_read() {
        let menu: String =
            ["Home", "News", "Sport", "Letters"].map(|entry| format!("<A HREF=x>{entry}</A><BR>")).concat();
        let third =
            "Divers found cracks in eleven of the forty pillars of the quay, the port told the council that night.";
        let more = format!("<BR><BR>{third}<BR><BR>{third} Lorries must take the other gate.");
        let more_pre = more.replace("<BR>", "\n");
        let framed = format!("<P>{FIRST}<P>{SECOND}<P>{third}");
        let rules = Rules::parse(DEFAULTS).unwrap();
        for page in [
            format!(
                "<TABLE><TR><TD><FONT>{menu}</FONT></TD><TD><FONT>{FIRST}<BR><BR>{SECOND}{more}</FONT></TD></TR></TABLE>"
            ),
            format!("<PRE>\n{FIRST}\n\n{SECOND}{more_pre}</PRE>"),
            format!("<FRAMESET><FRAME SRC=a><NOFRAMES><BODY>{framed}</BODY></NOFRAMES></FRAMESET>"),
            format!("<div id=app></div><script>show()</script><noscript><article>{framed}</article></noscript>"),
        ] {
            let text = main_text(&page, &rules).unwrap_or_default();
            assert!(text.starts_with(&format!("{FIRST}\n\n{SECOND}\n\n{third}")), "{page}\n{text}");
        }
        assert_eq!(
            main_text("<div id=app></div><noscript>Please switch on JavaScript to go on.</noscript>", &rules),
            None
        );
    }

    #[test]
    fn comments_of_readers_are_left_out_behind_an_article() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let comment = "<p>Tom: I was on that ship, and nobody told us anything until the evening of the next day.</p>";
        let page = |prose: usize| {
            let article = format!("<p>{FIRST}</p>") + &format!("<p>{SECOND}</p><p>{FIRST} Again.</p>").repeat(prose);
            format!("<article>{article}<p>13 Comment(s)</p>{comment}</article>")
        };
        assert!(main_text(&page(0), &rules).unwrap().contains("Tom:"));
        assert!(!main_text(&page(1), &rules).unwrap().contains("Tom:"));
    }

    #[test]
    fn a_front_page_is_no_article() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let stub = |told: &str| format!("<div><h2><a href=/a>Ferry strike goes on</a></h2><p>{told}</p></div>");
        let page = |front: &str, stubs: usize| {
            let nav = "<nav><a href=/>Home</a><a href=/n>News</a></nav>";
            format!("<body>{nav}<div>{front}{}</div></body>", (stub(FIRST) + &stub(SECOND)).repeat(stubs))
        };
        assert_eq!(main_text(&page("", 3), &rules), None);
        let more = page("", 3).replace("</p>", " <a href=/a>Read more</a></p>");
        assert_eq!(main_text(&more, &rules), None);
        let list = main_text(&page(&format!("<p>{SECOND} These are the ships.</p>"), 3), &rules);
        assert!(list.is_some(), "a list behind an opening is an article");
    }

    const STORIES: [(&str, &str); 4] = [
        (
            "Fishermen Ask for Aid After Storm",
            "The fleet lost nine boats last week, and its owners want the state to pay for half.",
        ),
        (
            "Schools to Open a Week Late",
            "Classes will not begin before September because the roof of the high school is not finished.",
        ),
        (
            "Orchestra Names a Conductor",
            "Maria Lindqvist, 41, is to lead the city's musicians for the next three seasons.",
        ),
        (
            "Library Wins National Award",
            "A jury in Washington honoured its programme of evening courses for night workers.",
        ),
    ];

    /// The stories, each as `write` has it.
    fn stories(write: fn(&str, &str) -> String) -> String {
        STORIES.iter().map(|(head, told)| write(head, told)).collect()
    }

    #[test]
    fn a_front_page_is_none_however_it_is_written() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let pages: [fn(&str, &str) -> String; 3] = [
            |head, told| format!("<p><a href=/a><b>{head}</b></a><br>{told}</p>"),
            |head, told| format!("<p><b><font size=3>{head}</font></b><br>{told} <a href=/a>Full story</a></p>"),
            |head, told| format!("<div><h3>{head}</h3><p>{told}</p></div>"),
        ];
        for write in pages {
            let page = format!("<title>Bay Courier</title><body><div>{}</div></body>", stories(write));
            assert_eq!(main_text(&page, &rules), None, "{page}");
        }
        // Parts of one story name what it is about again and again.
        let parts = "<h3>What the ferry company says</h3><p>The ferry company called the strike of its crews a breach of \
                     contract on Tuesday.</p><h3>What the crews want</h3><p>The crews say that the ferry company owes them \
                     two years of overtime.</p><h3>When ferries sail again</h3><p>No ferry will leave before the strike ends \
                     on Friday, the company said.</p>";
        assert!(main_text(&format!("<body><div>{parts}</div></body>"), &rules).is_some());
        // Of a digest each part is told, not announced.
        let digest = stories(|head, told| {
            format!("<h2>{head}</h2><p>{told}</p><p>{} Nothing more was known.</p>", told.repeat(3))
        });
        assert!(main_text(&format!("<body><div>{digest}</div></body>"), &rules).is_some());
    }

    #[test]
    fn teasers_behind_a_story_parted_by_line_breaks_are_left_out() {
        let teasers = stories(|head, told| format!("<b><a href=/a>{head}</a></b><br>{told}<br>"));
        let third = "Two of the four ferries were back at sea by the evening, a spokeswoman for the harbour said.";
        let page =
            format!("<body><div>{FIRST}<br><br>{SECOND}<br><br>{third}<br><br><div>{teasers}</div></div></body>");
        let text = main_text(&page, &Rules::parse(DEFAULTS).unwrap());
        assert_eq!(text, Some(format!("{FIRST}\n\n{SECOND}\n\n{third}")));
    }

    #[test]
    fn bold_lines_parted_by_line_breaks_are_headings() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let third = "Two of the four ferries were back at sea by the evening, a spokeswoman for the harbour said.";
        let story = format!("{FIRST}<br><br>{SECOND}<br><br>{third}<br><br>");
        let teasers = stories(|head, told| format!("<b><a href=/a>{head}</a></b><br>{told}<br>"));
        let check = |page: String| {
            let text = main_text(&format!("<body><div>{page}</div></body>"), &rules);
            assert_eq!(text, Some(format!("{FIRST}\n\n{SECOND}\n\n{third}")), "{page}");
        };
        check(format!("<b>Ferries called off</b><br><b>4 March 2025</b><br>{story}"));
        check(format!("<strong>Ferries called off<br>4 March 2025</strong><br>{story}"));
        check(format!("{story}<div><b>Other stories</b><br>{teasers}</div>"));
    }

    #[test]
    fn a_page_with_little_text_is_taken_whole() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let script = "let a = 'words of no reader';".repeat(50);
        let page =
            format!("<script>{script}</script><nav><a href=/>Home</a></nav><div>Rain fell on the town all day.</div>");
        assert_eq!(main_text(&page, &rules).as_deref(), Some("Rain fell on the town all day."));
        assert_eq!(main_text("<p> </p>", &rules), None);
    }
}

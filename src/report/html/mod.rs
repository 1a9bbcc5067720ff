//! `report.html`: one file without network and without scripts, made from the stored tables alone.

mod cards;
mod evidence;
mod facts;
mod markup;
mod matrix;
mod passage;
mod plot;
mod run;
mod scores;

use super::Rules;
use super::package::DISCLAIMER;
use super::stored::Stored;
use crate::failure::Failure;
use facts::Facts;
use markup::Markup;

const STYLE: &str = include_str!("style.css");
/// SHA-256 of `style.css`: the one thing besides plain markup that the page lets a browser use.
const STYLE_DIGEST: &str = "sha256-JyIvgtwMLlxYU5PrlDyvacRRbuz80jEYGzjxQC1MWps=";

/// The page of a stored run, no larger than the rules say: where there is too much to show, it shows less of each.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn page(stored: &Stored, rules: &Rules) -> Result<String, Failure> {
    let mut facts = Facts::gather(stored, &rules.page)?;
    loop {
        let page = composed(&facts, rules);
        if page.len() <= rules.page.bytes || !facts.lessen() {
            return Ok(page);
        }
    }
}

fn composed(facts: &Facts, rules: &Rules) -> String {
    let mut page = Markup::default();
    page.raw("<!doctype html>\n");
    page.tag("html", &[("lang", &"en")], |html| {
        html.tag("head", &[], |head| self::head(head, facts));
        html.line();
        html.tag("body", &[], |body| self::body(body, facts, rules));
    });
    page.line();
    page.into_string()
}

fn head(head: &mut Markup, facts: &Facts) {
    let policy = format!("default-src 'none'; style-src '{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'");
    head.void("meta", &[("charset", &"utf-8")]);
    head.void("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &policy)]);
    head.void("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
    head.tag("style", &[], |style| style.raw(STYLE));
    head.text_tag("title", "", format!("Variorum {}", facts.manifest["run_id"].as_str().unwrap_or_default()));
}

fn body(body: &mut Markup, facts: &Facts, rules: &Rules) {
    body.tag("a", &[("class", &"skip"), ("href", &"#sources")], |a| a.text("Skip to the scores"));
    opening(body, facts);
    body.tag("main", &[], |main| {
        scores::scores(main, facts);
        cards::cards(main, facts, &rules.page);
        matrix::matrix(main, facts);
        evidence::slots(main, facts, &rules.page);
        evidence::copies(main, facts);
        evidence::noise(main, facts);
        run::run(main, facts);
    });
}

/// What the figures do not say, what they were made from, and where to find what.
fn opening(body: &mut Markup, facts: &Facts) {
    body.tag("header", &[("class", &"opening")], |header| {
        header.text_tag("h1", "", "Who says what");
        header.text_tag("p", "disclaimer", DISCLAIMER);
        let days = match &facts.days {
            Some((first, last)) if first == last => format!(", published {first}"),
            Some((first, last)) => format!(", published {first} to {last}"),
            None => String::new(),
        };
        let (documents, sources, stories) = (facts.document_count, facts.source_count, facts.stories);
        header.text_tag("p", "", format!("{documents} documents of {sources} sources in {stories} stories{days}."));
        contents(header, facts);
    });
}

fn contents(header: &mut Markup, facts: &Facts) {
    let parts = [
        ("sources", "Sources", true),
        ("disagreements", "Disagreements", true),
        ("matrix", "Who disagrees with whom", facts.matrix.len() > 1),
        ("values", "Values over time", facts.slots.values().any(|mentions| !mentions.is_empty())),
        ("copies", "Copies", !facts.copies.is_empty()),
        ("noise", "Noise", true),
        ("run", "How this was made", true),
    ];
    header.tag("nav", &[("aria-label", &"Parts of this page")], |nav| {
        for (id, name, _) in parts.iter().filter(|(_, _, is_there)| *is_there) {
            nav.tag("a", &[("href", &format!("#{id}"))], |a| a.text(name));
            nav.text(" ");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::Dialect;
    use crate::rules::RuleBook;
    use std::io::Write;
    use std::process::{Command, Stdio};

    fn sample() -> String {
        let dir = tempfile::tempdir().unwrap();
        crate::report::tests::sample(dir.path(), Dialect::ExcelEu);
        let rules = RuleBook::load(None).unwrap().report;
        page(&Stored::open(dir.path(), &rules.cells).unwrap(), &rules).unwrap()
    }

    #[test]
    fn shows_what_the_tables_hold_and_escapes_it() {
        let page = sample();
        for part in [DISCLAIMER, "=Outlet; &quot;é&quot;", "100 → 81.2", "id=\"d1\"", "&lt;b&gt;", "No limit was hit"]
        {
            assert!(page.contains(part), "{part} in\n{page}");
        }
        for bad in ["<b>", "<script", " style=", "http:", "https:", "javascript:"] {
            assert!(!page.contains(bad), "{bad} in\n{page}");
        }
    }

    #[test]
    fn the_same_tables_make_the_same_page() {
        assert_eq!(sample(), sample());
    }

    /// Needs openssl.
    #[test]
    fn the_digest_is_that_of_the_style() {
        let digest = Command::new("openssl")
            .args(["dgst", "-sha256", "-binary"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut digest) = digest else {
            println!("skipped: openssl is not installed");
            return;
        };
        digest.stdin.take().unwrap().write_all(STYLE.as_bytes()).unwrap();
        let bytes = digest.wait_with_output().unwrap().stdout;
        assert_eq!(STYLE_DIGEST, format!("sha256-{}", base64(&bytes)));
    }

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let encode = |chunk: &[u8]| {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            let digit = |at: usize| char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
            (0..4).map(|at| if at <= chunk.len() { digit(at) } else { '=' }).collect::<String>()
        };
        bytes.chunks(3).map(encode).collect()
    }
}

//! An edited `disagreements.csv` taken back as judgements.

use std::collections::BTreeMap;
use std::path::Path;

use super::pick::Pair;
use crate::failure::Failure;
use crate::rules::diagnostic::did_you_mean;
use crate::voices::book::Book;
use crate::voices::judgement::{Answer, Judgement};

/// Adds what the columns `reviewed` and `note` say to the book; how many were taken, and how many known.
///
/// # Errors
/// [`Failure::NoInput`] for a file that cannot be read, [`Failure::Usage`] for one without the columns or with
/// an answer that is none: nothing is taken then.
pub fn take(table: &Path, pairs: &[Pair], book: &mut Book, by: &str) -> Result<(usize, usize), Failure> {
    let bytes =
        std::fs::read(table).map_err(|error| Failure::NoInput(format!("cannot read {}: {error}", table.display())))?;
    let rows = rows(&bytes).map_err(|message| Failure::Usage(format!("{}: {message}", table.display())))?;
    let by_id: BTreeMap<&str, &Pair> = pairs.iter().map(|pair| (pair.id.as_str(), pair)).collect();
    let last: BTreeMap<String, Judgement> =
        book.judgements().iter().map(|judgement| (judgement.pair.clone(), judgement.clone())).collect();
    let (mut taken, mut known) = (0, 0);
    for Edited { id, verdict, note } in rows {
        if last.get(&id).is_some_and(|before| before.verdict == verdict && before.reason == note) {
            known += 1;
            continue;
        }
        let judgement = match by_id.get(id.as_str()) {
            Some(pair) => pair.judged(verdict, &note, by),
            None => Judgement { pair: id, verdict, reason: note, by: by.to_owned(), ..Judgement::default() },
        };
        book.add(judgement)?;
        taken += 1;
    }
    Ok((taken, known))
}

/// A row that a person filled in.
#[derive(Debug, PartialEq, Eq)]
struct Edited {
    id: String,
    verdict: Answer,
    note: String,
}

fn rows(bytes: &[u8]) -> Result<Vec<Edited>, String> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let place = |name: &str| {
        let at = header.iter().position(|column| column.trim() == name);
        at.ok_or_else(|| format!("no column {name}: needs disagreement_id, reviewed and note"))
    };
    let (id, reviewed, note) = (place("disagreement_id")?, place("reviewed")?, place("note")?);
    let mut rows = Vec::new();
    for (record, number) in reader.into_records().zip(2..) {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        if !cell(reviewed).is_empty() {
            let verdict = answer(cell(reviewed)).map_err(|message| format!("row {number}: {message}"))?;
            rows.push(Edited { id: cell(id).to_owned(), verdict, note: cell(note).to_owned() });
        }
    }
    Ok(rows)
}

/// Programs set to a European language save with semicolons.
fn delimiter(text: &[u8]) -> u8 {
    let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| header.iter().filter(|byte| **byte == mark).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn answer(word: &str) -> Result<Answer, String> {
    let word = word.to_lowercase();
    Answer::named(&word).ok_or_else(|| {
        let known = Answer::ALL.map(Answer::name);
        let help = did_you_mean(&word, known)
            .map_or(format!("known are {}", known.join(", ")), |meant| format!("did you mean `{meant}`?"));
        format!("reviewed says `{word}`: {help}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_rows_are_read_in_every_flavour() {
        let edited = |id: &str, verdict, note: &str| Edited { id: id.into(), verdict, note: note.into() };
        for text in [
            "\u{feff}disagreement_id,reviewed,note\r\nd1,Agrees,ok\r\nd2,,\r\n",
            "note;kind;reviewed;disagreement_id\nok;number;agrees;d1\n",
        ] {
            assert_eq!(rows(text.as_bytes()), Ok(vec![edited("d1", Answer::Agrees, "ok")]), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_taken_is_told() {
        let check = |text: &str, part: &str| {
            let message = rows(text.as_bytes()).unwrap_err();
            assert!(message.contains(part), "{part} in {message}");
        };
        check("disagreement_id,note\n", "no column reviewed");
        check("disagreement_id,reviewed,note\nd1,agree,x\n", "row 2: reviewed says `agree`: did you mean `agrees`?");
    }
}

//! What can go wrong with one file or record, in words that say what to do.

use std::io;

use crate::document::Problem;

/// Why a document could not be read. It costs that document and nothing else.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The system refused.
    #[error("cannot be read: {0}; check its permissions")]
    Unreadable(io::Error),
    /// Deleted since the files were listed.
    #[error("is gone since the files were listed; run again to read what is there now")]
    Vanished,
    /// Written to while it was read.
    #[error("changed while it was read: what stands in the tables may be part of it; run again to read it whole")]
    Changed,
    /// A link that leads elsewhere.
    #[error(
        "is a link that leads out of the corpus, to {0}; give that place as an input of its own if it belongs here"
    )]
    SymlinkOutside(String),
    /// More bytes than one document may have.
    #[error("has more than {0} bytes; if it is one document all the same, raise limits.document_bytes in read.toml")]
    TooLarge(u64),
    /// Grows beyond reason when decompressed.
    #[error(
        "grows to more than {0} bytes when decompressed; raise limits.expansion_ratio in read.toml if that is right"
    )]
    Bomb(u64),
    /// Compressed data that end or break.
    #[error("is damaged: {0}; fetch or compress it again")]
    Damaged(String),
    /// No text at all.
    #[error("is binary and no text; convert it to text, HTML or JSON first")]
    Binary,
    /// A known format that is not read.
    #[error("is no text, page, table or archive that is read; convert it to text, Markdown, HTML or JSON first")]
    Foreign,
    /// Several files in one, or compressed otherwise.
    #[error("is packed in a way that is not looked into; unpack it, or pack each file with gzip or zstd")]
    Packed,
    /// Nothing but white space.
    #[error("holds no text")]
    Empty,
    /// A record in which none of the known fields holds text.
    #[error(
        "has no field that is known to hold text, only: {0}; name the right one: --set 'read.fields.text=[\"NAME\"]', or \
         fields.text in read.toml"
    )]
    NoText(String),
    /// Braces in braces.
    #[error("nests deeper than {0} levels; raise limits.json_depth or html_depth in read.toml if that is right")]
    TooDeep(usize),
    /// JSON that does not parse.
    #[error("is not valid JSON: {0}")]
    Json(String),
    /// A table that does not parse.
    #[error("is not a table that can be read: {0}")]
    Table(String),
    /// A web archive that does not parse.
    #[error("is not a web archive that can be read: {0}")]
    Warc(String),
    /// A feed that does not parse.
    #[error("is not a feed that can be read: {0}")]
    Feed(String),
    /// A message that is no saved page.
    #[error("is a message without a page in it; save the page as HTML, or the text of the message as text")]
    Mhtml,
    /// A Parquet file that does not parse.
    #[error("is not a Parquet file that can be read: {0}")]
    Parquet(String),
    /// A format this build leaves out.
    #[error("needs a build with the feature `{0}`: cargo install variorum --features {0}")]
    FeatureOff(&'static str),
    /// A page in which no article was found.
    #[error("is a page without an article that could be told from its furniture")]
    NoArticle,
    /// A row of the manifest that cannot be used.
    #[error("{0}")]
    ManifestRow(String),
    /// No more was wanted: the run is ending.
    #[error("was not read to its end, for the run was interrupted")]
    Stopped,
}

impl Trouble {
    /// The short word of the `code` column.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Vanished => "vanished",
            Self::Changed => "changed",
            Self::SymlinkOutside(_) => "symlink-outside",
            Self::TooLarge(_) => "too-large",
            Self::Bomb(_) => "bomb",
            Self::Damaged(_) => "damaged",
            Self::Binary => "binary",
            Self::Foreign => "foreign",
            Self::Packed => "packed",
            Self::Empty => "empty",
            Self::NoText(_) => "no-text",
            Self::TooDeep(_) => "too-deep",
            Self::Json(_) => "json",
            Self::Table(_) => "table",
            Self::Warc(_) => "warc",
            Self::Feed(_) => "feed",
            Self::Mhtml => "mhtml",
            Self::Parquet(_) => "parquet",
            Self::FeatureOff(_) => "feature-off",
            Self::NoArticle => "no-article",
            Self::ManifestRow(_) => "manifest-row",
            Self::Stopped => "stopped",
        }
    }

    /// The row of `problems.csv` for `document`.
    pub fn of(&self, document: &str) -> Problem {
        Problem {
            document: document.to_owned(),
            stage: "read".to_owned(),
            code: self.code().to_owned(),
            message: format!("{document} {self}"),
        }
    }
}

/// Marks the error that a reader gives when its allowance is used up.
#[derive(Debug, thiserror::Error)]
#[error("more than {0} bytes")]
pub(super) struct Exhausted(pub u64);

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        let exhausted = error.get_ref().and_then(|inner| inner.downcast_ref::<Exhausted>());
        if let Some(Exhausted(limit)) = exhausted {
            return Self::Bomb(*limit);
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Vanished,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Self::Damaged(error.to_string())
            }
            io::ErrorKind::Other => Self::Damaged(error.to_string()),
            _ => Self::Unreadable(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: io::Error, code: &str) {
        assert_eq!(Trouble::from(error).code(), code);
    }

    #[test]
    fn errors_of_the_system_get_a_code() {
        check(io::ErrorKind::NotFound.into(), "vanished");
        check(io::ErrorKind::PermissionDenied.into(), "unreadable");
        check(io::ErrorKind::UnexpectedEof.into(), "damaged");
        check(io::Error::other(Exhausted(10)), "bomb");
    }

    #[test]
    fn a_row_names_the_document_and_what_to_do() {
        let row = Trouble::TooLarge(9).of("a.txt");
        assert_eq!((row.stage.as_str(), row.code.as_str()), ("read", "too-large"));
        assert!(
            row.message.starts_with("a.txt has more than 9 bytes") && row.message.contains("limits.document_bytes")
        );
    }
}

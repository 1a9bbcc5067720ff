//! The flavours of CSV, for the programs that open it.

/// The flavours of CSV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// UTF-8 with a byte order mark, comma, CRLF: what spreadsheet programs open right.
    #[default]
    Excel,
    /// The same with semicolon and decimal comma, for programs set to a European language.
    ExcelEu,
    /// Without the byte order mark, for other programs.
    Rfc,
}

impl Dialect {
    /// What stands between cells.
    pub fn delimiter(self) -> u8 {
        if self == Self::ExcelEu { b';' } else { b',' }
    }

    /// What stands before decimals.
    pub fn decimal_mark(self) -> char {
        if self == Self::ExcelEu { ',' } else { '.' }
    }

    /// Whether files begin with a byte order mark.
    pub fn has_mark(self) -> bool {
        self != Self::Rfc
    }
}

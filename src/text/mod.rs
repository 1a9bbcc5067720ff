//! The substrate that all stages share: tokens, sentences and folded words of one text.
//!
//! A text is scanned once; every later stage walks the tokens and never searches the
//! characters again. All spans are bytes of the original text.

mod fold;
mod lead;
mod party;
mod plain;
pub mod recent;
mod sentence;
pub mod stem;
mod token;
mod word_list;

pub use fold::{fold, fold_char};
pub use lead::agency_lead;
pub use party::is_party_tag;
pub use sentence::{Abbreviations, sentences};
pub use token::{Case, Token, TokenKind, tokenize, tokenize_into};
pub use word_list::WordList;

//! Extraction: sentence by sentence, what a document says, with the bytes where it says it.
//! Nothing here knows about other documents.

pub mod attribution;
pub mod modality;
pub mod quotation;

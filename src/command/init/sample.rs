//! The sample corpus: the same files that the tests run on.

/// Embeds files of `tests/corpora/sample`, each under its path there.
macro_rules! embed {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../../tests/corpora/sample/", $path))),)*]
    };
}

/// Path in the corpus and text.
pub const FILES: &[(&str, &str)] = embed![
    "manifest.csv",
    "documents/capital-herald-ferry.txt",
    "documents/capital-herald-visit.txt",
    "documents/coast-daily-ferry.txt",
    "documents/coast-daily-visit.txt",
    "documents/harbour-post-ferry.txt",
    "documents/harbour-post-visit.txt",
    "documents/island-echo-ferry.txt",
    "documents/north-wire-ferry.txt",
    "documents/north-wire-visit.txt",
];

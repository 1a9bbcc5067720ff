//! The models, one a file.

pub mod bayes;
pub mod catd;
pub mod dawid_skene;
pub mod majority;

/// A model by the name that `--model` takes and reports print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Model {
    /// The value with the most voices.
    Majority,
    /// One-coin Bayesian EM.
    Bayes,
    /// One-coin Bayesian EM for tables with many claims an item.
    Dense,
    /// One-coin Bayesian EM for tables with few claims an item.
    Sparse,
    /// A table of confusion per source, for a few classes that all items share.
    DawidSkene,
    /// Chi-square weights, for many sources of few claims.
    Catd,
}

impl Model {
    /// The name in options, reports and rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::Bayes => "bayes",
            Self::Dense => "dense",
            Self::Sparse => "sparse",
            Self::DawidSkene => "dawid-skene",
            Self::Catd => "catd",
        }
    }
}

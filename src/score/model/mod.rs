//! The models, one a file.

pub mod bayes;
pub mod catd;
pub mod confusion_prior;
pub mod dawid_skene;
pub mod leap;
pub mod majority;
pub mod numeric;
pub mod peak;
pub mod truth_finder;

/// A model by the name that `--model` takes and reports print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Model {
    /// The value with the most voices.
    Majority,
    /// One-coin Bayesian EM.
    Bayes,
    /// One-coin Bayesian EM for tables with many claims an item.
    Dense,
    /// A table of confusion per source, for a few classes that all items share.
    DawidSkene,
    /// Chi-square weights, for many sources of few claims.
    Catd,
    /// Mutual reinforcement, for few claims an item.
    TruthFinder,
    /// Weighted medians, for numbers that rarely repeat.
    Numeric,
}

impl Model {
    /// The name in options, reports and rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::Bayes => "bayes",
            Self::Dense => "dense",
            Self::DawidSkene => "dawid-skene",
            Self::Catd => "catd",
            Self::TruthFinder => "truth-finder",
            Self::Numeric => "numeric",
        }
    }

    /// Whether the model climbs hills whose heights compare, so that several starts make sense.
    pub fn climbs(self) -> bool {
        matches!(self, Self::Bayes | Self::Dense | Self::DawidSkene)
    }
}

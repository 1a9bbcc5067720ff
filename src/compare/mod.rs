//! How two values of one slot stand to each other.


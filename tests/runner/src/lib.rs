//! Runs tests/vectors.

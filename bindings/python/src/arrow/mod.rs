//! Tables and columns in the memory format of Apache Arrow, handed over and taken through its C data interface: data tools read them
//! without a copy, and none of them is needed here.

mod column;
mod crns;
#[rustfmt::skip]
mod records;
mod rows;
mod shape;
mod table;

pub(crate) use crns::{arrow_check, arrow_parse};
pub(crate) use rows::{arrow_rows, arrow_rows_schema};
pub(crate) use table::Table;

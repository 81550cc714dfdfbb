//! The Python door: the functions of [`kmsguard::api`], taking and giving JSON text, or columns of Arrow. It holds no logic; what Python users
//! see is the package in `python/kmsguard`.

mod arrow;
mod command;
mod crn;
mod diff;
mod error;
mod inventory;
mod plan;
mod policy;

// Builds of Python without the interpreter's lock take it again for this module: none of them has run these tests.
#[pyo3::pymodule(gil_used = true)]
mod _kmsguard {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::arrow::{Table, arrow_check, arrow_parse, arrow_rows, arrow_rows_schema};
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::crn::{crn_json, crns, is_key_crn};
    #[pymodule_export]
    use crate::diff::diff_json;
    #[pymodule_export]
    use crate::error::now_text;
    #[pymodule_export]
    use crate::inventory::Inventory;
    #[pymodule_export]
    use crate::plan::plan_json;
    #[pymodule_export]
    use crate::policy::policy_json;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", kmsguard::api::Tool::THIS.version)
    }
}

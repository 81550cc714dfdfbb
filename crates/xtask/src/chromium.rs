//! A real browser.

use std::path::{Path, PathBuf};

use crate::shell::{program, run};
use crate::steps::Failure;

/// Chromium, installed if it is not there. `KMSGUARD_CHROMIUM` names another.
pub fn find() -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("KMSGUARD_CHROMIUM") {
        return Ok(named.into());
    }
    let chromium = Path::new("/usr/bin/chromium");
    if !chromium.exists() {
        run(program("apt-get").args(["update", "-qq"]))?;
        run(program("apt-get").args(["install", "-y", "--no-install-recommends", "chromium"]))?;
    }
    if chromium.exists() {
        Ok(chromium.into())
    } else {
        Err(Failure::of("no /usr/bin/chromium; set KMSGUARD_CHROMIUM"))
    }
}

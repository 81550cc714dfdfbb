//! Real browsers.

use std::path::{Path, PathBuf};

use crate::shell::{program, run};
use crate::steps::Failure;

/// A browser as Debian packages it.
pub struct Browser {
    /// The package, and its program in `/usr/bin`.
    package: &'static str,
    /// The variable that names another program.
    variable: &'static str,
}

/// The browser of the ordinary tests.
pub const CHROMIUM: Browser = Browser { package: "chromium", variable: "KMSGUARD_CHROMIUM" };

/// The browser that only `test --all` needs.
pub const FIREFOX: Browser = Browser { package: "firefox-esr", variable: "KMSGUARD_FIREFOX" };

impl Browser {
    /// Its program, installed if it is not there.
    pub fn find(&self) -> Result<PathBuf, Failure> {
        if let Some(named) = std::env::var_os(self.variable) {
            return Ok(named.into());
        }
        let browser = Path::new("/usr/bin").join(self.package);
        if !browser.exists() {
            run(program("apt-get").args(["update", "-qq"]))?;
            run(program("apt-get").args(["install", "-y", "--no-install-recommends", self.package]))?;
        }
        if browser.exists() {
            Ok(browser)
        } else {
            Err(Failure::of(format!("no {}; set {}", browser.display(), self.variable)))
        }
    }
}

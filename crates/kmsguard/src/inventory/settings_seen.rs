//! For which accounts and locations the settings of Schematics were read.

use hashbrown::HashSet;

use super::Inventory;
use crate::crn::parse;
use crate::ingest::ExportKind;

/// The locations of which Schematics has settings each.
///
/// Source: Schematics CLI reference, *Key management service commands*, as of 2026-07-07.
pub(crate) const LOCATIONS: [&str; 2] = ["us", "eu"];

/// The accounts and locations of which they were read. Settings that name no account may be of any.
#[derive(Debug)]
pub(crate) struct SettingsSeen<'a> {
    read: HashSet<(Option<&'a str>, &'static str)>,
}

impl<'a> SettingsSeen<'a> {
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let rows = inventory.settings.iter().flat_map(|settings| {
            let account = parse(inventory.text(settings.resource)).ok().and_then(|crn| crn.account());
            let text = inventory.text(settings.location);
            LOCATIONS.into_iter().filter(|location| is_in(text, location)).map(move |location| (account, location))
        });
        // That there are no settings in a location is an answer.
        let calls = inventory.sources.iter().filter_map(|source| source.call.as_ref());
        let empty = calls.filter(|call| call.kind() == Some(ExportKind::SchematicsSettings) && call.found_nothing());
        let answers = empty.filter_map(|call| Some((call, call.account.as_deref()?)));
        let answers = answers.flat_map(|(call, account)| {
            let asked = LOCATIONS.into_iter().filter(|location| call.asks_for_location(location));
            asked.map(move |location| (Some(account), location))
        });
        Self { read: rows.chain(answers).collect() }
    }

    pub(crate) fn has(&self, account: &str, location: &'static str) -> bool {
        self.read.contains(&(None, location)) || self.read.contains(&(Some(account), location))
    }
}

/// Whether it is the location, or a region in it.
fn is_in(text: &str, location: &str) -> bool {
    text == location || text.split_once('-').is_some_and(|(area, _)| area == location)
}

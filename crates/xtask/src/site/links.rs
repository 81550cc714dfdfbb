//! Whether every link of the site leads somewhere in it.

use std::collections::{BTreeMap, BTreeSet};

/// Each link that leads to no page, or to no place on its page. What leads out of the site is not asked.
pub(super) fn broken(files: &[(String, String)]) -> Vec<String> {
    let places: BTreeMap<&str, BTreeSet<&str>> =
        files.iter().map(|(path, text)| (path.as_str(), values(text, "id=\"").collect())).collect();
    let mut broken = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in values(text, "href=\"").chain(values(text, "src=\"")) {
            if link.starts_with("https://") {
                continue;
            }
            let (target, place) = link.split_once('#').map_or((link, None), |(target, place)| (target, Some(place)));
            let target = if target.is_empty() { path.clone() } else { resolved(path, target) };
            let there = places.get(target.as_str());
            if !there.is_some_and(|there| place.is_none_or(|place| there.contains(place))) {
                broken.push(format!("{path}: `{link}` leads nowhere"));
            }
        }
    }
    broken
}

/// The values of an attribute.
fn values<'a>(text: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next())
}

/// A relative link, from the root of the site.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn what_leads_nowhere_is_told() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = [
            file(
                "index.html",
                "<h1 id=\"top\"> <a href=\"a/b.html\"> <a href=\"#top\"> <a href=\"https://x\"> <a href=\"c.html\">",
            ),
            file("a/b.html", "<a href=\"../index.html#top\"> <a href=\"../index.html#no\">"),
        ];
        assert_eq!(
            broken(&files),
            ["index.html: `c.html` leads nowhere", "a/b.html: `../index.html#no` leads nowhere"]
        );
    }
}

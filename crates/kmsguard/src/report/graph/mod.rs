//! A picture of deployments, keys and authorizations in three columns, in which keys that are shared are seen at a glance.

mod layout;
mod mermaid;
mod svg;

pub(crate) use mermaid::mermaid;
pub(crate) use svg::{STYLE, svg, svg_inside};

use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{count, plain};
use crate::rules::Severity;

/// A picture shows so many keys; the others are one node.
const MOST_KEYS: usize = 40;

/// Of a key it shows so many deployments, and so many authorizations.
const MOST_OF_A_KEY: usize = 12;

/// What is known of a key.
#[derive(Debug, Default)]
pub(crate) struct KeyFacts<'a> {
    /// Its name, or its CRN or id.
    pub(crate) name: &'a str,
    pub(crate) state: &'a str,
    /// How bad the worst is that was found about it.
    pub(crate) worst: Option<Severity>,
    /// The CRNs of what uses it, and whether that is proved.
    pub(crate) deployments: BTreeMap<&'a str, Used<'a>>,
    /// What lets them, by the place of the authorization.
    pub(crate) authorizations: BTreeMap<usize, Granted>,
}

/// A deployment that uses a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used<'a> {
    pub(crate) name: &'a str,
    pub(crate) service: &'a str,
    pub(crate) is_proved: bool,
    /// Whether it is a deployment of its own that stands: not a volume that a service manages, and not deleted.
    pub(crate) is_standing: bool,
}

impl KeyFacts<'_> {
    /// How many deployments are known to hang on it.
    fn deployments(&self) -> usize {
        self.deployments.values().filter(|used| used.is_proved && used.is_standing).count()
    }
}

/// An authorization.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    /// Who is let in to what.
    pub(crate) title: String,
    /// With which roles, and its id.
    pub(crate) detail: String,
}

/// How a node looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    /// A key that several deployments use: how many.
    Shared(usize),
    /// A key about which something was found.
    Found,
    /// It stands for several.
    More,
}

/// A node of a column.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) look: Look,
}

/// A line between rows of two columns.
#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) is_proved: bool,
}

/// A picture: what stands in it, and what it says in words.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) deployments: Vec<Node>,
    pub(crate) keys: Vec<Node>,
    pub(crate) authorizations: Vec<Node>,
    /// From deployments to keys.
    pub(crate) uses: Vec<Edge>,
    /// From keys to authorizations.
    pub(crate) grants: Vec<Edge>,
    pub(crate) words: String,
}

impl Graph {
    pub(crate) fn of(mut keys: Vec<KeyFacts<'_>>) -> Self {
        keys.sort_by_cached_key(|key| {
            let number = key.deployments();
            let found = key.worst.map_or((true, Severity::Info), |worst| (false, worst));
            (number < 2, Reverse(number), found, key.name.to_owned())
        });
        let mut graph = Self { words: words(&keys), ..Self::default() };
        let (shown, rest) = keys.split_at(keys.len().min(MOST_KEYS));
        let mut rows = Rows::default();
        for key in shown {
            graph.add(key, &mut rows);
        }
        if !rest.is_empty() {
            let shared = rest.iter().filter(|key| key.deployments() > 1).count();
            graph.keys.push(Node {
                title: count(rest.len(), "more key"),
                detail: format!("{shared} of them shared"),
                look: if shared > 0 { Look::Shared(shared) } else { Look::More },
            });
        }
        graph
    }

    fn add<'a>(&mut self, key: &KeyFacts<'a>, rows: &mut Rows<'a>) {
        let place = self.keys.len();
        let number = key.deployments();
        self.keys.push(Node {
            title: plain(key.name),
            detail: match number {
                0 if key.deployments.is_empty() => format!("{} · protects nothing that is known", key.state),
                _ => format!("{} · {}", key.state, count(number, "deployment")),
            },
            look: match (number, key.worst) {
                (2.., _) => Look::Shared(number),
                (_, Some(_)) => Look::Found,
                (_, None) => Look::Plain,
            },
        });
        for (crn, used) in key.deployments.iter().take(MOST_OF_A_KEY) {
            let row = *rows.deployments.entry(crn).or_insert_with(|| {
                self.deployments.push(Node { title: plain(used.name), detail: plain(used.service), look: Look::Plain });
                self.deployments.len() - 1
            });
            self.uses.push(Edge { left: row, right: place, is_proved: used.is_proved });
        }
        if key.deployments.len() > MOST_OF_A_KEY {
            let more = key.deployments.values().skip(MOST_OF_A_KEY);
            let is_proved = more.clone().all(|used| used.is_proved);
            self.deployments.push(more_of(key.deployments.len() - MOST_OF_A_KEY, "more deployment"));
            self.uses.push(Edge { left: self.deployments.len() - 1, right: place, is_proved });
        }
        for (authorization, granted) in key.authorizations.iter().take(MOST_OF_A_KEY) {
            let row = *rows.authorizations.entry(*authorization).or_insert_with(|| {
                let (title, detail) = (plain(&granted.title), plain(&granted.detail));
                self.authorizations.push(Node { title, detail, look: Look::Plain });
                self.authorizations.len() - 1
            });
            self.grants.push(Edge { left: place, right: row, is_proved: true });
        }
        if key.authorizations.len() > MOST_OF_A_KEY {
            self.authorizations.push(more_of(key.authorizations.len() - MOST_OF_A_KEY, "more authorization"));
            self.grants.push(Edge { left: place, right: self.authorizations.len() - 1, is_proved: true });
        }
    }
}

/// Where a deployment and an authorization stand that were put there already.
#[derive(Debug, Default)]
struct Rows<'a> {
    deployments: BTreeMap<&'a str, usize>,
    authorizations: BTreeMap<usize, usize>,
}

fn more_of(number: usize, of: &str) -> Node {
    Node { title: count(number, of), detail: String::new(), look: Look::More }
}

/// The picture in words: how much there is, and which keys are shared, the widest first.
fn words(keys: &[KeyFacts<'_>]) -> String {
    let of_keys = keys.iter().flat_map(|key| &key.deployments);
    let standing = of_keys.filter(|(_, used)| used.is_proved && used.is_standing);
    let deployments: BTreeSet<&str> = standing.map(|(crn, _)| *crn).collect();
    let authorizations: BTreeSet<usize> = keys.iter().flat_map(|key| key.authorizations.keys().copied()).collect();
    let shared: Vec<&KeyFacts<'_>> = keys.iter().filter(|key| key.deployments() > 1).collect();
    let named: Vec<String> =
        shared.iter().take(5).map(|key| format!("{} by {}", plain(key.name), key.deployments())).collect();
    let shared = match shared.len() {
        0 => "no key is shared".to_owned(),
        1 => format!("1 key is shared: {} deployments", named.join(", ")),
        number if number > named.len() => {
            format!("{number} keys are shared, among them {} deployments", named.join(", "))
        }
        number => format!("{number} keys are shared: {} deployments", named.join(", ")),
    };
    format!(
        "{} protect {} under {}; {shared}.",
        count(keys.len(), "key"),
        count(deployments.len(), "deployment"),
        count(authorizations.len(), "authorization")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key<'a>(name: &'a str, deployments: &[&'a str]) -> KeyFacts<'a> {
        let used = |crn: &&'a str| (*crn, Used { name: crn, service: "s", is_proved: true, is_standing: true });
        KeyFacts { name, state: "active", deployments: deployments.iter().map(used).collect(), ..KeyFacts::default() }
    }

    #[test]
    fn shared_keys_come_first_and_a_deployment_stands_once() {
        let graph = Graph::of(vec![key("alone", &["x"]), key("shared", &["x", "y"])]);
        let titles: Vec<&str> = graph.keys.iter().map(|node| node.title.as_str()).collect();
        assert_eq!(titles, ["shared", "alone"]);
        assert_eq!(graph.keys[0].look, Look::Shared(2));
        assert_eq!((graph.deployments.len(), graph.uses.len()), (2, 3));
        assert_eq!(
            graph.words,
            "2 keys protect 2 deployments under 0 authorizations; 1 key is shared: shared by 2 deployments."
        );
    }

    #[test]
    fn what_is_not_proved_or_no_deployment_of_its_own_makes_no_key_shared() {
        let mut doubtful = key("key", &["x", "y", "z"]);
        doubtful.deployments.insert("y", Used { name: "y", service: "s", is_proved: false, is_standing: true });
        doubtful.deployments.insert("z", Used { name: "z", service: "s", is_proved: true, is_standing: false });
        let graph = Graph::of(vec![doubtful]);
        assert_eq!(graph.keys[0].look, Look::Plain);
        assert_eq!(graph.deployments.len(), 3);
        assert_eq!(graph.uses.iter().filter(|edge| edge.is_proved).count(), 2);
    }

    #[test]
    fn what_is_too_much_for_a_picture_stands_together() {
        let names: Vec<String> = (0..100).map(|number| format!("d{number:03}")).collect();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut keys = vec![key("wide", &all)];
        keys.extend(all.iter().map(|name| key(name, &[name])));
        let graph = Graph::of(keys);
        assert_eq!(graph.keys.len(), MOST_KEYS + 1);
        assert_eq!(graph.keys[MOST_KEYS].title, "61 more keys");
        assert_eq!(graph.keys[MOST_KEYS].look, Look::More);
        assert!(graph.deployments.iter().any(|node| node.title == "88 more deployments"));
    }
}

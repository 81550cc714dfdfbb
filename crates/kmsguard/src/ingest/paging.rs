//! What a list tells of the pages it is one of, and what follows for whether it is whole.

use super::document::Members;
use super::kind::ExportKind;

/// What a list answer says of the pages it is one of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// What it says of the page behind it.
    pub(crate) next: Next,
    /// The number of rows of all pages, where it states that.
    pub(crate) total: Option<u64>,
    /// How many rows a page may have.
    pub(crate) limit: Option<u64>,
    /// The number of its first row among those of all pages.
    pub(crate) offset: Option<u64>,
    /// It says that there are pages before it.
    pub(crate) follows: bool,
}

/// What a list says of the page behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: it is no answer that would.
    #[default]
    Silent,
    /// That there is none.
    Last,
    /// Where to find it.
    More(String),
}

/// A list of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListSeen {
    /// The kind of its records.
    pub(crate) kind: ExportKind,
    /// How many rows it has, readable or not.
    pub(crate) rows: u64,
    /// What it says of its pages.
    pub(crate) page: Page,
    /// Whether it is whole; none where nothing tells.
    pub(crate) complete: Option<bool>,
    /// Why.
    pub(crate) note: Option<String>,
}

impl Page {
    /// What the members beside a list say.
    ///
    /// Sources, all as of 2026-11: Resource Controller API (`next_url`, null on the last page), VPC API (`first`, `limit`, `next`,
    /// `total_count`), IAM Policy Management API (`first`, `limit`, `next`, `previous`), Schematics API (`offset`, `limit`, `count`,
    /// `total_count`). `metadata.collectionTotal` of Key Protect counts the rows of the answer alone and proves nothing (header
    /// `Key-Total`, Key Protect API, as of 2026-08-12).
    pub(crate) fn of(members: &Members<'_>) -> Self {
        let next = ["next_url", "next"].iter().find_map(|name| members.get(name)).map(|value| value.get());
        let is_none = |value: &str| matches!(value, "null" | "\"\"" | "{}");
        let says_pages = members.has("first") || (members.has("limit") && members.has("total_count"));
        let offset = members.read("offset");
        Self {
            next: match next {
                Some(value) if is_none(value) => Next::Last,
                Some(value) => Next::More(value.to_owned()),
                None if says_pages => Next::Last,
                None => Next::Silent,
            },
            total: members.read("total_count").or_else(|| members.read("rows_count")),
            limit: members.read("limit"),
            offset,
            follows: offset.is_some_and(|offset| offset > 0)
                || ["previous", "prev_url"]
                    .iter()
                    .any(|name| members.get(name).is_some_and(|value| !is_none(value.get()))),
        }
    }

    /// The number of the first row of the page behind, where the link to it says so.
    fn next_offset(&self) -> Option<u64> {
        let Next::More(link) = &self.next else { return None };
        let digits = link.split(['?', '&']).find_map(|part| part.strip_prefix("offset="))?;
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end)?.parse().ok()
    }

    /// The number of its first row, as it says itself or as the link to the page behind tells.
    fn first_row(&self, rows: u64) -> Option<u64> {
        self.offset.or_else(|| self.next_offset()?.checked_sub(rows))
    }
}

impl ListSeen {
    /// A list judged by itself. `sizes`: the numbers of rows at which lists of its kind are cut, where nothing else tells.
    pub(crate) fn new(kind: ExportKind, rows: u64, page: Page, sizes: &[usize]) -> Self {
        let seen = rows.saturating_add(page.offset.unwrap_or(0));
        let (complete, note) = if matches!(page.next, Next::More(_)) || page.total.is_some_and(|total| total > seen) {
            (Some(false), Some("the list says that it goes on: more pages are missing".to_owned()))
        } else if page.follows {
            (Some(false), Some("the list begins in the middle: pages before it are missing".to_owned()))
        } else if page.next == Next::Last {
            (Some(true), None)
        } else if sizes.iter().any(|size| *size as u64 == rows) || (rows > 0 && page.limit == Some(rows)) {
            let note = format!("the list has exactly {rows} rows, the size of a page: it was probably cut");
            (Some(false), Some(note))
        } else {
            (None, None)
        };
        Self { kind, rows, page, complete, note }
    }
}

/// Whether pages, in the order in which they were read, are together one whole list. `in_one_file`: they stand one behind the
/// other in one input, as a loop over the pages writes them.
pub(crate) fn are_whole(pages: &[&ListSeen], in_one_file: bool) -> bool {
    let links: Vec<&str> = pages
        .iter()
        .filter_map(|list| match &list.page.next {
            Next::More(link) => Some(link.as_str()),
            Next::Silent | Next::Last => None,
        })
        .collect();
    let distinct =
        links.iter().enumerate().all(|(place, link)| links.iter().skip(place + 1).all(|other| other != link));
    // Every page but one says where the next is, and that one that there is none.
    let one_ends = links.len() + 1 == pages.len() && pages.iter().any(|list| list.page.next == Next::Last);
    if pages.len() < 2 || !distinct || !one_ends {
        return false;
    }
    let mut by_row: Vec<(Option<u64>, u64, bool)> = pages
        .iter()
        .map(|list| (list.page.first_row(list.rows), list.rows, matches!(list.page.next, Next::More(_))))
        .collect();
    if by_row.iter().all(|(first, ..)| first.is_some()) {
        by_row.sort_unstable();
        let end = by_row.iter().try_fold(0, |end, (first, rows, _)| (*first == Some(end)).then_some(end + rows));
        return end.is_some() && by_row.last().is_some_and(|(.., goes_on)| !goes_on);
    }
    let rows: u64 = pages.iter().map(|list| list.rows).sum();
    if let Some(total) = pages.iter().filter_map(|list| list.page.total.filter(|total| *total != list.rows)).max() {
        return rows == total;
    }
    in_one_file && pages.last().is_some_and(|list| list.page.next == Next::Last)
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::super::document::members;
    use super::*;

    fn list(rows: u64, around: &str) -> ListSeen {
        let raw = RawValue::from_string(around.to_owned()).expect("JSON");
        let page = Page::of(&members(&raw).expect("an object"));
        ListSeen::new(ExportKind::ResourceInstances, rows, page, &[100])
    }

    #[test]
    fn a_list_is_cut_on_evidence_whole_on_proof_and_else_unknown() {
        let cases = [
            (3, r#"{"next_url":"/v2/x?start=1"}"#, Some(false)),
            (3, r#"{"next":{"href":"https://a/?start=1"}}"#, Some(false)),
            (3, r#"{"total_count":4}"#, Some(false)),
            (3, r#"{"offset":100,"limit":100,"total_count":103}"#, Some(false)),
            (3, r#"{"first":{"href":"https://a/"},"limit":50,"previous":{"start":"a"}}"#, Some(false)),
            (100, "{}", Some(false)),
            (20, r#"{"limit":20}"#, Some(false)),
            (100, r#"{"next_url":null,"rows_count":100}"#, Some(true)),
            (50, r#"{"first":{"href":"https://a/"},"limit":50,"total_count":50}"#, Some(true)),
            (3, r#"{"metadata":{"collectionTotal":3}}"#, None),
            (3, "{}", None),
        ];
        for (rows, around, complete) in cases {
            assert_eq!(list(rows, around).complete, complete, "{rows} {around}");
        }
    }

    fn whole(pages: &[(u64, &str)], in_one_file: bool) -> bool {
        let lists: Vec<ListSeen> = pages.iter().map(|(rows, around)| list(*rows, around)).collect();
        are_whole(&lists.iter().collect::<Vec<_>>(), in_one_file)
    }

    #[test]
    fn pages_join_by_their_rows_their_total_or_their_order() {
        let rows = [
            (5, r#"{"offset":4,"limit":5,"total_count":9}"#),
            (2, r#"{"offset":0,"limit":2,"next":{"href":"https://a/?limit=2&offset=2"},"total_count":9}"#),
            (2, r#"{"offset":2,"limit":2,"next":{"href":"https://a/?offset=4&limit=2"},"total_count":9}"#),
        ];
        assert!(whole(&rows, false));
        assert!(!whole(&rows[..2], false), "the page in the middle is missing");
        assert!(!whole(&rows[1..], false), "the last page is missing");

        let total = [
            (2, r#"{"first":{"href":"https://a/"},"limit":2,"next":{"href":"https://a/?start=x"},"total_count":3}"#),
            (1, r#"{"first":{"href":"https://a/"},"limit":2,"total_count":3}"#),
        ];
        assert!(whole(&total, false));
        assert!(!whole(&[total[0], total[0]], false), "one page twice");

        let order = [(2, r#"{"next_url":"/v2/x?start=a","rows_count":2}"#), (1, r#"{"next_url":null,"rows_count":1}"#)];
        assert!(whole(&order, true));
        assert!(!whole(&order, false), "in files of their own nothing tells whether one between them is missing");
        assert!(!whole(&[order[1], order[0]], true));
    }
}

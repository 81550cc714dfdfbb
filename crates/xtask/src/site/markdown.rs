//! Markdown as HTML, with headings that can be linked to and links that stay in the site.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// The HTML of a text. `target` says where a link leads: a path in the repository becomes one in the site.
pub(super) fn to_html(text: &str, target: impl Fn(&str) -> String) -> String {
    let options = Options::ENABLE_TABLES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, options)
        .map(|event| match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: target(&dest_url).into(), title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: target(&dest_url).into(), title, id })
            }
            // Nothing in these texts is HTML; what looks like it is meant as it stands.
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            event => event,
        })
        .collect();
    anchor(&mut events);
    let mut written = String::new();
    html::push_html(&mut written, events.into_iter());
    written
}

/// Gives every heading an id made of its words.
fn anchor(events: &mut [Event<'_>]) {
    for index in 0..events.len() {
        let words: String = events[index..]
            .iter()
            .skip(1)
            .take_while(|event| !matches!(event, Event::End(_)))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[index] {
            *id = Some(CowStr::from(slug(&words)));
        }
    }
}

/// The words of a heading as the id that links name.
pub(super) fn slug(words: &str) -> String {
    let letters = words.to_lowercase();
    let parts: Vec<&str> =
        letters.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// The text of the first heading.
pub(super) fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("kmsguard")
}

#[cfg(test)]
mod tests {
    use super::{slug, title, to_html};

    #[test]
    fn headings_have_ids_links_are_led_and_html_is_text() {
        let html = to_html("# A `b` c\n\n[x](y.md) <script>\n", |target| target.replace(".md", ".html"));
        assert!(html.contains("<h1 id=\"a-b-c\">"), "{html}");
        assert!(html.contains("<a href=\"y.html\">x</a>") && html.contains("&lt;script&gt;"), "{html}");
        assert_eq!((slug("What it can't"), title("text\n# One\n")), ("what-it-can-t".to_owned(), "One"));
    }
}

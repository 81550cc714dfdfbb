//! `kmsguard crn` on standard input.

use kmsguard_vectors::MemoryHost;
use serde_json::Value;

const ROLE: &str = "crn:v1:bluemix:public:iam::::role:Viewer";
const SHORT: &str = "crn:v1:bluemix:public:kms:us-south:a/1:key:2";

fn run(stdin: &[u8], arguments: &[&str]) -> (u8, String, String) {
    MemoryHost { stdin: stdin.to_vec(), ..MemoryHost::default() }.run(&[&["crn"], arguments].concat())
}

fn stream(stdin: &[u8], arguments: &[&str]) -> (u8, Vec<Value>, String) {
    let (code, stdout, stderr) = run(stdin, &[&["--output-format", "jsonl"], arguments].concat());
    let lines = stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    (code, lines, stderr)
}

#[test]
fn a_stream_has_a_report_a_line_in_the_order_given() {
    let (code, lines, stderr) = stream(format!("{ROLE}\r\n\n  \n{SHORT}\né").as_bytes(), &["-"]);
    let inputs: Vec<&str> = lines.iter().map(|line| line["input"].as_str().expect("a text")).collect();
    assert_eq!((code, inputs, stderr.as_str()), (1, vec![ROLE, SHORT, "é"], ""));
    assert_eq!(stream(format!("{ROLE}\n").as_bytes(), &["-"]).0, 0);
    assert_eq!(stream(b"\n\n", &["-"]).0, 3);
}

#[test]
fn the_lines_of_a_stream_are_the_reports_of_the_answer() {
    let stdin = format!("{ROLE}\n{SHORT}\n");
    let (_, lines, _) = stream(stdin.as_bytes(), &["--require", "key", "-"]);
    let (_, json, _) = run(stdin.as_bytes(), &["--json", "--require", "key", "-"]);
    assert_eq!(serde_json::from_str::<Value>(&json).expect("JSON")["crns"], Value::Array(lines));
}

#[test]
fn a_line_that_is_no_text_is_named_and_the_others_are_read() {
    let (code, lines, stderr) = stream(&[ROLE.as_bytes(), b"\n\xff\n", ROLE.as_bytes()].concat(), &["-"]);
    assert_eq!((code, lines.len()), (2, 2));
    assert!(stderr.contains("REQ004") && stderr.contains("line 2"), "{stderr}");
}

#[test]
fn a_line_without_an_end_is_cut_and_named() {
    let long = format!("{}é{}\n{ROLE}\n", "x".repeat(65_535), "y".repeat(200_000));
    let (code, lines, stderr) = stream(long.as_bytes(), &["-"]);
    assert_eq!((code, lines.len()), (1, 2));
    assert_eq!(lines[0]["input"].as_str().map(str::len), Some(65_535));
    assert_eq!(lines[0]["problems"][0]["code"], "CRN029");
    assert!(stderr.contains("line 1 of standard input is longer"), "{stderr}");
}

#[test]
fn the_right_ones_alone_and_the_others_on_standard_error() {
    let stdin = format!("{ROLE}\ncrn-{ROLE}\n{SHORT}\n");
    let (code, stdout, stderr) = run(stdin.as_bytes(), &["--fix", "-"]);
    assert_eq!((code, stdout), (1, format!("{ROLE}\n{ROLE}\n")));
    assert!(stderr.contains("CRN002") && stderr.contains(SHORT), "{stderr}");
}

#[test]
fn places_are_of_the_whole_input_wherever_it_is_divided() {
    let line = format!("é key={ROLE}, ");
    let mut text = line.repeat(9_000).into_bytes();
    text.extend_from_slice(b"\xff\n");
    text.extend_from_slice(format!("\n {ROLE}").as_bytes());
    let (code, lines, _) = stream(&text, &["--extract", "-"]);
    assert_eq!((code, lines.len()), (0, 9_001));
    for (index, found) in lines.iter().take(9_000).enumerate() {
        let offset = index * line.len() + 7;
        assert_eq!(found["at"]["offset"], offset, "{index}");
        assert_eq!((found["at"]["line"].as_u64(), found["at"]["column"].as_u64()), (Some(1), Some(offset as u64 + 1)));
        assert_eq!(found["input"], ROLE);
    }
    assert_eq!(lines[9_000]["at"]["line"], 3);
    assert_eq!(lines[9_000]["at"]["column"], 2);
    assert_eq!(lines[9_000]["at"]["offset"], text.len() - ROLE.len());
}

#[test]
fn people_see_where_it_stands() {
    let (_, stdout, _) = run(format!("a\n  {ROLE}").as_bytes(), &["--extract", "-"]);
    assert!(stdout.starts_with("line 2, column 3\n"), "{stdout}");
}

/// Whatever bytes come, each line that is text has its report, and the others are named.
#[test]
fn any_bytes_are_read() {
    // A generator of Lehmer's: the same bytes on every run.
    let mut state = 1_u64;
    let mut next = || {
        state = state * 48_271 % 0x7fff_ffff;
        state
    };
    for _ in 0..200 {
        let mut stdin = Vec::new();
        for _ in 0..next() % 40 {
            match next() % 4 {
                0 => stdin.extend_from_slice(ROLE.as_bytes()),
                1 => stdin.extend_from_slice(b"crn:v1:"),
                2 => stdin.push(b'\n'),
                _ => stdin.extend((0..next() % 30).map(|_| next().to_le_bytes()[1])),
            }
        }
        let texts = stdin.split(|byte| *byte == b'\n').map(|line| core::str::from_utf8(line).ok());
        let (texts, others): (Vec<_>, Vec<_>) = texts.partition(Option::is_some);
        let wanted = texts.into_iter().flatten().filter(|text| !text.trim().is_empty()).count();
        let (code, lines, stderr) = stream(&stdin, &["-"]);
        assert_eq!(lines.len(), wanted, "{stdin:?}");
        assert_eq!(stderr.matches("REQ004").count(), others.len(), "{stdin:?}");
        assert_eq!(code == 2, !others.is_empty(), "{stdin:?}");
        let (code, found, _) = stream(&stdin, &["--extract", "-"]);
        assert!(code <= 3 && found.iter().all(|report| report["at"]["line"].as_u64() >= Some(1)), "{stdin:?}");
    }
}

#[test]
fn on_a_terminal_the_place_is_underlined() {
    let host = MemoryHost { terminal: true, ..MemoryHost::default() };
    let (code, stdout, _) = host.run(&["crn", SHORT]);
    assert!(stdout.contains('\u{1b}'), "{stdout}");
    let (again, plain, _) = run(b"", &[SHORT]);
    assert_eq!((code, again), (1, 1));
    // The account, under its own letters; and the whole, where a segment is missing.
    let lines: Vec<&str> = plain.lines().collect();
    let under = |marks: &str| {
        let at = lines.iter().position(|line| line.trim_start_matches([' ', '|']).split(' ').next() == Some(marks));
        let at = at.unwrap_or_else(|| panic!("nothing is underlined with {marks}:\n{plain}"));
        let start = lines[at].find('^').expect("the marks are there");
        lines[at - 1][start..start + marks.len()].to_owned()
    };
    assert_eq!(under("^"), "1");
    assert_eq!(under(&"^".repeat(SHORT.len())), SHORT);
    assert!(plain.contains("^ scope"), "{plain}");
}

#[test]
fn every_code_has_its_page() {
    let (code, list, _) = MemoryHost::default().run(&["rule"]);
    let codes: Vec<&str> = list.split_whitespace().filter(|word| word.starts_with("CRN") && word.len() == 6).collect();
    assert_eq!((code, codes.len()), (0, 29), "{list}");
    for name in codes {
        let (code, page, _) = MemoryHost::default().run(&["rule", &name.to_lowercase()]);
        assert!(code == 0 && page.starts_with(&format!("# {name} ")) && page.lines().count() > 2, "{page}");
    }
    let (code, _, stderr) = MemoryHost::default().run(&["rule", "CRN000"]);
    assert!(code == 2 && stderr.contains("REQ005"), "{stderr}");
}

#[test]
fn the_formats_are_listed() {
    let (code, _, stderr) = run(b"", &["--output-format", "csv", ROLE]);
    assert_eq!(code, 2);
    assert!(stderr.contains("text, jsonl, json"), "{stderr}");
}

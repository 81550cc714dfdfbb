//! How far reading is: one line on the terminal, past a second, gone at the end, and never in an answer.

use kmsguard_vectors::MemoryHost;

fn host(terminal: bool, step: u64) -> MemoryHost {
    let files = (0..20).map(|number| (format!("exports/{number:02}.json"), "[]".to_owned()));
    MemoryHost { terminal, step, ..MemoryHost::with_files(files) }
}

fn run(terminal: bool, step: u64, more: &[&str]) -> (u8, String, String) {
    let arguments = ["inventory", "exports", "--json", "--now", "2026-11-21T12:00:00Z"];
    host(terminal, step).run(&[&arguments[..], more].concat())
}

/// What is to be seen of a text on a terminal that only knows the carriage return.
fn seen(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let mut cells: Vec<char> = Vec::new();
        for part in line.split('\r') {
            for (column, character) in part.chars().enumerate() {
                if column < cells.len() {
                    cells[column] = character;
                } else {
                    cells.push(character);
                }
            }
        }
        cells.into_iter().collect::<String>().trim_end().to_owned()
    };
    text.split('\n').map(line).collect()
}

#[test]
fn past_a_second_a_line_says_how_far_it_is_and_goes() {
    let (code, stdout, stderr) = run(true, 200, &[]);
    for text in ["reading files: ", "reading records of files: ", " of 20"] {
        assert!(stderr.contains(text), "{stderr:?}");
    }
    assert!(!stderr.contains("reading files: 1 of"), "a second has not gone by: {stderr:?}");
    let (quick_code, quick_stdout, quick_stderr) = run(true, 0, &[]);
    assert_eq!((code, stdout), (quick_code, quick_stdout));
    assert!(!quick_stderr.contains('\r'), "{quick_stderr:?}");
    assert_eq!(seen(&stderr), seen(&quick_stderr), "nothing of it stays");
}

#[test]
fn it_is_for_people_at_a_terminal_alone() {
    for (terminal, more) in [(false, &[][..]), (true, &["--quiet"][..])] {
        let (_, stdout, stderr) = run(terminal, 200, more);
        assert!(!stderr.contains('\r') && !stdout.contains('\r'), "{stderr:?}");
    }
}

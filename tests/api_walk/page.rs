//! What is to be run on a page, and what is shown of it.

use crate::shown::Shown;

/// A block to be run.
pub(crate) struct Step {
    /// Where it begins.
    pub line: usize,
    pub script: String,
    pub shown: Option<Shown>,
}

/// The blocks of a page that are to be run, in their order.
pub(crate) fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut follows_step = false;
    for Block { line, kind, text } in blocks(page) {
        match kind {
            "sh" => steps.push(Step { line, script: text, shown: None }),
            "json" | "text" => {
                assert!(follows_step, "line {line} shows the answer to nothing");
                let shown = Shown { line, json: kind == "json", text };
                steps.last_mut().unwrap().shown = Some(shown);
            }
            _ => {}
        }
        follows_step = kind == "sh";
    }
    steps
}

struct Block<'a> {
    line: usize,
    kind: &'a str,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), inside) {
            (Some(kind), false) => {
                found.push(Block { line: number + 1, kind, text: String::new() });
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => {
                if let Some(block) = found.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            (None, false) => {}
        }
    }
    assert!(!inside, "the last block does not end");
    found
}

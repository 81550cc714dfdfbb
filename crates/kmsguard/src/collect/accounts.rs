//! The file that names the accounts to collect.

/// An account: its id, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Thirty-two lower-case hexadecimal digits.
    pub id: String,
    /// The rest of its line; may be empty.
    pub name: String,
}

/// A line that names no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// What stands first is not an account id.
    #[error("line {line}: `{word}` is not an account id")]
    Id {
        /// The line, from 1.
        line: usize,
        /// What stands first.
        word: String,
    },
    /// The account was named before.
    #[error("line {line}: account `{id}` was named on line {before} already")]
    Twice {
        /// The line, from 1.
        line: usize,
        /// The account.
        id: String,
        /// Where it was named first.
        before: usize,
    },
    /// A control character, which would reach the script.
    #[error("line {line}: there is a control character in the name")]
    Control {
        /// The line, from 1.
        line: usize,
    },
    /// Nothing but blank lines and comments.
    #[error("no account is named")]
    Empty,
}

/// Reads the accounts of a file: one a line, its id first, then blanks and its name if it has one. Blank lines and lines that
/// begin with `#` are passed over.
///
/// # Errors
///
/// Every line that is wrong, in order.
///
/// ```
/// let accounts = kmsguard::collect::accounts("# ours\n0123456789abcdef0123456789abcdef  Bob's \"lab\"\n");
/// assert_eq!(accounts.map(|accounts| accounts[0].name.clone()), Ok("Bob's \"lab\"".to_owned()));
/// ```
pub fn accounts(text: &str) -> Result<Vec<Account>, Vec<AccountError>> {
    let mut accounts: Vec<(usize, Account)> = Vec::new();
    let mut errors = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (line, content) in (1_usize..).zip(text.lines()) {
        let content = content.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (id, name) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
        let name = name.trim();
        if !is_account(id) {
            errors.push(AccountError::Id { line, word: id.chars().take(64).flat_map(char::escape_debug).collect() });
        } else if name.chars().any(char::is_control) {
            errors.push(AccountError::Control { line });
        } else if let Some((before, _)) = accounts.iter().find(|(_, known)| known.id == id) {
            errors.push(AccountError::Twice { line, id: id.to_owned(), before: *before });
        } else {
            accounts.push((line, Account { id: id.to_owned(), name: name.to_owned() }));
        }
    }
    if accounts.is_empty() && errors.is_empty() {
        errors.push(AccountError::Empty);
    }
    if errors.is_empty() { Ok(accounts.into_iter().map(|(_, account)| account).collect()) } else { Err(errors) }
}

/// Account ids have 32 lower-case hexadecimal digits.
///
/// Source: `ibm_cos_bucket` of IBM-Cloud/terraform-provider-ibm, which takes no other, as of 2026-08-05.
fn is_account(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_line_is_an_id_and_a_name() {
        let other = ID.replace('0', "f");
        let text = format!("\u{feff}\r\n  # a comment\r\n{ID}\tBob's  $(lab) `x`\r\n{other}\n");
        let read = accounts(&text).expect("accounts");
        let named: Vec<(&str, &str)> =
            read.iter().map(|account| (account.id.as_str(), account.name.as_str())).collect();
        assert_eq!(named, [(ID, "Bob's  $(lab) `x`"), (other.as_str(), "")]);
    }

    #[test]
    fn every_wrong_line_is_an_error() {
        let text = format!("{ID} one\nlab\n{ID} again\n{} x\n{} a\u{1b}[2J", ID.to_uppercase(), ID.replace('0', "a"));
        let errors = accounts(&text).expect_err("errors");
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "line 2: `lab` is not an account id".to_owned(),
                format!("line 3: account `{ID}` was named on line 1 already"),
                format!("line 4: `{}` is not an account id", ID.to_uppercase()),
                "line 5: there is a control character in the name".to_owned(),
            ]
        );
        assert_eq!(accounts("\n# none\n"), Err(vec![AccountError::Empty]));
    }
}

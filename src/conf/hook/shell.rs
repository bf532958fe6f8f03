//! Commands and words of a shell, as far as hooks need them.

use std::net::IpAddr;

use ipnet::IpNet;

/// The commands of a line, each as its words without quotes. Whatever joins
/// them, all are taken to run: `||` mostly stands behind a question whether a
/// rule is there already.
pub(super) fn commands(text: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut characters = text.chars().peekable();
    let end_word = |word: &mut Option<String>, commands: &mut Vec<Vec<String>>| {
        if let (Some(word), Some(command)) = (word.take(), commands.last_mut()) {
            command.push(word);
        }
    };
    while let Some(character) = characters.next() {
        match character {
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                quoted(character, &mut characters, word);
            }
            '\\' => word.get_or_insert_default().extend(characters.next()),
            '#' if word.is_none() => break,
            ';' | '&' | '|' | '\n' => {
                end_word(&mut word, &mut commands);
                commands.push(Vec::new());
            }
            '>' => {
                end_word(&mut word, &mut commands);
                if characters.peek() == Some(&'>') {
                    characters.next();
                }
                word = Some(">".to_owned());
                end_word(&mut word, &mut commands);
            }
            blank if blank.is_whitespace() => end_word(&mut word, &mut commands),
            other => word.get_or_insert_default().push(other),
        }
    }
    end_word(&mut word, &mut commands);
    commands.retain(|command| !command.is_empty());
    commands
}

/// Adds what stands in quotes to a word.
fn quoted(
    quote: char,
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    word: &mut String,
) {
    while let Some(character) = characters.next() {
        match character {
            '\\' if quote == '"' => word.extend(characters.next()),
            end if end == quote => return,
            other => word.push(other),
        }
    }
}

/// A prefix without host bits; a bare address stands for itself.
pub(super) fn net(text: &str) -> Option<IpNet> {
    match text.parse::<IpNet>() {
        Ok(net) => Some(net.trunc()),
        Err(_) => text.parse::<IpAddr>().ok().map(IpNet::from),
    }
}

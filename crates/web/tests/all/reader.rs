//! What somebody who reads a page finds in it.

use std::collections::BTreeSet;

use crate::support::unescaped;

/// The values of an attribute, in the order of the page.
pub(crate) fn attributes(page: &str, name: &str) -> Vec<String> {
    let begin = format!(" {name}=\"");
    let values = page.split(&begin).skip(1);
    values.map(|rest| unescaped(rest.split('"').next().unwrap())).collect()
}

/// The names that links can lead to.
pub(crate) fn names(page: &str) -> BTreeSet<String> {
    attributes(page, "id").into_iter().collect()
}

/// The text that somebody sees, without elements and what stands in them.
pub(crate) fn visible(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    unescaped(&text)
}

/// The text of each element of a name, without the elements within it.
pub(crate) fn elements(page: &str, name: &str) -> Vec<String> {
    let (begin, end) = (format!("<{name}"), format!("</{name}>"));
    page.split(&begin)
        .skip(1)
        .filter(|rest| rest.starts_with(['>', ' ']))
        .map(|rest| rest.split(&end).next().unwrap().split_once('>').unwrap().1)
        .map(visible)
        .collect()
}

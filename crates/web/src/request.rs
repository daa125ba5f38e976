//! What happens to every request, whatever it asks for.

pub(crate) mod client;
pub(crate) mod deadline;
pub(crate) mod headers;
pub(crate) mod language;
pub(crate) mod log;
pub(crate) mod refusals;

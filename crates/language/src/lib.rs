//! The languages that Sigillo speaks, and the message files that it speaks them from.
//!
//! [`Language`] is a choice; [`Messages`] is a Fluent file in one language, ready to be asked for
//! a message by its name. Every crate that talks to people embeds one file a language as
//! [`MessageFiles`], and proves with [`MessageFiles::differences`] that they say the same things.

mod language;
mod message_files;
mod messages;

pub use language::{Language, UnknownLanguage};
pub use message_files::MessageFiles;
pub use messages::{Argument, Messages};

//! The role that sending mail servers ask.

use crate::commands::Context;
use crate::configuration::Configuration;
use crate::failure::Failure;

/// Refuses a configuration with the role, as long as nothing answers for it: a mail server that
/// gets no answer would defer all its mail.
pub(super) fn refuse(context: &Context<'_>, configuration: &Configuration) -> Result<(), Failure> {
    let Some(sender) = &configuration.sender else { return Ok(()) };
    context.overrides(sender)?;
    Err(context.failure("no-sender", &[]))
}

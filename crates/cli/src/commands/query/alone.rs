//! Looking without a running service.

use std::sync::Arc;

use sigillo_sender::network::{Internet, NetworkSettings};
use sigillo_sender::query::{Query, look_alone};
use sigillo_sender::{Clock, NextHop, SenderSettings, Setup};

use crate::arguments::NetworkArguments;
use crate::commands::Context;
use crate::configuration::{DanePreference, OverridesFile, SenderDeciding};
use crate::failure::Failure;

/// What policy hosts are told.
const PURPOSE: &str = "MTA-STS query";

/// Looks as the service of the configuration would that remembers nothing.
pub(super) struct Alone {
    setup: Setup,
    clock: Clock,
}

impl Alone {
    pub(super) async fn new(
        context: &Context<'_>,
        arguments: &NetworkArguments,
    ) -> Result<Self, Failure> {
        let looking = context.looking(arguments)?;
        context.try_source(&looking)?;
        let sources = context.sources(arguments.config.as_deref())?;
        let deciding = SenderDeciding::read(&sources)
            .map_err(|errors| context.configuration_invalid(&sources, &errors))?;
        let overrides = OverridesFile::read(&sources);
        let overrides = context.overrides_of(overrides.as_ref().map(|file| file.path.as_str()))?;
        let probing = looking.probe_settings(arguments.guard(), false, PURPOSE);
        let network = NetworkSettings {
            timeout: probing.timeout,
            https_port: probing.https_port,
            user_agent: probing.user_agent,
            guard: probing.guard,
            trust: probing.trust,
            source: probing.source,
            dane: deciding.dane == DanePreference::Prefer,
        };
        let resolver = context.resolver(&looking, None).await?;
        let settings =
            SenderSettings { dane_partial: deciding.dane_partial, ..SenderSettings::default() };
        let network = Arc::new(Internet::new(resolver, network));
        Ok(Self { setup: Setup { network, settings, overrides }, clock: Clock::system() })
    }

    pub(super) async fn query(&self, context: &Context<'_>, next_hop: &NextHop) -> Query {
        look_alone(&self.setup, next_hop, &self.clock, context.language).await
    }
}

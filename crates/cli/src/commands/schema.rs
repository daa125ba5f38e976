//! `sigillo schema`: JSON Schemas of everything that `--json` prints.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use sigillo_check::CheckReport;
use sigillo_findings::{Explained, ExplainedList};
use sigillo_formats::Validation;
use sigillo_generate::provider::ProviderList;
use sigillo_generate::recipe::RecipeList;
use sigillo_generate::{DmarcDeployment, Generated, TlsReporting, WithRecords};
use sigillo_scan::Totals;
use sigillo_sender::admin::{CacheEntry, CacheImport, CachePurge};
use sigillo_sender::query::Query;

use super::cache::ExportedCache;
use super::completions::Completions;
use super::config::{CheckedConfiguration, ShownConfiguration};
use super::man::ManualPages;
use super::scan::InvalidLine;
use super::{Answer, Context};
use crate::arguments::SchemaArguments;
use crate::failure::FailureObject;
use crate::output::{self, Status};

/// The schemas of all outputs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Schemas {
    /// The version of this layout: 1.
    schema: u32,
    /// The schemas by the name of the output.
    schemas: BTreeMap<&'static str, Schema>,
}

pub(super) fn run(context: &Context<'_>, arguments: &SchemaArguments) -> Answer {
    let mut schemas = all();
    let Some(name) = arguments.name.as_deref() else {
        let schemas = Schemas { schema: 1, schemas };
        return Ok(context.answer(&schemas, Status::Fine, || {
            let mut page = context.page();
            for name in schemas.schemas.keys() {
                page.line(format_args!("{name}"));
            }
            page
        }));
    };
    match schemas.remove(name) {
        // A schema is JSON for people too.
        Some(schema) => Ok(output::print_json(&schema, Status::Fine)),
        None => Err(context.failure("unknown-schema", &[("name", name.into())])),
    }
}

/// The schema of each output by its name.
fn all() -> BTreeMap<&'static str, Schema> {
    BTreeMap::from([
        ("cache-entry", schema_for!(CacheEntry)),
        ("cache-export", schema_for!(ExportedCache)),
        ("cache-import", schema_for!(CacheImport)),
        ("cache-purge", schema_for!(CachePurge)),
        ("check", schema_for!(CheckReport)),
        ("completions", schema_for!(Completions)),
        ("config-check", schema_for!(CheckedConfiguration)),
        ("config-show", schema_for!(ShownConfiguration)),
        ("dmarc-generate", schema_for!(WithRecords<DmarcDeployment>)),
        ("error", schema_for!(FailureObject)),
        ("explain", schema_for!(Explained)),
        ("explain-list", schema_for!(ExplainedList)),
        ("generate", schema_for!(Generated)),
        ("man", schema_for!(ManualPages)),
        ("provider-list", schema_for!(ProviderList)),
        ("query", schema_for!(Query)),
        ("recipe-list", schema_for!(RecipeList)),
        ("scan-invalid", schema_for!(InvalidLine)),
        ("scan-summary", schema_for!(Totals)),
        ("schema", schema_for!(Schemas)),
        ("tls-rpt-generate", schema_for!(WithRecords<TlsReporting>)),
        ("validate", schema_for!(Validation)),
    ])
}

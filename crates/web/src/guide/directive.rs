use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;
use sigillo_formats::Kind;
use sigillo_generate::options::{DeploymentOptions, DmarcOptions, OptionErrors, TlsRptOptions};
use sigillo_generate::{Deployment, DnsRecord, PolicyFile};
use sigillo_language::Language;
use toml::{Table, Value};

use super::Example;
use super::samples::Samples;
use crate::BasePath;
use crate::place::Place;

/// A block of the guide that the program itself fills.
pub(super) enum Directive {
    /// What a domain publishes for MTA-STS.
    Generate { show: Vec<Part>, options: Box<DeploymentOptions>, query: String },
    /// A DMARC record.
    Dmarc { options: DmarcOptions, query: String },
    /// A TLS-RPT record.
    TlsRpt { options: TlsRptOptions, query: String },
    /// How a faulty text is judged.
    Findings(Example),
}

/// A part of what is generated.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    Policy,
    Record,
    TlsRpt,
    PolicyHost,
    Zone,
    Recipe,
    Steps,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Findings {
    kind: String,
    text: String,
}

impl Directive {
    /// Reads a block: what is called for, and its options in TOML. The fault is for whoever writes the guide.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut table: Table = text.parse().map_err(|error| format!("{error}"))?;
        match name {
            "generate" => {
                let show = table.remove("show").ok_or("`show` is missing")?;
                let options = read(table.clone())?;
                // The page is not to change with the clock, but whoever goes on from here is to get an id of their own.
                table.remove("id").ok_or("`id` is missing")?;
                let query = query(&table);
                Ok(Self::Generate { show: read(show)?, options: Box::new(options), query })
            }
            "dmarc" => Ok(Self::Dmarc { query: query(&table), options: read(table)? }),
            "tls-rpt" => Ok(Self::TlsRpt { query: query(&table), options: read(table)? }),
            "findings" => {
                let Findings { kind, text } = read(table)?;
                let kind = Kind::ALL.into_iter().find(|known| known.name() == kind);
                Ok(Self::Findings(Example::new(kind.ok_or("`kind` is unknown")?, text)))
            }
            _ => Err("there is no such directive".to_owned()),
        }
    }

    /// What the program makes of it, as HTML.
    pub(super) fn show(
        &self,
        base_path: &BasePath,
        language: Language,
        count: &mut usize,
    ) -> Result<String, String> {
        let mut samples = Samples::new(language, count);
        match self {
            Self::Generate { show, options, query } => {
                let request =
                    options.read(Timestamp::UNIX_EPOCH, &[]).map_err(|errors| fault(&errors))?;
                let generated = request.generate(language).map_err(|error| format!("{error}"))?;
                for part in show {
                    add_part(&mut samples, *part, &generated.deployment)?;
                }
                let url = Place::Generator.url(base_path, language);
                samples.open("guide-open-generator", &url, query);
            }
            Self::Dmarc { options, query } => {
                let answer =
                    options.read().map_err(|errors| fault(&errors))?.generate(language).answer;
                add_records(&mut samples, &answer.dns);
                samples.open("guide-open-dmarc", &Place::Dmarc.url(base_path, language), query);
            }
            Self::TlsRpt { options, query } => {
                let answer =
                    options.read().map_err(|errors| fault(&errors))?.generate(language).answer;
                add_records(&mut samples, &answer.dns);
                samples.open("guide-open-tls-rpt", &Place::TlsRpt.url(base_path, language), query);
            }
            Self::Findings(example) => {
                return example.show(base_path, language, None).map_err(|error| format!("{error}"));
            }
        }
        samples.render().map_err(|error| format!("{error}"))
    }
}

fn read<T: serde::de::DeserializeOwned>(value: impl Into<Value>) -> Result<T, String> {
    value.into().try_into().map_err(|error| format!("{error}"))
}

fn fault(errors: &OptionErrors) -> String {
    format!("{errors}")
}

/// The options as the form of the tool takes them.
fn query(options: &Table) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in options {
        match value {
            Value::Array(values) => {
                for value in values.iter().filter_map(Value::as_str) {
                    query.append_pair(name, value);
                }
            }
            Value::String(value) => {
                query.append_pair(name, value);
            }
            other => {
                query.append_pair(name, &other.to_string());
            }
        }
    }
    query.finish()
}

fn add_part(samples: &mut Samples, part: Part, deployment: &Deployment) -> Result<(), String> {
    let records_at = |prefix: &str| -> Vec<DnsRecord> {
        deployment.dns.iter().filter(|record| record.name.starts_with(prefix)).cloned().collect()
    };
    match part {
        Part::Policy => {
            let PolicyFile { url, text, .. } = &deployment.policy;
            samples.add("guide-sample-policy", &[("url", url)], text);
        }
        Part::Record => add_records(samples, &records_at("_mta-sts.")),
        Part::TlsRpt => add_records(samples, &records_at("_smtp._tls.")),
        Part::PolicyHost => add_records(samples, &records_at("mta-sts.")),
        Part::Zone => {
            let lines = deployment.dns.iter().map(|record| record.zone_line.as_str());
            samples.add("guide-sample-zone", &[], &lines.collect::<Vec<_>>().join("\n"));
        }
        Part::Recipe => {
            let recipe = deployment.recipe.as_ref().ok_or("`recipe` is missing")?;
            for file in &recipe.files {
                samples.add("guide-sample-file", &[("path", &file.path)], &file.text);
            }
            for note in &recipe.notes {
                samples.note(&note.text, &note.commands);
            }
        }
        Part::Steps => {
            for step in &deployment.steps {
                samples.note(step, &[]);
            }
        }
    }
    Ok(())
}

/// Each record by its name and its value, as DNS panels ask for them.
fn add_records(samples: &mut Samples, records: &[DnsRecord]) {
    for record in records {
        let kind = record.kind.to_string();
        let values = [("type", kind.as_str()), ("name", record.name.as_str())];
        samples.add("guide-sample-record", &values, &record.value);
    }
}

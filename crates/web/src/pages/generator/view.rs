use askama::Template;
use sigillo_check::observation::MxRecord;
use sigillo_findings::RenderedFinding;
use sigillo_generate::options::DeploymentOptions;
use sigillo_generate::recipe::RecipeName;
use sigillo_generate::{DnsFormat, Generated};

use super::Answer;
use super::live_mx::{LiveMx, Situation};
use super::providers::{Chosen, chosen, offered};
use crate::Site;
use crate::page::Frame;
use crate::page::remark::{Remark, remarks};
use crate::pages::form::{Choice, Filled, as_sentence, shortened};
use crate::place::Place;

/// The form and what comes of it.
#[derive(Template)]
#[template(path = "generator.html")]
pub(super) struct GeneratorPage {
    frame: Frame,
    filled: Filled,
    chosen: Vec<Chosen>,
    offered: Vec<Choice>,
    live: LiveView,
    recipes: Vec<Choice>,
    made: Option<Made>,
}

/// What the page says about the MX hosts of the DNS.
struct LiveView {
    /// What was read just now, the preferred first.
    records: Vec<MxRecord>,
    is_known: bool,
    /// The providers that were recognised, with commas between.
    providers: String,
    fault: Option<(String, String)>,
}

/// What was made.
struct Made {
    generated: Generated,
    remarks: Vec<Remark>,
    /// The records as the program reads them that was chosen.
    dns_text: String,
    /// The query that makes the same again, with the same id; empty for an example.
    query: String,
    is_example: bool,
    /// Whether the id was made of the time.
    has_time: bool,
}

impl GeneratorPage {
    pub(super) fn new(answer: &Answer) -> Self {
        let Answer { site, language, fields, outcome, .. } = answer;
        let frame = Frame::new(site, *language, Place::Generator);
        let frame = match answer.query.as_str() {
            "" => frame,
            query => frame.with_suffix(format!("?{query}")),
        };
        let description = frame.t("generator-lead");
        let frame = frame.with_description(description);
        let filled = Filled::new(fields.clone(), outcome.as_ref().err(), *language);
        let made = match outcome {
            Ok(generated) => Some(Made::new(answer, generated.clone())),
            Err(_) if fields.is_blank() => Made::example(answer),
            Err(_) => None,
        };
        Self {
            chosen: chosen(&filled, *language),
            offered: offered(),
            live: LiveView::new(&answer.live_mx, &frame),
            recipes: RecipeName::ALL
                .iter()
                .map(|it| Choice { value: it.name().to_owned(), name: it.title().to_owned() })
                .collect(),
            made,
            filled,
            frame,
        }
    }
}

impl LiveView {
    fn new(live: &LiveMx, frame: &Frame) -> Self {
        let language = frame.language();
        let (records, fault) = match &live.situation {
            Situation::Read(records) => (records.clone(), None),
            Situation::NotAsked | Situation::Given => (Vec::new(), None),
            Situation::Failed(error) => {
                let message = as_sentence(&shortened(&error.message(language)));
                (Vec::new(), Some((message, shortened(&error.help(language)))))
            }
            Situation::Busy(busy) => {
                let help = frame.t1("checker-busy-help", "seconds", busy.seconds());
                (Vec::new(), Some((frame.t("generator-busy"), help)))
            }
        };
        let is_known = matches!(live.situation, Situation::Read(_) | Situation::Given);
        Self { records, is_known, providers: live.providers.join(", "), fault }
    }

    /// The preference of a host, if it was read just now.
    fn preference(&self, host: &str) -> Option<u16> {
        let is_host =
            |record: &&MxRecord| record.host.trim_end_matches('.').eq_ignore_ascii_case(host);
        self.records.iter().find(is_host).map(|record| record.preference)
    }
}

impl Made {
    fn new(answer: &Answer, generated: Generated) -> Self {
        let mut again = answer.fields.clone();
        // Downloads hold what the page shows, whenever they are asked for.
        again.set("id", Some(generated.deployment.id.to_string()));
        let has_time = answer.options.id.is_none();
        Self { query: again.query(), has_time, ..Self::of(&answer.site, answer, generated) }
    }

    /// What would be made for a domain with one MX host.
    fn example(answer: &Answer) -> Option<Self> {
        let options = DeploymentOptions {
            domain: Some("example.com".to_owned()),
            mx: vec!["mail.example.com".to_owned()],
            tls_rpt: vec!["reports@example.com".to_owned()],
            ..DeploymentOptions::default()
        };
        let request = options.read(answer.now, &[]).ok()?;
        let generated = request.generate(answer.language).ok()?;
        Some(Self { is_example: true, ..Self::of(&answer.site, answer, generated) })
    }

    fn of(site: &Site, answer: &Answer, generated: Generated) -> Self {
        let findings: &[RenderedFinding] = &generated.deployment.findings;
        let dns_text = generated.dns_text.clone().unwrap_or_else(|| {
            DnsFormat::Zone.write(&generated.deployment.zone, &generated.deployment.dns)
        });
        Self {
            remarks: remarks(site, answer.language, findings),
            dns_text,
            query: String::new(),
            is_example: false,
            has_time: false,
            generated,
        }
    }
}

/// The fields that stand among those that few need.
const MORE: &[&str] = &["id", "zone", "ttl", "policy_host", "from_policy"];

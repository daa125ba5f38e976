use std::fmt;
use std::str::FromStr;

use sigillo_findings::{Code, Finding, Findings, Span};

use super::fields::{Field, FieldReader, optional, required};
use super::json::{Document, Kind, Value};
use super::{
    AppliedPolicy, DateRange, FailureDetails, PolicyReport, Report, Reported, Summary, judge,
};
use crate::MxPattern;
use crate::limits::{REPORT_FAILURE_DETAILS, REPORT_LINES, REPORT_POLICIES};

/// Reads the objects of a report, from the outermost to the innermost.
pub(super) struct ReportReader<'f> {
    fields: FieldReader<'f>,
    /// How many failure details may still be kept.
    details_left: usize,
}

impl<'f> ReportReader<'f> {
    /// Reads a report from a text that could be read to its end, or could not.
    pub(super) const fn new(findings: &'f mut Findings, is_complete: bool) -> Self {
        Self { fields: FieldReader { findings, is_complete }, details_left: REPORT_FAILURE_DETAILS }
    }

    pub(super) fn report(&mut self, object: Value<'_>) -> Report {
        let [organization_name, date_range, contact_info, report_id, policies] =
            self.fields.members(
                object,
                [
                    required("organization-name", Code::ReportOrganizationNameMissing),
                    required("date-range", Code::ReportDateMissing),
                    required("contact-info", Code::ReportContactInfoMissing),
                    required("report-id", Code::ReportIdMissing),
                    required("policies", Code::ReportPoliciesMissing),
                ],
            );
        Report {
            organization_name: self.fields.owned_text(organization_name),
            date_range: self.date_range(date_range),
            contact_info: self.fields.owned_text(contact_info),
            report_id: self.fields.owned_text(report_id),
            policies: self.policies(policies),
        }
    }

    fn date_range(&mut self, field: Field<'_>) -> DateRange {
        let Some(object) = self.fields.object(field) else {
            return DateRange::default();
        };
        let [start, end] = self.fields.members(
            object,
            [
                required("start-datetime", Code::ReportDateMissing),
                required("end-datetime", Code::ReportDateMissing),
            ],
        );
        let range = DateRange {
            start_datetime: self.fields.timestamp(start),
            end_datetime: self.fields.timestamp(end),
        };
        judge::judge_range(range, object.span(), self.fields.findings);
        range
    }

    fn policies(&mut self, field: Field<'_>) -> Vec<PolicyReport> {
        let mut policies = Vec::new();
        let mut spans = Vec::new();
        for value in self.fields.list(field, REPORT_POLICIES) {
            if value.kind() == Kind::Object {
                policies.push(self.policy_report(value));
                spans.push(value.opening());
            } else {
                self.fields.raise(Code::ReportWrongType, field.name, value.span());
            }
        }
        if policies.is_empty() {
            if self.fields.is_complete && field.is_present() {
                self.fields.raise(Code::ReportPoliciesMissing, field.name, field.span());
            }
        } else if self.fields.is_complete && !policies.iter().any(PolicyReport::is_usable) {
            self.fields.raise(Code::ReportNothingUsable, field.name, field.opening());
        }
        judge::judge_policies(&policies, &spans, self.fields.findings);
        policies
    }

    fn policy_report(&mut self, object: Value<'_>) -> PolicyReport {
        let [policy, summary, failure_details] = self.fields.members(
            object,
            [
                required("policy", Code::ReportKeyMissing),
                required("summary", Code::ReportKeyMissing),
                optional("failure-details"),
            ],
        );
        let policy = self.policy(policy);
        let summary = self.summary(summary);
        let (failure_details, is_whole) = self.failure_details(failure_details);
        let report = PolicyReport { policy, summary, failure_details };
        if self.fields.is_complete {
            let span = object.opening();
            judge::judge_policy(&report, span, is_whole, self.fields.findings);
        }
        report
    }

    fn policy(&mut self, field: Field<'_>) -> AppliedPolicy {
        let Some(object) = self.fields.object(field) else {
            return AppliedPolicy::default();
        };
        let [policy_type, policy_string, policy_domain, mx_host] = self.fields.members(
            object,
            [
                required("policy-type", Code::ReportKeyMissing),
                optional("policy-string"),
                required("policy-domain", Code::ReportPolicyDomainMissing),
                optional("mx-host"),
            ],
        );
        AppliedPolicy {
            policy_type: self.kind(policy_type, Code::ReportPolicyTypeUnknown),
            policy_string: self.policy_string(policy_string),
            policy_domain: self.fields.domain(policy_domain),
            mx_host: self.mx_host(mx_host),
        }
    }

    /// The lines of a policy. One that is itself a JSON array of texts stands for these.
    fn policy_string(&mut self, field: Field<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        for value in self.fields.list(field, REPORT_LINES) {
            let Some(line) = self.fields.text_of(field, value) else {
                continue;
            };
            match nested_lines(&line) {
                Some(nested) => {
                    self.fields.raise(Code::ReportPolicyStringNested, field.name, value.span());
                    lines.extend(nested);
                }
                None => lines.push(line.into_owned()),
            }
        }
        if lines.len() > REPORT_LINES {
            self.fields.raise_too_long(field.name, field.span(), REPORT_LINES);
            lines.truncate(REPORT_LINES);
        }
        lines
    }

    fn mx_host(&mut self, field: Field<'_>) -> Vec<Reported<MxPattern>> {
        let mut patterns = Vec::new();
        for value in self.fields.list(field, REPORT_LINES) {
            let Some(text) = self.fields.text_of(field, value) else {
                continue;
            };
            let bare = without_prefix(&text);
            if bare.len() < text.len() {
                let finding = Finding::new(Code::ReportMxHostPrefix, value.span());
                self.fields.findings.push(finding.with("value", text.as_ref()));
            }
            let pattern = Reported::read(bare);
            self.fields.judge_domain(field.name, value.span(), bare, &pattern);
            patterns.push(pattern);
        }
        patterns
    }

    fn summary(&mut self, field: Field<'_>) -> Summary {
        let Some(object) = self.fields.object(field) else {
            return Summary::default();
        };
        let [successful, failed] = self.fields.members(
            object,
            [
                required("total-successful-session-count", Code::ReportKeyMissing),
                required("total-failure-session-count", Code::ReportKeyMissing),
            ],
        );
        Summary {
            total_successful_session_count: self.fields.count(successful),
            total_failure_session_count: self.fields.count(failed),
        }
    }

    /// The failure details, and whether they are all there.
    fn failure_details(&mut self, field: Field<'_>) -> (Vec<FailureDetails>, bool) {
        let mut kept = Vec::new();
        for value in self.fields.list(field, usize::MAX) {
            if value.kind() != Kind::Object {
                self.fields.raise(Code::ReportWrongType, field.name, value.span());
                continue;
            }
            let Some(left) = self.details_left.checked_sub(1) else {
                let span = Span::new(value.span().start(), field.span().end());
                self.fields.raise_too_long(field.name, span, REPORT_FAILURE_DETAILS);
                return (kept, false);
            };
            self.details_left = left;
            kept.push(self.details(value));
        }
        (kept, true)
    }

    fn details(&mut self, object: Value<'_>) -> FailureDetails {
        let [result_type, sending_ip, hostname, helo, receiving_ip, count, information, reason] =
            self.fields.members(
                object,
                [
                    required("result-type", Code::ReportKeyMissing),
                    optional("sending-mta-ip"),
                    optional("receiving-mx-hostname"),
                    optional("receiving-mx-helo"),
                    optional("receiving-ip"),
                    required("failed-session-count", Code::ReportKeyMissing),
                    optional("additional-information"),
                    optional("failure-reason-code"),
                ],
            );
        FailureDetails {
            result_type: self.kind(result_type, Code::ReportResultTypeUnknown),
            sending_mta_ip: self.fields.address(sending_ip),
            receiving_mx_hostname: self.fields.domain(hostname),
            receiving_mx_helo: self.fields.owned_text(helo),
            receiving_ip: self.fields.address(receiving_ip),
            failed_session_count: self.fields.count(count),
            additional_information: self.information(information),
            failure_reason_code: self.fields.owned_text(reason),
        }
    }

    fn information(&mut self, field: Field<'_>) -> Option<String> {
        let text = self.fields.owned_text(field)?;
        if !is_uri(&text) {
            let finding = Finding::new(Code::ReportInformationNotUri, field.span());
            self.fields.findings.push(finding.with("value", text.as_str()));
        }
        Some(text)
    }

    /// A policy or result type, also in other case.
    fn kind<T: FromStr + fmt::Display>(
        &mut self,
        field: Field<'_>,
        unknown: Code,
    ) -> Option<Reported<T>> {
        let text = self.fields.text(field)?;
        let exact = Reported::<T>::read(&text);
        if exact.known().is_some() {
            return Some(exact);
        }
        let mended = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        let mended = Reported::<T>::read(&mended);
        let Some(known) = mended.known() else {
            let finding = Finding::new(unknown, field.span());
            self.fields.findings.push(finding.with("value", text.as_ref()));
            return Some(exact);
        };
        let finding = Finding::new(Code::ReportTypeForm, field.span())
            .with("name", field.name)
            .with("value", text.as_ref())
            .with("expected", known.to_string())
            .fixed_by(field.span(), format!("\"{known}\""));
        self.fields.findings.push(finding);
        Some(mended)
    }
}

/// A pattern without the name of the policy's field before it.
fn without_prefix(pattern: &str) -> &str {
    let mut bare = pattern;
    while let Some(rest) = bare.strip_prefix("mx:").map(str::trim)
        && !rest.is_empty()
    {
        bare = rest;
    }
    bare
}

/// The texts in a JSON array that was written into a text.
fn nested_lines(line: &str) -> Option<Vec<String>> {
    if !line.trim_start().starts_with('[') {
        return None;
    }
    let document = Document::read(line.as_bytes(), 0, &mut Findings::new());
    let root = document.root().filter(|_| document.fault.is_none())?;
    let mut lines = Vec::new();
    for line in root.elements().take(REPORT_LINES + 1) {
        let text = line.text();
        // Nothing is unwrapped twice.
        if line.kind() != Kind::String || text.trim().is_empty() || text.trim().starts_with('[') {
            return None;
        }
        lines.push(text.into_owned());
    }
    (!lines.is_empty()).then_some(lines)
}

/// Whether a text has the form of a URI (RFC 3986 §3), as far as its scheme and characters go.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_scheme)
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

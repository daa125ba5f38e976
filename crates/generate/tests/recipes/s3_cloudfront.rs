use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Value, json};
use sigillo_generate::recipe::RecipeName;

use crate::program;
use crate::site::{PLAIN_POLICY, Site};

const TEMPLATE: &str = "s3-cloudfront/template.yaml";

fn site() -> Site {
    Site::new(RecipeName::S3Cloudfront, "example.com", PLAIN_POLICY)
}

/// The properties of a resource.
fn properties<'a, 'text>(template: &'a Yaml<'text>, resource: &str, kind: &str) -> &'a Yaml<'text> {
    let resource = &template["Resources"][resource];
    assert_eq!(resource["Type"].as_str(), Some(kind));
    &resource["Properties"]
}

/// What a short form such as `!Ref` is applied to.
fn applied<'a>(node: &'a Yaml<'_>, function: &str) -> &'a str {
    let Yaml::Tagged(tag, inner) = node else {
        panic!("no {function}: {node:?}");
    };
    assert_eq!(tag.suffix, function);
    inner.as_str().unwrap()
}

#[test]
fn the_bucket_is_private_and_the_distribution_reads_the_policy_alone() {
    let text = site().file(TEMPLATE, &[]);
    let documents = Yaml::load_from_str(&text).unwrap();
    let [template] = documents.as_slice() else {
        panic!("one document");
    };

    let bucket = properties(template, "Bucket", "AWS::S3::Bucket");
    let block = bucket["PublicAccessBlockConfiguration"].as_mapping().unwrap();
    assert_eq!(block.len(), 4);
    assert!(block.values().all(|value| value.as_bool() == Some(true)));

    let policy = properties(template, "BucketPolicy", "AWS::S3::BucketPolicy");
    assert_eq!(applied(&policy["Bucket"], "Ref"), "Bucket");
    let statements = &policy["PolicyDocument"]["Statement"];
    assert_eq!(statements.as_vec().map(Vec::len), Some(1));
    let statement = &statements[0];
    assert_eq!(statement["Action"].as_str(), Some("s3:GetObject"));
    assert_eq!(statement["Principal"]["Service"].as_str(), Some("cloudfront.amazonaws.com"));
    assert_eq!(applied(&statement["Resource"], "Sub"), "${Bucket.Arn}/.well-known/mta-sts.txt");
    assert!(
        applied(&statement["Condition"]["StringEquals"]["AWS:SourceArn"], "Sub")
            .ends_with(":distribution/${Distribution}")
    );

    let access = properties(template, "OriginAccess", "AWS::CloudFront::OriginAccessControl");
    let access = &access["OriginAccessControlConfig"];
    assert_eq!(access["SigningBehavior"].as_str(), Some("always"));
    assert_eq!(access["SigningProtocol"].as_str(), Some("sigv4"));

    let certificate = properties(template, "Certificate", "AWS::CertificateManager::Certificate");
    assert_eq!(certificate["DomainName"].as_str(), Some("mta-sts.example.com"));
}

#[test]
fn the_distribution_answers_only_the_policy_host_over_tls_and_caches_nothing() {
    let text = site().file(TEMPLATE, &[]);
    let documents = Yaml::load_from_str(&text).unwrap();
    let distribution = properties(&documents[0], "Distribution", "AWS::CloudFront::Distribution");
    let distribution = &distribution["DistributionConfig"];
    assert_eq!(distribution["Aliases"].as_vec().map(Vec::len), Some(1));
    assert_eq!(distribution["Aliases"][0].as_str(), Some("mta-sts.example.com"));
    assert_eq!(distribution["IPV6Enabled"].as_bool(), Some(true));
    let certificate = &distribution["ViewerCertificate"];
    assert_eq!(applied(&certificate["AcmCertificateArn"], "Ref"), "Certificate");
    assert_eq!(certificate["MinimumProtocolVersion"].as_str(), Some("TLSv1.2_2021"));
    let origin = &distribution["Origins"][0];
    assert_eq!(applied(&origin["DomainName"], "GetAtt"), "Bucket.RegionalDomainName");
    assert_eq!(applied(&origin["OriginAccessControlId"], "Ref"), "OriginAccess");
    let behaviour = &distribution["DefaultCacheBehavior"];
    assert_eq!(behaviour["TargetOriginId"].as_str(), origin["Id"].as_str());
    // Plain HTTP is refused, never redirected.
    assert_eq!(behaviour["ViewerProtocolPolicy"].as_str(), Some("https-only"));
    // The managed policy CachingDisabled.
    assert_eq!(behaviour["CachePolicyId"].as_str(), Some("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
    assert_eq!(
        applied(&behaviour["FunctionAssociations"][0]["FunctionARN"], "GetAtt"),
        "OnlyThePolicy.FunctionMetadata.FunctionARN"
    );
}

#[test]
fn the_function_lets_the_policy_through_and_nothing_else() {
    let Some(node) = program::find("node") else {
        return;
    };
    let site = site();
    let text = site.file(TEMPLATE, &[]);
    let documents = Yaml::load_from_str(&text).unwrap();
    let function = properties(&documents[0], "OnlyThePolicy", "AWS::CloudFront::Function");
    let code = function["FunctionCode"].as_str().unwrap();
    let driver = "console.log(JSON.stringify(JSON.parse(process.argv[2]).map(handler)));";
    let driver = site.write("driver.js", &format!("{code}\n{driver}\n"));
    let request = |host: Option<&str>, uri: &str| {
        let headers = host.map_or_else(|| json!({}), |host| json!({ "host": { "value": host } }));
        json!({ "request": { "method": "GET", "uri": uri, "headers": headers } })
    };
    let path = "/.well-known/mta-sts.txt";
    let events = json!([
        request(Some("mta-sts.example.com"), path),
        request(Some("mta-sts.example.com"), "/"),
        request(Some("d111111abcdef8.cloudfront.net"), path),
        request(None, path),
    ]);
    let printed = program::run(Command::new(node).arg(driver).arg(events.to_string()));
    let answers: Value = serde_json::from_str(&printed).unwrap();
    let missing = json!({ "statusCode": 404, "statusDescription": "Not Found" });
    assert_eq!(answers[0], events[0]["request"]);
    for answer in &answers.as_array().unwrap()[1..] {
        assert_eq!(*answer, missing);
    }
}

/// Stands in for the AWS CLI: writes its arguments down, and tells a stack's outputs.
const AWS: &str = r#"#!/bin/sh
printf '%s\n' "region=$AWS_REGION" "$@" -- >> "$CALLS"
case "$*" in
    *"'Bucket'"*) echo a-bucket ;;
    *"'Target'"*) echo d111111abcdef8.cloudfront.net ;;
esac
"#;

#[test]
fn the_script_deploys_and_uploads_with_the_right_type() {
    let site = site();
    let script = site.write("s3-cloudfront/deploy.sh", &site.file("s3-cloudfront/deploy.sh", &[]));
    program::run(Command::new("bash").arg("-n").arg(&script));
    let aws = site.write("bin/aws", AWS);
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    for zone in [None, Some("Z123")] {
        let calls = site.write("calls", "");
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("sh");
        command
            .arg(&script)
            .env("PATH", format!("{}:{path}", site.path("bin").display()))
            .env("CALLS", &calls)
            .env("AWS_REGION", "eu-south-1")
            .env_remove("HOSTED_ZONE_ID");
        if let Some(zone) = zone {
            command.env("HOSTED_ZONE_ID", zone);
        }
        let printed = program::run(&mut command);
        assert_eq!(
            printed.lines().last(),
            Some("mta-sts.example.com CNAME d111111abcdef8.cloudfront.net")
        );
        let calls = fs::read_to_string(calls).unwrap();
        let calls: Vec<Vec<&str>> =
            calls.split("--\n").map(|call| call.lines().collect()).collect();
        let deploy = &calls[0];
        assert_eq!(deploy[..3], ["region=us-east-1", "cloudformation", "deploy"]);
        assert!(deploy.contains(&"mta-sts-example-com"));
        assert_eq!(deploy.contains(&"HostedZoneId=Z123"), zone.is_some());
        let upload = calls.iter().find(|call| call.contains(&"s3")).unwrap();
        assert_eq!(
            upload[1..],
            [
                "s3",
                "cp",
                "../.well-known/mta-sts.txt",
                "s3://a-bucket/.well-known/mta-sts.txt",
                "--content-type",
                "text/plain; charset=utf-8",
                "--cache-control",
                "no-cache",
            ]
        );
    }
}

use std::process::Command;

use serde_json::{Value, json};
use sigillo_generate::recipe::RecipeName;

use crate::program;
use crate::site::{HOSTILE_POLICY, PLAIN_POLICY, Site};

/// Asks the Worker as the platform does, and prints what it answers.
const DRIVER: &str = r#"
import worker from "./worker.mjs";
const requests = JSON.parse(process.argv[2]);
const answers = [];
for (const [method, url] of requests) {
  const response = await worker.fetch(new Request(url, { method }), {}, {});
  answers.push({
    status: response.status,
    type: response.headers.get("Content-Type"),
    cache: response.headers.get("Cache-Control"),
    allow: response.headers.get("Allow"),
    body: await response.text(),
  });
}
console.log(JSON.stringify(answers));
"#;

#[test]
fn the_worker_serves_the_policy_and_nothing_else() {
    for policy in [PLAIN_POLICY, HOSTILE_POLICY] {
        let Some(answers) = ask(
            policy,
            &[
                ["GET", "https://mta-sts.example.com/.well-known/mta-sts.txt"],
                ["HEAD", "https://MTA-STS.example.com/.well-known/mta-sts.txt?x"],
                ["POST", "https://mta-sts.example.com/.well-known/mta-sts.txt"],
                ["GET", "https://mta-sts.example.com/other"],
                ["GET", "https://mta-sts.example.com/.well-known/mta-sts.txt/"],
                ["GET", "https://mta-sts.example.org/.well-known/mta-sts.txt"],
                ["GET", "https://mta-sts.example.com.evil.test/.well-known/mta-sts.txt"],
            ],
        ) else {
            return;
        };
        let served = |body: &str| {
            json!({
                "status": 200,
                "type": "text/plain; charset=utf-8",
                "cache": "no-cache",
                "allow": null,
                "body": body,
            })
        };
        let refused = |status: u16, allow: Option<&str>| json!({ "status": status, "type": null, "cache": null, "allow": allow, "body": "" });
        let missing = refused(404, None);
        assert_eq!(
            answers,
            json!([
                served(policy),
                served(""),
                refused(405, Some("GET, HEAD")),
                missing,
                missing,
                missing,
                missing,
            ])
        );
    }
}

fn ask(policy: &'static str, requests: &[[&str; 2]]) -> Option<Value> {
    let node = program::find("node")?;
    let site = Site::new(RecipeName::CloudflareWorker, "example.com", policy);
    // The other ending tells node that it is a module, which Workers know from its syntax.
    site.write("worker.mjs", &site.file("worker.js", &[]));
    let driver = site.write("driver.mjs", DRIVER);
    let requests = serde_json::to_string(requests).unwrap();
    let printed = program::run(Command::new(node).arg(driver).arg(requests));
    Some(serde_json::from_str(&printed).unwrap())
}

#[test]
fn wrangler_gives_the_worker_the_policy_host_and_no_other() {
    let site = Site::new(RecipeName::CloudflareWorker, "example.com", PLAIN_POLICY);
    let settings: toml::Table = toml::from_str(&site.file("wrangler.toml", &[])).unwrap();
    assert_eq!(settings["main"].as_str(), Some("worker.js"));
    assert_eq!(settings["name"].as_str(), Some("mta-sts-example-com"));
    assert_eq!(settings["workers_dev"].as_bool(), Some(false));
    assert_eq!(settings["preview_urls"].as_bool(), Some(false));
    let [route] = settings["routes"].as_array().unwrap().as_slice() else {
        panic!("one route");
    };
    assert_eq!(route["pattern"].as_str(), Some("mta-sts.example.com"));
    assert_eq!(route["custom_domain"].as_bool(), Some(true));
}

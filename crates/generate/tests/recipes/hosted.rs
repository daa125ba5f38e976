//! The recipes for hosts that can't be run here, parsed and checked for what makes them right.

use saphyr::{LoadableYamlNode, Yaml};
use serde_json::Value;
use sigillo_formats::DomainName;
use sigillo_generate::recipe::{Recipe, RecipeContext, RecipeName};
use sigillo_language::Language;

use crate::site::{HOSTILE_POLICY, PLAIN_POLICY, Site};

fn site(name: RecipeName) -> Site {
    Site::new(name, "example.com", PLAIN_POLICY)
}

#[test]
fn every_recipe_has_the_policy_as_it_is() {
    let domain = DomainName::parse("example.com").unwrap();
    for name in RecipeName::ALL {
        let context = RecipeContext::default();
        let recipe = Recipe::build(name, &domain, HOSTILE_POLICY, context, Language::English);
        if name == RecipeName::CloudflareWorker {
            continue; // inside the code: asked by the tests of the Worker
        }
        let policies: Vec<_> = recipe
            .files
            .iter()
            .filter(|file| file.path.ends_with(".well-known/mta-sts.txt"))
            .collect();
        assert_eq!(policies.len(), 1, "{name}");
        assert_eq!(policies[0].text, HOSTILE_POLICY, "{name}");
    }
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let domain = DomainName::parse("example.com").unwrap();
    let context = RecipeContext::default();
    let recipe =
        Recipe::build(RecipeName::Caddy, &domain, PLAIN_POLICY, context, Language::Italian);
    let json = serde_json::to_value(recipe).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["name", "files", "notes"]);
    assert_eq!(json["name"], "caddy");
    assert_eq!(json["files"][0]["path"], ".well-known/mta-sts.txt");
    assert_eq!(json["files"][0]["text"], PLAIN_POLICY);
    for note in json["notes"].as_array().unwrap() {
        let keys: Vec<_> = note.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["text", "commands"]);
        assert!(note["text"].is_string());
        assert!(note["commands"].as_array().unwrap().iter().all(Value::is_string));
    }
}

#[test]
fn github_pages_serves_dot_folders_under_the_policy_host() {
    let site = site(RecipeName::GithubPages);
    assert_eq!(site.file("CNAME", &[]), "mta-sts.example.com\n");
    assert_eq!(site.file(".nojekyll", &[]), "");
}

#[test]
fn gitlab_pages_publishes_the_folder_with_the_policy() {
    let text = site(RecipeName::GitlabPages).file(".gitlab-ci.yml", &[]);
    let jobs = Yaml::load_from_str(&text).unwrap();
    let job = &jobs[0]["pages"];
    assert_eq!(job["artifacts"]["paths"][0].as_str(), Some("public"));
    assert_eq!(job["script"][0].as_str(), Some("test -s public/.well-known/mta-sts.txt"));
    assert_eq!(job["rules"][0]["if"].as_str(), Some("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"));
}

#[test]
fn netlify_publishes_only_the_folder_with_the_policy() {
    let text = site(RecipeName::Netlify).file("netlify.toml", &[]);
    let settings: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(settings["build"]["publish"].as_str(), Some("public"));
    assert!(!settings.contains_key("redirects"));
    let headers = &settings["headers"][0];
    assert_eq!(headers["for"].as_str(), Some("/.well-known/mta-sts.txt"));
    assert_eq!(headers["values"]["Content-Type"].as_str(), Some("text/plain; charset=utf-8"));
    assert_eq!(headers["values"]["Cache-Control"].as_str(), Some("no-cache"));
}

#[test]
fn azure_serves_text_and_hides_the_page_that_it_insists_on() {
    let site = site(RecipeName::AzureStaticWebApps);
    let text = site.file("public/staticwebapp.config.json", &[]);
    let settings: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(settings["mimeTypes"][".txt"], "text/plain; charset=utf-8");
    let routes = settings["routes"].as_array().unwrap();
    assert_eq!(routes[0]["route"], "/.well-known/mta-sts.txt");
    assert_eq!(routes[0]["headers"]["Cache-Control"], "no-cache");
    assert_eq!(routes[1]["route"], "/index.html");
    assert_eq!(routes[1]["statusCode"], 404);
    // A rule for everything would hide the files by which Azure renews its certificate.
    assert_eq!(routes.len(), 2);
    assert!(settings.get("navigationFallback").is_none());
    assert!(site.file("public/index.html", &[]).contains("<title>"));
}

#[test]
fn traefik_routes_only_the_policy_and_gets_its_certificate() {
    let text = site(RecipeName::Traefik).file("compose.yaml", &[]);
    let services = Yaml::load_from_str(&text).unwrap();
    let services = &services[0]["services"];
    let traefik = &services["traefik"];
    assert_eq!(traefik["ports"][0].as_str(), Some("443:443"));
    let arguments: Vec<_> = traefik["command"]
        .as_vec()
        .unwrap()
        .iter()
        .map(|argument| argument.as_str().unwrap())
        .collect();
    for expected in [
        "--entrypoints.websecure.address=:443",
        "--providers.docker.exposedbydefault=false",
        "--certificatesresolvers.letsencrypt.acme.email=postmaster@example.com",
        "--certificatesresolvers.letsencrypt.acme.tlschallenge=true",
    ] {
        assert!(arguments.contains(&expected), "{expected}");
    }

    let policy = &services["policy"];
    assert!(policy.as_mapping_get("ports").is_none());
    assert_eq!(policy["volumes"][0].as_str(), Some("./.well-known:/srv/.well-known:ro"));
    let label = |name: &str| policy["labels"][format!("traefik.{name}").as_str()].as_str();
    assert_eq!(label("enable"), Some("true"));
    let router = |name: &str| label(&format!("http.routers.mta-sts-example-com.{name}"));
    assert_eq!(
        router("rule"),
        Some("Host(`mta-sts.example.com`) && Path(`/.well-known/mta-sts.txt`)")
    );
    assert_eq!(router("entrypoints"), Some("websecure"));
    assert_eq!(router("tls.certresolver"), Some("letsencrypt"));
    assert_eq!(router("middlewares"), Some("mta-sts-example-com"));
    let port = label("http.services.mta-sts-example-com.loadbalancer.server.port");
    let listens = policy["command"].as_vec().unwrap();
    assert!(
        listens
            .iter()
            .any(|argument| { argument.as_str().and_then(|text| text.strip_prefix(':')) == port })
    );
}

#[test]
fn sigillo_hosts_with_keys_of_its_configuration_alone() {
    let text = site(RecipeName::Sigillo).file("sigillo.toml", &[]);
    let settings: toml::Table = toml::from_str(&text).unwrap();
    let sections: Vec<_> = settings.keys().collect();
    assert_eq!(sections, ["host"]);
    let host = settings["host"].as_table().unwrap();
    let keys: Vec<_> = host.keys().collect();
    assert_eq!(keys, ["https", "http", "acme"]);
    for (key, port) in [("https", ":443"), ("http", ":80")] {
        let addresses = host[key].as_array().unwrap();
        assert_eq!(addresses.len(), 2, "IPv4 and IPv6");
        for address in addresses {
            assert!(address.as_str().unwrap().ends_with(port));
        }
    }
    assert_eq!(
        host["acme"]["directory"].as_str(),
        Some("https://acme-v02.api.letsencrypt.org/directory")
    );
    assert_eq!(host["acme"]["contact"][0].as_str(), Some("mailto:postmaster@example.com"));
}

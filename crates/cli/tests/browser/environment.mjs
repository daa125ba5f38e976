// What the test gives: the site, the browser and the packages, which are installed elsewhere than beside these files.
import { createRequire } from "node:module";
import { join } from "node:path";

function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these scripts by cargo test --test browser`);
  return value;
}

const require = createRequire(join(given("SIGILLO_PACKAGES"), "package.json"));

export const { chromium } = require("playwright-core");
export const axeSource = require("axe-core").source;
export const site = given("SIGILLO_SITE");
export const browserPath = given("SIGILLO_CHROMIUM");
export const profiles = given("SIGILLO_PROFILES");
export const screenshots = process.env.SIGILLO_SCREENSHOTS;

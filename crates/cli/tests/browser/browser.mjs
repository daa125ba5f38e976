// Chromium, and people who sit in front of it. Whatever a page does that it never may is noticed at every step.
import assert from "node:assert/strict";
import { after } from "node:test";

import { browserPath, chromium, profiles, site } from "./environment.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

const browser = await chromium.launch({
  executablePath: browserPath,
  headless: true,
  args: FLAGS,
  env: { ...process.env, TMPDIR: profiles },
});
after(() => browser.close());

// Gives a flow a page in a window of its own, and fails if anything went on that may not.
export async function person(settings, flow) {
  const { allowedErrors = [], script, ...options } = settings;
  const context = await browser.newContext({ baseURL: site, viewport: DESKTOP, ...options });
  context.setDefaultTimeout(20_000);
  const faults = [];
  try {
    if (script) await context.addInitScript(script);
    if (options.javaScriptEnabled !== false) {
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site });
      await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`against the content policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
    }
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== site && protocol !== "data:") faults.push(`asks another host: ${request.url()}`);
    });
    context.on("console", (message) => {
      const isAllowed = allowedErrors.some((words) => message.text().includes(words));
      if (message.type() === "error" && !isAllowed) faults.push(`error: ${message.text()}`);
    });
    context.on("weberror", (error) => faults.push(`exception: ${error.error().message}`));
    context.on("dialog", (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    const page = await context.newPage();
    await flow(page);
    assert.deepEqual(faults, [], page.url());
  } finally {
    await context.close();
  }
}

// The path of a page's address.
export function path(page) {
  return new URL(page.url()).pathname;
}

// Whether nothing has to be scrolled sideways to be read.
export async function assertFits(page) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= innerWidth) return null;
    const sticks = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = sticks.slice(-4).map((element) => `${element.tagName}.${element.className}`);
    return `${scrollWidth} > ${innerWidth}: ${names.join(" ")}`;
  });
  assert.equal(wide, null, `${path(page)} is too wide`);
}

// What a download holds.
export async function download(page, begin) {
  const [saved] = await Promise.all([page.waitForEvent("download"), begin()]);
  const chunks = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk);
  return { name: saved.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

// Every language with and without scripts.
export function everyWay(languages) {
  return Object.values(languages).flatMap((words) => [
    { words, javaScriptEnabled: true, way: `${words.tag}` },
    { words, javaScriptEnabled: false, way: `${words.tag}, without scripts` },
  ]);
}

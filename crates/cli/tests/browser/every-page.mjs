// What holds for every page, in both languages: small, still, silent, as wide as a phone, and accessible in light and
// in dark.
import assert from "node:assert/strict";
import { test } from "node:test";

import { assertFits, DESKTOP, path, person, PHONE } from "./browser.mjs";
import { axeSource } from "./environment.mjs";
import { allLanguages, chapters, pages } from "./places.mjs";

const LARGEST = 100_000;
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Pages of faults have a status that the browser notes. Colours that are on their way are nobody's.
const SETTINGS = { script: watchShifts, allowedErrors: ["status of 4"], reducedMotion: "reduce" };

// Runs in the page before anything else.
function watchShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    const place = ({ x, y, width, height }) => `${width}×${height} at ${x}, ${y}`;
    const moved = ({ node, previousRect, currentRect }) =>
      `${node?.cloneNode().outerHTML}: ${place(previousRect)}, then ${place(currentRect)}`;
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput) globalThis.shifts.push(`${value}: ${sources.map(moved).join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function assertAccessible(page, appearance) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const found = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    STANDARDS,
  );
  assert.ok(found.passes.length > 5, "axe has looked");
  const violations = found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target} ${any.map(({ message }) => message)}`),
  );
  assert.deepEqual(violations, [], `${path(page)}, ${appearance}`);
}

async function assertSmallAndStill(page) {
  await page.waitForLoadState("networkidle");
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .map(({ encodedBodySize }) => encodedBodySize)
      .reduce((sum, size) => sum + size, 0),
  );
  assert.ok(bytes > 1000 && bytes < LARGEST, `${path(page)} is ${bytes} bytes`);
  assert.deepEqual(await page.evaluate(() => globalThis.shifts), [], `${path(page)} moves`);
}

async function assertFine(page) {
  await assertSmallAndStill(page);
  await assertAccessible(page, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await assertAccessible(page, "dark");
  await page.setViewportSize(PHONE);
  await assertFits(page);
  await assertAccessible(page, "a phone, dark");
  await page.setViewportSize({ width: 320, height: 640 });
  await assertFits(page);
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: "light" });
}

for (const words of allLanguages) {
  for (const { name, open } of pages(words)) {
    test(`${name} is fine: ${words.tag}`, () =>
      person(SETTINGS, async (page) => {
        await open(page);
        await assertFine(page);
      }));
  }
  test(`the chapters of the guide are fine: ${words.tag}`, () =>
    person(SETTINGS, async (page) => {
      for (const address of await chapters(page, words)) {
        await page.goto(address);
        await assertFine(page);
      }
    }));
}

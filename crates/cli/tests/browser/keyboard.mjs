// Everything by keyboard alone: what has the focus is seen, and nothing needs a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";

import { person } from "./browser.mjs";
import { languages } from "./languages.mjs";
import { resultOf } from "./steps.mjs";


// Goes on with the Tab key until an element has the focus.
async function tabTo(page, selector) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) {
      assert.ok(await page.evaluate(focusIsSeen), `the focus on ${selector} is not seen`);
      return;
    }
  }
  assert.fail(`${selector} is not reached by the Tab key`);
}

function focusIsSeen() {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const { width, height } = document.activeElement.getBoundingClientRect();
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && width > 0 && height > 0;
}

for (const words of Object.values(languages)) {
  test(`a check by keyboard: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.home);
      await page.keyboard.press("Tab");
      assert.equal(await page.locator(":focus").textContent(), words.skip);
      assert.ok(await page.evaluate(focusIsSeen));
      const { x } = await page.locator(":focus").boundingBox();
      assert.ok(x >= 0, "the way past the navigation comes into sight");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.equal(await page.locator(":focus").getAttribute("id"), "domain");
      await page.keyboard.type("good.example");
      await page.keyboard.press("Enter");
      await resultOf(page);
      await tabTo(page, "summary");
      await page.keyboard.press("Space");
      assert.ok(await page.locator("details[open]").first().isVisible());
    }));

  test(`a policy by keyboard: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.generator);
      await tabTo(page, "#domain");
      await page.keyboard.type("good.example");
      await tabTo(page, '[name="mode"]');
      await page.keyboard.press("ArrowDown");
      await tabTo(page, "#mx-0");
      await page.keyboard.type("mail.good.example");
      await tabTo(page, "[data-add]");
      await page.keyboard.press("Enter");
      assert.match(await page.locator(":focus").getAttribute("id"), /^mx-\d$/);
      await page.keyboard.type("second.good.example");
      await tabTo(page, "#max_age-week");
      await page.keyboard.press("Space");
      await page.waitForURL(/max_age=1w/);
      assert.equal(await page.locator(":focus").getAttribute("id"), "max_age-week", "the focus stays");
      const policy = (await page.locator("#policy-text").textContent()).replaceAll("\r\n", "\n");
      assert.match(policy, /^mode: enforce\nmx: mail\.good\.example\nmx: second\.good\.example\nmax_age: 604800$/m);
      await tabTo(page, '[data-copy="policy-text"]');
      await page.keyboard.press("Enter");
      await page.locator('[data-copy="policy-text"]').getByText(words.copied).waitFor();
    }));

  test(`a text is mended by keyboard: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.validator);
      await tabTo(page, "#text");
      await page.keyboard.type("v=STSv1; id=2026-03-01");
      await page.locator("#verdict.bad").waitFor();
      await tabTo(page, ".fix button");
      await page.keyboard.press("Enter");
      await page.locator("#verdict:not(.bad)").waitFor();
      assert.equal(await page.locator(":focus").getAttribute("id"), "verdict", "the focus goes on to the outcome");
    }));

  test(`the focus is seen wherever it goes: ${words.tag}`, () =>
    person({}, async (page) => {
      for (const address of Object.values(words.places)) {
        await page.goto(address);
        await page.keyboard.press("Tab");
        const seen = new Set();
        for (let presses = 0; presses < 40; presses += 1) {
          const name = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));
          if (name.startsWith("<body")) break;
          assert.ok(await page.evaluate(focusIsSeen), `${address}: ${name}`);
          seen.add(name);
          await page.keyboard.press("Tab");
        }
        assert.ok(seen.size > 10, `${address}: the Tab key goes on`);
      }
    }));
}

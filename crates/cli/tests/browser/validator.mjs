// The validator: what is pasted, chosen or dropped is marked, and mended.
import assert from "node:assert/strict";
import { test } from "node:test";

import { download, everyWay, person } from "./browser.mjs";
import { languages } from "./languages.mjs";

const FAULTY = "version: STSv1\nmode: enforced\nmx: mail.example.com\nmax_age: 604800\n";
const MENDED = FAULTY.replace("enforced", "enforce");
const RECORD = "v=STSv1; id=2026-03-01";
const REPORT = JSON.stringify({
  "organization-name": "Example Mail",
  "date-range": { "start-datetime": "2026-03-01T00:00:00Z", "end-datetime": "2026-03-01T23:59:59Z" },
  "contact-info": "tls@example.net",
  "report-id": "1",
  policies: [
    {
      policy: { "policy-type": "sts", "policy-string": ["version: STSv1"], "policy-domain": "example.com" },
      summary: { "total-successful-session-count": 5, "total-failure-session-count": 4 },
      "failure-details": [{ "result-type": "certificate-expired", "failed-session-count": 4 }],
    },
  ],
});

const lines = (text) => text.replaceAll("\r\n", "\n").trimEnd();

for (const { words, way, javaScriptEnabled } of everyWay(languages)) {
  test(`a faulty policy is marked, and mended by one click: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.validator);
      const field = page.getByLabel(words.text, { exact: true });
      await field.fill(FAULTY);
      if (!javaScriptEnabled) await page.getByRole("button", { name: words.validate, exact: true }).click();
      const mark = page.locator(".listing li", { hasText: "mode:" }).locator("mark.bad");
      await mark.waitFor();
      assert.equal(await mark.textContent(), "enforced");
      assert.ok(await page.locator("#verdict.bad").isVisible());

      // The number in the text leads to the finding, and the finding back.
      await page.locator(".listing a.note").first().click();
      assert.match(page.url(), /#finding-1$/);
      await page.locator("#finding-1 a.note").click();
      assert.match(page.url(), /#mark-1$/);

      await page.getByRole("button", { name: words.applyFirst }).click();
      await page.locator("#verdict:not(.bad)").waitFor();
      assert.equal(lines(await field.inputValue()), lines(MENDED));
      const saved = await download(page, () => page.locator('button[name="download"]').click());
      assert.equal(lines(saved.bytes.toString()), lines(MENDED));
    }));

  test(`a file is chosen: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.validator);
      const file = { name: "report.json", mimeType: "application/json", buffer: Buffer.from(REPORT) };
      await page.getByLabel(words.file, { exact: true }).setInputFiles(file);
      if (!javaScriptEnabled) await page.getByRole("button", { name: words.validate, exact: true }).click();
      await page.locator("#outcome").getByText("Example Mail").first().waitFor();
      assert.match(await page.locator("#outcome").innerText(), /certificate-expired/);
    }));
}

for (const words of Object.values(languages)) {
  test(`a file is dropped: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.validator);
      const data = await page.evaluateHandle((text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], "record.txt", { type: "text/plain" }));
        return data;
      }, RECORD);
      await page.dispatchEvent("main", "dragover", { dataTransfer: data });
      const veil = await page.locator("#validator").evaluate((form) => getComputedStyle(form, "::after").content);
      assert.ok(veil.includes(words.dropHere), veil);
      await page.dispatchEvent("main", "drop", { dataTransfer: data });
      await page.locator(".listing mark").first().waitFor();
      assert.equal(await page.getByLabel(words.text, { exact: true }).inputValue(), RECORD);
      const copy = page.locator('[data-copy="text"]');
      await copy.click();
      await copy.getByText(words.copied).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), RECORD);
    }));

  test(`a text that is emptied leaves nothing behind: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.validator);
      const field = page.getByLabel(words.text, { exact: true });
      await field.fill(RECORD);
      await page.locator("#verdict").waitFor();
      await field.fill("");
      await page.locator("#verdict").waitFor({ state: "detached" });
    }));
}

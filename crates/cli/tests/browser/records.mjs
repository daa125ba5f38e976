// The generators of TLS-RPT and DMARC records, and their judgement of a record that is there already.
import assert from "node:assert/strict";
import { test } from "node:test";

import { everyWay, person } from "./browser.mjs";
import { languages } from "./languages.mjs";

const TOOLS = [
  {
    name: "TLS-RPT",
    place: "tlsRpt",
    existing: "tlsRptRecord",
    record: "v=TLSRPTv1; rua=mailto:reports@good.example",
    faulty: "v=TLSRPTv1; rua=reports@good.example",
  },
  {
    name: "DMARC",
    place: "dmarc",
    existing: "dmarcRecord",
    record: "v=DMARC1; p=quarantine; rua=mailto:reports@good.example",
    faulty: "v=DMARC1; p=rejected",
    choose: (page) => page.getByRole("radio", { name: "quarantine" }).check(),
  },
];

for (const tool of TOOLS) {
  for (const { words, way, javaScriptEnabled } of everyWay(languages)) {
    test(`a ${tool.name} record is made: ${way}`, () =>
      person({ javaScriptEnabled }, async (page) => {
        await page.goto(words.places[tool.place]);
        await page.getByLabel(words.mailDomain, { exact: true }).fill("good.example");
        await tool.choose?.(page);
        await page.getByLabel(`${words.reportAddresses} 1`, { exact: true }).fill("reports@good.example");
        if (!javaScriptEnabled) await page.getByRole("button", { name: words.generate, exact: true }).click();
        await page.locator("#record-text").getByText(tool.record, { exact: true }).waitFor();
        await page.waitForURL(/rua=reports%40good\.example/);
        await page.reload();
        assert.equal(await page.locator("#record-text").textContent(), tool.record);
        const copy = page.locator('[data-copy="record-text"]');
        assert.equal(await copy.isVisible(), javaScriptEnabled);
        if (!javaScriptEnabled) return;
        await copy.click();
        await copy.getByText(words.copied).waitFor();
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), tool.record);
      }));

    test(`a ${tool.name} record that is there is judged: ${way}`, () =>
      person({ javaScriptEnabled }, async (page) => {
        await page.goto(words.places[tool.place]);
        const judge = page.locator(".existing").getByRole("button", { name: words.judge });
        const field = page.getByLabel(words[tool.existing], { exact: true });
        const outcome = page.locator("#existing-outcome");
        for (const [record, verdict] of [
          [tool.faulty, words.invalid],
          [tool.record, words.valid],
        ]) {
          await field.fill(record);
          await judge.click();
          await outcome.locator(".badge").getByText(verdict, { exact: true }).waitFor();
          assert.equal(await outcome.locator(".excerpt").first().innerText(), record);
        }
      }));
  }
}

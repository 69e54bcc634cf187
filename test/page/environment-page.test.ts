import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { browserPages } from "../support/browser.ts";
import { environmentPage } from "../support/environment-page.ts";
import { environment, issues } from "../support/environments.ts";
import { describeWith } from "../support/programs.ts";

describeWith(["chromium"], "the page of an environment", () => {
  const pages = browserPages();
  let html: string;
  let page: Page;
  beforeAll(async () => {
    html = await environmentPage(environment());
    page = await pages.open(html);
  });

  test("opens from disk without an error in the console, and requests nothing", async () => {
    await expect(page.locator("h1").textContent()).resolves.toBe("staging");
    expect(pages.reported).toEqual([]);
  });

  test("allows no script but its own", () => {
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';/);
    expect(html).not.toContain("unsafe-");
  });

  test("refuses a change with the sentence of synth, and says what to write where it is accepted", async () => {
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("backend instances max");
    await panel.getByRole("spinbutton", { name: "Instances: max" }).fill("46");
    const sentences = await panel.locator(".refusals li").allTextContents();
    expect(sentences).toEqual(
      issues((draft) => {
        draft.services[1].instances.max = 46;
      }),
    );
    expect(sentences.join()).toContain("2300 (46 instances × 2 revisions × (10 + 15))");
    await panel.getByRole("spinbutton", { name: "Instances: max" }).fill("21");
    await expect(panel.getByRole("status").textContent()).resolves.toContain("Accepted");
    await expect(panel.locator("pre").textContent()).resolves.toBe(
      [
        "services: [",
        "  {",
        '    name: "backend",',
        "    instances: {",
        "      max: 21, // was 20",
        "    },",
        "  },",
        "],",
      ].join("\n"),
    );
    await panel.getByRole("button", { name: "Undo all" }).click();
  });

  test("has no violation that axe finds, light or dark", async () => {
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(`${axe}; axe.run().then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary])))`);
      expect(found).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: null });
  });
});

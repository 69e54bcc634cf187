import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { OpenPages } from "../support/browser.ts";
import { violations } from "../support/browser.ts";
import { environmentPage } from "../support/environment-page.ts";
import { environment, issues } from "../support/environments.ts";

/** What the page of an environment shows, and how it is reached. */
export function environmentPageTests(pages: OpenPages): void {
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
    await expect(panel.textContent()).resolves.toContain(
      "The rules that read the synthesized Terraform JSON run at synth only: npm start can still refuse what is accepted here.",
    );
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

  test("finds a resource by name, and lights up what depends on it", async () => {
    await page.getByRole("searchbox", { name: "Find a resource" }).fill("postgres");
    await page.keyboard.press("Enter");
    const details = page.getByRole("region", { name: "About staging-shared-postgres" });
    await expect(details.textContent()).resolves.toContain("google_sql_database_instance.");
    await expect(details.textContent()).resolves.toContain("settings.tierdb-custom-8-30720");
    const lit = await page.locator(".box.lit").allTextContents();
    expect(lit.join()).toContain("netra-backend-staging");
    expect(lit.join()).not.toContain("staging-router");
  });

  test("is reached by keyboard alone", async () => {
    const box = page.getByRole("button", { name: /^staging-redis Redis/ });
    await box.focus();
    await page.keyboard.press("Enter");
    await expect(box.getAttribute("aria-pressed")).resolves.toBe("true");
    await page.keyboard.press("Enter");
    await expect(box.getAttribute("aria-pressed")).resolves.toBe("false");
    await page.getByRole("searchbox", { name: "Find a resource" }).fill("");
  });

  test("has no violation that axe finds, light or dark, and fits a telephone", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("unfolds on A4 landscape paper, without its controls", async () => {
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator("details:not([open])").count()).toBe(
      await page.locator(".what-if details:not([open])").count(),
    );
    expect(await page.locator(".what-if .groups").isVisible()).toBe(false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    // 297 x 210 mm in points.
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 84[12][.\d]* 59[45][.\d]*\]/);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: "screen" });
  });
}

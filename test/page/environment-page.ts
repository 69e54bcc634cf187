import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { type OpenPages, violations } from "../support/browser.ts";
import { issues } from "../support/environments.ts";

/** The page of staging, and the window that it is open in. */
export interface StagingPage {
  html: string;
  page: Page;
}

/** What the page of an environment shows, and how it is reached. */
export function environmentPageTests(pages: OpenPages, staging: StagingPage): void {
  test("opens from disk without an error in the console, and requests nothing", async () => {
    const { page } = staging;
    await expect(page.locator("h1").textContent()).resolves.toBe("staging");
    expect(pages.reported).toEqual([]);
  });

  test("allows no script but its own", () => {
    const { html } = staging;
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';/);
    expect(html).not.toContain("unsafe-");
  });

  test("has no violation that axe finds, light or dark", async () => {
    const { page } = staging;
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, ["color-contrast"])).toEqual([]);
    await page.emulateMedia({ colorScheme: null });
  });

  test("refuses a change with the sentence of synth, and says what to write where it is accepted", async () => {
    const panel = staging.page.getByRole("complementary", { name: "What if" });
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
    const { page } = staging;
    await page.getByRole("searchbox", { name: "Find a resource" }).fill("postgres");
    await page.keyboard.press("Enter");
    const details = page.getByRole("region", { name: "About staging-shared-postgres" });
    await expect(details.textContent()).resolves.toContain("google_sql_database_instance.");
    await expect(details.textContent()).resolves.toContain("settings.tierdb-custom-8-30720");
    const lit = await page.locator(".box.lit").allTextContents();
    expect(lit.join()).toContain("netra-backend-staging");
    expect(lit.join()).not.toContain("staging-router");
  });

  /** The kind: a number that says nothing because its unit is known to its writer only. */
  test("shows no number without its unit", async () => {
    const { page } = staging;
    await expect(page.locator(".details").textContent()).resolves.toContain(
      "max_connections1250 connections",
    );
    await expect(page.locator(".budget").first().locator("li").allTextContents()).resolves.toContain(
      "2backend: 1,000 connections",
    );
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("service auth");
    const withoutUnit = await panel
      .locator('.control:not(:has(.unit)):has(input[type="number"])')
      .allTextContents();
    expect(withoutUnit).toEqual([]);
    await expect(panel.locator('[data-path="services.auth.cpu"] .unit').textContent()).resolves.toBe("vCPU");
    await panel.getByRole("searchbox").fill("");
  });

  /** The kind: a part of a bar that only its color names. */
  test("numbers the parts of bars as the list or the table below them does", async () => {
    const { page } = staging;
    const budget = page.locator(".budget").first();
    await expect(budget.locator(".keys > span").allTextContents()).resolves.toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
    await expect(budget.locator(".key").allTextContents()).resolves.toEqual(["1", "2", "3", "4", "5"]);
    await expect(page.locator(".block .keys").allInnerTexts()).resolves.toEqual(["1–2\n3", "1\n2", "1", "3"]);
    await expect(page.locator("#addresses tbody tr").allInnerTexts()).resolves.toEqual([
      expect.stringMatching(/^1\t10\.1\.0\.0\/28\tConnector\t/),
      expect.stringMatching(/^2\t10\.1\.8\.0\/24\tDirect egress\t/),
      expect.stringMatching(/^3\t10\.166\.0\.0\/16\tPrivate services\t/),
    ]);
  });

  test("is reached by keyboard alone, and the focus returns from the details", async () => {
    const { page } = staging;
    const box = page.getByRole("button", { name: /^staging-redis Redis/ });
    for (const close of ["Escape", "Tab Enter"]) {
      await box.focus();
      await page.keyboard.press("Enter");
      await expect(box.getAttribute("aria-pressed")).resolves.toBe("true");
      expect(await focused(page)).toBe("staging-redis");
      for (const key of close.split(" ")) await page.keyboard.press(key);
      await expect(box.getAttribute("aria-pressed")).resolves.toBe("false");
      expect(await focused(page)).toMatch(/^staging-redis Redis/);
    }
    await page.getByRole("searchbox", { name: "Find a resource" }).fill("");
  });

  test("begins with a link to its content, and every section is in its navigation", async () => {
    const { page } = staging;
    await expect(page.locator("a").first().getAttribute("href")).resolves.toBe("#main");
    const [links, sections] = await page.evaluate<[string[], string[]]>(
      `[
        [...document.querySelectorAll("nav a")].map(({ hash }) => hash),
        [...document.querySelectorAll("main [id][aria-labelledby]")].map(({ id }) => "#" + id),
      ]`,
    );
    expect(links).toEqual(expect.arrayContaining(sections));
    expect(links).toContain("#what-if");
  });

  test("unfolds on A4 landscape paper, with every service and the whole picture, without its controls", async () => {
    const { page } = staging;
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator("details:not([open])").count()).toBe(
      await page.locator(".what-if details:not([open])").count(),
    );
    expect(await page.locator(".what-if .groups").isVisible()).toBe(false);
    await expect(page.locator("#time h3:visible").allTextContents()).resolves.toEqual([
      "A container starts",
      "Service auth",
      "Service backend",
      "Service frontend",
      "All the time",
    ]);
    expect(await page.evaluate(`getComputedStyle(document.querySelector(".picture > g")).transform`)).toBe(
      "none",
    );
    const [text, caption] = await page.evaluate<number[]>(
      `["body", ".quiet"].map((selector) => Number.parseFloat(getComputedStyle(document.querySelector(selector)).fontSize))`,
    );
    expect(caption).toBeLessThan(text ?? 0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    // 297 x 210 mm in points.
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 84[12][.\d]* 59[45][.\d]*\]/);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Fit" }).click();
  });

  test("fits a telephone, where one finger scrolls the page and two zoom the picture", async () => {
    const { page } = staging;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate("scrollTo(0, 0)");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const box = await page.locator(".picture").boundingBox();
    const { x, y, width } = box ?? { x: 0, y: 0, width: 0 };
    const [left, top] = [x + width / 2, y + 80];
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: readonly [number, number][]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
    const transform = () => page.locator(".picture > g").getAttribute("transform");
    const before = await transform();
    await touch("touchStart", [left - 30, top], [left + 30, top]);
    for (const distance of [40, 80]) await touch("touchMove", [left - distance, top], [left + distance, top]);
    await touch("touchEnd");
    const zoomed = await transform();
    expect(zoomed).not.toBe(before);
    await touch("touchStart", [left, top]);
    for (const distance of [20, 60, 100]) await touch("touchMove", [left, top - distance]);
    await touch("touchEnd");
    await page.waitForFunction("scrollY > 0");
    expect(await transform()).toBe(zoomed);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
}

/** The text of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>("document.activeElement.textContent");
}

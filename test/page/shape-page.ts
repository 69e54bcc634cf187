import { expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { shapes } from "../fixtures/shapes.ts";
import type { OpenPages } from "../support/browser.ts";
import { pageOf } from "../support/environment-page.ts";
import { type Draft, TODAY } from "../support/environments.ts";

/** One without database, cache and edge, whose job calls its service. */
function jobcalls(change: (draft: Draft) => void = () => {}) {
  const draft = structuredClone(shapes.jobcalls);
  change(draft);
  return parseEnvironment("jobcalls", draft, TODAY);
}

/** The kind: a page that takes for granted what an environment may leave out, or that every workload is a service. */
export function shapePageTests(pages: OpenPages): void {
  test("shows deadlines, controls and calls of an environment without a database and with a job", async () => {
    const parsed = jobcalls();
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const page = await pages.open(await pageOf(parsed.environment));
    const time = page.locator("#time");
    const deadlines = async () => {
      const lists = await time.locator(".deadlines").all();
      return Promise.all(lists.map((list) => list.locator(".name").allTextContents()));
    };
    const start = ["Start-up window", "Alert on a failed start"];
    const always = ["Shutdown drain"];
    const probes = ["Start-up probe attempt", "Liveness probe attempt", "One start-up probe period"];
    expect(await deadlines()).toEqual([start, [...probes, "Request timeout"], always]);
    await time.getByRole("combobox", { name: "One service or job:" }).selectOption("sync");
    expect(await deadlines()).toEqual([start, ["Task timeout"], always]);

    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("sync");
    await expect(panel.locator("summary").allTextContents()).resolves.toEqual(["Job sync"]);
    const field = panel.getByRole("spinbutton", { name: "Parallelism" });
    const budgets = await page.locator("#budgets").textContent();
    for (const written of [0, 1001, 2.5, -1e6, 1e308]) {
      await field.fill(String(written));
      const refused = jobcalls((draft) => {
        draft.jobs[0].parallelism = written;
      });
      await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual(
        refused.ok ? [] : refused.issues.map(formatIssue),
      );
      expect(await page.locator("#page").textContent()).not.toMatch(/\b(undefined|NaN|Infinity)\b/);
    }
    await expect(page.locator("#budgets").textContent()).resolves.toBe(budgets);
    await field.fill("4");
    await expect(panel.locator("pre").textContent()).resolves.toMatch(
      /^jobs: \[\n {2}\{\n {4}name: "sync",\n {4}parallelism: 4, \/\/ was 2\n/,
    );

    await page.getByRole("button", { name: /^jobcalls-sync Cloud Run job 2 tasks at once/ }).click();
    await expect(page.locator(".details li").allTextContents()).resolves.toContain("jobcalls-api API_URL");
    expect(pages.reported).toEqual([]);
    await page.close();
  });
}

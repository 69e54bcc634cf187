import { expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { shapes } from "../fixtures/shapes.ts";
import type { OpenPages } from "../support/browser.ts";
import { pageOf } from "../support/environment-page.ts";
import { type Draft, TODAY } from "../support/environments.ts";

function shape(name: string, change: (draft: Draft) => void = () => {}) {
  const draft = structuredClone(shapes[name]);
  change(draft);
  return parseEnvironment(name, draft, TODAY);
}

/** One without database, cache and edge, whose job calls its service. */
const jobcalls = (change?: (draft: Draft) => void) => shape("jobcalls", change);

/** The kind: a page that takes for granted what an environment may leave out, or that every workload is a service. */
export function shapePageTests(pages: OpenPages): void {
  test("shows deadlines, controls and calls of an environment without a database and with a job", async () => {
    const parsed = jobcalls();
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const page = await pages.open(await pageOf(parsed.environment));
    const time = page.locator("#time");
    await time.locator(".deadlines").first().waitFor();
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

  test("shows the way of messages, and changes the numbers of a topic and of a subscription", async () => {
    const parsed = shape("worker");
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const page = await pages.open(await pageOf(parsed.environment));
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("retention");
    await expect(panel.locator("summary").allTextContents()).resolves.toEqual(["Topic orders"]);
    await panel.getByRole("searchbox").fill("invoices orders attempts");
    await expect(panel.locator("summary").allTextContents()).resolves.toEqual(["Service invoices"]);
    const field = panel.getByRole("spinbutton", { name: "Subscriptions: orders: attempts" });
    for (const attempts of [4, 101]) {
      await field.fill(String(attempts));
      const refused = shape("worker", (draft) => {
        draft.services[1].subscriptions[0].attempts = attempts;
      });
      await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual(
        refused.ok ? [] : refused.issues.map(formatIssue),
      );
    }
    await field.fill("6");
    await expect(panel.locator("pre").textContent()).resolves.toMatch(
      /name: "invoices",\n {4}subscriptions: \[\n {6}\{\n {8}topic: "orders",\n {8}attempts: 6, \/\/ was 5\n/,
    );

    await page.getByRole("button", { name: /^worker-orders-invoices messaging push subscription/ }).click();
    const ways = (await page.locator(".details li").allTextContents()).join("; ");
    for (const way of ["worker-invoices push", "worker-orders-dead-letters dead letters"])
      expect(ways).toContain(way);
    expect(pages.reported).toEqual([]);
    await page.close();
  });

  test("shows budgets of each region, and changes the instances of a service in one", async () => {
    const parsed = shape("two");
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const page = await pages.open(await pageOf(parsed.environment));
    await expect(page.locator("#budgets").textContent()).resolves.toMatch(
      /api in us-central1.*Direct egress in us-central1/s,
    );
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("us-central1 round trip");
    await expect(panel.locator("summary").allTextContents()).resolves.toEqual(["Region us-central1"]);
    await panel.getByRole("searchbox").fill("api us-central1 max");
    const field = panel.getByRole("spinbutton", { name: "Regions: us-central1: instances: max" });
    for (const max of [0, 3]) {
      await field.fill(String(max));
      const refused = shape("two", (draft) => {
        draft.services[1].regions[0].instances.max = max;
      });
      await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual(
        refused.ok ? [] : refused.issues.map(formatIssue),
      );
    }
    await field.fill("1");
    await expect(panel.locator("pre").textContent()).resolves.toMatch(
      /name: "api",\n {4}regions: \[\n {6}\{\n {8}region: "us-central1",\n/,
    );
    expect(await page.locator("#page").textContent()).not.toMatch(/\b(undefined|NaN|Infinity)\b/);
    expect(pages.reported).toEqual([]);
    await page.close();
  });

  test("shows who uses a bucket, and changes its days and the size of a volume in memory", async () => {
    const parsed = shape("files");
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const page = await pages.open(await pageOf(parsed.environment));
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("versioning");
    await expect(panel.locator("summary").allTextContents()).resolves.toEqual([
      "Bucket uploads",
      "Bucket exports",
    ]);
    await panel.getByRole("searchbox").fill("api size");
    const field = panel.getByRole("spinbutton", { name: "In memory volumes: /tmp/work: size" });
    for (const size of [0, 1024]) {
      await field.fill(String(size));
      const refused = shape("files", (draft) => {
        draft.services[0].inMemoryVolumes[0].size = size;
      });
      await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual(
        refused.ok ? [] : refused.issues.map(formatIssue),
      );
    }
    await field.fill("128");
    await expect(panel.locator("pre").textContent()).resolves.toMatch(
      /name: "api",\n {4}inMemoryVolumes: \[\n {6}\{\n {8}mount: "\/tmp\/work",\n {8}size: mebibytes\(128\), \/\/ was mebibytes\(256\)\n/,
    );

    await page.getByRole("button", { name: /^acme-web-files-uploads bucket europe-west1/ }).click();
    const ways = (await page.locator(".details li").allTextContents()).join("; ");
    for (const way of ["files-api UPLOADS_BUCKET", "files-report mounted"]) expect(ways).toContain(way);
    expect(pages.reported).toEqual([]);
    await page.close();
  });
}

import { expect, test } from "@jest/globals";
import { environmentReport } from "../../commands/synth/report.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { type PlatformPlan, platformPlan } from "../../platform/plan.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";

function plan(name: string): PlatformPlan {
  const parsed = parseEnvironment(name, shapes[name], TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return platformPlan(parsed.environment);
}

/** The kind: a section of an environment that the report and the page forget, or show where there is none. */
test("topics are listed with who publishes to them and where the messages go, also where nobody does", () => {
  const report = environmentReport(plan("worker"), []);
  const heading = report.findIndex((line) => line.includes("Topics, who publishes to them"));
  expect(report.slice(heading + 1, heading + 5).map((line) => line.trim())).toEqual([
    "topic    published by  sent to           deadline  attempts",
    "orders   api, replay   invoices /orders      60 s         5",
    "archive  nobody        nobody",
    "",
  ]);
  expect(environmentPage(plan("worker"))).toContain(
    [
      "## Topics",
      "",
      "| topic | published by | sent to | path | deadline | attempts | dead letters |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      "| `worker-orders` | api, replay | invoices | `/orders` | 60 s | 5 | `worker-orders-dead-letters` |",
      "| `worker-archive` | nobody | nobody |  |  |  |  |",
      "",
    ].join("\n"),
  );
  for (const text of [environmentReport(plan("alone"), []).join("\n"), environmentPage(plan("alone"))])
    expect(text).not.toMatch(/topic|message/i);
});

test("regions are listed with their instances and the reason for data elsewhere, and budgets with each", () => {
  const report = environmentReport(plan("two"), []).join("\n");
  for (const text of [
    "two  (acme-web, europe-west1, us-central1)",
    "in europe-west1, 110 ms away: reads are",
    "Direct VPC egress in us-central1:  48 of 252 usable addresses at full scale,",
    "api in us-central1   40  2 instances × 2 revisions × (5 + 5)",
  ])
    expect(report).toContain(text);
  expect(environmentReport(plan("three"), []).join("\n")).toContain(
    "Connector throughput in us-central1 at full scale",
  );
  const page = environmentPage(plan("two"));
  for (const text of [
    "regions `europe-west1` (main) and `us-central1`",
    "| `us-central1` | web | 0 to 5 |  |",
    "| `us-central1` | api | 1 to 2 | in europe-west1, 110 ms away: reads are cached, writes are rare |",
    "| PostgreSQL connections | api in us-central1 | 40 | 2 instances × 2 revisions × (5 + 5) |",
    "In us-central1 web receives in their place:",
    "`https://two-api-123456789012.us-central1.run.app`",
  ])
    expect(page).toContain(text);
  expect(environmentPage(plan("three"))).toContain("| connector in us-central1 Mbit/s | web | 50 |");
  for (const text of [environmentReport(plan("alone"), []).join("\n"), environmentPage(plan("alone"))])
    expect(text).not.toMatch(/regions/i);
});

test("buckets are listed with who uses them and when their objects are deleted, and volumes in memory with their sizes", () => {
  const report = environmentReport(plan("files"), []);
  const heading = report.findIndex((line) => line.includes("Buckets, who uses them"));
  expect(report.slice(heading + 1, heading + 6).map((line) => line.trim())).toEqual([
    "bucket   used by  to     mounted at  versions  deleted",
    "uploads  api      write              kept      after 90 days",
    "uploads  report   read   /uploads    kept      after 90 days",
    "exports  report   write  /exports    none      never",
    "",
  ]);
  const page = environmentPage(plan("files"));
  for (const line of [
    "| `acme-web-files-uploads` | report | read | `/uploads` | kept for 30 days | after 90 days |",
    "| `acme-web-files-exports` | report | write | `/exports` | none | never |",
    "| api | `/tmp/work` | 256Mi | 1Gi |",
    "- **Mounted buckets**: ",
  ])
    expect(page).toContain(line);
  const without = [environmentReport(plan("alone"), []).join("\n"), environmentPage(plan("alone"))];
  for (const text of without) expect(text).not.toMatch(/bucket|volume/i);
});

test.each(Object.keys(shapes))("the report of %s fits a terminal of 80 columns", (name) => {
  // A command to copy stays whole.
  const breakable = environmentReport(plan(name), []).filter(
    (line) => !/^ +(--\S+|gcloud .*)( \\)?$/.test(line),
  );
  expect(breakable.filter((line) => line.length > 80)).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../../graph/index.ts";
import { runRules } from "../../../rules/run.ts";
import { undeclared } from "../../../rules/schema/undeclared.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function said(files: Readonly<Record<string, string>>, only?: string): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "undeclared-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const graph = await readGraph([only === undefined ? folder : path.join(folder, only)]);
  return runRules(graph, [undeclared]).map(
    ({ severity, address, message, fix }) => `${severity} ${address}: ${message} ${fix}`,
  );
}

const ROOT = 'provider "google" {\n  project = "acme-dev"\n}\n';
const service = (body: string) =>
  `resource "google_project_service" "run" {\n  service = "run.googleapis.com"\n  ${body}\n}\n`;

/** The kind: what an expression or depends_on names and no file of the module declares. */
describe("schema/undeclared", () => {
  test.each([
    [service("project = var.project"), "var.project"],
    [service("project = local.project"), "local.project"],
    [service("project = google_project.main.project_id"), "google_project.main"],
    [service("project = data.google_project.main.project_id"), "data.google_project.main"],
    [service("project = module.project.id"), "module.project"],
    [service("depends_on = [google_project.main]"), "google_project.main"],
    [service("depends_on = [resource.google_project.main]"), "google_project.main"],
    [service("depends_on = [module.project]"), "module.project"],
    [service("depends_on = [var.wait]"), "var.wait"],
    [service("depends_on = [local.wait]"), "local.wait"],
  ])("is refused (%#)", async (text, address) => {
    expect(await said({ "main.tf": ROOT + text })).toEqual([
      `error google_project_service.run: it refers to ${address}; rejected at plan: nothing of that name is declared in its module. Declare it, or name one that is declared.`,
    ]);
  });

  test("depends_on may name a variable or local value, and waits for what it refers to", async () => {
    const module = `variable "wait" {
  default = []
}
locals {
  also = [google_project.main]
}
resource "google_project" "main" {
  name       = "main"
  project_id = "main-12345"
}
${service("depends_on = [var.wait, local.also]")}`;
    const called = `${ROOT}resource "google_project_service" "iam" {
  service = "iam.googleapis.com"
}
module "run" {
  source = "./run"
  wait   = [google_project_service.iam]
}
`;
    expect(await said({ "main.tf": ROOT + module })).toEqual([]);
    const files = { "main.tf": called, "run/main.tf": module };
    expect(await said(files)).toEqual([]);
    const graph = await readGraph([folders.at(-1) ?? ""]);
    expect([...(graph.at("module.run.google_project_service.run")?.dependencies ?? [])]).toEqual(
      expect.arrayContaining(["google_project_service.iam", "module.run.google_project.main"]),
    );
  });

  test("names the nearest one of the same type, also in a part of a module", async () => {
    const near = 'resource "google_project" "mine" {\n  name = "mine"\n  project_id = "mine-12345"\n}\n';
    expect(await said({ "main.tf": near + service("depends_on = [google_project.mien]") })).toEqual([
      "error google_project_service.run: it refers to google_project.mien; rejected at plan: nothing of that name is declared in its module. Did you mean google_project.mine?",
    ]);
    expect((await said({ "main.tf": service("project = var.project") }))[0]).toMatch(/^warning /);
  });

  test("holds where another file, a count of 0 or another way to write it declares it", async () => {
    const declared = [
      ROOT,
      'variable "project" {\n  default = "acme-dev"\n}\n',
      'resource "google_project_service" "sql" {\n  count = 0\n  service = "sqladmin.googleapis.com"\n}\n',
    ].join("");
    const text = service("project = var.project\n  depends_on = [resource.google_project_service.sql]");
    expect(await said({ "main.tf": text, "variables.tf": declared })).toEqual([]);
    // One file of several is a part of the module.
    expect(await said({ "main.tf": text, "variables.tf": declared }, "main.tf")).toEqual([]);
  });
});

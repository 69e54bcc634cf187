import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../../graph/index.ts";
import { ruleById } from "../../../rules/index.ts";
import { runRules } from "../../../rules/run.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What the rules say of a root module, and of the module in child/ that it may call. */
async function said(main: string, child = "", rules = ["schema/failing-expression", "schema/undeclared"]) {
  const folder = mkdtempSync(path.join(tmpdir(), "failing-"));
  folders.push(folder);
  mkdirSync(path.join(folder, "child"));
  writeFileSync(path.join(folder, "main.tf"), main);
  writeFileSync(path.join(folder, "child/main.tf"), child);
  return runRules(await readGraph([folder]), rules.map(ruleById))
    .filter(({ severity }) => severity !== "unknown")
    .map(({ severity, address, message }) => `${severity} ${address}: ${message}`);
}

const topics =
  'resource "google_pubsub_topic" "t" {\n  for_each = toset(["a", "b"])\n  name = "${each.key}-events"\n}\n';
const queue = (topic: string) =>
  `resource "google_pubsub_subscription" "s" {\n  name = "orders"\n  topic = ${topic}\n}\n`;

/** The kind: an element that the configuration itself shows not to exist. */
describe("an expression without a value", () => {
  test("names an instance, an element or an attribute that exists", async () => {
    expect(await said(topics + queue('google_pubsub_topic.t["a"].id'))).toEqual([]);
    expect(await said(topics + queue('google_pubsub_topic.t["c"].id'))).toEqual([
      "error google_pubsub_subscription.s: topic has no value; rejected at plan: an expression in it fails, there is no such element.",
    ]);
    expect(await said(queue('["a"][1]'))).toEqual([
      "error google_pubsub_subscription.s: topic has no value; rejected at plan: an expression in it fails, the index is out of range.",
    ]);
    expect(await said(queue('"${{ name = "a" }.nam}-events"'))).toHaveLength(1);
    expect(await said(queue('try({ name = "a" }.nam, "b")'))).toEqual([]);
  });

  test("may have one with another value of a variable", async () => {
    const variable = 'variable "names" {\n  default = ["a"]\n}\n';
    expect((await said(variable + queue("var.names[1]")))[0]).toMatch(/^warning /);
    expect(await said(variable + queue("var.names[0]"))).toEqual([]);
  });

  test("takes ranges that fit into each other", async () => {
    expect(await said(queue('cidrsubnet("10.0.0.0/16", 8, 255)'))).toEqual([]);
    expect((await said(queue('cidrsubnet("10.0.0.0/16", 8, 256)')))[0]).toContain("function cidrsubnet");
  });
});

const child = 'variable "name" {\n  type = string\n}\nvariable "size" {\n  default = 1\n}\n';
const inChild = 'resource "google_pubsub_topic" "t" {\n  name = var.name\n}\n';
const output = 'output "id" {\n  value = google_pubsub_topic.t.id\n}\n';
const call = (body: string) => `module "child" {\n  source = "./child"\n  ${body}\n}\n`;

/** The kind: a module that is called without what it needs, with what it does not know, or for what it does not give. */
describe("the call of a module", () => {
  test("gives every required argument, and no other", async () => {
    expect(await said(call('name = "orders"'), child + inChild)).toEqual([]);
    expect(await said(call("size = 2"), child + inChild)).toEqual([
      "error module.child.google_pubsub_topic.t: name has no value; rejected at plan: module.child is called without its argument name.",
    ]);
    expect(await said(call('name = "orders"\n  zise = 2'), child + inChild)).toEqual([
      "error module.child.google_pubsub_topic.t: module.child is called with zise; rejected at plan: the module declares no such variable.",
    ]);
  });

  test("uses outputs that there are", async () => {
    const whole = child + inChild + output;
    expect(await said(call('name = "orders"') + queue("module.child.id"), whole)).toEqual([]);
    expect(await said(call('name = "orders"') + queue("module.child.name"), whole)).toEqual([
      "error google_pubsub_subscription.s: topic has no value; rejected at plan: module.child has no output name.",
    ]);
    const each = 'for_each = module.child.parts\n  name = each.value.name\n  topic = "a"';
    const parts = `${whole}output "parts" {\n  value = { for k in [google_pubsub_topic.t.id] : k => { name = k } }\n}\n`;
    expect(
      await said(
        `${call('name = "orders"')}resource "google_pubsub_subscription" "e" {\n  ${each}\n}\n`,
        parts,
      ),
    ).toEqual([]);
  });
});

/** The kind: a module of which only an output is used, which waits for that output alone. */
describe("the order through modules", () => {
  const network = (more: string) => `
    resource "google_compute_network" "main" {
      name                    = "main"
      auto_create_subnetworks = false
    }
    resource "google_compute_global_address" "services" {
      name          = "services"
      purpose       = "VPC_PEERING"
      address_type  = "INTERNAL"
      prefix_length = 16
      network       = google_compute_network.main.id
    }
    resource "google_service_networking_connection" "services" {
      network                 = google_compute_network.main.id
      service                 = "servicenetworking.googleapis.com"
      reserved_peering_ranges = [google_compute_global_address.services.name]
    }
    output "network" {
      value = google_compute_network.main.id
      ${more}
    }
  `;
  const database = (more: string) => `
    resource "google_sql_database_instance" "main" {
      name             = "main"
      database_version = "POSTGRES_15"
      region           = "europe-west1"
      settings {
        tier    = "db-custom-2-7680"
        edition = "ENTERPRISE"
        ip_configuration {
          ipv4_enabled    = false
          private_network = module.child.network
        }
      }
      ${more}
    }
  `;
  const order = ["reachability/private-services-order"];

  test("is that of the output, of its depends_on and of that of the resource", async () => {
    expect(await said(call("") + database("depends_on = [module.child]"), network(""), order)).toEqual([]);
    const waiting = network("depends_on = [google_service_networking_connection.services]");
    expect(await said(call("") + database(""), waiting, order)).toEqual([]);
    expect(await said(call("") + database(""), network(""), order)).toEqual([
      expect.stringContaining(
        'nothing makes "main" wait for module.child.google_service_networking_connection.services',
      ),
    ]);
  });
});

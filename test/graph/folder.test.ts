import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isUnknown, readGraph } from "../../graph/index.ts";
import { folderOf } from "./support.ts";

const fixtures = join(__dirname, "../fixtures/terraform");

describe("a folder of plain Terraform", () => {
  test("reads modules, loops, variable files, overrides and mixed syntaxes", async () => {
    const graph = await readGraph([join(fixtures, "platform")]);
    expect(graph.all().map((resource) => [resource.address, resource.origin])).toEqual([
      ["google_service_account.api", "extra.tf.json"],
      ["google_sql_database_instance.orders", "main.tf:50"],
      ["google_compute_firewall.allow[0]", "main.tf:73"],
      ["google_compute_firewall.allow[1]", "main.tf:73"],
      ["module.network.google_compute_network.this", "modules/network/main.tf:9"],
      ['module.network.google_compute_subnetwork.this["apps"]', "modules/network/main.tf:14"],
      ['module.network.google_compute_subnetwork.this["jobs"]', "modules/network/main.tf:14"],
      ['module.service["api"].google_cloud_run_v2_service.this', "modules/service/main.tf:13"],
      ['module.service["web"].google_cloud_run_v2_service.this', "modules/service/main.tf:13"],
    ]);
    expect(graph.at('module.network.google_compute_subnetwork.this["jobs"]')?.get("ip_cidr_range")).toBe(
      "10.20.1.0/24",
    );
    expect(graph.at("google_compute_firewall.allow[1]")?.get("allow.ports")).toEqual([6379]);
    expect(graph.unread).toEqual(["module.monitoring comes from a registry and was not read."]);
  });

  test("follows references through modules", async () => {
    const graph = await readGraph([join(fixtures, "platform")]);
    const database = graph.at("google_sql_database_instance.orders");
    const service = graph.at('module.service["api"].google_cloud_run_v2_service.this');
    if (database === undefined || service === undefined) throw new Error("a resource is not there");
    const network = graph.at("module.network.google_compute_network.this");
    const path = "settings.ip_configuration.private_network";
    expect(graph.target(database.get(path), ["google_compute_network"], database)).toEqual({
      kind: "resource",
      resource: network,
    });
    const attached = service.get("template.vpc_access.network_interfaces.network");
    expect(graph.target(attached, ["google_compute_network"], service)).toEqual({
      kind: "resource",
      resource: network,
    });
    expect(service.dependsOn.has("module.network.google_compute_network.this")).toBe(true);
    expect(graph.project(service)).toBe("acme-dev");
  });

  test("knows what it can and no more", async () => {
    const graph = await readGraph([join(fixtures, "platform")]);
    const database = graph.at("google_sql_database_instance.orders");
    expect(database?.string("database_version")).toBe("POSTGRES_17");
    expect(database?.blocks("settings.database_flags").map((flag) => flag.values)).toEqual([
      { name: "log_min_duration_statement", value: 500 },
      { name: "max_connections", value: 400 },
    ]);
    expect(isUnknown(database?.get("settings.tier"))).toBe(true);
    const env = graph
      .at('module.service["api"].google_cloud_run_v2_service.this')
      ?.blocks("template.containers.env");
    expect(
      env?.map((one) => [one.string("name"), isUnknown(one.get("value")) ? "unknown" : one.get("value")]),
    ).toEqual([
      ["DATABASE_POOL_SIZE", "5"],
      ["POSTGRES_DB", "orders"],
      ["POSTGRES_HOST", "unknown"],
    ]);
  });

  test("takes files of one folder for one module", async () => {
    const folder = folderOf({
      "a.tf": 'variable "x" {\n  default = "v"\n}\n',
      "b.tf": 'resource "google_x" "a" {\n  x = var.x\n}\n',
    });
    const graph = await readGraph([join(folder, "a.tf"), join(folder, "b.tf")]);
    expect(graph.all()[0]?.get("x")).toBe("v");
  });

  test("does not follow modules that call themselves", async () => {
    const folder = folderOf({
      "main.tf": 'module "again" {\n  source = "./."\n}\nresource "google_x" "a" {}\n',
    });
    const graph = await readGraph([folder]);
    expect(graph.all().map((resource) => resource.address)).toEqual(["google_x.a"]);
    expect(graph.unread).toEqual(["module.again calls itself and was not read."]);
  });

  test("reads a file of the folder, but none outside", async () => {
    const folder = folderOf({
      "main.tf":
        'resource "google_x" "a" {\n  a = file("${path.module}/a.txt")\n  b = file("link")\n  c = templatefile("t.tpl", { n = 2 })\n}\n',
      "a.txt": "inside",
      "t.tpl": "%{ for i in range(n) }${i}%{ endfor }",
    });
    symlinkSync("/etc/hostname", join(folder, "link"));
    const [a] = (await readGraph([folder])).all();
    expect(a?.get("a")).toBe("inside");
    expect(isUnknown(a?.get("b"))).toBe(true);
    expect(a?.get("c")).toBe("01");
  });
});

describe("cdktf.out", () => {
  test("links stacks by the ids that they write", async () => {
    const graph = await readGraph([join(fixtures, "stacks")]);
    const database = graph.at("google_sql_database_instance.orders");
    if (database === undefined) throw new Error("the database is not there");
    expect([database.path, database.origin]).toEqual(["data/orders", "data"]);
    const target = graph.target(
      database.get("settings.ip_configuration.private_network"),
      ["google_compute_network"],
      database,
    );
    expect(target.kind === "resource" && target.resource.path).toBe("network/vpc");
  });

  test("keeps equal addresses of two stacks apart", async () => {
    const stack = (name: string) =>
      JSON.stringify({
        resource: {
          google_compute_network: { vpc: { name } },
          google_x: { a: { network: "${google_compute_network.vpc.id}" } },
        },
      });
    const graph = await readGraph([
      folderOf({ "cdk.tf.json": stack("one") }),
      folderOf({ "cdk.tf.json": stack("two") }),
    ]);
    const names = graph.all("google_x").map((a) => {
      const target = graph.target(a.get("network"), ["google_compute_network"], a);
      return target.kind === "resource" && target.resource.string("name");
    });
    expect(names).toEqual(["one", "two"]);
  });
});

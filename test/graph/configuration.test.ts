import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson, isUnknown, readGraph } from "../../graph/index.ts";
import { graphOf } from "../rules/support.ts";
import { folderOf } from "./support.ts";

describe("Terraform JSON", () => {
  test("gives construct paths, and no comments among the values", () => {
    const graph = graphOf({
      google_x: { a: { "//": { metadata: { path: "stack/a" } }, name: "a", block: { "//": "why", b: 1 } } },
    });
    const [a] = graph.all("google_x");
    expect(a?.path).toBe("stack/a");
    expect(a?.values).toEqual({ name: "a", block: { b: 1 } });
  });

  test("knows what is written and comes to nothing", () => {
    const graph = graphOf(
      {
        google_x: {
          a: {
            name: "${var.name}",
            ranges: [],
            dynamic: { rule: { for_each: "${var.rules}", content: { port: 1 } } },
            block: [{ size: "${var.name}", kind: "k" }],
          },
        },
      },
      { variable: { name: { default: null }, rules: { default: [] } } },
    );
    const [a] = graph.all("google_x");
    expect(a?.values).toEqual({ block: [{ kind: "k" }] });
    expect([...(a?.emptyPaths ?? [])].sort()).toEqual(["block.size", "name", "ranges", "rule"]);
    // Of what waits for all instances of another resource too.
    const waiting = graphOf({
      google_x: { a: { count: 2 }, b: { members: [], depends_on: ["google_x.a"] } },
    });
    expect([...(waiting.at("google_x.b")?.emptyPaths ?? [])]).toEqual(["members"]);
  });

  test("repeats by count and for_each", () => {
    const graph = graphOf({
      google_x: {
        counted: { count: "${1 + 1}", name: "x-${count.index}" },
        each: {
          for_each: { a: "10.0.0.0/24", "b c": "10.0.1.0/24" },
          name: "${each.key}",
          range: "${each.value}",
        },
        set: { for_each: '${toset(["p", "q"])}', name: "${each.value}" },
        none: { count: 0, name: "never" },
      },
    });
    expect(graph.all().map((resource) => [resource.address, resource.string("name")])).toEqual([
      ["google_x.counted[0]", "x-0"],
      ["google_x.counted[1]", "x-1"],
      ['google_x.each["a"]', "a"],
      ['google_x.each["b c"]', "b c"],
      ['google_x.set["p"]', "p"],
      ['google_x.set["q"]', "q"],
    ]);
    expect(graph.at('google_x.each["b c"]')?.get("range")).toBe("10.0.1.0/24");
    expect(graph.at("google_x.each")).toBeUndefined();
  });

  test("rejects for_each over a list, not over a set, a map and what a provider gives", () => {
    const repeated = (for_each: unknown, variable: unknown = {}, locals: unknown = {}) =>
      graphOf(
        { google_x: { a: { for_each }, source: { names: ["a"] } } },
        { variable, locals },
      ).rejections.map(({ address, message }) => `${address}: ${message}`);
    const names = { names: { default: ["api", "web"] } };
    for (const list of [
      "${var.names}",
      "${[for n in toset(var.names) : n]}",
      "${keys({ a = 1 })}",
      "${local.names}",
    ])
      expect(repeated(list, names, { names: "${concat(var.names, [])}" })).toEqual([
        "google_x.a: for_each is a list; rejected at plan: it must be a map or a set of texts.",
      ]);
    expect(repeated("${var.names}", { names: { type: "set(string)", default: ["api"] } })).toEqual([]);
    for (const right of [
      "${toset(var.names)}",
      "${toset([])}",
      "${[]}",
      "${{ for n in var.names : n => n }}",
      "${google_x.source.names}",
      '${setunion(var.names, ["b"])}',
      "${true ? var.names : toset([])}",
      "${var.unset}",
    ])
      expect(repeated(right, { ...names, unset: {} })).toEqual([]);
  });

  test("rejects outputs with ephemeral values that are not ephemeral themselves", async () => {
    const output = (value: string, more = "") =>
      `ephemeral "random_password" "db" {\n  length = 20\n}\noutput "db" {\n  value = ${value}\n  ${more}\n}\n`;
    const read = async (text: string) =>
      (await readGraph([folderOf({ "main.tf": text })])).rejections.map(
        ({ address, message, fix }) => `${address}: ${message} ${fix}`,
      );
    expect(await read(output("ephemeral.random_password.db.result"))).toEqual([
      "output.db: output db has a value of ephemeral.random_password.db; rejected at plan: the state would keep it. Leave the output out, or read the value from where a state may keep it.",
    ]);
    expect(await read(output('"postgres://a:${ephemeral.random_password.db.result}@db"'))).toHaveLength(1);
    expect(await read(output("ephemeralasnull(ephemeral.random_password.db.result)"))).toEqual([]);
    expect(await read(output("ephemeral.random_password.db.result", "ephemeral = true"))).toEqual([]);
    expect(await read(output('"the ephemeral.random_password.db of old"'))).toEqual([]);
  });

  /** The kind: a configuration of a provider that nobody writes. */
  test("rejects the alias of a provider that no block configures and no caller passes on", async () => {
    const bucket = 'resource "google_storage_bucket" "b" {\n  provider = google.us\n  name     = "b"\n}\n';
    const read = async (text: string) =>
      (await readGraph([folderOf({ "main.tf": text })])).rejections.map(
        ({ address, message, fix }) => `${address}: ${message} ${fix}`,
      );
    expect(await read(bucket)).toEqual([
      'google_storage_bucket.b: provider is google.us; rejected at plan: no provider block has that alias. Add a provider "google" with alias = "us".',
    ]);
    expect(await read(`${bucket}provider "google" {\n  alias = "eu"\n}\n`)).toHaveLength(1);
    expect(await read(`${bucket}provider "google" {\n  alias = "us"\n}\n`)).toEqual([]);
    expect(await read(bucket.replace("google.us", "google"))).toEqual([]);
    const passed = `terraform {
  required_providers {
    google = {
      source                = "hashicorp/google"
      configuration_aliases = [google.us]
    }
  }
}
`;
    expect(await read(passed + bucket)).toEqual([]);
  });

  /** The kind: an empty default in a module for others, which is given where that is called. */
  test("does not take an empty default for the value in a folder that others call", async () => {
    const bucket = `variable "project" {}
variable "name" {
  default = ""
}
resource "google_x" "a" {
  project = var.project
  name    = var.name
}
`;
    const nameOf = async (text: string, values: string[] = []) => {
      const given = values.map((value) => ({ kind: "value" as const, name: "project", text: value }));
      const graph = await readGraph([folderOf({ "main.tf": text })], { variables: { given } });
      return graph.all("google_x")[0]?.get("name");
    };
    expect(isUnknown(await nameOf(bucket))).toBe(true);
    expect(await nameOf(bucket, ["acme-dev"])).toBe("");
    expect(await nameOf(`${bucket}provider "google" {\n  region = "europe-west1"\n}\n`)).toBe("");
    expect(await nameOf(bucket.replace("{}", '{\n  default = "acme-dev"\n}'))).toBe("");
  });

  test("has one instance without index where the number is not known", () => {
    const graph = graphOf(
      { google_x: { maybe: { for_each: "${var.open}", name: "x-${each.key}", fixed: 5 } } },
      { variable: { open: {} } },
    );
    const [maybe] = graph.all();
    expect(maybe?.address).toBe("google_x.maybe");
    expect(isUnknown(maybe?.get("name"))).toBe(true);
    expect(maybe?.number("fixed")).toBe(5);
  });

  test("writes dynamic blocks out beside static ones", () => {
    const dynamic = {
      env: {
        for_each: { B: "2", C: "3" },
        iterator: "it",
        content: { name: "${it.key}", value: "${it.value}" },
      },
    };
    const graph = graphOf({ google_x: { a: { template: { env: [{ name: "A", value: "1" }], dynamic } } } });
    expect(
      graph
        .all()[0]
        ?.blocks("template.env")
        .map((env) => env.values),
    ).toEqual([
      { name: "A", value: "1" },
      { name: "B", value: "2" },
      { name: "C", value: "3" },
    ]);
  });

  test("keeps the static blocks beside dynamic ones that are not known", () => {
    const dynamic = { env: { for_each: "${var.open}", content: { name: "${env.key}" } } };
    const graph = graphOf({ google_x: { a: { env: [{ name: "A" }], dynamic } } }, { variable: { open: {} } });
    expect(
      graph
        .all()[0]
        ?.blocks("env")
        .map((env) => env.string("name")),
    ).toEqual(["A"]);
    const written = graph.all()[0]?.values.env;
    expect(Array.isArray(written) && isUnknown(written[1])).toBe(true);
  });

  test("knows what a resource depends on, through locals too", () => {
    const graph = graphOf(
      {
        google_x: {
          a: { name: "a" },
          b: { name: "b" },
          c: { ref: "${local.a}", depends_on: ["google_x.b"] },
        },
      },
      { locals: { a: "${google_x.a.id}" } },
    );
    const c = graph.at("google_x.c");
    expect([...(c?.dependencies ?? [])].sort()).toEqual(["google_x.a", "google_x.b"]);
    expect([...(c?.dependsOn ?? [])]).toEqual(["google_x.b"]);
  });

  test("takes project and region from the provider that manages the resource", () => {
    const graph = graphOf(
      { google_x: { a: {}, b: { provider: "google.far" }, c: { project: "own", zone: "us-east1-b" } } },
      {
        provider: {
          google: [
            { project: "main", region: "${var.region}" },
            { alias: "far", project: "far", region: "us-west1" },
          ],
        },
        variable: { region: { default: "europe-west1" } },
      },
    );
    expect(graph.all().map((resource) => [graph.project(resource), graph.region(resource)])).toEqual([
      ["main", "europe-west1"],
      ["far", "us-west1"],
      ["own", "us-east1"],
    ]);
  });

  test("takes them from one of several configurations of a provider, as OpenTofu repeats it", () => {
    const each = { eu: "europe-west1", us: "us-east1" };
    const graph = graphOf(
      {
        google_x: {
          a: { for_each: each, provider: "google.by_env[each.key]" },
          b: { provider: 'google.by_env["us"]' },
          c: { provider: "google.by_env[var.env]" },
        },
      },
      {
        provider: {
          google: [{ alias: "by_env", for_each: each, project: "acme-${each.key}", region: "${each.value}" }],
        },
        variable: { env: {} },
      },
    );
    expect(
      graph.all().map((resource) => [resource.address, graph.project(resource), graph.region(resource)]),
    ).toEqual([
      ['google_x.a["eu"]', "acme-eu", "europe-west1"],
      ['google_x.a["us"]', "acme-us", "us-east1"],
      ["google_x.b", "acme-us", "us-east1"],
      ["google_x.c", undefined, undefined],
    ]);
  });

  test("says which modules were not read, and then calls nothing missing", () => {
    const json = {
      provider: { google: { project: "acme-dev" } },
      module: { vpc: { source: "terraform-google-modules/network/google" } },
      resource: {
        google_compute_network: { own: { name: "own" } },
        google_x: { a: { network: "other", remote: "${module.vpc.network_id}" } },
      },
    };
    const graph = graphFromTerraformJson([{ origin: "test", json }]);
    const [a] = graph.all("google_x");
    if (a === undefined) throw new Error("google_x.a is not there");
    expect(graph.complete).toBe(false);
    expect(graph.unread).toEqual([
      "module.vpc comes from terraform-google-modules/network/google and was not read.",
    ]);
    expect(graph.target(a.get("network"), ["google_compute_network"], a).kind).toBe("unknown");
    expect(graph.target(a.get("remote"), ["google_compute_network"], a).kind).toBe("unknown");
  });

  test("ends where expressions multiply each other or run in a circle", () => {
    const locals: Record<string, unknown> = { l0: ["x", "y"], self: "${local.self}" };
    for (let i = 1; i < 60; i++) locals[`l${i}`] = `\${concat(local.l${i - 1}, local.l${i - 1})}`;
    const chain: Record<string, unknown> = {};
    for (let i = 0; i < 5000; i++) chain[`c${i}`] = `\${local.c${i + 1}}`;
    const graph = graphOf(
      { google_x: { a: { big: "${length(local.l59)}", self: "${local.self}", chain: "${local.c0}" } } },
      { locals: { ...locals, ...chain } },
    );
    for (const name of ["big", "self", "chain"]) expect(isUnknown(graph.all()[0]?.get(name))).toBe(true);
  });
});

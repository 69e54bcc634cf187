import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type Graph, graphFromTerraformJson, InputError, readGraph } from "../../graph/index.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "graph-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What the person is told, with the folder left out. */
async function told(path: string): Promise<string> {
  try {
    await readGraph([path]);
  } catch (problem) {
    if (problem instanceof InputError) return problem.message.replaceAll(folder, "");
    throw problem;
  }
  return "nothing";
}

/** Uses the graph as rules do. */
function walk(graph: Graph): void {
  for (const resource of graph.all()) {
    graph.project(resource);
    graph.region(resource);
    graph.target(resource.get("network"), ["google_compute_network"], resource);
    resource.blocks("template.containers.env");
    resource.change?.after.get("name");
    resource.change?.before?.get("name");
  }
}

describe("an input that cannot be read is one sentence", () => {
  const plan = readFileSync(join(__dirname, "../fixtures/plans/replace.json"), "utf8");

  test.each([
    ["a.json", "{", "/a.json, line 1, is not JSON: it ends too early."],
    [
      "b.json",
      '{\n "a": 1,\n oops\n}',
      "/b.json, line 3, is not JSON: it has a character that does not belong there.",
    ],
    [
      "d.json",
      plan.replace('"format_version": "1.2"', '"format_version": "2.0"'),
      "/d.json is a plan of format 2.0, which is newer than the 1.x that can be read.",
    ],
    [
      "e.json",
      '{"hello": 1}',
      "/e.json is neither Terraform JSON nor a plan or state of `terraform show -json`.",
    ],
    ["f.json", "[1, 2]", "/f.json is neither Terraform JSON nor a plan or state of `terraform show -json`."],
    [
      "g.json",
      '{"version": 3, "serial": 1, "modules": []}',
      "/g.json is a state file of version 3, and version 4 can be read; give the output of `terraform show -json` instead.",
    ],
    [
      "encrypted.json",
      '{"serial": 1, "lineage": "x", "meta": {}, "encrypted_data": "AAAA"}',
      "/encrypted.json is encrypted by OpenTofu: decrypt it with `tofu show -json`, where the encryption of the project is set up (TF_ENCRYPTION), and give what that prints.",
    ],
    [
      "h.tf",
      'resource "google_x" "a" {\n  name =\n}\n',
      "/h.tf, line 2, column 9, cannot be read as HCL: expected an expression, found the end of the line.",
    ],
    [
      "i.tfplan",
      new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0]),
      "/i.tfplan is not text. A saved plan is read as `terraform show -json PLANFILE`.",
    ],
    ["j.json", "", "/j.json is empty."],
  ])("%s", async (name, content, message) => {
    expect(await told(file(name, content))).toBe(message);
  });

  test("a plan that was cut off", async () => {
    const cut = plan.slice(0, plan.length / 2);
    const line = cut.trimEnd().split("\n").length;
    expect(await told(file("c.json", cut))).toBe(`/c.json, line ${line}, is not JSON: it ends too early.`);
  });

  test("folders", async () => {
    mkdirSync(join(folder, "empty"));
    symlinkSync("loop", join(folder, "loop"));
    expect(await told(join(folder, "empty"))).toBe(
      "/empty holds neither Terraform (*.tf, *.tf.json, a plan, a cdktf.out) nor Kubernetes objects (*.yaml).",
    );
    expect(await told(join(folder, "loop"))).toBe("/loop is a symbolic link to itself.");
    expect(await told(join(folder, "nowhere"))).toBe("/nowhere does not exist.");
  });
});

describe("nothing but InputError is ever thrown", () => {
  test.each([
    ["long text", `{"resource":{"google_x":{"a":{"name":"${"x".repeat(1_000_000)}"}}}}`],
    ["long expression", `{"resource":{"google_x":{"a":{"name":"\${${"1+".repeat(500_000)}1}"}}}}`],
    ["many brackets", `{"resource":{"google_x":{"a":{"name":"\${${"(".repeat(500_000)}"}}}}`],
    ["much space", `{"resource":{"google_x":{"a":{"name":"\${${" ".repeat(1_000_000)}1}"}}}}`],
    ["deep list", `{"resource":{"google_x":{"a":{"name":${"[".repeat(50_000)}${"]".repeat(50_000)}}}}}`],
    [
      "deep plan",
      `{"format_version":"1.2","planned_values":{"root_module":${'{"child_modules":['.repeat(5_000)}${"]}".repeat(5_000)}}}`,
    ],
    [
      "prototype",
      '{"resource":{"google_x":{"a":{"__proto__":{"x":1},"constructor":"${google_x.a.constructor}"},"__proto__":{}}}}',
    ],
  ])("%s", async (name, text) => {
    const path = file(`${name.replace(" ", "-")}.json`, text);
    await told(path);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test("on a mangled plan", async () => {
    const plans = ["replace.json", "repeated-and-module.json"].map((name) =>
      readFileSync(join(__dirname, "../fixtures/plans", name), "utf8"),
    );
    const junk = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.string(),
      fc.constant([]),
      fc.constant({}),
      fc.constant([null]),
      fc.constant({ references: [1] }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...plans),
        fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 6 }),
        async (text, changes) => {
          const path = file("mangled.json", JSON.stringify(mangled(JSON.parse(text), changes)));
          try {
            walk(await readGraph([path]));
          } catch (problem) {
            expect(problem).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("on any JSON where Terraform JSON should be", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom("resource", "locals", "provider", "variable", "module", "data"),
        (value, section) => {
          walk(
            graphFromTerraformJson([
              { origin: "any", json: { [section]: value, resource: { google_x: { a: value } } } },
            ]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("on any text where an expression should be", () => {
    const piece = fc.constantFrom(
      "${",
      "}",
      "%{",
      "if ",
      "for x in ",
      "endfor",
      "~",
      "(",
      ")",
      "[",
      "]",
      "{",
      "*",
      ".",
      ",",
      '"',
      "a",
      "1",
      "<<E\n",
      "\nE\n",
      "=",
      ">",
      "?",
      ":",
      "local.a",
      "upper",
      "...",
      "\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const json = {
          locals: { a: pieces.join("") },
          resource: { google_x: { a: { name: `\${${pieces.join("")}}`, b: "${local.a}" } } },
        };
        walk(graphFromTerraformJson([{ origin: "any", json }]));
      }),
      { numRuns: 500 },
    );
  });
});

/** Replaces values at pseudo-random places. */
function mangled(json: unknown, changes: readonly (readonly [number, unknown])[]): unknown {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(json);
  for (const [at, value] of changes) {
    const place = places[at % places.length];
    if (place !== undefined) place.holder[place.key] = value;
  }
  return json;
}

import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parseHcl } from "../../graph/hcl/parse-hcl.ts";
import { type Graph, graphFromTerraformJson, readGraph } from "../../graph/index.ts";
import { runRules } from "../../rules/run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "kinds-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SURROUNDINGS = `
terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
}
provider "google" {
  project = "acme-prod"
  region  = "europe-west1"
}
`;

interface Kind {
  readonly what: string;
  /** "error data/sql-create: node_count is 2 with instance_type ..." */
  readonly expected: string;
  readonly broken: string;
  readonly correct: string;
}

/** A kind begins with `=== WHAT` and `=> FINDING`; in its HCL «this is wrong¦this is right». */
function kindsIn(file: string): Kind[] {
  const [, ...sections] = readFileSync(file, "utf8").split(/^=== /m);
  return sections.map((section) => {
    const [what = "", expected = "", ...lines] = section.split("\n");
    const sides = [1, 2].map((side) =>
      lines.join("\n").replaceAll(/«([^¦»]*)¦([^»]*)»/g, (...groups) => groups[side]),
    );
    const [broken = "", correct = ""] = sides;
    return { what, expected: expected.replace(/^=> /, ""), broken, correct };
  });
}

const found = (graph: Graph): string[] =>
  runRules(graph)
    .filter(({ severity }) => severity !== "unknown")
    .map(({ severity, rule, message }) => `${severity} ${rule}: ${message.split("; ")[0]}`);

let folders = 0;
const forms: Readonly<Record<string, (hcl: string) => Promise<Graph>>> = {
  HCL: async (hcl) => {
    const own = path.join(folder, String(folders++));
    mkdirSync(own);
    writeFileSync(path.join(own, "main.tf"), SURROUNDINGS + hcl);
    return readGraph([own]);
  },
  JSON: async (hcl) => {
    const { json } = parseHcl("main.tf", SURROUNDINGS + hcl);
    return graphFromTerraformJson([{ origin: "main.tf.json", json }]);
  },
};

/** The kinds: what the API or the provider rejects of one resource type, each next to what it takes. */
describe.each(globSync("test/rules/kinds/*.hcl").sort())("%s", (file) => {
  test.each(kindsIn(file))("$what", async ({ expected, broken, correct }) => {
    expect(broken).not.toBe(correct);
    for (const read of Object.values(forms)) {
      expect(found(await read(broken))).toContain(expected);
      expect(found(await read(correct)).filter((each) => each.startsWith("error"))).toEqual([]);
    }
  });
});

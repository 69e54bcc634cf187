import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { parseHcl } from "../../graph/hcl/parse-hcl.ts";
import { graphFromTerraformJson } from "../../graph/index.ts";
import { exampleOf } from "../../rules/examples.ts";
import { ruleBook } from "../../rules/index.ts";
import { runRules } from "../../rules/run.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Real configurations to spoil: the incidents, and every example of the rules that is whole Terraform. */
const bases: Json[] = [];

beforeAll(() => {
  const incidents = path.join("test", "incidents");
  const files = readdirSync(incidents, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf"))
    .map((file) => path.join(incidents, file));
  const texts = [
    ...files.map((file) => readFileSync(file, "utf8")),
    ...ruleBook.map(({ id }) => exampleOf(id).text),
  ];
  for (const text of texts) {
    // Examples for Kubernetes are not HCL.
    if (!/^(?:resource|data) /m.test(text)) continue;
    bases.push(parseHcl("input.tf", text).json as Json);
  }
  const manifests = readFileSync(path.join(incidents, "mesh-ingress", "corrected.yaml"), "utf8");
  bases.push({
    resource: {
      kubernetes_manifest: Object.fromEntries(
        parseAllDocuments(manifests).map((document, index) => [
          `object${index}`,
          { manifest: document.toJS() },
        ]),
      ),
    },
  });
});

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    "",
    "0",
    "-1",
    "10.0.0.0/33",
    "${var.nowhere}",
    "${self}",
    "projects//x",
    [],
    {},
  ),
  fc.constantFrom<Json>(
    [[]],
    [null],
    [{}],
    { a: null },
    Number.MAX_SAFE_INTEGER,
    -1,
    0.5,
    "🜁",
    "${",
    "a/b/c/d/e/f",
  ),
  fc.string(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** Puts junk at the place that the numbers lead to, however deep it lies. */
function spoiled(json: Json, steps: readonly number[], value: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined || json === null || typeof json !== "object") return value;
  const keys = Object.keys(json);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const spoil = (child: Json): Json => spoiled(child, rest, value);
  if (Array.isArray(json)) return json.map((child, index) => (String(index) === key ? spoil(child) : child));
  return { ...json, [key]: spoil(json[key] ?? null) };
}

const mistake = fc.record({ steps: fc.array(fc.nat(50), { minLength: 3, maxLength: 12 }), value: junk });

test("no rule stops, whatever stands where it looks", () => {
  expect(bases.length).toBeGreaterThan(50);
  fc.assert(
    fc.property(fc.nat(), fc.array(mistake, { minLength: 1, maxLength: 6 }), (which, mistakes) => {
      const base = bases[which % bases.length] ?? {};
      const json = mistakes.reduce<Json>((spoilt, { steps, value }) => spoiled(spoilt, steps, value), base);
      const findings = runRules(graphFromTerraformJson([{ origin: "junk", json }]));
      expect(findings.filter(({ message }) => message.includes("a mistake in the rule"))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("no rule stops at a name that every JavaScript object has, as an attribute or in a block", () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");
  for (const value of ["", null, 1, [], {}, [{ name: "" }]]) {
    const junk = Object.fromEntries(inherited.map((name) => [name, value]));
    const resource = Object.fromEntries(
      ["google_cloud_run_v2_service", "google_compute_network", "google_sql_database_instance"].map(
        (type) => [
          type,
          { valueOf: { name: "main", ...junk, template: { ...junk }, settings: [{ ...junk }] } },
        ],
      ),
    );
    const findings = runRules(graphFromTerraformJson([{ origin: "junk", json: { resource } as Json }]));
    expect(findings.filter(({ message }) => message.includes("a mistake in the rule"))).toEqual([]);
  }
});

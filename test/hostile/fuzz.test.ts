import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { InputError, readGraph } from "../../graph/index.ts";
import { runRules } from "../../rules/run.ts";
import { folderOf } from "../graph/support.ts";

/** Seeds that are tried every time; more runs with `FUZZ_RUNS=5000 npm run fuzz`, and another seed with `FUZZ_SEED`. */
const seed = Number(process.env.FUZZ_SEED ?? 20261130);
const numRuns = Number(process.env.FUZZ_RUNS ?? 30);

const address = {
  address: "google_compute_network.a",
  mode: "managed",
  type: "google_compute_network",
  name: "a",
};
const values = { name: "a", secret: "x" };
const RESOURCE = { ...address, values, sensitive_values: { secret: true } };
const CHANGE = {
  actions: ["update"],
  before: values,
  after: values,
  after_unknown: {},
  after_sensitive: { secret: true },
};

/** One whole input of each kind, of which pieces are dropped, doubled and exchanged. */
const CORPUS: readonly (readonly [string, string])[] = [
  [
    "main.tf",
    'variable "n" {\n  default = ["a", "b"]\n}\nlocals {\n  m = { for k in var.n : k => upper("${k}-%{ if true }x%{ endif }") }\n}\nresource "google_compute_network" "a" {\n  for_each = local.m\n  name     = regex("[a-z]+", lower(each.value))\n}\n',
  ],
  [
    "main.tf.json",
    '{"locals":{"a":"${[for i in range(3): i]}"},"resource":{"google_compute_network":{"a":{"count":"${length(local.a)}","name":"n-${count.index}"}}}}',
  ],
  [
    "plan.json",
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources: [RESOURCE] } },
      resource_changes: [{ ...address, change: CHANGE }],
      configuration: {
        root_module: { resources: [{ ...address, expressions: { name: { constant_value: "a" } } }] },
      },
    }),
  ],
  [
    "state.json",
    JSON.stringify({
      version: 4,
      serial: 1,
      resources: [
        {
          ...address,
          provider: "",
          instances: [
            { attributes: values, sensitive_attributes: [[{ type: "get_attr", value: "secret" }]] },
          ],
        },
      ],
    }),
  ],
  [
    "web.yaml",
    'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: web }\nspec:\n  servers:\n    - port: { number: 443, name: https, protocol: HTTPS }\n      hosts: ["*"]\n      tls: &tls { mode: SIMPLE, credentialName: web }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: m }\ndata: { a: |-\n    x }\n',
  ],
];

const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(20),
  text: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "${",
      "}",
      "{",
      "[",
      '"',
      "\n",
      "%{",
      "\\",
      "*x",
      "&x",
      "null",
      "-1",
      "1e999",
      "\u0000",
      "..",
    ),
  ),
});

function edited(
  text: string,
  edits: readonly { readonly at: number; readonly length: number; readonly text: string }[],
): string {
  return edits.reduce((current, { at, length, text: piece }) => {
    const start = at % (current.length + 1);
    return current.slice(0, start) + piece + current.slice(start + length);
  }, text);
}

describe("an input with damaged pieces is read and judged, or refused in one sentence", () => {
  test.each(CORPUS)("%s", async (name, text) => {
    const path = join(folderOf({ [name]: text }), name);
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async (edits) => {
        writeFileSync(path, edited(text, edits));
        try {
          const stopped = runRules(await readGraph([path])).filter(({ message }) =>
            / stopped /.test(message),
          );
          expect(stopped).toEqual([]);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { seed, numRuns },
    );
  });
});

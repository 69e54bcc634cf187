import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { samples } from "../support/construct-samples.ts";
import { stackOf, synthesize } from "../support/other-team.ts";

type Path = readonly (string | number)[];

/** Every text and number in the props, and every list and record of such. */
function placesIn(value: unknown, path: Path = []): { readonly path: Path; readonly value: unknown }[] {
  if (typeof value === "string" || typeof value === "number") return [{ path, value }];
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  const isPlain = Object.values(value).every((item) => typeof item === "string");
  return isPlain && path.length > 0 && !FIXED.test(path.join(".")) ? [{ path, value }, ...inner] : inner;
}

/** Objects of fixed fields, which are no maps. */
const FIXED = /^(egressPath|destination|only|content|indicator|objectives\.0\.indicator)$/;

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: replaced(record[step], rest, by) };
}

function tokenLike(value: unknown, scope: Construct): unknown {
  const variable = new TerraformVariable(scope, "given", {});
  if (typeof value === "number") return variable.numberValue;
  if (typeof value === "string") return variable.stringValue;
  return Array.isArray(value) ? variable.listValue : Token.asStringMap(variable.value);
}

/** What synthesis makes of the sample with a variable at one place. */
function withVariable(index: number, path: Path, value: unknown) {
  return synthesize((app) => {
    const stack = stackOf(app, "stack");
    const { build, props } = samples[index] ?? fail();
    build(stack, "sample", replaced(props, path, tokenLike(value, stack)) as object);
  });
}

function fail(): never {
  throw new Error("no such sample");
}

test("there is a sample of every construct", () => {
  const classes = globSync("constructs/**/*.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/class (\w+) extends AssertedConstruct/g)].map(
      ([, name]) => name,
    ),
  );
  // Their props are what the model has derived: descriptions of alerts, dashboards and Kubernetes objects.
  const derived = ["AlertPolicy", "Dashboard", "KubernetesManifest"];
  expect([...samples.map(({ name }) => name), ...derived].sort()).toEqual(classes.sort());
});

describe.each(samples.map(({ name, props }, index) => ({ name, props, index })))(
  "$name",
  ({ props, index }) => {
    test("is right as it is", () => {
      const { error } = synthesize((app) => {
        samples[index]?.build(stackOf(app, "stack"), "sample", props);
      });
      expect(error).toBe("");
    });

    const places = placesIn(props).map(({ path, value }) => ({ place: path.join("."), path, value }));
    test.each(places)("$place as a variable reaches Terraform, or is refused", ({ path, value }) => {
      const { error, stacks } = withVariable(index, path, value);
      if (error !== "") expect(error).toMatch(REFUSED);
      else {
        const text = JSON.stringify(stacks.stack);
        expect(text).toContain("var.given");
        expect(text).not.toMatch(/TfToken|e\+\d{3}|TOKEN-/);
      }
    });
  },
);

const REFUSED =
  /^Refused: 1 error\. Nothing was written\.\n\nstack\/sample\S*: \S+ is known only at apply; rejected at synth: /;

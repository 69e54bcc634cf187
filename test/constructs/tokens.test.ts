import { globSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { TerraformVariable, Testing, Token } from "cdktf";
import type { Construct } from "constructs";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
import { withoutStackTraces } from "../../values/without-stack-traces.ts";
import { type Sample, samples } from "../support/construct-samples.ts";
import { errorOf, stackOf, synthesize } from "../support/other-team.ts";

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
const FIXED =
  /^(tls|egressPath|destination|only|content|indicator|objectives\.0\.indicator|inMemoryVolumes\.0)$/;

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

/** What synthesis makes of the sample with a variable at one place: "left to Terraform", or its error. */
function withVariable({ build, props }: Sample, path: Path, value: unknown): string {
  const stack = stackOf(Testing.app({ stackTraces: false }), "stack", NEWEST_PROVIDER);
  const given = withoutStackTraces(() => replaced(props, path, tokenLike(value, stack)) as object);
  withoutStackTraces(() => build(stack, "sample", given));
  let json = "";
  const error = errorOf(() => {
    json = withoutStackTraces(() => Testing.synth(stack, true));
  });
  if (error !== "") return /\[stack\/sample\S*\] .*/.exec(error)?.[0] ?? error;
  const isMisread = !json.includes("var.given") || /TfToken|e\+\d{3}|TOKEN-/.test(json);
  return isMisread ? json : "left to Terraform";
}

test("there is a sample of every construct", () => {
  const declared = globSync("constructs/**/*.ts").flatMap((file) => [
    ...readFileSync(file, "utf8").matchAll(/^export (abstract )?class (\w+) extends (\w+)/gm),
  ]);
  const bases = declared.flatMap(([, abstract, name = ""]) => (abstract === undefined ? [] : [name]));
  const classes = declared.flatMap(([, abstract, name, base = ""]) =>
    abstract === undefined && ["AssertedConstruct", ...bases].includes(base) ? [name] : [],
  );
  // Their props are what the model has derived: descriptions of alerts, dashboards and Kubernetes objects.
  const derived = ["AlertPolicy", "Dashboard", "KubernetesManifest"];
  expect([...samples.map(({ name }) => name), ...derived].sort()).toEqual(classes.sort());
});

const REFUSED = /^\[stack\/sample\S*\] \S+ is known only at apply; rejected at synth: /;

test.each(samples)(
  "every value of a $name may be a variable: it reaches Terraform, or is refused",
  (sample) => {
    const outcomes = placesIn(sample.props).map(({ path, value }) => ({
      place: path.join("."),
      outcome: withVariable(sample, path, value),
    }));
    const wrong = outcomes.filter(({ outcome }) => outcome !== "left to Terraform" && !REFUSED.test(outcome));
    expect(wrong).toEqual([]);
  },
);

test.each(samples)("$name is right as the sample has it", ({ build, props }) => {
  const { error } = synthesize((app) => build(stackOf(app, "stack", NEWEST_PROVIDER), "sample", props));
  expect(error).toBe("");
});

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "./synthesized.ts";

/**
 * Plans that Terraform 1.11.4 made with the provider 6.50.0 of one small platform (25 resources), changed in one way each.
 * "02-no-change" is stored whole, every other one as its differences from it: [path, value], or [path] for what is missing.
 */
export const FOLDER = path.resolve(import.meta.dirname, "../fixtures/plans/changes");

type Step = string | number;
type Operation =
  | readonly [path: readonly Step[], value?: Json]
  /** A list of resources: those of the base with their differences, and new ones. */
  | readonly [path: readonly Step[], items: readonly Item[], kind: "list"];
type Item = { readonly new: Json } | { readonly base: number; readonly ops: readonly Operation[] };

export const BASE = "02-no-change";

/** The plan as `terraform show -json` printed it, which a test may change. */
export function plan(name: string, change: (plan: Json) => void = () => {}): Json {
  const base = read(BASE);
  const whole = name === BASE ? base : applied(base, read(name));
  change(whole);
  return whole;
}

/** The entry of `resource_changes` for an address. */
export function resourceChange(plan: Json, address: string): Json {
  const found = plan.resource_changes.find((item: Json) => item.address === address);
  if (found === undefined) throw new Error(`the plan has no ${address}`);
  return found;
}

function read(name: string): Json {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), "utf8"));
}

function applied(base: Json, operations: readonly Operation[]): Json {
  let result = base;
  for (const [steps, value, kind] of operations) {
    const original = at(base, steps);
    const made =
      kind === "list"
        ? (value as readonly Item[]).map((item) =>
            "new" in item ? item.new : applied(structuredClone(original[item.base]), item.ops),
          )
        : value;
    result = replaced(result, steps, made);
  }
  return result;
}

function at(value: Json, steps: readonly Step[]): Json {
  return steps.reduce((inner, step) => inner?.[step], value);
}

function replaced(value: Json, [step, ...rest]: readonly Step[], made: Json): Json {
  if (step === undefined) return made;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length === 0 && made === undefined) delete copy[step];
  else copy[step] = replaced(copy[step], rest, made);
  return copy;
}

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { App, TerraformStack } from "cdktf";
import type { Environment } from "../../platform/schema/environment.ts";
import type { Finding } from "../../rules/rule.ts";
import { platformApp } from "../../stacks/platform-app.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { readSynthesis } from "../../synthesis/synthesize.ts";
import { TODAY } from "./environments.ts";

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, read by explicit assertions
export type Json = any;

interface Output {
  /** Terraform JSON as text, by stack. */
  readonly stacks: Readonly<Record<string, string>>;
  readonly synthesis: ReturnType<typeof readSynthesis>;
}

/** The output of an app, whose constructs may be changed before it is synthesized. */
function output(environments: readonly Environment[], change: (app: App) => void = () => {}): Output {
  const folder = mkdtempSync(path.join(os.tmpdir(), "synthesized-"));
  const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  try {
    const app = platformApp(environments, folder);
    change(app);
    app.synth();
    const { stacks } = JSON.parse(read("manifest.json")) as {
      stacks: Record<string, { synthesizedStackPath: string }>;
    };
    return {
      stacks: Object.fromEntries(
        Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [name, read(synthesizedStackPath)]),
      ),
      synthesis: readSynthesis(folder),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const unchanged = new WeakMap<Environment, Output>();

/** The output of one environment as it is: synthesized once for all tests that hold the same one. */
function outputOf(environment: Environment): Output {
  const found = unchanged.get(environment) ?? output([environment]);
  unchanged.set(environment, found);
  return found;
}

/** The synthesis of one environment as it is. */
export function synthesisOf(environment: Environment): Output["synthesis"] {
  return outputOf(environment).synthesis;
}

/** The Terraform JSON of every stack by its name. */
export function synthesized(...environments: readonly Environment[]): Record<string, Json> {
  const [first, ...others] = environments;
  const { stacks } = first !== undefined && others.length === 0 ? outputOf(first) : output(environments);
  return Object.fromEntries(Object.entries(stacks).map(([name, text]) => [name, JSON.parse(text)]));
}

const found = new WeakMap<Environment, readonly Finding[]>();

/**
 * What the rules say of an environment whose constructs were changed by an escape hatch. They are asked once for all tests that
 * hold the same environment as it is.
 */
export function findings(environment: Environment, change?: (app: App) => void): readonly Finding[] {
  if (change !== undefined) return findingsIn(environment, output([environment], change));
  const known = found.get(environment) ?? findingsIn(environment, outputOf(environment));
  found.set(environment, known);
  return known;
}

function findingsIn(environment: Environment, { synthesis }: Output): readonly Finding[] {
  const { errors, warnings, unknown } = evaluate(environment, synthesis, TODAY);
  return [...errors, ...warnings, ...unknown];
}

/** All resources of one type in a stack's JSON, by their logical name. */
export function resources(json: Json, type: string): Json[] {
  return Object.values(json.resource?.[type] ?? {});
}

/** The only resource of its type. */
export function resource(json: Json, type: string): Json {
  const all = resources(json, type);
  if (all.length !== 1) throw new Error(`there are ${all.length} resources of type ${type}`);
  return all[0];
}

/** A stack of the app by its name. */
export function stackOf(app: App, name: string): TerraformStack {
  return app.node.findChild(name) as TerraformStack;
}

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

/** Runs something on the synthesized output of an app, which may be changed before. */
function withSynthesis<T>(
  environments: readonly Environment[],
  change: (app: App) => void,
  use: (folder: string) => T,
): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "synthesized-"));
  try {
    const app = platformApp(environments, folder);
    change(app);
    app.synth();
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Terraform JSON of every stack by its name. */
export function synthesized(...environments: readonly Environment[]): Record<string, Json> {
  return withSynthesis(
    environments,
    () => {},
    (folder) => {
      const { stacks } = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
      return Object.fromEntries(
        Object.keys(stacks).map((name) => [
          name,
          JSON.parse(readFileSync(path.join(folder, stacks[name].synthesizedStackPath), "utf8")),
        ]),
      );
    },
  );
}

/** What the rules say of an environment whose constructs were changed by an escape hatch. */
export function findings(
  environment: Environment,
  change: (app: App) => void = () => {},
): readonly Finding[] {
  return withSynthesis([environment], change, (folder) => {
    const { errors, warnings, unknown } = evaluate(environment, readSynthesis(folder), TODAY);
    return [...errors, ...warnings, ...unknown];
  });
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

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Environment } from "../../platform/schema/environment.ts";
import type { OwnStacks } from "../../stacks/own-stacks.ts";
import { platformApp } from "../../stacks/platform-app.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import { environment, production } from "../support/environments.ts";

/** The Terraform JSON of each stack. */
function synthesized(given: Environment, own?: OwnStacks): Record<string, string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "preparation-"));
  try {
    platformApp([given], folder, own).synth();
    const stacks = readdirSync(path.join(folder, "stacks"));
    return Object.fromEntries(
      stacks.map((stack) => [stack, readFileSync(path.join(folder, "stacks", stack, "cdk.tf.json"), "utf8")]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const environments: readonly (readonly [string, () => Environment])[] = [
  ["staging", () => environment()],
  ["production", production],
  ...Object.keys(shapes).map((name) => {
    const shape = changedShape(name as keyof typeof shapes);
    return [name, () => shape.environment()] as const;
  }),
];

// With stacks of a project's own CDKTF looks for references between stacks, as it does by itself.
test.each(environments)(
  "no stack of %s refers to another one, so that none needs CDKTF's preparation",
  (_, given) => {
    const prepared = synthesized(given(), { ownStacks: () => {} });
    expect(Object.keys(prepared).length).toBeGreaterThan(0);
    expect(synthesized(given())).toEqual(prepared);
  },
);

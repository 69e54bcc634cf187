import { withMembers } from "../module-members.ts";
import type { Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { Evaluation } from "./evaluation.ts";
import { ModuleInstance } from "./module-instance.ts";
import type { ModuleSource } from "./module-source.ts";

/** What one root module holds. */
export interface Configuration {
  readonly resources: readonly Resource[];
  /** What was not read. */
  readonly notes: readonly string[];
  /** Values that are made of themselves, which Terraform refuses. */
  readonly circles: readonly string[];
}

/** Evaluates a root module with the values of its variable files. */
export function readConfiguration(
  source: ModuleSource,
  variables: ReadonlyMap<string, Value> = new Map(),
): Configuration {
  const evaluation = new Evaluation(source.folder);
  const root = new ModuleInstance(evaluation, source, {
    parent: undefined,
    prefix: "",
    inputs: new Map([...variables].map(([name, value]) => [name, () => value])),
    providers: new Map(),
    dependsOn: new Set(),
  });
  const resources = withMembers([...root.allResources()]);
  root.evaluateLocals();
  return { resources, notes: [...evaluation.notes], circles: [...evaluation.circles].sort() };
}

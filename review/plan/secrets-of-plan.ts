import { isObject, type Json, listOf, objectOf, own } from "../../graph/index.ts";
import { collect, masked } from "../../reporting/mask.ts";

/**
 * Every sensitive text of a plan outside its changes: values of variables that the configuration calls
 * sensitive, and what the state marks. A resource may repeat in plain text what another one masks.
 */
export function secretsOfPlan(plan: Json, found: Set<string>): void {
  const root = objectOf(own(objectOf(own(plan, "configuration")), "root_module"));
  const values = objectOf(own(plan, "variables"));
  for (const [name, variable] of Object.entries(objectOf(own(root, "variables"))))
    if (own(objectOf(variable), "sensitive") === true)
      collect(own(objectOf(own(values, name)), "value"), found);
  for (const key of ["prior_state", "planned_values"]) {
    const state = objectOf(own(plan, key));
    ofModule(own(isObject(state.values) ? state.values : state, "root_module"), found, 0);
  }
}

/** Modules within modules that are looked into. */
const MAX_DEPTH = 100;

function ofModule(module: unknown, found: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const item of listOf(own(objectOf(module), "resources"))) {
    const resource = objectOf(item);
    masked(own(resource, "values"), own(resource, "sensitive_values"), found);
  }
  for (const child of listOf(own(objectOf(module), "child_modules"))) ofModule(child, found, depth + 1);
}

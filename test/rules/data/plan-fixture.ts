import { ResourceGraph, readPlan } from "../../../graph/index.ts";
import type { Rule } from "../../../rules/rule.ts";

export const DATABASE = "google_sql_database_instance";

interface Change {
  readonly actions: readonly string[];
  readonly before: object | null;
  readonly after: object | null;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** What the rule finds in a plan with these changes, by the last part of the address. */
function findings(rule: Rule, type: string, changes: { readonly [name: string]: Change }) {
  const entries = Object.entries(changes).map(([name, change]) => ({
    resource: { address: `${type}.${name}`, mode: "managed", type, name },
    change,
  }));
  const kept = entries.filter(({ change }) => change.after !== null);
  const expressions = { database_version: { constant_value: "as planned" } };
  const plan = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: kept.map(({ resource, change }) => ({ ...resource, values: change.after })),
      },
    },
    resource_changes: entries.map(({ resource, change }) => ({
      ...resource,
      change: { ...change, after_unknown: {} },
    })),
    configuration: { root_module: { resources: kept.map(({ resource }) => ({ ...resource, expressions })) } },
  };
  return [...rule.check(new ResourceGraph([readPlan("plan.json", plan)]))];
}

/** What the rule finds in a plan that changes one resource. */
export function planned(rule: Rule, type: string, change: Change) {
  return findings(rule, type, { main: change }).map(({ severity, message }) => ({ severity, message }));
}

/** What the rule finds in a plan that deletes the instance "orders" and creates one of the name. */
export function replaced(rule: Rule, name: string, deletion_protection: boolean) {
  const project = "acme-dev";
  return findings(rule, DATABASE, {
    new: { actions: ["create"], before: null, after: { name, project } },
    old: { actions: ["delete"], before: { name: "orders", project, deletion_protection }, after: null },
  }).map(({ resource, severity, message }) => ({ address: resource.address, severity, message }));
}

/** A database as a plan shows it. */
export function database(settings: object, more: object = {}): object {
  return {
    name: "orders",
    database_version: "POSTGRES_16",
    deletion_protection: false,
    settings: [{ tier: "db-custom-2-7680", ...settings }],
    ...more,
  };
}

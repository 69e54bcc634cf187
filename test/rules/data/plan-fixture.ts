import { ResourceGraph, readPlan } from "../../../graph/index.ts";
import type { Rule } from "../../../rules/rule.ts";

export const DATABASE = "google_sql_database_instance";

export interface Change {
  readonly actions: readonly string[];
  readonly before: object | null;
  readonly after: object | null;
  readonly after_unknown?: object;
  /** What the values that are known after the apply refer to. */
  readonly references?: readonly string[];
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** What the rule finds in a plan with these changes, by their addresses. */
function findings(rule: Rule, changes: { readonly [address: string]: Change }) {
  const entries = Object.entries(changes).map(([address, change]) => {
    const [type = "", name = ""] = address.split(".");
    return { resource: { address, mode: "managed", type, name }, change };
  });
  const kept = entries.filter(({ change }) => change.after !== null);
  const plan = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: kept.map(({ resource, change }) => ({ ...resource, values: change.after })),
      },
    },
    resource_changes: entries.map(({ resource, change }) => ({
      ...resource,
      change: { after_unknown: {}, ...change },
    })),
    configuration: {
      root_module: {
        resources: kept.map(({ resource, change }) => ({
          ...resource,
          expressions: { database_version: { constant_value: "as planned" }, ...expressionsOf(change) },
        })),
      },
    },
  };
  const graph = new ResourceGraph([readPlan("plan.json", plan)]);
  return [...rule.check(graph)].map((violation) => ({
    ...violation,
    severity: violation.severity ?? "error",
  }));
}

/** Attributes that are known after the apply refer to `references` of the change. */
function expressionsOf({ after, references = [] }: Change): object {
  return Object.fromEntries(Object.keys(after ?? {}).map((key) => [key, { references }]));
}

/** What the rule finds in a plan that changes several resources. */
export function plannedTogether(rule: Rule, changes: { readonly [address: string]: Change }) {
  return findings(rule, changes).map(({ resource, severity, message }) => ({
    address: resource.address,
    severity,
    message,
  }));
}

/** What the rule finds in a plan that changes one resource. */
export function planned(rule: Rule, type: string, change: Change) {
  return findings(rule, { [`${type}.main`]: change }).map(({ severity, message }) => ({ severity, message }));
}

/** What the rule finds in a plan that deletes the instance "orders" and creates one of the name. */
export function replaced(rule: Rule, name: string, deletion_protection: boolean) {
  const project = "acme-dev";
  return plannedTogether(rule, {
    [`${DATABASE}.new`]: { actions: ["create"], before: null, after: { name, project } },
    [`${DATABASE}.old`]: {
      actions: ["delete"],
      before: { name: "orders", project, deletion_protection },
      after: null,
    },
  });
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

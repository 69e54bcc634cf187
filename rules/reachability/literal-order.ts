import type { Graph, Resource } from "../../graph/index.ts";
import { references } from "../references.ts";
import type { Rule } from "../rule.ts";
import { ordered } from "./order.ts";

/** Resources of the same apply that are created from a name only, and do not wait for what has it. */
const NEEDS_NOTHING = /^google_(monitoring_|compute_\w*endpoint_group\.)|service_accounts?$|_email$/;

/** Terraform orders by references: a name that is written out orders nothing. */
export const literalOrder: Rule = {
  id: "reachability/literal-order",
  why: "Terraform waits for what an expression refers to. A name written as text is known at once: both are created at the same time, and the first apply is refused.",
  limit: "a reference, or depends_on, to what the same apply creates",
  fix: "Refer to the resource instead of writing its name.",
  source: "https://developer.hashicorp.com/terraform/language/resources/behavior#resource-dependencies",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph)) {
      if (NEEDS_NOTHING.test(`${resource.type}.${attribute}`) || !isCreated(resource)) continue;
      for (const value of values) {
        const target = typeof value === "string" ? graph.target(value, types, resource) : undefined;
        if (target?.kind !== "resource" || !mustWait(graph, resource, target.resource)) continue;
        yield {
          resource,
          severity: "warning",
          message: `${attribute} names ${target.resource.address} as text ("${value}"), and nothing makes it wait for that; rejected by the API in the first apply: it does not exist yet.`,
          fix: `Refer to ${target.resource.address}, or add it to depends_on.`,
        };
      }
    }
  },
};

function mustWait(graph: Graph, resource: Resource, other: Resource): boolean {
  return other !== resource && isCreated(other) && !ordered(graph, resource, other);
}

function isCreated({ change }: Resource): boolean {
  return change === undefined || change.actions.includes("create");
}

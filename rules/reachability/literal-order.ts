import { ordered } from "../../analysis/references/order.ts";
import { references } from "../../analysis/references/references.ts";
import type { Rule } from "../rule.ts";

/** A name that is written as a text orders nothing. */
export const literalOrder: Rule = {
  id: "reachability/literal-order",
  why: "Terraform creates resources at the same time unless one refers to the other: what is named by a text may not exist yet.",
  limit: "a resource of the same configuration is named by reference, or depends_on names it",
  fix: "Refer to the resource instead of writing its name.",
  source: "https://developer.hashicorp.com/terraform/language/resources/behavior#resource-dependencies",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph)) {
      // What a plan or a state holds is either there already, or ordered as the configuration says.
      if (graph.isFromProvider(resource)) continue;
      for (const value of values) {
        if (typeof value !== "string" || value === "") continue;
        const target = graph.target(value, types, resource);
        if (target.kind !== "resource" || target.resource === resource) continue;
        if (!graph.together(resource, target.resource) || ordered(graph, resource, target.resource)) continue;
        yield {
          resource,
          severity: "warning",
          message: `${attribute} is the text "${value}", the name of ${target.resource.address}; rejected by the API where that is created later: nothing makes Terraform wait for it.`,
          fix: `Refer to ${target.resource.address} in ${attribute}, or name it in depends_on.`,
        };
      }
    }
  },
};

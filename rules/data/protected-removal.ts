import { protectionOf } from "../../resources/protection.ts";
import type { Rule } from "../rule.ts";

/** Protection counts as it is in the state, not as it is written now. */
export const protectedRemoval: Rule = {
  id: "data/protected-removal",
  why: "Provider and API delete nothing whose state has deletion protection, so such a plan fails at apply, perhaps after half of its work.",
  limit:
    "no plan deletes a resource whose state has deletion_protection (or deletion_protection_enabled, enable_drop_protection, deletion_policy PREVENT, delete_protection_state)",
  fix: "Apply the protection as false first, or keep the resource (a moved block, where it has a new address).",
  source:
    "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance#deletion_protection",
  *check(graph) {
    for (const resource of graph.removed) {
      const protection = protectionOf(resource);
      if (protection === undefined) continue;
      yield {
        resource,
        message: `the plan deletes it and ${protection} in the state; rejected by the API: it is protected.`,
      };
    }
  },
};

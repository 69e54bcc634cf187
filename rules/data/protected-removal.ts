import type { Rule } from "../rule.ts";

/** Types whose provider refuses the deletion while the state says true. */
const PROTECTED = new Set([
  "google_cloud_run_v2_job",
  "google_cloud_run_v2_service",
  "google_sql_database_instance",
]);

/** deletion_protection counts as it is in the state, not as it is written now. */
export const protectedRemoval: Rule = {
  id: "data/protected-removal",
  why: "The provider deletes nothing whose state has deletion_protection, so such a plan fails at apply, perhaps after half of its work.",
  limit: "no plan deletes a resource whose deletion_protection is true in the state",
  fix: "Apply deletion_protection = false first, or keep the resource (a moved block, where it has a new address).",
  source:
    "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance#deletion_protection",
  *check(graph) {
    for (const resource of graph.removed) {
      if (!PROTECTED.has(resource.type) || resource.boolean("deletion_protection") !== true) continue;
      yield {
        resource,
        severity: "error",
        message:
          "the plan deletes it and deletion_protection is true in the state; rejected by the API: it is protected.",
      };
    }
  },
};

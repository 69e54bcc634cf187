import { Block } from "../../graph/index.ts";
import { impactOfDeletion } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** What a plan destroys for good. */
export const deletion: Rule = {
  id: "data/deletion",
  why: "A resource that leaves the configuration is deleted with all that is in it, and a database or bucket is not brought back by writing it again.",
  limit: "what a plan deletes holds no data and carries no traffic (advice)",
  fix: "Keep the resource, or write a removed block with destroy = false so that Terraform only forgets it.",
  source: "https://developer.hashicorp.com/terraform/language/block/removed",
  exampleSeverity: "warning",
  *check(graph) {
    for (const resource of graph.removed) {
      const context = { before: resource, after: new Block({}), createBeforeDestroy: false, users: [] };
      const lost = impactOfDeletion(resource.type, "destroyed", context);
      if (lost !== undefined)
        yield {
          resource,
          severity: "warning",
          message: `the plan deletes it; fails at run time: ${lost}.`,
        };
    }
  },
};

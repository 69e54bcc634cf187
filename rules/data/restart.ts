import { resourceTypes, restartReasons } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

const RESTARTABLE = resourceTypes.filter(({ restartedBy }) => restartedBy).map(({ type }) => type);

/** Changes in place that nevertheless restart the database. */
export const restart: Rule = {
  id: "data/restart",
  why: "Terraform calls it an update in place, and every connection is cut while the database restarts.",
  limit: `${RESTARTABLE.join(", ")}: an instance restarts where its tier, edition, availability, disk type or version changes, or a flag that is read at start (advice)`,
  fix: "Apply it in a quiet hour, and see that clients reconnect.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/instance-settings",
  exampleSeverity: "warning",
  *check(graph) {
    for (const resource of graph.all(...RESTARTABLE)) {
      const { before, after, actions } = resource.change ?? {};
      if (before === undefined || after === undefined || actions?.join() !== "update") continue;
      const changes = restartReasons(resource.type, before, after);
      if (changes.length === 0) continue;
      yield {
        resource,
        severity: "warning",
        message: `the plan changes ${changes.join(", ")}; fails at run time: the database restarts and drops every connection.`,
      };
    }
  },
};

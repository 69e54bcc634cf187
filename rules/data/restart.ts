import type { Rule } from "../rule.ts";
import { INSTANCE } from "./database.ts";
import { flagOf } from "./flags.ts";

/** S1, S2, S20: changes in place that nevertheless restart the database. */
export const restart: Rule = {
  id: "data/restart",
  why: "Terraform calls it an update in place, and every connection is cut while the database restarts.",
  limit: "tier, edition, max_connections, availability and recovery settings restart an instance (advice)",
  fix: "Apply it in a quiet hour, and see that clients reconnect.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/instance-settings",
  example: `resource "google_sql_database_instance" "main" {
  settings {
    tier = "db-custom-4-15360" # was db-custom-2-7680
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const { before, after, actions } = resource.change ?? {};
      if (before === undefined || after === undefined || actions?.join() !== "update") continue;
      const changes = PATHS.flatMap((path) => {
        const [old, now] = [before.get(path), after.get(path)];
        return typeof old === typeof now && typeof now !== "object" && old !== now
          ? [`${path} ${old} -> ${now}`]
          : [];
      });
      const flag = (block: typeof before) => flagOf(block, "max_connections");
      const [old, now] = [flag(before), flag(after)];
      if (typeof now === "number" && old !== now)
        changes.push(`max_connections ${String(old ?? "unset")} -> ${now}`);
      if (changes.length === 0) continue;
      yield {
        resource,
        severity: "warning",
        message: `the plan changes ${changes.join(", ")}; the database restarts and drops every connection.`,
      };
    }
  },
};

const PATHS = [
  "settings.tier",
  "settings.edition",
  "settings.availability_type",
  "settings.backup_configuration.point_in_time_recovery_enabled",
  "database_version",
];

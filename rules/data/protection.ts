import type { Rule } from "../rule.ts";
import { INSTANCE, isReplica } from "./database.ts";

/** What keeps a database from being deleted. */
export const protection: Rule = {
  id: "data/protection",
  why: "A database that neither Terraform nor the API protects is one wrong plan away from being deleted, and its name is blocked for a week.",
  limit: "deletion_protection true (the default), settings.deletion_protection_enabled true (advice)",
  fix: "Remove deletion_protection = false, or set settings.deletion_protection_enabled = true.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/deletion-protection",
  example: `resource "google_sql_database_instance" "main" {
  name                = "orders"
  region              = "europe-west1"
  database_version    = "POSTGRES_15"
  deletion_protection = false
  settings {
    tier = "db-custom-2-7680"
  }
}`,
  exampleSeverity: "warning",
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      if (isReplica(resource) || resource.boolean("deletion_protection") !== false) continue;
      // Written at all, it is a decision: true protects, and false next to the other false is meant.
      if (resource.boolean("settings.deletion_protection_enabled") !== undefined) continue;
      yield {
        resource,
        severity: "warning",
        message:
          "deletion_protection is false and settings.deletion_protection_enabled is not set; fails at run time: nothing keeps a plan from deleting the data.",
      };
    }
  },
};

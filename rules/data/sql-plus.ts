import type { Rule } from "../rule.ts";
import { INSTANCE, writtenEdition } from "./database.ts";

/** S3: what only the ENTERPRISE_PLUS edition has. */
export const sqlPlus: Rule = {
  id: "data/sql-plus",
  why: "Managed connection pooling and the data cache exist in the ENTERPRISE_PLUS edition only.",
  limit: "connection_pool_config and data_cache_config need edition ENTERPRISE_PLUS",
  fix: 'Remove the block, or choose edition = "ENTERPRISE_PLUS" with a db-perf-optimized-N tier.',
  source: "https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling",
  example: `resource "google_sql_database_instance" "main" {
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
    connection_pool_config {
      connection_pooling_enabled = true
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      if (writtenEdition(resource) !== "ENTERPRISE") continue;
      for (const [path, what] of [
        ["settings.connection_pool_config.connection_pooling_enabled", "managed connection pooling"],
        ["settings.data_cache_config.data_cache_enabled", "the data cache"],
      ] as const) {
        if (resource.boolean(path) !== true) continue;
        yield {
          resource,
          severity: "error",
          message: `${what} is enabled with edition ENTERPRISE; refused at apply: it needs ENTERPRISE_PLUS.`,
        };
      }
    }
  },
};

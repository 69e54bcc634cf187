import type { Rule } from "../rule.ts";
import { REDIS_REFERENCE } from "./sources.ts";

/** Attributes that hold one of a few words. */
const CHOICES: { readonly [type: string]: { readonly [path: string]: readonly string[] } } = {
  google_sql_database_instance: {
    "settings.activation_policy": ["ALWAYS", "NEVER", "ON_DEMAND"],
    "settings.availability_type": ["REGIONAL", "ZONAL"],
    "settings.connector_enforcement": ["NOT_REQUIRED", "REQUIRED"],
    "settings.edition": ["ENTERPRISE", "ENTERPRISE_PLUS"],
    "settings.pricing_plan": ["PER_USE", "PACKAGE"],
  },
  google_sql_user: {
    type: [
      "BUILT_IN",
      "CLOUD_IAM_USER",
      "CLOUD_IAM_SERVICE_ACCOUNT",
      "CLOUD_IAM_GROUP",
      "CLOUD_IAM_GROUP_USER",
      "CLOUD_IAM_GROUP_SERVICE_ACCOUNT",
    ],
  },
  google_redis_instance: {
    connect_mode: ["DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS"],
    "persistence_config.persistence_mode": ["DISABLED", "RDB"],
    "persistence_config.rdb_snapshot_period": ["ONE_HOUR", "SIX_HOURS", "TWELVE_HOURS", "TWENTY_FOUR_HOURS"],
    read_replicas_mode: ["READ_REPLICAS_DISABLED", "READ_REPLICAS_ENABLED"],
    tier: ["BASIC", "STANDARD_HA"],
    transit_encryption_mode: ["DISABLED", "SERVER_AUTHENTICATION"],
  },
};

/** M1, S37 and others: words that the provider or the API knows. */
export const choices: Rule = {
  id: "data/choices",
  why: "A word that neither the provider nor the API knows stops the plan or the apply.",
  limit: Object.entries(CHOICES)
    .flatMap(([type, paths]) =>
      Object.entries(paths).map(([path, words]) => `${type}.${path}: ${words.join(", ")}`),
    )
    .join("; "),
  fix: "Write one of the words, in capitals.",
  source: REDIS_REFERENCE,
  example: `resource "google_redis_instance" "cache" {
  name           = "cache"
  memory_size_gb = 1
  tier           = "STANDARD"
}`,
  *check(graph) {
    for (const [type, paths] of Object.entries(CHOICES)) {
      for (const resource of graph.all(type)) {
        for (const [path, words] of Object.entries(paths)) {
          const written = resource.string(path);
          if (written === undefined || written === "" || words.includes(written)) continue;
          yield {
            resource,
            severity: "error",
            message: `${path} is "${written}"; refused at plan or apply: it is one of ${words.join(", ")}.`,
            fix: `Write one of ${words.join(", ")}.`,
          };
        }
      }
    }
  },
};

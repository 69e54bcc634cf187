import type { Attributes } from "../attributes.ts";
import { durations } from "../durations.ts";
import { usersOf } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";
import { fieldRules } from "./redis-instance/rules.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ users }) =>
    `all data in it are lost, ${usersOf(users, "loses its cache", "lose their cache")}its address is released`,
  replaced: ({ before, after, users }) =>
    `all data in it are lost, it gets a new address${before.boolean("auth_enabled") === true ? " and a new AUTH string" : ""}${newPort(before, after)}, ${usersOf(users, "has no cache", "have no cache").replace(/, $/, " ")}for ${durations.redisCreated.value}`,
  holdsData: true,
};

/** Memorystore for Redis. */
export const redisInstance: ResourceType = {
  type: "google_redis_instance",
  label: "Redis",
  nameScope: "region",
  collection: "instances",
  externalKind: "redis",
  encryptionKey: { attribute: "customer_managed_key", agent: "cloud-redis" },
  importId: "projects/{project}/locations/{region}/instances/{name}",
  requiredRole: "roles/redis.admin",
  environmentKeys: {
    memory_size_gb: "cache.memoryGibibytes",
    deletion_protection: "cache.deletionProtection",
    tier: "cache.tier",
    redis_version: "cache.version",
    transit_encryption_mode: "cache.tls",
    auth_enabled: "cache.auth",
    "redis_configs.maxmemory-policy": "cache.evictionPolicy",
    "maintenance_policy.weekly_maintenance_window.day": "cache.maintenance.day",
    "maintenance_policy.weekly_maintenance_window.start_time": "cache.maintenance.hour",
  },
  references: { authorized_network: ["google_compute_network"] },
  server: {
    kind: "redis",
    address: /^(host|read_endpoint)$/,
    network: ["authorized_network"],
    networkByDefault: true,
    privateServices: { connect_mode: ["PRIVATE_SERVICE_ACCESS"] },
  },
  deleteImpact,
  fieldRules,
};

function newPort(before: Attributes, after: Attributes): string {
  const [was, isTls] = [before, after].map(
    (attributes) => attributes.string("transit_encryption_mode") === "SERVER_AUTHENTICATION",
  );
  if (isTls === was) return "";
  return isTls === true ? ", its port becomes 6378 (TLS)" : ", its port becomes 6379 (without TLS)";
}

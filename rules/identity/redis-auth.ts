import { references } from "../../analysis/references/text.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Attributes of a Redis instance that are empty without a setting. */
const DEPENDENT = [
  { attribute: "auth_string", setting: "auth_enabled", on: "true" },
  { attribute: "server_ca_certs", setting: "transit_encryption_mode", on: "SERVER_AUTHENTICATION" },
] as const;

/** The AUTH string and the server certificates exist only where they are enabled. A warning only, because an expression may replace an empty value. */
export const redisAuth: Rule = {
  id: "identity/redis-auth",
  why: "auth_string is empty without auth_enabled, and server_ca_certs is an empty list without transit encryption.",
  limit:
    "auth_enabled = true where auth_string is used; transit_encryption_mode = SERVER_AUTHENTICATION where server_ca_certs is",
  fix: "Enable it, for example auth_enabled = true, or do not use the attribute.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/about-redis-auth",
  exampleSeverity: "warning",
  *check(graph) {
    for (const resource of graph.all("google_secret_manager_secret_version"))
      yield* evaluate(graph, resource);
  },
};

function* evaluate(graph: Graph, resource: Resource) {
  const value: Value | undefined = resource.get("secret_data") ?? resource.get("secret_data_wo");
  for (const { address, attribute } of references(value)) {
    const dependent = DEPENDENT.find((candidate) => attribute.startsWith(candidate.attribute));
    const redis = dependent && graph.at(address, resource);
    if (dependent === undefined || redis?.type !== "google_redis_instance") continue;
    const written = redis.get(dependent.setting);
    if (written !== undefined && typeof written !== "string" && typeof written !== "boolean") continue;
    if (String(written ?? "") === dependent.on) continue;
    const message = `${resource.address} stores ${dependent.attribute} of ${redis.address}, whose ${dependent.setting} is ${written === undefined ? "not set" : String(written)}; rejected by the API: the attribute is empty, and so is the secret.`;
    for (const end of [redis, resource])
      yield {
        resource: end,
        severity: "warning",
        message,
        fix: `Set ${dependent.setting} = ${dependent.on} on ${redis.address}.`,
      } as const;
  }
}

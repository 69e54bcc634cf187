import type { Graph, Resource, Value } from "../../graph/index.ts";
import { references } from "../reachability/text.ts";
import type { Rule } from "../rule.ts";

/** M7, M19: what a Redis instance gives out depends on how it is made. */
const GIVEN = [
  { attribute: "auth_string", setting: "auth_enabled", on: "true" },
  { attribute: "server_ca_certs", setting: "transit_encryption_mode", on: "SERVER_AUTHENTICATION" },
] as const;

/** M19: advice only, because an expression may put something else in the place of an empty value. The AUTH string and the server's certificates exist only where they are switched on. */
export const redisAuth: Rule = {
  id: "identity/redis-auth",
  why: "auth_string is empty without auth_enabled, and server_ca_certs is an empty list without transit encryption.",
  limit:
    "auth_enabled = true where auth_string is used; transit_encryption_mode = SERVER_AUTHENTICATION where server_ca_certs is",
  fix: "Switch it on, or do not use the attribute.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/about-redis-auth",
  example: `resource "google_redis_instance" "cache" {
  name           = "cache"
  memory_size_gb = 1 # auth_enabled is not written
}
resource "google_secret_manager_secret_version" "cache" {
  secret      = google_secret_manager_secret.cache.id
  secret_data = google_redis_instance.cache.auth_string
}`,
  *check(graph) {
    for (const resource of graph.all("google_secret_manager_secret_version")) yield* judge(graph, resource);
  },
};

function* judge(graph: Graph, resource: Resource) {
  const value: Value | undefined = resource.get("secret_data") ?? resource.get("secret_data_wo");
  for (const { address, attribute } of references(value)) {
    const given = GIVEN.find((candidate) => attribute.startsWith(candidate.attribute));
    const redis = given && graph.at(address, resource);
    if (given === undefined || redis?.type !== "google_redis_instance") continue;
    const written = redis.get(given.setting);
    if (written !== undefined && typeof written !== "string" && typeof written !== "boolean") continue;
    if (String(written ?? "") === given.on) continue;
    const message = `${resource.address} takes ${given.attribute} of ${redis.address}, whose ${given.setting} is ${written === undefined ? "not written" : String(written)}; there is nothing to store, and an empty secret is refused at apply.`;
    for (const end of [redis, resource])
      yield {
        resource: end,
        severity: "warning",
        message,
        fix: `Set ${given.setting} = ${given.on} on ${redis.address}.`,
      } as const;
  }
}

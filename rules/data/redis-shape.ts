import type { Resource } from "../../graph/index.ts";
import { redisLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { REDIS_TIERS } from "./sources.ts";

const REPLICAS_ON = "READ_REPLICAS_ENABLED";

/** M1 to M3, M10, M11, M14: tier, memory, replicas, version, zones and name of a Redis instance. */
export const redisShape: Rule = {
  id: "data/redis-shape",
  why: "The provider checks each field of a Redis instance alone; the API refuses combinations and sizes that do not exist.",
  limit: `memory ${redisLimits.memoryLow.value} to ${redisLimits.memoryHigh.value} GiB; read replicas with STANDARD_HA and ${redisLimits.readReplicasMemoryLow.value} GiB or more, 1 to ${redisLimits.replicasHigh.value} of them; otherwise 1 replica with STANDARD_HA and none with BASIC; name up to ${redisLimits.nameLength.value} characters`,
  fix: "Choose a name, tier, memory and number of replicas within these bounds.",
  source: REDIS_TIERS,
  example: `resource "google_redis_instance" "cache" {
  name               = "cache"
  tier               = "STANDARD_HA"
  memory_size_gb     = 1
  read_replicas_mode = "READ_REPLICAS_ENABLED" # 5 GiB or more
}`,
  *check(graph) {
    for (const resource of graph.all("google_redis_instance")) {
      const said = [
        ...size(resource),
        ...replicas(resource),
        ...version(resource),
        ...zones(graph.region(resource), resource),
      ];
      for (const message of said) yield { resource, severity: "error", message };
    }
  },
};

function* size(redis: Resource): Iterable<string> {
  const memory = redis.number("memory_size_gb");
  const [low, high] = [redisLimits.memoryLow.value, redisLimits.memoryHigh.value];
  if (memory !== undefined && (memory < low || memory > high || !Number.isInteger(memory)))
    yield `memory_size_gb is ${memory}, not a whole number from ${low} to ${high}; refused at apply: no such size.`;
  const name = redis.string("name");
  if (
    name !== undefined &&
    (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name) || name.length > redisLimits.nameLength.value)
  )
    yield `the name "${name}" (${name.length} characters) is not made of 2 to ${redisLimits.nameLength.value} lowercase letters, digits and hyphens, a letter first; refused at apply: invalid name.`;
}

/** Where no tier is written it is BASIC. */
function* replicas(redis: Resource): Iterable<string> {
  const tier = redis.get("tier") ?? "BASIC";
  const memory = redis.number("memory_size_gb");
  const count = redis.number("replica_count");
  const mode = redis.get("read_replicas_mode");
  if (tier === "BASIC" || tier === "") {
    if (mode === REPLICAS_ON)
      yield "read_replicas_mode is READ_REPLICAS_ENABLED with tier BASIC; refused at apply: read replicas need STANDARD_HA.";
    else if (count !== undefined && count > 0)
      yield `replica_count is ${count} with tier BASIC; refused at apply: BASIC has no replica.`;
    return;
  }
  if (tier !== "STANDARD_HA") return;
  if (mode === REPLICAS_ON) {
    if (memory !== undefined && memory < redisLimits.readReplicasMemoryLow.value)
      yield `memory_size_gb is ${memory} with read replicas; refused at apply: they need ${redisLimits.readReplicasMemoryLow.value} GiB or more.`;
    if (count !== undefined && (count < 1 || count > redisLimits.replicasHigh.value))
      yield `replica_count is ${count} with read replicas, outside 1 to ${redisLimits.replicasHigh.value}; refused at apply: no such number.`;
  } else if (
    (mode === undefined || mode === "" || mode === "READ_REPLICAS_DISABLED") &&
    count !== undefined &&
    count > 1
  )
    yield `replica_count is ${count} without read replicas; refused at apply: STANDARD_HA then has exactly 1.`;
}

function* version(redis: Resource): Iterable<string> {
  const written = redis.string("redis_version");
  if (written === undefined || written === "") return;
  // A version that is newer than this table is not judged.
  if (redisLimits.versions.value.includes(written) || /^REDIS_(7_[3-9]|[89]_\d)$/.test(written)) return;
  yield `redis_version is "${written}"; refused at apply: Memorystore has ${redisLimits.versions.value.join(", ")}.`;
}

function* zones(region: string | undefined, redis: Resource): Iterable<string> {
  const [zone, alternative] = [redis.string("location_id"), redis.string("alternative_location_id")];
  for (const each of [zone, alternative]) {
    if (
      !each ||
      region === undefined ||
      each.startsWith(`${region}-`) ||
      !/^[a-z]+-[a-z]+\d+-[a-z]$/.test(each)
    )
      continue;
    yield `it names the zone ${each}, and is in ${region}; refused at apply: the zone is not of that region.`;
  }
  if (!alternative) return;
  if (zone === alternative)
    yield `location_id and alternative_location_id are both ${zone}; refused at apply: the replica needs another zone.`;
  const tier = redis.get("tier") ?? "BASIC";
  if (tier === "BASIC")
    yield `alternative_location_id is ${alternative} with tier BASIC; refused at apply: only STANDARD_HA has a second zone.`;
}

import { serviceNames } from "../../../resources/index.ts";
import { difference, lowered, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const REDIS = ["google_redis_instance"];

/** Changes in place of a Redis instance that lose data or cut clients. */
export const redisHazards: readonly Hazard[] = [
  onUpdate({
    types: REDIS,
    what: "less memory",
    why: "keys above it are evicted, or writes fail",
    find: (change) => {
      const less = lowered(change, "memory_size_gb");
      return less === undefined
        ? undefined
        : `${title(change, "Redis")} shrinks from ${less.was} to ${less.now} GB: keys above it are evicted or writes fail, and scaling fails while more than that is stored.`;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "memory or version changed on tier BASIC",
    why: "an instance without a replica loses its data",
    find: (change) => {
      const changed = difference(change, "memory_size_gb") ?? difference(change, "redis_version");
      return changed === undefined || change.before.string("tier") !== "BASIC"
        ? undefined
        : `${title(change, "Redis")} is of tier BASIC: scaling or upgrading it (${changed.text}) EMPTIES it and cuts every connection.`;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "AUTH switched on or off",
    why: "clients without the matching setting are rejected",
    find: (change, context) => {
      const isOn = switchedOn(change, "auth_enabled");
      if (!isOn && !switchedOff(change, "auth_enabled")) return undefined;
      const users = context.users(change);
      const who = users.length === 0 ? "every client" : serviceNames(users);
      return isOn
        ? `${title(change, "Redis")} starts to require an AUTH string: ${who} without it get NOAUTH.`
        : `${title(change, "Redis")} no longer requires an AUTH string: every client in its network can read everything, and clients that still send one are rejected.`;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "maxmemory-policy changed from noeviction",
    why: "keys are evicted where writes failed before",
    find: (change) => {
      const policy = difference(change, "redis_configs.maxmemory-policy");
      return policy?.was === "noeviction"
        ? `${title(change, "Redis")} EVICTS keys when it is full, where writes failed before (maxmemory-policy ${policy.text}).`
        : undefined;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "persistence switched off",
    why: "the cache is empty after a crash",
    find: (change) => {
      const mode = difference(change, "persistence_config.persistence_mode");
      return mode?.was === "RDB"
        ? `${title(change, "Redis")} no longer writes snapshots (persistence RDB to ${mode.now}): it is empty after a crash.`
        : undefined;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "fewer read replicas, or none",
    why: "clients of the read endpoint are rejected, and fewer replicas can take over in a failover",
    find: (change) => {
      const fewer = lowered(change, "replica_count");
      const off = difference(change, "read_replicas_mode")?.now === "READ_REPLICAS_DISABLED";
      if (fewer === undefined && !off) return undefined;
      const what = off ? "its read endpoint" : `replicas (${fewer?.text})`;
      return `${title(change, "Redis")} loses ${what}: clients that read from it are rejected.`;
    },
  }),
];

import { serviceNames } from "../../../resources/index.ts";
import { difference, lowered, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const REDIS = ["google_redis_instance"];

/** Changes in place of a Redis instance that lose data or clients. */
export const redisHazards: readonly Hazard[] = [
  onUpdate({
    types: REDIS,
    what: "less memory",
    why: "keys beyond it are thrown out, or writes are refused",
    find: (change) => {
      const less = lowered(change, "memory_size_gb");
      return less === undefined
        ? undefined
        : `${title(change, "Redis")} shrinks from ${less.was} to ${less.now} GB: keys beyond it are thrown out or writes are refused, and the scaling fails while more than that is stored.`;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "memory or version changed on tier BASIC",
    why: "an instance without a replica is emptied by it",
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
    why: "clients that do not expect it are refused",
    find: (change, context) => {
      const isOn = switchedOn(change, "auth_enabled");
      if (!isOn && !switchedOff(change, "auth_enabled")) return undefined;
      const users = context.users(change);
      const who = users.length === 0 ? "every client" : serviceNames(users);
      return isOn
        ? `${title(change, "Redis")} wants an AUTH string from now on: ${who} without it get NOAUTH.`
        : `${title(change, "Redis")} asks nobody for an AUTH string any more: whoever reaches it reads everything, and clients that still send one are refused.`;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "maxmemory-policy noeviction given up",
    why: "keys are thrown out where writes were refused",
    find: (change) => {
      const policy = difference(change, "redis_configs.maxmemory-policy");
      return policy?.was === "noeviction"
        ? `${title(change, "Redis")} THROWS OUT keys when it is full, where it refused writes until now (maxmemory-policy ${policy.text}).`
        : undefined;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "persistence switched off",
    why: "after a crash the cache is empty",
    find: (change) => {
      const mode = difference(change, "persistence_config.persistence_mode");
      return mode?.was === "RDB"
        ? `${title(change, "Redis")} writes no snapshots any more (persistence RDB to ${mode.now}): after a crash it is empty.`
        : undefined;
    },
  }),
  onUpdate({
    types: REDIS,
    what: "fewer read replicas, or none",
    why: "clients of the read endpoint are refused, and a failover has fewer to choose from",
    find: (change) => {
      const fewer = lowered(change, "replica_count");
      const off = difference(change, "read_replicas_mode")?.now === "READ_REPLICAS_DISABLED";
      if (fewer === undefined && !off) return undefined;
      const what = off ? "its read endpoint" : `replicas (${fewer?.text})`;
      return `${title(change, "Redis")} loses ${what}: clients that read from it are refused.`;
    },
  }),
];

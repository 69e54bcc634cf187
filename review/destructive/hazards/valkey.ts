import { difference, lowered } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const VALKEY = ["google_memorystore_instance"];

/** Changes in place of a Valkey instance that lose data. */
export const valkeyHazards: readonly Hazard[] = [
  onUpdate({
    types: VALKEY,
    what: "fewer shards",
    why: "keys above the memory that is left are evicted, or writes fail",
    find: (change) => {
      const less = lowered(change, "shard_count");
      return less === undefined
        ? undefined
        : `${title(change, "Valkey")} shrinks from ${less.was} to ${less.now} shards: keys above their memory are evicted or writes fail, and scaling fails while more than that is stored.`;
    },
  }),
  onUpdate({
    types: VALKEY,
    what: "node type changed without a replica",
    why: "a node that is replaced loses its keys",
    find: (change) => {
      const changed = difference(change, "node_type");
      return changed === undefined || (change.before.number("replica_count") ?? 0) > 0
        ? undefined
        : `${title(change, "Valkey")} has no replicas: changing its nodes (${changed.text}) may EMPTY it, and cuts every connection.`;
    },
  }),
  onUpdate({
    types: VALKEY,
    what: "the last replica removed",
    why: "a node that fails loses its keys",
    find: (change) => {
      const fewer = lowered(change, "replica_count");
      return fewer === undefined || Number(fewer.now) > 0
        ? undefined
        : `${title(change, "Valkey")} loses its replicas (${fewer.text}): a node that fails, or is maintained, loses its keys.`;
    },
  }),
  onUpdate({
    types: VALKEY,
    what: "maxmemory-policy changed from noeviction",
    why: "keys are evicted where writes failed before",
    find: (change) => {
      const policy = difference(change, "engine_configs.maxmemory-policy");
      return policy?.was === "noeviction"
        ? `${title(change, "Valkey")} EVICTS keys when it is full, where writes failed before (maxmemory-policy ${policy.text}).`
        : undefined;
    },
  }),
];

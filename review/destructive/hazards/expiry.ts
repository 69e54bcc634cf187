import type { Block } from "../../../graph/index.ts";
import { enumerated } from "../../../values/enumerated.ts";
import { difference, lowered } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Times and durations after which Google deletes automatically. */
const DELETES: Readonly<Record<string, readonly string[]>> = {
  google_secret_manager_secret: ["ttl", "expire_time"],
  google_secret_manager_regional_secret: ["ttl", "expire_time"],
  google_bigquery_dataset: ["default_table_expiration_ms", "default_partition_expiration_ms"],
  google_bigquery_table: ["expiration_time", "time_partitioning.expiration_ms"],
  google_pubsub_subscription: ["expiration_policy.ttl"],
};

/** Retention of what was deleted or not yet read. */
const KEEPS: Readonly<Record<string, readonly string[]>> = {
  google_secret_manager_secret: ["version_destroy_ttl"],
  google_secret_manager_regional_secret: ["version_destroy_ttl"],
  google_bigquery_dataset: ["max_time_travel_hours"],
  google_pubsub_subscription: ["message_retention_duration"],
  google_pubsub_topic: ["message_retention_duration"],
};

/** Changes in place after which Google deletes stored data automatically. */
export const expiryHazards: readonly Hazard[] = [
  onUpdate({
    types: Object.keys(DELETES),
    what: "an expiry after which Google deletes automatically: set, or sooner",
    why: "it is deleted then, without a plan",
    find: (change) => {
      const sooner = (DELETES[change.type] ?? []).flatMap((path) => {
        const found = difference(change, path);
        const isLonger = found !== undefined && isMore(change.before, change.after, path);
        return found === undefined || found.now === "not set" || isLonger ? [] : [`${path} ${found.text}`];
      });
      return sooner.length === 0
        ? undefined
        : `Google DELETES ${title(change, labelOf(change.type))}, or its contents, automatically (${sooner.join(", ")}).`;
    },
  }),
  onUpdate({
    types: Object.keys(KEEPS),
    what: "retention of deleted or unread data shortened",
    why: "it cannot be recovered afterwards",
    find: (change) => {
      const less = (KEEPS[change.type] ?? []).flatMap((path) => {
        const found = difference(change, path);
        const isLonger = found !== undefined && isMore(change.before, change.after, path);
        return found === undefined || found.was === "not set" || isLonger ? [] : [`${path} ${found.text}`];
      });
      return less.length === 0
        ? undefined
        : `${title(change, labelOf(change.type))} retains deleted or unread data for a shorter time (${less.join(", ")}): it cannot be recovered afterwards.`;
    },
  }),
  onUpdate({
    types: ["google_artifact_registry_repository"],
    what: "a cleanup policy that deletes images, new, changed or no longer a dry run",
    why: "an image that a service runs or rolls back to may be among them",
    find: (change) => {
      const deletes = (block: Block): string[] =>
        block.boolean("cleanup_policy_dry_run") === true
          ? []
          : block
              .blocks("cleanup_policies")
              .filter((policy) => policy.string("action") === "DELETE")
              .map((policy) => JSON.stringify(policy.values));
      const known = new Set(deletes(change.before));
      return deletes(change.after).every((policy) => known.has(policy))
        ? undefined
        : `${title(change, "image registry")} starts to DELETE images by a cleanup policy: images that services run or roll back to may be among them.`;
    },
  }),
  onUpdate({
    types: ["google_kms_crypto_key_version"],
    what: "a version of a key disabled or destroyed",
    why: "what is encrypted with it cannot be read",
    find: (change) => {
      const state = difference(change, "state");
      return state?.was === "ENABLED"
        ? `${title(change, "encryption key")} goes from ${state.text}: what is encrypted with it cannot be read.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_secret_manager_secret", "google_secret_manager_regional_secret"],
    what: "an alias of a secret's versions removed or moved",
    why: "a service that reads it does not start, or reads another value",
    find: (change) => {
      const names = Object.keys(objectAt(change.before, "version_aliases"));
      const moved = names.filter((name) => difference(change, `version_aliases.${name}`) !== undefined);
      return moved.length === 0
        ? undefined
        : `${title(change, "secret")} moves the alias ${enumerated(moved)}: a service that reads it gets another value or does not start.`;
    },
  }),
  onUpdate({
    types: ["google_redis_cluster", "google_memcache_instance"],
    what: "fewer shards, replicas or nodes",
    why: "keys are evicted, and fewer replicas can take over in a failover",
    find: (change) => {
      const less = ["shard_count", "replica_count", "node_count"].flatMap((path) => {
        const found = lowered(change, path);
        return found === undefined ? [] : [`${path} ${found.text}`];
      });
      return less.length === 0
        ? undefined
        : `${title(change, labelOf(change.type))} gets smaller (${less.join(", ")}): keys may be evicted, and fewer replicas can take over in a failover.`;
    },
  }),
];

/** Durations are numbers, or end in "s"; ISO 8601 timestamps compare as text. */
function isMore(before: Block, after: Block, path: string): boolean {
  const [was, now] = [before, after].map((block) => block.string(path) ?? "");
  if (was === undefined || was === "" || now === undefined) return false;
  const [a, b] = [was, now].map((text) => Number(text.replace(/s$/, "")));
  return a !== undefined && b !== undefined && !Number.isNaN(a + b) ? b > a : now > was;
}

function objectAt(block: Block, path: string): object {
  const value = block.get(path);
  return typeof value === "object" && !Array.isArray(value) ? value : {};
}

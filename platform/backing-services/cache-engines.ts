import { memorystoreLimits, redisLimits } from "../../resources/limits.ts";
import type { Cache } from "../schema/environment.ts";

/** What differs between the engines of Memorystore, which clients speak to with the same protocol. */
export interface CacheEngine {
  /** Part of names: private host, firewall rule, ids of alerts. */
  readonly id: "redis" | "valkey";
  readonly label: "Redis" | "Valkey";
  /** Command of gcloud, and how it names the region. */
  readonly gcloud: { readonly command: string; readonly region: "--region" | "--location" };
  /** Characters of an instance's name. */
  readonly nameLength: number;
  readonly port: (settings: Pick<Cache, "tls">) => number;
  /** Clients that the instance takes, without bound where its size is missing; of a cluster each of its nodes, as every client connects to all of them. */
  readonly clients: (settings: Cache) => number;
  /** How much memory there is: "5 GiB", "3 shards of STANDARD_SMALL". */
  readonly size: (settings: Cache) => string;
  /** Setting that makes it larger. */
  readonly sizeKey: "memoryGibibytes" | "nodeType";
  /** Settings that it must have, and those that only the other engine has. */
  readonly needs: (settings: Cache) => readonly (keyof Cache)[];
  readonly lacks: readonly (keyof Cache)[];
}

const redis: CacheEngine = {
  id: "redis",
  label: "Redis",
  gcloud: { command: "redis", region: "--region" },
  nameLength: redisLimits.nameLength.value,
  port: ({ tls }) => (tls ? redisLimits.tlsPort : redisLimits.port).value,
  clients: redisClients,
  size: ({ memoryGibibytes }) => `${memoryGibibytes} GiB`,
  sizeKey: "memoryGibibytes",
  needs: ({ auth, tls }) => [
    "tier",
    "memoryGibibytes",
    ...when(auth, "authSecret"),
    ...when(tls, "caSecret"),
  ],
  lacks: ["nodeType", "shards", "replicas"],
};

const valkey: CacheEngine = {
  id: "valkey",
  label: "Valkey",
  gcloud: { command: "memorystore", region: "--location" },
  nameLength: memorystoreLimits.nameLength.value,
  port: () => memorystoreLimits.port.value,
  clients: ({ nodeType }) =>
    memorystoreLimits.valkeyClientsByNode.value[nodeType ?? ""] ?? Number.POSITIVE_INFINITY,
  size: ({ nodeType, shards }) =>
    shards === undefined ? `${nodeType}` : `${shards} ${shards === 1 ? "shard" : "shards"} of ${nodeType}`,
  sizeKey: "nodeType",
  needs: ({ tls }) => ["nodeType", ...when(tls, "caSecret")],
  lacks: ["tier", "memoryGibibytes", "authSecret"],
};

function when(isNeeded: boolean, key: keyof Cache): (keyof Cache)[] {
  return isNeeded ? [key] : [];
}

export function cacheEngineOf({ version }: { readonly version: string }): CacheEngine {
  return version.startsWith("VALKEY") ? valkey : redis;
}

/** Replicas of each shard of Valkey. */
export function replicasOf({ replicas = 1 }: Pick<Cache, "replicas">): number {
  return replicas;
}

/** Whether services log in with tokens of their accounts. */
export function hasIamLogin({ auth, version }: Pick<Cache, "auth" | "version">): boolean {
  return auth && cacheEngineOf({ version }) === valkey;
}

/** Before Redis 7 TLS lowers the maximum number of clients, by memory. */
function redisClients({ tls, version, memoryGibibytes }: Cache): number {
  const plain = redisLimits.maxClients.value;
  if (!tls || version !== "REDIS_6_X" || memoryGibibytes === undefined) return plain;
  return redisLimits.tlsClientsByMemory.value.find(([largest]) => memoryGibibytes <= largest)?.[1] ?? plain;
}

import { memorystoreLimits, redisLimits } from "../../resources/limits.ts";
import { choice, count, flag } from "./leaf.ts";
import { name, secretName } from "./names.ts";
import { section } from "./section.ts";

/** An instance of Memorystore, of Redis or of Valkey by its `version`. */
export const cache = section({
  /** Instance name after the environment's prefix. @default "redis" */
  name: name("redis").default("redis"),
  /** Redis: STANDARD_HA keeps a replica; BASIC loses everything at each maintenance. It can never be changed in place. */
  tier: choice(["STANDARD_HA", "BASIC"]).optional(),
  /** Redis: capacity in GiB, 1 to 300. The TLS connection cap grows with it (1,000 up to 4 GiB, 2,500 up to 10 GiB before Redis 7). */
  memoryGibibytes: count({
    from: redisLimits.memoryLow.value,
    to: redisLimits.memoryHigh.value,
    because: "Memorystore for Redis",
    unit: "GiB",
  }).optional(),
  /**
   * Version of Redis or Valkey. Redis takes `tier` and `memoryGibibytes`, Valkey `nodeType`, `shards` and `replicas`; Valkey gets
   * its addresses from `network.addresses.privateServiceConnect`.
   */
  version: choice(["REDIS_6_X", "REDIS_7_0", "REDIS_7_2", "VALKEY_7_2", "VALKEY_8_0", "VALKEY_9_0"]),
  /** Valkey: size of each node, which decides how many clients it takes. SHARED_CORE_NANO has no SLA. */
  nodeType: choice(Object.keys(memorystoreLimits.valkeyClientsByNode.value)).optional(),
  /**
   * Valkey: shards of a cluster, 1 to 250, which clients must speak the cluster protocol to. Changing between a cluster and
   * none replaces the instance. @default no cluster: one primary, which any client of Redis speaks to
   */
  shards: count({ from: 1, to: memorystoreLimits.shardsHigh.value, unit: "shards" }).optional(),
  /** Valkey: replicas of each shard, in other zones; with 0 a lost node loses its keys. @default 1 */
  replicas: count({ from: 0, to: memorystoreLimits.replicasHigh.value, unit: "replicas" }).optional(),
  /**
   * Encrypt in transit: clients must verify the server's CA, and the port of Redis becomes 6378. Changing it replaces the
   * instance. @default true
   */
  tls: flag().default(true),
  /**
   * Require a login: of Redis the AUTH string, of Valkey an access token of the service's own account (IAM). Of Valkey,
   * changing it replaces the instance. @default true
   */
  auth: flag().default(true),
  /** Redis with `auth`: secret that holds the AUTH string; services get it as REDIS_PASSWORD. */
  authSecret: secretName.optional(),
  /** With `tls`: secret that holds the server's CA certificates (PEM); services get it as REDIS_CA_CERTIFICATE. */
  caSecret: secretName.optional(),
  /** Eviction policy when memory is full; "noeviction" rejects writes. */
  evictionPolicy: choice([
    "noeviction",
    "allkeys-lru",
    "volatile-lru",
    "allkeys-lfu",
    "volatile-lfu",
    "volatile-ttl",
  ]),
  /**
   * Terraform refuses to delete it, also where its block is gone from the code; of Redis it needs provider 7.8.
   * @default not set, of Valkey as `protection`
   */
  deletionProtection: flag().optional(),
  maintenance: section({
    /** Day of the week, 1 (Monday) to 7. */
    day: count({ from: 1, to: 7, isName: true }),
    /** UTC hour, 0 to 23. */
    hour: count({ from: 0, to: 23, isName: true }),
  }),
});

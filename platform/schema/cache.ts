import { redisLimits } from "../../resources/limits.ts";
import { choice, count, flag } from "./leaf.ts";
import { name, secretName } from "./names.ts";
import { section } from "./section.ts";

export const cache = section({
  /** Instance name after the environment's prefix. @default "redis" */
  name: name("redis").default("redis"),
  /** STANDARD_HA keeps a replica; BASIC loses everything at each maintenance. It can never be changed in place. */
  tier: choice(["STANDARD_HA", "BASIC"]),
  /** Capacity in GiB, 1 to 300. The TLS connection cap grows with it (1,000 up to 4 GiB, 2,500 up to 10 GiB before Redis 7). */
  memoryGibibytes: count({
    from: redisLimits.memoryLow.value,
    to: redisLimits.memoryHigh.value,
    because: "Memorystore for Redis",
    unit: "GiB",
  }),
  version: choice(["REDIS_6_X", "REDIS_7_0", "REDIS_7_2"]),
  /** Encrypt in transit: the port becomes 6378 and clients must verify the server's CA. Changing it replaces the instance. @default true */
  tls: flag().default(true),
  /** Require the AUTH string. @default true */
  auth: flag().default(true),
  /** Secret that holds the AUTH string; services get it as REDIS_PASSWORD. */
  authSecret: secretName,
  /** Secret that holds the server's CA certificates (PEM); services get it as REDIS_CA_CERTIFICATE. */
  caSecret: secretName,
  /** Eviction policy when memory is full; "noeviction" rejects writes. */
  evictionPolicy: choice([
    "noeviction",
    "allkeys-lru",
    "volatile-lru",
    "allkeys-lfu",
    "volatile-lfu",
    "volatile-ttl",
  ]),
  /** Terraform refuses to delete it, also where its block is gone from the code. Needs provider 7.8. @default not set */
  deletionProtection: flag().optional(),
  maintenance: section({
    /** Day of the week, 1 (Monday) to 7. */
    day: count({ from: 1, to: 7, isName: true }),
    /** UTC hour, 0 to 23. */
    hour: count({ from: 0, to: 23, isName: true }),
  }),
});

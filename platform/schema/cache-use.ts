import { count } from "./leaf.ts";
import { name } from "./names.ts";
import { section } from "./section.ts";

/** Connections that one instance opens. */
const pool = count({ from: 1, to: 1000, unit: "connections" });

/** How a service or a job uses its one Redis. */
export const cacheUse = section({
  /** Name of the Redis instance. @default the only one of the environment */
  instance: name("sessions").optional(),
  /** Connections that one instance opens. */
  pool,
});

/** How a service or a job uses one of several Redis instances. */
export const namedCacheUse = section({
  /** Name of the Redis instance. */
  instance: name("sessions"),
  /** Starts its variables in place of the instance's name: "queue" for QUEUE_REDIS_HOST. @default instance */
  as: name("queue").optional(),
  /** Connections that one instance opens. */
  pool,
});

import { z } from "zod";
import { cloudRunLimits } from "../../resources/limits.ts";
import { megabitsPerSecond, seconds } from "../units.ts";
import { imageByDigest } from "./image.ts";
import { choice, count, duration, flag, memory, text, texts, throughput } from "./leaf.ts";
import { hostName, name, secretName, urlPath } from "./names.ts";
import { section } from "./section.ts";

const probe = section({
  /** HTTP path that returns 200 when the container may receive requests. @default "/health" */
  path: urlPath("/health").default("/health"),
  /** Seconds between two attempts, 1 to 240. @default 10 s */
  period: duration({
    from: 1,
    to: cloudRunLimits.probeField.value,
    because: "Cloud Run probe period",
  }).default(seconds(10)),
  /** Timeout of one attempt; at most the period. @default 5 s */
  timeout: duration({
    from: 1,
    to: cloudRunLimits.probeField.value,
    because: "Cloud Run probe timeout",
  }).default(seconds(5)),
});

const exposure = section({
  /** Host at the load balancer. */
  host: hostName("api.example.com"),
  /** Paths of that host that this service serves; "/*" matches all paths of no other service. @default ["/*"] */
  paths: z
    .array(
      text({
        pattern: /^\/([A-Za-z0-9\-._~]+\/)*(\*|[A-Za-z0-9\-._~]+)?$/,
        allowed: 'a path like "/login" or "/auth/*", with * only after the last /',
        fix: 'write for example "/auth/*"',
        placeholder: "/*",
      }),
    )
    .default(["/*"]),
});

export const service = section({
  /** Name after the environment's prefix; unique in the environment. */
  name: name("backend"),
  /** Container image by digest: a tag can change without a new revision. */
  image: imageByDigest,
  /** Port that the container listens on, on 0.0.0.0. @default 8080 */
  port: count({ from: 1, to: 65535, isName: true }).default(8080),
  /** CPUs: 1, 2, 4, 6 or 8. */
  cpu: choice([1, 2, 4, 6, 8], "whole CPUs that Cloud Run offers", "vCPU"),
  memory: memory({ from: 512, to: 32768, because: "second-generation execution environment, up to 32 GiB" }),
  /** Concurrent requests of one instance, 1 to 1,000; each open WebSocket counts as one. */
  concurrency: count({
    from: 1,
    to: cloudRunLimits.concurrency.value,
    because: "Cloud Run concurrency",
    unit: "requests",
  }),
  /** Instances of one revision. Two revisions run during a rollout: budgets count twice the maximum. */
  instances: section({
    /** Always running. @default 0 */
    min: count({ from: 0, to: 1000, unit: "instances" }).default(0),
    max: count({ from: 1, to: 1000, unit: "instances" }),
  }),
  /** Timeout of a request or a WebSocket; at most 3,600 s. */
  requestTimeout: duration({
    from: 1,
    to: cloudRunLimits.requestTimeout.value,
    because: "Cloud Run request timeout; the load balancer's is fixed at 3,600 s",
  }),
  /** Latency objective, 95th percentile of its requests; WebSockets do not count. @default objectives.latency */
  latency: duration({ from: 1, to: 3600 }).optional(),
  /** Path into the VPC network: "connector" or "direct" (Direct VPC egress). */
  path: choice(["connector", "direct"]),
  /** Sustained traffic of one instance into the VPC, for the connector's load. @default 5 Mbit/s */
  bandwidth: throughput({ from: 1, to: 1000 }).default(megabitsPerSecond(5)),
  /** Keep CPU allocated between requests: needed for background work and WebSockets. @default false */
  cpuAlwaysAllocated: flag().default(false),
  /** The service has WebSockets: enables session affinity. @default false */
  webSockets: flag().default(false),
  /** PostgreSQL; leave out where the service does not use it. */
  database: section({
    /** Size of the connection pool. */
    pool: count({
      from: 1,
      to: 500,
      because: "a pool without connections cannot serve",
      unit: "connections",
    }),
    /** Connections beyond the pool under load. */
    overflow: count({ from: 0, to: 500, unit: "connections" }),
    /** "socket": the built-in Cloud SQL connector under /cloudsql (port 3307); "private-ip": TLS to port 5432. */
    via: choice(["socket", "private-ip"]),
  }).optional(),
  /** Redis; leave out where the service does not use it. */
  cache: section({
    /** Connections that one instance opens. */
    pool: count({ from: 1, to: 1000, unit: "connections" }),
  }).optional(),
  /** Names of other services and of external dependencies it calls. It is deployed after those services. @default none */
  dependsOn: z.array(name("auth")).default([]),
  /** Secrets in addition to those of its database and cache; each is passed as an environment variable. @default none */
  secrets: z.array(secretName).default([]),
  /** Further plain environment variables. Names of the contract cannot be set here. @default none */
  environment: texts({
    what: "texts by the name of the variable",
    fix: 'write for example { LOG_LEVEL: "info" }',
  }).default({}),
  /** Public at the load balancer under these hosts; internal (VPC only) where left out. */
  exposure: z.array(exposure).default([]),
  startupProbe: probe.default({ path: "/health", period: seconds(10), timeout: seconds(5) }),
  livenessProbe: probe.default({ path: "/health", period: seconds(30), timeout: seconds(5) }),
});

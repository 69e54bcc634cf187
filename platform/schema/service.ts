import { z } from "zod";
import { cloudRunLimits } from "../../resources/limits.ts";
import { seconds } from "../units.ts";
import { serviceCdn } from "./cdn.ts";
import { event } from "./event.ts";
import { exposure } from "./exposure.ts";
import { choice, count, duration, flag, text } from "./leaf.ts";
import { urlPath } from "./names.ts";
import { serviceRegion } from "./region.ts";
import { section } from "./section.ts";
import { sidecars } from "./sidecar.ts";
import { subscription } from "./topic.ts";
import { container, dependencies, entryPoint, instances, networkPath, size } from "./workload.ts";

const probed = {
  /** Port that is probed, by HTTP/1 or gRPC. @default the port of the requests */
  port: count({ from: 1, to: 65535, isName: true }).optional(),
  /**
   * Ask by the gRPC health protocol for this service, "" for the server as a whole, instead of an HTTP path. For `protocol`
   * "h2c" and "grpc". @default "" with `protocol` "grpc", an HTTP path otherwise
   */
  grpcService: text({
    pattern: /^$|^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
    allowed: "the full name of a gRPC service, or an empty text for the server as a whole",
    fix: 'write for example "acme.orders.v1.Orders"',
  }).optional(),
};

const probe = section({
  /** HTTP path that returns 200 when the container may receive requests. @default "/health" */
  path: urlPath("/health").default("/health"),
  ...probed,
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

const readinessProbe = section({
  /** HTTP path that returns 200 while the instance may get requests. @default "/health" */
  path: urlPath("/health").default("/health"),
  ...probed,
  /** Seconds between two attempts. @default 10 s */
  period: duration({ from: 1, to: cloudRunLimits.probeField.value }).default(seconds(10)),
  /** Timeout of one attempt; at most the period. @default 5 s */
  timeout: duration({ from: 1, to: cloudRunLimits.probeField.value }).default(seconds(5)),
  /** Attempts that fail in a row before the instance gets no new requests, 1 to 3. @default 3 */
  failureThreshold: count({
    from: 1,
    to: cloudRunLimits.readinessThreshold.value,
    because: "Cloud Run readiness probe",
    unit: "attempts",
  }).default(3),
  /** Attempts that succeed in a row before it gets requests again. @default 1 */
  successThreshold: count({ from: 1, to: 3, unit: "attempts" }).default(1),
});

const iap = section({
  /** Who may sign in: "group:staff@example.com", "user:...", "domain:example.com" or "serviceAccount:...". */
  members: z.array(
    text({
      pattern: /^(user|group|serviceAccount):[^@\s:]+@[a-z0-9.-]+$|^domain:[a-z0-9.-]+$/,
      allowed: "a user, group, service account or domain",
      fix: 'write for example "group:staff@example.com"',
    }),
  ),
});

export const service = section({
  ...container,
  ...entryPoint,
  /** Port that the container listens on, on 0.0.0.0. @default 8080 */
  port: count({ from: 1, to: 65535, isName: true }).default(8080),
  /**
   * How requests reach the container: "http1"; "h2c", HTTP/2 without TLS end to end; "grpc", which is h2c to a server of gRPC
   * alone: its probes are gRPC's, and nothing calls it by HTTP. WebSockets take "http1". With "h2c" the start-up probe opens the
   * port, and there is no liveness probe, unless the probe states a `port` of HTTP/1 or a `grpcService`. @default "http1"
   */
  protocol: choice(["http1", "h2c", "grpc"]).optional(),
  ...size,
  /** Concurrent requests of one instance, 1 to 1,000; each open WebSocket counts as one. */
  concurrency: count({
    from: 1,
    to: cloudRunLimits.concurrency.value,
    because: "Cloud Run concurrency",
    unit: "requests",
  }),
  /**
   * Instances of one revision in each region of the service. Two revisions run during a rollout: budgets count twice the
   * maximum, in every region.
   */
  instances,
  /**
   * Regions that it runs in besides the main one, each one of the environment's `regions`: [{ region: "europe-west1" }].
   * @default the main region alone
   */
  regions: z.array(serviceRegion).optional(),
  /** Timeout of a request or a WebSocket; at most 3,600 s. */
  requestTimeout: duration({
    from: 1,
    to: cloudRunLimits.requestTimeout.value,
    because: "Cloud Run request timeout; the load balancer's is fixed at 3,600 s",
  }),
  /** Latency objective, 95th percentile of its requests; WebSockets do not count. @default objectives.latency */
  latency: duration({ from: 1, to: 3600 }).optional(),
  ...networkPath,
  /** Keep CPU allocated between requests: needed for background work and WebSockets. @default false */
  cpuAlwaysAllocated: flag().default(false),
  /** The service has WebSockets: enables session affinity. @default false */
  webSockets: flag().default(false),
  ...dependencies,
  ...sidecars,
  /**
   * Topics whose messages Pub/Sub sends to it. Needs `projectNumber`, and a requestTimeout of at most 600 s. A service that
   * is public as well checks the ID token of these requests itself. @default none
   */
  subscriptions: z.array(subscription).optional(),
  /** Events that Eventarc sends to it: of a bucket, a topic, or the audit logs. @default none */
  events: z.array(event).optional(),
  /** Public at the load balancer under these hosts; internal (VPC only) where left out. */
  exposure: z.array(exposure).default([]),
  /** Cloud CDN in front of its hosts. @default none */
  cdn: serviceCdn.optional(),
  /** Open to everybody at its own run.app address, without a load balancer and Cloud Armor. @default false */
  publicUrl: flag().optional(),
  /**
   * Identity-Aware Proxy: people sign in before a request reaches the service, at the load balancer and at its run.app address.
   * Uptime checks and validations, which do not, leave it out. Needs provider 7.21. @default none
   */
  iap: iap.optional(),
  /**
   * Serve nothing at its own run.app address, so that the load balancer is the only way in. Needs provider 7.6.
   * @default false
   */
  defaultUriDisabled: flag().optional(),
  startupProbe: probe.default({ path: "/health", period: seconds(10), timeout: seconds(5) }),
  livenessProbe: probe.default({ path: "/health", period: seconds(30), timeout: seconds(5) }),
  /**
   * An instance that fails it gets no new requests until it succeeds again; it is not restarted. Needs provider 7.19.
   * @default none
   */
  readinessProbe: readinessProbe.optional(),
});

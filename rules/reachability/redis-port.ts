import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { needsOfVariable } from "./needs.ts";
import { redisPort } from "./server-range.ts";
import { endpointOf, textOf } from "./text.ts";
import { type Container, type Variable, type Workload, workloads } from "./workload.ts";

/** M7: Redis answers on 6378 with transit encryption and on 6379 without, and never on both. */
export const redisPortRule: Rule = {
  id: "reachability/redis-port",
  why: "Redis with transit encryption listens on 6378 and refuses plain clients; without it only 6379 is open.",
  limit:
    "port 6378 and rediss:// with transit_encryption_mode SERVER_AUTHENTICATION, port 6379 and redis:// without",
  fix: "Take the port from the port attribute of the instance.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  example: `resource "google_redis_instance" "cache" {
  name                    = "cache"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}
resource "google_cloud_run_v2_service" "api" {
  template {
    containers {
      env {
        name  = "REDIS_HOST"
        value = google_redis_instance.cache.host
      }
      env {
        name  = "REDIS_PORT"
        value = "6379"
      }
    }
  }
}`,
  *check(graph) {
    const found = workloads(graph).flatMap((workload) =>
      workload.containers.flatMap((container) =>
        container.env.map((variable) => ({
          workload,
          variable,
          slips: [...judge(graph, workload, container, variable)],
        })),
      ),
    );
    for (const { slips } of found) yield* slips;
    yield* alone(graph, found);
  },
};

interface Found {
  readonly workload: Workload;
  readonly variable: Variable;
  readonly slips: readonly Verdict[];
}

/** Where several workloads agree with each other and all differ from the instance, the instance is the likelier slip. */
function* alone(graph: Graph, found: readonly Found[]): Iterable<Verdict> {
  const users = new Map<Resource, Map<Resource, boolean>>();
  for (const { workload, variable, slips } of found) {
    for (const need of needsOfVariable(graph, workload, variable)) {
      const of = users.get(need.target) ?? new Map<Resource, boolean>();
      users.set(need.target, of);
      of.set(workload.resource, of.get(workload.resource) === true || slips.length > 0);
    }
  }
  for (const [redis, of] of users) {
    const port = redisPort(redis);
    if (of.size < 2 || port === undefined || ![...of.values()].every(Boolean)) continue;
    yield {
      resource: redis,
      severity: "error",
      message: `it listens on ${port}, because transit encryption is ${port === 6378 ? "on" : "off"}, but all of its ${of.size} workloads connect otherwise; breaks at run time: connections are refused.`,
      fix: "Change transit_encryption_mode, or the workloads.",
    };
  }
}

function* judge(
  graph: Graph,
  workload: Workload,
  container: Container,
  variable: Variable,
): Iterable<Verdict> {
  const need = needsOfVariable(graph, workload, variable).find(({ kind }) => kind === "redis");
  const port = need && redisPort(need.target);
  if (need === undefined || port === undefined) return;
  const redis = need.target;
  const endpoint = endpointOf(variable.value);
  if (endpoint?.port !== undefined && endpoint.port !== port)
    yield wrongPort(workload, variable.name, endpoint.port, redis, port);
  const scheme = port === 6378 ? "rediss" : "redis";
  if (endpoint?.scheme !== undefined && /^rediss?$/.test(endpoint.scheme) && endpoint.scheme !== scheme)
    yield broken(
      workload,
      `${variable.name} starts with ${endpoint.scheme}://, but ${redis.address} has transit encryption ${port === 6378 ? "on" : "off"}; breaks at run time: the connection is not accepted.`,
      `Write ${scheme}://.`,
    );
  const prefix = variable.name.replace(/_?(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|SERVER)$/i, "");
  for (const other of container.env) {
    const text = textOf(other.value);
    if (other === variable || text === undefined) continue;
    if (other.name === `${prefix}_PORT` && /^\d+$/.test(text) && Number(text) !== port)
      yield wrongPort(workload, other.name, Number(text), redis, port);
    const tls = new RegExp(`^${escaped(prefix)}_(TLS|SSL|USE_TLS|USE_SSL|TLS_ENABLED|SSL_ENABLED)$`, "i");
    const wanted = port === 6378;
    const on = /^(true|1|yes|on|required|enabled)$/i.test(text);
    const off = /^(false|0|no|off|disabled)$/i.test(text);
    if (tls.test(other.name) && ((wanted && off) || (!wanted && on)))
      yield broken(
        workload,
        `${other.name} is "${text}", but ${redis.address} has transit encryption ${wanted ? "on" : "off"}; breaks at run time: the connection is not accepted.`,
        `Set ${other.name} to "${wanted}", or change transit_encryption_mode.`,
      );
  }
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, "\\$&");
}

function wrongPort(workload: Workload, name: string, got: number, redis: Resource, port: number): Verdict {
  return broken(
    workload,
    `${name} holds port ${got}, but ${redis.address} has transit encryption ${port === 6378 ? "on" : "off"} and listens on ${port}; breaks at run time: connections are refused.`,
    `Write ${port}, or the port attribute of ${redis.address}.`,
  );
}

function broken({ resource }: Workload, message: string, fix: string): Verdict {
  return { resource, severity: "error", message, fix };
}

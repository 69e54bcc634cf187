import { redisPort } from "../../analysis/network/server-range.ts";
import { needsOfVariable } from "../../analysis/references/needs.ts";
import { portsFor, serverPrefix } from "../../analysis/references/port-variable.ts";
import { endpointOf, textOf } from "../../analysis/references/text.ts";
import { type Container, type Variable, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { redisLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** Redis answers on 6378 with transit encryption and on 6379 without, and never on both. */
export const redisPortRule: Rule = {
  id: "reachability/redis-port",
  why: "Redis with transit encryption listens on 6378 and refuses plain clients; without it only 6379 is open.",
  limit:
    "port 6378 and rediss:// with transit_encryption_mode SERVER_AUTHENTICATION, port 6379 and redis:// without",
  fix: "Take the port from the port attribute of the instance.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  *check(graph) {
    const found = workloads(graph).flatMap((workload) =>
      workload.containers.flatMap((container) =>
        container.env.map((variable) => ({
          workload,
          variable,
          violations: [...judge(graph, workload, container, variable)],
          compared: isCompared(container, variable),
        })),
      ),
    );
    for (const { violations } of found) yield* violations;
    yield* alone(graph, found);
  },
};

interface Found {
  readonly workload: Workload;
  readonly variable: Variable;
  readonly violations: readonly Violation[];
  /** True where something that was written as a literal could be compared. */
  readonly compared: boolean;
}

/** Where all literals differ from the instance, the instance may be wrong. */
function* alone(graph: Graph, found: readonly Found[]): Iterable<Violation> {
  const users = new Map<Resource, Found[]>();
  for (const one of found.filter(({ compared }) => compared)) {
    for (const { target } of needsOfVariable(graph, one.workload, one.variable))
      users.set(target, [...(users.get(target) ?? []), one]);
  }
  for (const [redis, all] of users) {
    const port = redisPort(redis);
    if (port === undefined || all.some(({ violations }) => violations.length === 0)) continue;
    if (redis.type !== "google_redis_instance") continue;
    const against = [...new Set(all.map(({ workload }) => workload.resource.address))];
    yield {
      resource: redis,
      message: `it listens on ${port}, because transit encryption is ${isTls(port) ? "on" : "off"}, but ${against.join(" and ")} connect${against.length === 1 ? "s" : ""} otherwise; fails at run time: connections are refused.`,
      fix: "Change transit_encryption_mode, or the workloads.",
    };
  }
}

/** What a variable of a Redis server says by hand: a port, a scheme, or a flag for TLS next to it. */
function isCompared(container: Container, variable: Variable): boolean {
  const flag = flagName(variable);
  return (
    portsFor(container, variable).length > 0 ||
    /^rediss?$/.test(endpointOf(variable.value)?.scheme ?? "") ||
    container.env.some(({ name }) => flag.test(name))
  );
}

function flagName({ name }: Variable): RegExp {
  return new RegExp(
    `^${escaped(serverPrefix(name))}_?(TLS|SSL|USE_TLS|USE_SSL|TLS_ENABLED|SSL_ENABLED)$`,
    "i",
  );
}

function* judge(
  graph: Graph,
  workload: Workload,
  container: Container,
  variable: Variable,
): Iterable<Violation> {
  const need = needsOfVariable(graph, workload, variable).find(({ kind }) => kind === "redis");
  const port = need && redisPort(need.target);
  if (need === undefined || port === undefined) return;
  const redis = need.target;
  const endpoint = endpointOf(variable.value);
  for (const { name, port: got } of portsFor(container, variable)) {
    if (got !== port) yield wrongPort(workload, name, got, redis, port);
  }
  // Clusters have one port, with and without transit encryption.
  if (redis.type !== "google_redis_instance") return;
  const scheme = isTls(port) ? "rediss" : "redis";
  if (endpoint?.scheme !== undefined && /^rediss?$/.test(endpoint.scheme) && endpoint.scheme !== scheme)
    yield broken(
      workload,
      `${variable.name} starts with ${endpoint.scheme}://, but ${redis.address} has transit encryption ${isTls(port) ? "on" : "off"}; fails at run time: the connection is not accepted.`,
      `Write ${scheme}://.`,
    );
  const flag = flagName(variable);
  for (const other of container.env) {
    const text = textOf(other.value);
    if (other === variable || text === undefined) continue;
    const wanted = isTls(port);
    const on = /^(true|1|yes|on|required|enabled)$/i.test(text);
    const off = /^(false|0|no|off|disabled)$/i.test(text);
    if (flag.test(other.name) && ((wanted && off) || (!wanted && on)))
      yield broken(
        workload,
        `${other.name} is "${text}", but ${redis.address} has transit encryption ${wanted ? "on" : "off"}; fails at run time: the connection is not accepted.`,
        `Set ${other.name} to "${wanted}", or change transit_encryption_mode.`,
      );
  }
}

function isTls(port: number): boolean {
  return port === redisLimits.tlsPort.value;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, "\\$&");
}

function wrongPort(workload: Workload, name: string, got: number, redis: Resource, port: number): Violation {
  return broken(
    workload,
    `${name} holds port ${got}, but ${redis.address} ${redis.type === "google_redis_instance" ? `has transit encryption ${isTls(port) ? "on" : "off"} and ` : ""}listens on ${port}; fails at run time: connections are refused.`,
    `Write ${port}, or the port attribute of ${redis.address}.`,
  );
}

function broken({ resource }: Workload, message: string, fix: string): Violation {
  return { resource, message, fix };
}

import {
  type Backend,
  elements,
  isServerless,
  serverlessServices,
  text,
} from "../../analysis/load-balancing/load-balancer.ts";
import type { Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const RATES = [
  "max_rate",
  "max_rate_per_instance",
  "max_rate_per_endpoint",
  "max_connections",
  "max_connections_per_instance",
  "max_connections_per_endpoint",
] as const;

/** A backend service with a serverless NEG has no settings of what Cloud Run decides. */
export const serverlessSettings: Rule = {
  id: "edge/serverless-settings",
  why: "A backend service in front of Cloud Run takes no timeout, health check, port name or balancing mode: those are settings of the service itself.",
  limit: `no timeout_sec other than the default of ${loadBalancerLimits.defaultBackendTimeout.value} s, no health_checks, no port_name other than the default http, no balancing by rate or connections`,
  fix: "Remove the setting; the request timeout and the probes of the Cloud Run service do this work.",
  source: loadBalancerLimits.serverlessTimeout.source,
  *check(graph) {
    for (const { service, backends, negs } of serverlessServices(graph)) {
      yield* settings(service, `a serverless NEG (${negs[0]?.address})`);
      for (const backend of backends) if (isServerless(backend.group)) yield* balancing(service, backend);
      yield* affinity(service);
    }
  },
};

function* settings(resource: Resource, neg: string): Iterable<Violation> {
  const rejected = (found: string, because: string, fix: string): Violation => ({
    resource,
    message: `${found}; rejected by the API: ${because}.`,
    fix,
  });
  const seconds = resource.number("timeout_sec");
  if (seconds !== undefined && seconds !== loadBalancerLimits.defaultBackendTimeout.value)
    yield rejected(
      `timeout_sec is ${seconds}`,
      `requests to ${neg} end with the timeout of its Cloud Run service`,
      "Remove timeout_sec and set the request timeout of the Cloud Run service.",
    );
  if ((elements(resource.get("health_checks")) ?? []).length > 0)
    yield rejected(
      "health_checks is set",
      `${neg} has no health check`,
      "Remove health_checks; the probes of the Cloud Run service do this work.",
    );
  const port = text(resource, "port_name");
  // "http" is the default, which Google fills in.
  if (port !== undefined && port !== "http")
    yield rejected(`port_name is "${port}"`, `${neg} has no port name`, "Remove port_name.");
}

function* balancing(resource: Resource, { block, group }: Backend): Iterable<Violation> {
  const neg = `a serverless NEG (${group?.address})`;
  const mode = text(block, "balancing_mode");
  if (mode !== undefined && mode !== "UTILIZATION")
    yield {
      resource,
      message: `balancing_mode is ${mode}; rejected by the API: ${neg} is not balanced by rate or connections.`,
      fix: "Remove balancing_mode and every max_ setting from the backend.",
    };
  for (const name of RATES) {
    const value = block.number(name) ?? 0;
    if (value !== 0)
      yield {
        resource,
        message: `${name} is ${value}; rejected by the API: ${neg} is not balanced by rate or connections.`,
        fix: `Remove ${name}; max_instance_count and concurrency of the Cloud Run service limit the load.`,
      };
  }
  const scaler = block.number("capacity_scaler");
  if (scaler !== undefined && scaler !== 1)
    yield {
      resource,
      severity: "warning",
      message: `capacity_scaler is ${scaler}; rejected by the API: ${neg} has no capacity to scale.`,
      fix: "Remove capacity_scaler.",
    };
}

function* affinity(resource: Resource): Iterable<Violation> {
  const affinity = resource.string("session_affinity") ?? "";
  if (affinity !== "" && affinity !== "NONE")
    yield {
      resource,
      severity: "warning",
      message: `session_affinity is ${affinity}; fails at run time: it has no effect with a serverless NEG.`,
      fix: "Remove it and set session_affinity of the Cloud Run service.",
    };
}

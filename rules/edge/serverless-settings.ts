import { isUnknown, type Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Backend, elements, isServerless, serverlessServices, text } from "./load-balancer.ts";

const RATES = [
  "max_rate",
  "max_rate_per_instance",
  "max_rate_per_endpoint",
  "max_connections",
  "max_connections_per_instance",
  "max_connections_per_endpoint",
] as const;

/** A backend service on a serverless NEG leaves to Cloud Run what Cloud Run decides. */
export const serverlessSettings: Rule = {
  id: "edge/serverless-settings",
  why: "A backend service in front of Cloud Run takes no timeout, no health check, no port name and no balancing mode: those belong to the service itself.",
  limit: `no timeout_sec other than the default of ${loadBalancerLimits.defaultBackendTimeout.value} s, no health_checks, no port_name, no balancing by rate or connections`,
  fix: "Remove the setting; the request timeout and the probes of the Cloud Run service do this work.",
  source: loadBalancerLimits.serverlessTimeout.source,
  example: `resource "google_compute_backend_service" "api" {
  timeout_sec   = 600
  health_checks = [google_compute_health_check.api.id]
  backend { group = google_compute_region_network_endpoint_group.api.id } # SERVERLESS
}`,
  *check(graph) {
    for (const { service, backends, negs } of serverlessServices(graph)) {
      const behind = negs[0]?.address ?? "";
      yield* timeout(service, behind);
      yield* healthChecks(service, behind);
      yield* portName(service, behind);
      for (const backend of backends) if (isServerless(backend.group)) yield* balancing(service, backend);
      yield* affinity(service);
    }
  },
};

function* timeout(service: Resource, behind: string): Iterable<Verdict> {
  const seconds = service.number("timeout_sec");
  if (seconds === undefined || seconds === loadBalancerLimits.defaultBackendTimeout.value) return;
  yield {
    resource: service,
    severity: "error",
    message: `timeout_sec is ${seconds} s, but the backend ${behind} is a serverless NEG: refused at apply, its requests end with the Cloud Run timeout.`,
    fix: "Remove timeout_sec and set the request timeout of the Cloud Run service.",
  };
}

function* healthChecks(service: Resource, behind: string): Iterable<Verdict> {
  const checks = elements(service.get("health_checks"));
  if (checks === undefined || checks.length === 0) return;
  yield {
    resource: service,
    severity: "error",
    message: `health_checks is set, but the backend ${behind} is a serverless NEG: refused at apply.`,
    fix: "Remove health_checks; the probes of the Cloud Run service do this work.",
  };
}

/** "http" is also what Google fills in by itself, and what a state reads back. */
function* portName(service: Resource, behind: string): Iterable<Verdict> {
  const name = text(service, "port_name");
  if (name === undefined || (name === "http" && service.get("fingerprint") !== undefined)) return;
  yield {
    resource: service,
    severity: "error",
    message: `port_name is "${name}", but the backend ${behind} is a serverless NEG: refused at apply.`,
    fix: "Remove port_name.",
  };
}

function* balancing(service: Resource, { block, group }: Backend): Iterable<Verdict> {
  const mode = text(block, "balancing_mode");
  if (mode !== undefined && mode !== "UTILIZATION")
    yield {
      resource: service,
      severity: "error",
      message: `balancing_mode is ${mode}, but ${group?.address} is a serverless NEG: refused at apply, it is not balanced by rate or connections.`,
      fix: "Remove balancing_mode and every max_ setting from the backend.",
    };
  for (const name of RATES) {
    const value = block.number(name);
    if (value === undefined || value === 0) continue;
    yield {
      resource: service,
      severity: "error",
      message: `${name} is ${value}, but ${group?.address} is a serverless NEG: refused at apply.`,
      fix: `Remove ${name}; max_instance_count and concurrency of the Cloud Run service limit the load.`,
    };
  }
  const scaler = block.number("capacity_scaler");
  if (scaler !== undefined && scaler !== 1)
    yield {
      resource: service,
      severity: "warning",
      message: `capacity_scaler is ${scaler}, but a serverless NEG has no capacity to scale.`,
      fix: "Remove capacity_scaler.",
    };
}

function* affinity(service: Resource): Iterable<Verdict> {
  const kind = service.get("session_affinity");
  if (isUnknown(kind) || kind === undefined || kind === "" || kind === "NONE") return;
  yield {
    resource: service,
    severity: "warning",
    message: `session_affinity is ${kind}, which has no effect with a serverless NEG.`,
    fix: "Remove it and set session_affinity of the Cloud Run service.",
  };
}

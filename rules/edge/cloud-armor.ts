import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { backendServiceTypes, follow, isAbsent, text } from "./load-balancer.ts";

const DEFAULT_PRIORITY = 2147483647;

/** Cloud Armor policies are of the type that their place takes, and end in a default rule. */
export const cloudArmor: Rule = {
  id: "edge/cloud-armor",
  why: "A backend policy and an edge policy are different types, and a policy with rules must hold the default rule.",
  limit: `security_policy: CLOUD_ARMOR; edge_security_policy: CLOUD_ARMOR_EDGE; priorities differ; one rule of priority ${DEFAULT_PRIORITY}`,
  fix: "Use a policy of the right type, or the other attribute of the backend service.",
  source: "https://docs.cloud.google.com/armor/docs/security-policy-overview",
  example: `resource "google_compute_backend_service" "api" {
  security_policy = google_compute_security_policy.edge.id # type = "CLOUD_ARMOR_EDGE"
}`,
  *check(graph) {
    for (const service of graph.all(...backendServiceTypes, "google_compute_backend_bucket")) {
      yield* type(graph, service, "security_policy", "CLOUD_ARMOR");
      yield* type(graph, service, "edge_security_policy", "CLOUD_ARMOR_EDGE");
    }
    const extended = new Set(
      graph
        .all("google_compute_security_policy_rule")
        .map((rule) => follow(graph, rule.get("security_policy"), ["google_compute_security_policy"], rule)),
    );
    for (const policy of graph.all("google_compute_security_policy"))
      yield* rules(policy, extended.has(policy));
  },
};

function* type(graph: Graph, service: Resource, attribute: string, wanted: string): Iterable<Verdict> {
  const policy = follow(graph, service.get(attribute), ["google_compute_security_policy"], service);
  if (policy === undefined) return;
  const written = policy.get("type");
  const found = written === undefined || written === "" ? "CLOUD_ARMOR" : written;
  if (typeof found !== "string" || found === wanted) return;
  yield {
    resource: service,
    severity: "error",
    message: `${attribute} names ${policy.address}, whose type is ${found}: refused at apply, it takes ${wanted}.`,
  };
}

function* rules(policy: Resource, extended: boolean): Iterable<Verdict> {
  const inline = policy.blocks("rule");
  const priorities = inline.map((rule) => rule.number("priority"));
  const twice = priorities.find(
    (priority, index) => priority !== undefined && priorities.indexOf(priority) !== index,
  );
  if (twice !== undefined)
    yield {
      resource: policy,
      severity: "error",
      message: `two rules have priority ${twice}: refused at plan.`,
      fix: "Give each rule a priority of its own.",
    };
  if (
    extended ||
    inline.length === 0 ||
    priorities.includes(undefined) ||
    priorities.includes(DEFAULT_PRIORITY)
  )
    return;
  if (!isAbsent(policy, "dynamic") || !Array.isArray(policy.get("rule"))) return;
  if (text(policy, "type") === "CLOUD_ARMOR_NETWORK") return;
  yield {
    resource: policy,
    severity: "warning",
    message: `no rule has priority ${DEFAULT_PRIORITY}: the policy needs a default rule that matches everything.`,
    fix: `Add a rule of priority ${DEFAULT_PRIORITY} with src_ip_ranges = ["*"].`,
  };
}

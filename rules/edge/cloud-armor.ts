import type { Block, Graph, Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { backendServiceTypes, follow, isAbsent, text } from "./load-balancer.ts";

const DEFAULT_PRIORITY = 2147483647;
/** Ranges in one rule. */
const RANGES = 10;

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

const INTERVALS = [10, 30, 60, 120, 180, 240, 300, 540, 600, 900, 1200, 1800, 2700, 3600];

/** What a rule does, which the provider takes as free text. */
function* action(policy: Resource, rule: Block): Iterable<Verdict> {
  const name = text(rule, "action");
  const which = `the rule of priority ${rule.string("priority") ?? "?"}`;
  const edge = text(policy, "type") !== undefined && text(policy, "type") !== "CLOUD_ARMOR";
  const denied = /^deny\((\d+)\)$/.exec(name ?? "")?.[1];
  if (denied !== undefined && !["403", "404", "502"].includes(denied))
    yield {
      resource: policy,
      severity: "error",
      message: `${which} answers ${name}: refused at apply, the choices are deny(403), deny(404) and deny(502).`,
      fix: "Write deny(403).",
    };
  else if (
    !edge &&
    name !== undefined &&
    !/^(allow|deny\(\d+\)|redirect|throttle|rate_based_ban)$/.test(name)
  )
    yield {
      resource: policy,
      severity: "error",
      message: `${which} has the action "${name}": refused at apply, it is allow, deny(403), redirect, throttle or rate_based_ban.`,
      fix: "Write one of them.",
    };
  if ((name === "throttle" || name === "rate_based_ban") && isAbsent(rule, "rate_limit_options"))
    yield {
      resource: policy,
      severity: "error",
      message: `${which} is to ${name}, but has no rate_limit_options: refused at apply.`,
      fix: "Add rate_limit_options with conform_action, exceed_action and rate_limit_threshold.",
    };
  const seconds = rule.number("rate_limit_options.rate_limit_threshold.interval_sec");
  if (seconds !== undefined && !INTERVALS.includes(seconds))
    yield {
      resource: policy,
      severity: "error",
      message: `interval_sec of ${which} is ${seconds}: refused at apply, the choices are ${INTERVALS.join(", ")}.`,
      fix: "Write 60.",
    };
  const ranges = rule.get("match.config.src_ip_ranges");
  if (Array.isArray(ranges) && ranges.length > RANGES)
    yield {
      resource: policy,
      severity: "error",
      message: `${which} holds ${ranges.length} src_ip_ranges, above ${RANGES}: refused at plan.`,
      fix: "Spread them over several rules.",
    };
}

function* rules(policy: Resource, extended: boolean): Iterable<Verdict> {
  const inline = policy.blocks("rule");
  for (const rule of inline) yield* action(policy, rule);
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
    severity: "error",
    message: `no rule has priority ${DEFAULT_PRIORITY}: refused at apply, a policy with rules holds a default rule that matches everything.`,
    fix: `Add a rule of priority ${DEFAULT_PRIORITY} with src_ip_ranges = ["*"].`,
  };
}

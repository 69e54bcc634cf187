import { backendServiceTypes, text } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Block, Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** The priority of the rule that matches everything, the lowest there is. */
const DEFAULT_PRIORITY = 2147483647;
/** An attack with the version of the rule set, or one of a few vulnerabilities. */
const PRECONFIGURED =
  /^((sqli|xss|lfi|rfi|rce|methodenforcement|scannerdetection|protocolattack|php|sessionfixation|java|nodejs|generic)(-v\d{2,3})?-(stable|canary)|[a-z-]*cve[a-z-]*|[a-z-]+-canary|sourceiplist-[a-z-]+)$/;
const POLICY = ["google_compute_security_policy"];

/** Cloud Armor policies are of the type that the attribute takes, and end in a default rule. */
export const cloudArmor: Rule = {
  id: "edge/cloud-armor",
  why: "A backend policy and an edge policy are different types, and a policy with rules needs the default rule.",
  limit: `security_policy: type CLOUD_ARMOR; edge_security_policy: type CLOUD_ARMOR_EDGE; one rule of priority ${DEFAULT_PRIORITY}; ban_duration_sec for rate_based_ban; names of preconfigured rules`,
  fix: "Use a policy of the right type, or the other attribute of the backend service.",
  source: "https://docs.cloud.google.com/armor/docs/security-policy-overview",
  *check(graph) {
    for (const service of graph.all(...backendServiceTypes, "google_compute_backend_bucket")) {
      yield* type(graph, service, "security_policy", "CLOUD_ARMOR");
      yield* type(graph, service, "edge_security_policy", "CLOUD_ARMOR_EDGE");
    }
    const extended = new Set(
      graph
        .all("google_compute_security_policy_rule")
        .map((rule) => follow(graph, rule.get("security_policy"), POLICY, rule)),
    );
    for (const policy of graph.all(...POLICY))
      if (!extended.has(policy) && lacksDefault(policy))
        yield {
          resource: policy,
          message: `no rule has priority ${DEFAULT_PRIORITY}; rejected by the API: a policy with rules has a default rule that matches everything.`,
          fix: `Add a rule with priority = ${DEFAULT_PRIORITY} and src_ip_ranges = ["*"].`,
        };
    for (const policy of graph.all(...POLICY))
      for (const rule of policy.blocks("rule")) yield* ofRule(policy, rule);
    for (const rule of graph.all("google_compute_security_policy_rule")) yield* ofRule(rule, rule);
  },
};

/** What a ban needs, and the names of preconfigured rules. */
function* ofRule(resource: Resource, rule: Block): Iterable<Violation> {
  if (text(rule, "action") === "rate_based_ban" && !isSet(rule, "rate_limit_options.ban_duration_sec"))
    yield {
      resource,
      message: `action is "rate_based_ban" without rate_limit_options.ban_duration_sec; rejected by the API: a ban lasts some time.`,
      fix: "Set ban_duration_sec, for example to 600.",
      source: "https://docs.cloud.google.com/armor/docs/rate-limiting-overview",
    };
  const expression = rule.string("match.expr.expression") ?? "";
  for (const [, name = ""] of expression.matchAll(
    /\bevaluatePreconfigured(?:Waf|Expr)\(\s*["']([^"']*)["']/g,
  ))
    if (!PRECONFIGURED.test(name))
      yield {
        resource,
        severity: "warning",
        message: `match.expr.expression names the preconfigured rule "${name}"; rejected by the API: Cloud Armor has none of that name.`,
        fix: 'Write for example evaluatePreconfiguredWaf("sqli-v33-stable").',
        source: "https://docs.cloud.google.com/armor/docs/waf-rules",
      };
}

function* type(graph: Graph, service: Resource, attribute: string, wanted: string): Iterable<Violation> {
  const policy = follow(graph, service.get(attribute), POLICY, service);
  if (policy === undefined) return;
  const found = policy.get("type") || "CLOUD_ARMOR";
  if (typeof found === "string" && found !== wanted)
    yield {
      resource: service,
      message: `${attribute} is ${policy.address} of type ${found}; rejected by the API: it takes a policy of type ${wanted}.`,
    };
}

/** True where all rules are known and none of them is the default rule. */
function lacksDefault(policy: Resource): boolean {
  const rules = policy.get("rule");
  const blocks = policy.blocks("rule");
  const isWhole = Array.isArray(rules) && rules.length === blocks.length;
  const priorities = blocks.map((rule) => rule.number("priority"));
  return (
    isWhole &&
    blocks.length > 0 &&
    !priorities.includes(undefined) &&
    !priorities.includes(DEFAULT_PRIORITY) &&
    text(policy, "type") !== "CLOUD_ARMOR_NETWORK"
  );
}

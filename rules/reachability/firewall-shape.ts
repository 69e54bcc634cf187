import { isUnknown, type Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../platform/limits.ts";
import { list } from "../lists.ts";
import type { Rule, Violation } from "../rule.ts";

/** What a firewall rule may and must hold. */
export const firewallShape: Rule = {
  id: "reachability/firewall-shape",
  why: "The provider or the API rejects a firewall rule whose parts contradict each other.",
  limit: `allow or deny, not both; EGRESS without sources; INGRESS with a source; tags or service accounts; priority 0 to ${vpcLimits.firewallPriorityHigh.value}; a source or destination of the rule's own direction`,
  fix: "Keep the parts that belong to the rule's direction.",
  source: "https://docs.cloud.google.com/firewall/docs/firewalls",
  example: `resource "google_compute_firewall" "egress" {
  name          = "egress"
  network       = "main"
  direction     = "EGRESS"
  source_ranges = ["10.0.0.0/8"]
  allow { protocol = "tcp" }
}`,
  *check(graph) {
    for (const firewall of graph.all("google_compute_firewall")) {
      for (const [message, fix] of slips(firewall)) yield verdict(firewall, message, fix);
      yield* sourceless(firewall);
    }
  },
};

/** Up to provider 3 this meant every source; since then the plan stops, unless the API's value is in the state already. */
function* sourceless(firewall: Resource): Iterable<Violation> {
  const ingress = (firewall.get("direction") ?? "INGRESS") === "INGRESS";
  const written = [...SOURCES, "destination_ranges"].some((path) => list(firewall.get(path)).length > 0);
  if (!ingress || written) return;
  yield {
    resource: firewall,
    severity: "warning",
    message: `it is an INGRESS rule without ${SOURCES.join(", ")}; newer providers refuse it at plan.`,
    fix: "Add source_ranges.",
  };
}

const SOURCES = ["source_ranges", "source_tags", "source_service_accounts"] as const;

function verdict(resource: Resource, message: string, fix: string): Violation {
  return { resource, severity: "error", message: `${message}; refused at apply.`, fix };
}

function* slips(firewall: Resource): Iterable<[message: string, fix: string]> {
  const items = (path: string) => list(firewall.get(path));
  const has = (path: string): boolean => items(path).some((item) => !isUnknown(item));
  const lacks = (path: string): boolean => items(path).length === 0;
  const direction = firewall.get("direction") ?? "INGRESS";
  if (has("allow") && has("deny"))
    yield ["it has both allow and deny, of which a rule has one", "Split it into two rules."];
  if (lacks("allow") && lacks("deny"))
    yield ["it has neither allow nor deny", "Add an allow or a deny block."];
  const sources = SOURCES.filter(has);
  if (direction === "EGRESS" && sources.length > 0)
    yield [
      `it is an EGRESS rule with ${sources.join(" and ")}, which belong to INGRESS`,
      "Use destination_ranges.",
    ];
  if (
    typeof direction === "string" &&
    direction !== "EGRESS" &&
    has("destination_ranges") &&
    SOURCES.every(lacks)
  )
    yield [
      `it has destination_ranges but ${firewall.get("direction") === undefined ? "no direction, which means" : "direction"} INGRESS, and none of ${SOURCES.join(", ")}`,
      'Set direction = "EGRESS", or add source_ranges.',
    ];
  const tags = ["source_tags", "target_tags"].find(has);
  const accounts = ["source_service_accounts", "target_service_accounts"].find(has);
  if (tags !== undefined && accounts !== undefined)
    yield [
      `it mixes ${tags} with ${accounts}, which exclude each other`,
      "Use either tags or service accounts.",
    ];
  const priority = firewall.number("priority");
  const highest = vpcLimits.firewallPriorityHigh.value;
  if (priority !== undefined && (priority < 0 || priority > highest))
    yield [
      `its priority is ${priority}, but it must be 0 to ${highest}`,
      `Choose a priority from 0 to ${highest}.`,
    ];
}

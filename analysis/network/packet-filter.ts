import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import { contains, overlaps, parseRange, type Range } from "../../values/ranges.ts";
import { list } from "../lists.ts";
import { isInternal } from "./addresses.ts";
import { type Network, networkOf, same } from "./network.ts";

/** A VPC firewall rule, as far as it is known. */
export interface FirewallRule {
  readonly resource: Resource;
  readonly allows: boolean;
  readonly priority: number;
  /** Destinations of an egress rule, sources of an ingress rule; undefined where not all are known. */
  readonly ranges: readonly Range[] | undefined;
  readonly sourceTags: readonly string[];
  /** Empty for all instances; undefined where it is not known, or goes by service account. */
  readonly targets: readonly string[] | undefined;
  readonly protocols: readonly Protocol[] | undefined;
}

interface Protocol {
  readonly name: string;
  /** Inclusive; undefined for every port. */
  readonly ports: readonly (readonly [low: number, high: number])[] | undefined;
}

/** What is sent: to or from a range (undefined where its addresses are not known), on one TCP port. */
export interface Flow {
  readonly range: Range | undefined;
  /** True where the other end is out on the internet, at addresses that are not known. */
  readonly outside?: boolean;
  readonly port: number;
  /** Network tags of the instance at which the rule is applied. */
  readonly tags: readonly string[];
  /** Network tags of the sender, for ingress rules. */
  readonly senderTags?: readonly string[];
}

const TCP = ["tcp", "6", "all"];
const EVERYWHERE = parseRange("0.0.0.0/0");

/** The enabled rules of one direction on a network, in the order in which they apply: deny before allow at equal priority. */
export function firewallRules(
  graph: Graph,
  network: Network,
  direction: "EGRESS" | "INGRESS",
): FirewallRule[] {
  return graph
    .all("google_compute_firewall")
    .filter((resource) => (resource.string("direction") || "INGRESS") === direction)
    .filter((resource) => resource.boolean("disabled") !== true)
    .filter((resource) => same(networkOf(graph, resource.get("network"), resource), network))
    .map((resource) => firewallRule(resource, direction))
    .sort((a, b) => a.priority - b.priority || Number(a.allows) - Number(b.allows));
}

/** One resource as a rule of the direction. */
export function firewallRule(resource: Resource, direction: "EGRESS" | "INGRESS"): FirewallRule {
  const allows = resource.blocks("deny").length === 0;
  const accounts = list(resource.get("target_service_accounts"));
  const sources = [...list(resource.get("source_tags")), ...list(resource.get("source_service_accounts"))];
  return {
    resource,
    allows,
    priority: resource.number("priority") ?? vpcLimits.defaultFirewallPriority.value,
    ranges: ranges(
      resource,
      direction === "EGRESS" ? "destination_ranges" : "source_ranges",
      sources.length > 0,
    ),
    sourceTags: list(resource.get("source_tags")).filter((tag) => typeof tag === "string"),
    targets: accounts.length > 0 ? undefined : texts(resource, "target_tags"),
    protocols: protocols(resource, allows ? "allow" : "deny"),
  };
}

function texts(resource: Resource, path: string): readonly string[] | undefined {
  const values = list(resource.get(path));
  return values.every((value) => typeof value === "string") ? values : undefined;
}

function ranges(resource: Resource, path: string, hasOtherSource: boolean): readonly Range[] | undefined {
  const written = texts(resource, path);
  if (written === undefined) return undefined;
  if (written.length === 0) return EVERYWHERE === undefined || hasOtherSource ? [] : [EVERYWHERE];
  return written.flatMap((cidr) => parseRange(cidr.includes("/") ? cidr : `${cidr}/32`) ?? []);
}

function protocols(resource: Resource, path: string): readonly Protocol[] | undefined {
  if (isUnknown(resource.get(path))) return undefined;
  return resource.blocks(path).map((block) => {
    const ports = list(block.get("ports")).map((port) => /^(\d+)(?:-(\d+))?$/.exec(String(port)));
    return {
      name: String(block.get("protocol") ?? "all").toLowerCase(),
      ports: ports.length === 0 ? undefined : ports.flatMap((match) => (match ? [portRange(match)] : [])),
    };
  });
}

function portRange(match: RegExpExecArray): readonly [number, number] {
  return [Number(match[1]), Number(match[2] ?? match[1])];
}

export function appliesTo(rule: FirewallRule, tags: readonly string[]): boolean | undefined {
  if (rule.targets === undefined) return undefined;
  return rule.targets.length === 0 || rule.targets.some((tag) => tags.includes(tag));
}

export function carriesTcp(rule: FirewallRule): boolean | undefined {
  return rule.protocols?.some(({ name }) => TCP.includes(name));
}

export function matchesPort(rule: FirewallRule, port: number): boolean | undefined {
  return rule.protocols?.some(
    ({ name, ports }) =>
      TCP.includes(name) && (ports === undefined || ports.some(([low, high]) => low <= port && port <= high)),
  );
}

/** An allow matches where it may let some of the flow through, a deny only where it certainly stops all of it. */
function matches(rule: FirewallRule, flow: Flow): boolean {
  if (rule.allows) {
    return (
      appliesTo(rule, flow.tags) !== false && matchesPort(rule, flow.port) !== false && mayReach(rule, flow)
    );
  }
  return (
    appliesTo(rule, flow.tags) === true &&
    matchesPort(rule, flow.port) === true &&
    reachesAll(rule, flow.range)
  );
}

function mayReach(rule: FirewallRule, { range, outside, senderTags = [] }: Flow): boolean {
  if (outside && rule.ranges !== undefined) return rule.ranges.some((candidate) => !isInternal(candidate));
  if (rule.sourceTags.some((tag) => senderTags.includes(tag))) return true;
  if (rule.ranges === undefined || range === undefined) return true;
  return rule.ranges.some((candidate) => overlaps(candidate, range));
}

function reachesAll(rule: FirewallRule, range: Range | undefined): boolean {
  const wanted = range ?? EVERYWHERE;
  if (wanted === undefined || rule.ranges === undefined) return false;
  return rule.ranges.some((candidate) => contains(candidate, wanted));
}

/** The rule that decides over the flow; undefined where none does and the implied one applies. */
export function deciding(rules: readonly FirewallRule[], flow: Flow): FirewallRule | undefined {
  return rules.find((rule) => matches(rule, flow));
}

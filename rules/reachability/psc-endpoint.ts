import { list } from "../../analysis/lists.ts";
import { differ, networkLabel, networkOf } from "../../analysis/network/network.ts";
import { follow } from "../../analysis/references/follow.ts";
import { references, textOf } from "../../analysis/references/text.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { pscLimits } from "../../resources/limits.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

const GOOGLE_APIS = /^(all-apis|vpc-sc)$/;
const NAME = new RegExp(`^[a-z][a-z0-9]{0,${pscLimits.googleApisNameLength.value - 1}}$`);

/** An endpoint of Private Service Connect is a forwarding rule without a load balancer. */
export const pscEndpoint: Rule = {
  id: "reachability/psc-endpoint",
  why: "The provider fills in the scheme of an external load balancer, and the API takes an endpoint of Private Service Connect only without one.",
  limit: `load_balancing_scheme "", an internal address in the same region and network, no ports; for Google APIs a name of 1 to ${pscLimits.googleApisNameLength.value} lowercase letters and digits and a global address of purpose PRIVATE_SERVICE_CONNECT outside every subnet`,
  fix: 'Set load_balancing_scheme = "".',
  source: "https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-services",
  *check(graph) {
    for (const rule of graph.all("google_compute_forwarding_rule"))
      if (isAttachment(rule)) {
        yield* scheme(rule, "an endpoint of a published service");
        yield* unfitAddress(graph, rule);
        yield* elsewhere(graph, rule);
        yield* notAccepted(graph, rule);
      }
    for (const rule of graph.all("google_compute_global_forwarding_rule"))
      if (GOOGLE_APIS.test(rule.string("target") ?? "")) {
        yield* scheme(rule, "an endpoint of Google APIs");
        yield* wrongName(rule);
        yield* unfitGlobalAddress(graph, rule);
      }
  },
};

/** True where the target is a service attachment, ours or that of a managed service. */
function isAttachment(rule: Resource): boolean {
  const target = rule.get("target");
  return (
    /\/serviceAttachments\//.test(textOf(target) ?? "") ||
    references(target).some(
      ({ address, attribute }) =>
        /(^|\.)google_compute_service_attachment\./.test(address) ||
        /service_attachment(_link)?$/.test(attribute),
    )
  );
}

function* scheme(rule: Resource, what: string): Iterable<Violation> {
  const written = rule.get("load_balancing_scheme");
  if (written !== undefined && typeof written !== "string") return;
  if (written !== undefined && written !== "")
    yield {
      resource: rule,
      message: `load_balancing_scheme is "${written}", and target makes it ${what}; rejected by the API: an endpoint has no scheme.`,
    };
  else if (
    written === undefined &&
    !rule.emptyPaths.has("load_balancing_scheme") &&
    rule.change === undefined
  )
    yield {
      resource: rule,
      message: `load_balancing_scheme is not set, which means EXTERNAL, and target makes it ${what}; rejected by the API: an endpoint has no scheme.`,
    };
  if (typeof rule.get("port_range") === "string" && rule.get("port_range") !== "")
    yield {
      resource: rule,
      message: `port_range is "${rule.string("port_range")}", and target makes it ${what}; rejected by the API: an endpoint passes on every port.`,
      fix: "Remove port_range.",
    };
}

/** An endpoint is in the region of what it leads to. */
function* elsewhere(graph: Graph, rule: Resource): Iterable<Violation> {
  const written = rule.get("target");
  const attachment = follow(graph, written, ["google_compute_service_attachment"], rule);
  const there =
    attachment === undefined
      ? /\/regions\/([a-z0-9-]+)\/serviceAttachments\//.exec(textOf(written) ?? "")?.[1]
      : graph.region(attachment);
  const here = graph.region(rule);
  if (here === undefined || there === undefined || here === there) return;
  yield {
    resource: rule,
    message: `it is in ${here}, and the service attachment that it targets in ${there}; rejected by the API: both are in one region.`,
    fix: `Make the endpoint in ${there}; allow_psc_global_access lets clients of other regions use it.`,
  };
}

/** Who may connect, by project: databases state it themselves, published services in their attachment. */
function* notAccepted(graph: Graph, rule: Resource): Iterable<Violation> {
  const [producer] = references(rule.get("target"))
    .map(({ address }) => graph.at(address, rule))
    .filter((resource) => resource !== undefined);
  const project = graph.project(rule);
  if (producer === undefined || project === undefined) return;
  const accepted = acceptedBy(producer);
  const isKnown = accepted?.every((each) => typeof each === "string" && /^[a-z]/.test(each)) === true;
  if (accepted === undefined || accepted.length === 0 || !isKnown || accepted.includes(project)) return;
  yield {
    resource: rule,
    message: `it is in the project ${project}, and ${producer.address} accepts ${accepted.join(", ")}; fails at run time: the endpoint is never accepted.`,
    fix: `Add "${project}" to what ${producer.address} accepts.`,
  };
}

function acceptedBy(producer: Resource): readonly Value[] | undefined {
  if (producer.type === "google_sql_database_instance") {
    const lists = producer.blocks("settings.ip_configuration.psc_config");
    return lists.flatMap((block) => list(block.get("allowed_consumer_projects")));
  }
  if (producer.type !== "google_compute_service_attachment") return undefined;
  if (producer.string("connection_preference") !== "ACCEPT_MANUAL") return undefined;
  const blocks = producer.blocks("consumer_accept_lists");
  return blocks.map((block) => block.get("project_id_or_num") ?? null);
}

function* unfitAddress(graph: Graph, rule: Resource): Iterable<Violation> {
  const target = graph.target(rule.get("ip_address"), ["google_compute_address"], rule);
  if (target.kind !== "resource") return;
  const address = target.resource;
  const kind = address.get("address_type") ?? "EXTERNAL";
  if (kind === "EXTERNAL")
    yield {
      resource: address,
      message: `address_type is ${address.get("address_type") === undefined ? "not set, which means EXTERNAL" : "EXTERNAL"}, and ${rule.address} is an endpoint; rejected by the API: its address is internal.`,
      fix: 'Set address_type = "INTERNAL" and subnetwork.',
    };
  const [ours, theirs] = [graph.region(rule), graph.region(address)];
  if (ours !== undefined && theirs !== undefined && ours !== theirs)
    yield {
      resource: rule,
      message: `it is in ${ours}, and its address ${address.address} in ${theirs}; rejected by the API: both are in one region.`,
      fix: `Reserve the address in ${ours}.`,
    };
  const subnet = graph.target(address.get("subnetwork"), ["google_compute_subnetwork"], address);
  if (subnet.kind !== "resource") return;
  const [network, home] = [rule, subnet.resource].map((one) => networkOf(graph, one.get("network"), one));
  if (network !== undefined && home !== undefined && differ(network, home))
    yield {
      resource: rule,
      message: `it is on ${networkLabel(network)}, and its address on ${networkLabel(home)}; rejected by the API: both are on one network.`,
      fix: `Set network to ${networkLabel(home)}.`,
    };
}

function* wrongName(rule: Resource): Iterable<Violation> {
  const name = rule.string("name");
  if (name === undefined || NAME.test(name)) return;
  yield {
    resource: rule,
    message: `name is "${name}"; rejected by the API: the name of an endpoint of Google APIs has 1 to ${pscLimits.googleApisNameLength.value} lowercase letters and digits, a letter first.`,
    fix: 'Choose a name without hyphens, for example "googleapis".',
  };
}

function* unfitGlobalAddress(graph: Graph, rule: Resource): Iterable<Violation> {
  const target = graph.target(rule.get("ip_address"), ["google_compute_global_address"], rule);
  if (target.kind !== "resource") return;
  const address = target.resource;
  const purpose = address.get("purpose");
  if (purpose === undefined || (typeof purpose === "string" && purpose !== "PRIVATE_SERVICE_CONNECT"))
    yield {
      resource: address,
      message: `purpose is ${purpose === undefined ? "not set" : `"${String(purpose)}"`}, and ${rule.address} is an endpoint of Google APIs; rejected by the API: it must be PRIVATE_SERVICE_CONNECT.`,
      fix: 'Set purpose = "PRIVATE_SERVICE_CONNECT" and address_type = "INTERNAL".',
    };
  const own = parseRange(`${address.string("address")}/32`);
  const network = networkOf(graph, address.get("network"), address);
  for (const subnet of graph.all("google_compute_subnetwork")) {
    const range = parseRange(subnet.get("ip_cidr_range"));
    const home = networkOf(graph, subnet.get("network"), subnet);
    if (own === undefined || range === undefined || !contains(range, own)) continue;
    if (network === undefined || home === undefined || differ(network, home)) continue;
    yield {
      resource: address,
      message: `address is ${own.cidr.replace("/32", "")}, which lies in ${range.cidr} of ${subnet.address}; rejected by the API: the address of an endpoint of Google APIs is outside every subnet.`,
      fix: "Choose an address outside the subnets of the network.",
    };
  }
}

import { coverage } from "../../analysis/network/nat-coverage.ts";
import {
  type Attachment,
  attachmentOf,
  connectorNetwork,
  differ,
  networkLabel,
  networkOf,
  networkOfServer,
  same,
} from "../../analysis/network/network.ts";
import { needsOf, serverLabel } from "../../analysis/references/needs.ts";
import { outsideEndpoint } from "../../analysis/references/outside.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** ALL_TRAFFIC reaches the internet only through a Cloud NAT that covers where the workload enters. */
export const nat: Rule = {
  id: "reachability/nat",
  why: "With ALL_TRAFFIC every packet goes through the VPC, which cannot reach the internet to the internet without Cloud NAT.",
  limit:
    "a Cloud NAT on a router of the same network and region, covering all subnets or the one that the workload uses",
  fix: "Add a google_compute_router_nat for that network and region, or use PRIVATE_RANGES_ONLY.",
  source: "https://docs.cloud.google.com/run/docs/configuring/networking-best-practices",
  *check(graph) {
    yield* astray(graph);
    for (const workload of workloads(graph)) {
      if (workload.vpcAccess.egress !== "ALL_TRAFFIC") continue;
      const attachment = attachmentOf(graph, workload);
      const region = graph.region(workload.resource);
      if (attachment === undefined || region === undefined) continue;
      yield* judge(graph, workload, attachment, region);
    }
  },
};

/** A NAT is a part of its router, so both are in one region. */
function* astray(graph: Graph): Iterable<Violation> {
  for (const nat of graph.all("google_compute_router_nat")) {
    const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
    if (router.kind !== "resource") continue;
    const [own, home] = [graph.region(nat), graph.region(router.resource)];
    if (own === undefined || home === undefined || own === home) continue;
    yield {
      resource: nat,
      message: `it is in ${own}, but its router ${router.resource.address} in ${home}; rejected by the API: the router is not found in ${own}.`,
      fix: "Give both the same region.",
    };
  }
}

function* judge(
  graph: Graph,
  workload: Workload,
  attachment: Attachment,
  region: string,
): Iterable<Violation> {
  const network = attachment.network;
  // A network that the input does not define may have its NAT where the input does not show it either.
  if (network?.resource === undefined || !graph.complete || leadsElsewhere(graph, attachment)) {
    yield* unknownNat(graph, workload, attachment);
    return;
  }
  const all = graph.all("google_compute_router_nat").map((resource) => ({
    resource,
    result: coverage(graph, resource, attachment, region),
  }));
  if (all.some(({ result }) => result.covers !== "no")) return;
  const reason = reasonToLeave(graph, workload);
  const severity = reason === undefined ? "warning" : "error";
  const [first] = all;
  const why =
    first === undefined || first.result.covers !== "no"
      ? "there is no Cloud NAT"
      : `${first.resource.address} ${first.result.because}`;
  yield {
    resource: workload.resource,
    severity,
    message: `egress is ALL_TRAFFIC into ${networkLabel(network)} in ${region}, but ${why}; ${reason === undefined ? "nothing on the internet can be reached" : `fails at run time: ${reason} cannot be reached`}.`,
    fix: `Add a Cloud NAT for ${networkLabel(network)} in ${region}, or set egress = "PRIVATE_RANGES_ONLY".`,
  };
  const mismatched = [...astray(graph)].some((verdict) => verdict.resource === first?.resource);
  if (mismatched || all.length !== 1 || first?.result.covers !== "no" || isNeeded(graph, first.resource))
    return;
  const because = first.result.because;
  for (const end of ends(graph, first.resource, attachment, region)) {
    yield {
      resource: end,
      severity,
      message: `${end === first.resource ? "it" : first.resource.address} ${because}, so ${workload.resource.address}, whose egress is ALL_TRAFFIC, cannot reach the internet; ${reason === undefined ? "nothing on the internet can be reached" : `fails at run time: ${reason} cannot be reached`}.`,
      fix: `Let it cover ${networkLabel(network)} in ${region}.`,
    };
  }
}

/** Not to be judged: the network, or a part of the input, is defined elsewhere. */
function* unknownNat(graph: Graph, workload: Workload, { network }: Attachment): Iterable<Violation> {
  const reason = reasonToLeave(graph, workload);
  if (reason === undefined || network === undefined || network.resource !== undefined) return;
  yield {
    resource: workload.resource,
    severity: "unknown",
    message: `egress is ALL_TRAFFIC and ${reason} is needed, but whether ${networkLabel(network)}, which is defined elsewhere, has a Cloud NAT is unknown.`,
    fix: "Verify it together with the configuration of that network.",
  };
}

/** The NAT and, where that is on the wrong network or in the wrong region, its router. */
function ends(graph: Graph, nat: Resource, { network }: Attachment, region: string): Resource[] {
  const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
  if (router.kind !== "resource") return [nat];
  const home = networkOf(graph, router.resource.get("network"), router.resource);
  if (differ(home, network)) return [router.resource, nat];
  return graph.region(router.resource) === region ? [nat] : [nat, router.resource];
}

/** True where the NAT serves others rightly, so that the workload is what went astray. */
function isNeeded(graph: Graph, nat: Resource): boolean {
  const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
  if (router.kind !== "resource" || nat.get("source_subnetwork_ip_ranges_to_nat") === "LIST_OF_SUBNETWORKS")
    return false;
  const home = networkOf(graph, router.resource.get("network"), router.resource);
  const region = graph.region(nat);
  const there = (resource: Resource, network: ReturnType<typeof networkOf>): boolean =>
    same(network, home) && graph.region(resource) === region;
  return graph
    .all("google_vpc_access_connector", "google_compute_instance", "google_container_cluster")
    .some((user) =>
      there(user, user.type === CONNECTOR ? connectorNetwork(graph, user) : homeOf(graph, user)),
    );
}

const CONNECTOR = "google_vpc_access_connector";

function homeOf(graph: Graph, user: Resource) {
  return user.type === "google_container_cluster"
    ? networkOf(graph, user.get("network"), user)
    : networkOfServer(graph, user);
}

/** What the workload certainly connects to on the internet. */
function reasonToLeave(graph: Graph, workload: Workload): string | undefined {
  const host = outsideEndpoint(graph, workload)?.label;
  if (host !== undefined) return host;
  const need = needsOf(graph, workload).find(
    ({ kind, internal, target }) => kind === "sql" && !internal && !hasPrivateAddress(target),
  );
  return need === undefined ? undefined : `${serverLabel(need)}, which has a public address only,`;
}

function hasPrivateAddress(instance: Resource): boolean {
  return instance.get("settings.ip_configuration.private_network") !== undefined;
}

/** A default route of one's own (proxy, firewall appliance, VPN) replaces Cloud NAT. */
function leadsElsewhere(graph: Graph, { network }: Attachment): boolean {
  return graph
    .all("google_compute_route")
    .some(
      (route) =>
        (route.string("dest_range") ?? "0.0.0.0/0") === "0.0.0.0/0" &&
        !(route.string("next_hop_gateway") ?? "").endsWith("default-internet-gateway") &&
        !differ(networkOf(graph, route.get("network"), route), network),
    );
}

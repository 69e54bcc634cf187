import { list } from "../../analysis/lists.ts";
import { hostRange, isInternal } from "../../analysis/network/addresses.ts";
import { needsOf, serverLabel } from "../../analysis/references/needs.ts";
import { annotation, variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { contains, parseRange, type Range } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";

/** Who connects to a private address enters the VPC, and with an egress mode that covers the address. */
export const vpcAccess: Rule = {
  id: "reachability/vpc-access",
  why: "A workload without VPC access reaches no private address, and PRIVATE_RANGES_ONLY covers no privately used public range.",
  limit:
    "vpc_access, with a connector or a network interface, is written where the environment names a private server; ALL_TRAFFIC where that has an address outside RFC 1918 and RFC 6598",
  fix: "Add vpc_access with a connector or a network interface on the server's network.",
  source: "https://docs.cloud.google.com/run/docs/configuring/vpc-connectors",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const { resource, kind, generation, template, vpcAccess } = workload;
      const egress = template.get("vpc_access.egress");
      const isChecked =
        generation === 2 && kind !== "function" && typeof egress === "string" && egress !== "";
      if (isChecked && !MODES.includes(egress))
        yield verdict(
          resource,
          `egress is "${egress}"; rejected by the API: it is ${MODES.join(" or ")}.`,
          `Write ${MODES.includes(vpcAccess.egress ?? "") ? vpcAccess.egress : MODES.join(" or ")}.`,
        );
      if (!vpcAccess.isKnown) continue;
      if (!vpcAccess.attached && isEgressWritten(workload)) {
        yield verdict(
          resource,
          "egress is set, but neither a connector nor a network interface; rejected by the API: there is no way into a VPC that egress could be for.",
          'Add network_interfaces { network = "default" } or a connector, or remove the egress setting.',
        );
        continue;
      }
      if (!vpcAccess.attached) yield* without(graph, workload);
      else if (vpcAccess.egress === "PRIVATE_RANGES_ONLY") yield* uncovered(graph, workload);
    }
  },
};

/** Functions are left out: the provider fills in their egress settings. */
function isEgressWritten({ resource, kind, generation, template }: Workload): boolean {
  if (kind === "function") return false;
  const egress =
    generation === 2
      ? template.get("vpc_access.egress")
      : annotation(resource, "template", "run.googleapis.com/vpc-access-egress");
  return typeof egress === "string" && egress !== "";
}

/** The values of the second generation; the annotations of the first have others. */
const MODES = ["ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"];

function* without(graph: Graph, workload: Workload): Iterable<ReturnType<typeof verdict>> {
  const needs = needsOf(graph, workload).filter((need) => need.internal);
  for (const need of needs) {
    yield verdict(
      workload.resource,
      `${need.place} leads to ${serverLabel(need)} (${need.target.address}), which has a private address only, but there is no vpc_access; fails at run time: every connection fails.`,
      "Add vpc_access with a connector or a network interface on that server's network.",
    );
  }
  if (needs.length > 0) return;
  for (const variable of variables(workload)) {
    const range = hostRange(variable);
    if (range === undefined || !isInternal(range)) continue;
    yield verdict(
      workload.resource,
      `environment variable ${variable.name} names the private address ${range.cidr.replace("/32", "")}, but there is no vpc_access; fails at run time: every connection to it fails.`,
      "Add vpc_access with a connector or a network interface on the network of that address.",
    );
  }
}

function* uncovered(graph: Graph, workload: Workload): Iterable<ReturnType<typeof verdict>> {
  const inNetwork = ownRanges(graph);
  for (const variable of variables(workload)) {
    const range = hostRange(variable);
    if (range === undefined || isInternal(range)) continue;
    const owner = inNetwork.find(([own]) => contains(own, range));
    if (owner === undefined) continue;
    yield verdict(
      workload.resource,
      `egress is PRIVATE_RANGES_ONLY, but environment variable ${variable.name} names ${range.cidr.replace("/32", "")} in ${owner[0].cidr} of ${owner[1].address}, a privately used public range; fails at run time: the packets leave for the internet instead of the VPC.`,
      'Set egress = "ALL_TRAFFIC", or give the server an RFC 1918 address.',
    );
  }
}

function ownRanges(graph: Graph): [Range, Resource][] {
  const found: [Range, Resource][] = [];
  const add = (cidr: unknown, owner: Resource): void => {
    const range = parseRange(cidr);
    if (range !== undefined && !isInternal(range)) found.push([range, owner]);
  };
  for (const subnet of graph.all("google_compute_subnetwork")) add(subnet.get("ip_cidr_range"), subnet);
  for (const address of graph.all("google_compute_global_address")) {
    if (address.string("purpose") === "VPC_PEERING")
      add(`${address.string("address")}/${address.number("prefix_length")}`, address);
  }
  for (const redis of graph.all("google_redis_instance")) add(list(redis.get("reserved_ip_range"))[0], redis);
  return found;
}

function verdict(resource: Resource, message: string, fix: string) {
  return { resource, message, fix } as const;
}

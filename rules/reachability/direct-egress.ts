import { differ, networkLabel, networkOf } from "../../analysis/network/network.ts";
import { missingSeverity, nameOf, nearestHint, shortName } from "../../analysis/references/names.ts";
import { type Interface, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** The interface of Direct VPC egress names a network and subnet that exist and fit. */
export const directEgress: Rule = {
  id: "reachability/direct-egress",
  why: "A workload cannot start in a subnet that does not exist, is of another region or network, or is reserved for something else.",
  limit:
    "one interface; its subnet exists, in the region of the workload, in the network that the interface names, with purpose PRIVATE",
  fix: "Name a subnet of the workload's own region and of the network next to it.",
  source: "https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc",
  *check(graph) {
    for (const workload of workloads(graph)) {
      if (workload.vpcAccess.interfaces.length > 1) {
        yield broken(
          workload,
          `it has ${workload.vpcAccess.interfaces.length} network interfaces, but Direct VPC egress takes 1; rejected by the API: too many interfaces.`,
          "Keep one network_interfaces block.",
        );
      }
      for (const networkInterface of workload.vpcAccess.interfaces)
        yield* judge(graph, workload, networkInterface);
    }
  },
};

function broken(
  { resource }: Workload,
  message: string,
  fix: string,
  severity: Violation["severity"] = "error",
): Violation {
  return { resource, severity, message, fix };
}

function* judge(graph: Graph, workload: Workload, { network, subnetwork }: Interface): Iterable<Violation> {
  const { resource } = workload;
  const missing = graph.target(network, ["google_compute_network"], resource);
  if (missing.kind === "missing") {
    yield broken(
      workload,
      `the network "${missing.name}" of its interface is not defined${nearestHint(missing)}; rejected by the API: the network does not exist.`,
      `Name ${missing.nearest?.address ?? "a network that exists"}.`,
      missingSeverity(missing),
    );
  }
  const region = graph.region(resource);
  const target = graph.target(subnetwork, ["google_compute_subnetwork"], resource);
  if (target.kind === "missing") {
    const wrongRegion = target.nearest !== undefined && nameOf(target.nearest) === target.name;
    yield broken(
      workload,
      wrongRegion
        ? `its interface names the subnet "${shortName(target.name)}" of a region where there is none; ${target.nearest?.address} is in ${target.nearest && graph.region(target.nearest)}; rejected by the API: the subnet does not exist there.`
        : `the subnet "${target.name}" of its interface is not defined${nearestHint(target)}; rejected by the API: the subnet does not exist.`,
      `Name ${target.nearest?.address ?? "a subnet that exists"}.`,
      missingSeverity(target),
    );
  }
  if (target.kind !== "resource") return;
  const subnet = target.resource;
  const label = `the subnet "${nameOf(subnet) ?? subnet.address}" (${subnet.address})`;
  const other = graph.region(subnet);
  if (region !== undefined && other !== undefined && region !== other) {
    yield broken(
      workload,
      `it runs in ${region}, but ${label} of its interface is in ${other}; rejected by the API: Direct VPC egress takes a subnet of the workload's own region.`,
      `Use a subnet in ${region}.`,
    );
    if (!usedIn(graph, subnet.address, other) && !anotherIn(graph, region)) {
      yield {
        resource: subnet,
        message: `it is in ${other}, but ${resource.address}, whose interface it holds, runs in ${region}; rejected by the API: Direct VPC egress takes a subnet of the workload's own region.`,
        fix: `Move the subnet to ${region}, or name another one.`,
      };
    }
  }
  const own = networkOf(graph, subnet.get("network"), subnet);
  const named = networkOf(graph, network, resource);
  if (own !== undefined && named !== undefined && differ(own, named)) {
    yield broken(
      workload,
      `its interface names ${networkLabel(named)}, but ${label} belongs to ${networkLabel(own)}; rejected by the API: the subnet is not of that network.`,
      "Name the subnet's own network, or a subnet of the network.",
    );
  }
  const purpose = subnet.string("purpose");
  if (purpose !== undefined && purpose !== "" && !purpose.startsWith("PRIVATE")) {
    yield broken(
      workload,
      `${label} of its interface has purpose ${purpose}, but instances need a PRIVATE one; rejected by the API: the subnet is reserved for something else.`,
      "Name a subnet of purpose PRIVATE.",
    );
  }
}

/** True where some other workload runs in the region of the subnet, so that the subnet is likely right. */
function usedIn(graph: Graph, subnet: string, region: string): boolean {
  return workloads(graph).some(
    ({ resource }) => graph.region(resource) === region && resource.dependencies.has(subnet),
  );
}

function anotherIn(graph: Graph, region: string): boolean {
  return graph.all("google_compute_subnetwork").some((subnet) => graph.region(subnet) === region);
}

import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { regionOfPlace } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const MACHINES = [
  "google_compute_instance",
  "google_compute_instance_template",
  "google_compute_region_instance_template",
];

const TEMPLATES = MACHINES.slice(1);
const GROUPS = ["google_compute_instance_group_manager", "google_compute_region_instance_group_manager"];

/** A machine has its interfaces in subnets of its own region. */
export const machineSubnet: Rule = {
  id: "reachability/machine-subnet",
  why: "A subnet is in one region, and only machines in a zone of that region have addresses in it.",
  limit: "the subnet of each network_interface is in the region of the machine's zone",
  fix: "Name a subnet of the machine's region.",
  source: "https://docs.cloud.google.com/vpc/docs/subnets",
  *check(graph) {
    for (const group of graph.all(...GROUPS)) yield* ofGroup(graph, group);
    for (const machine of graph.all(...MACHINES)) {
      const home = homeOf(graph, machine);
      if (home === undefined) continue;
      for (const nic of machine.blocks("network_interface")) {
        const subnet = follow(graph, nic.get("subnetwork"), ["google_compute_subnetwork"], machine);
        const region = subnet && graph.region(subnet);
        if (subnet === undefined || region === undefined || region === home) continue;
        yield {
          resource: machine,
          message: `it is in ${home}, and its subnet ${subnet.address} is in ${region}; rejected by the API: a machine takes subnets of its own region.`,
          fix: `Name a subnet in ${home}, or a zone of ${region}, for example "${region}-b".`,
        };
      }
    }
  },
};

/** A template without a region is for any, until a group makes machines of it. */
function* ofGroup(graph: Graph, group: Resource): Iterable<Violation> {
  const home = regionOfPlace(group.string("zone") ?? graph.region(group));
  if (home === undefined) return;
  for (const version of group.blocks("version")) {
    const template = follow(graph, version.get("instance_template"), TEMPLATES, group);
    for (const nic of template?.blocks("network_interface") ?? []) {
      const subnet =
        template && follow(graph, nic.get("subnetwork"), ["google_compute_subnetwork"], template);
      const region = subnet && graph.region(subnet);
      if (subnet === undefined || region === undefined || region === home) continue;
      yield {
        resource: group,
        message: `it is in ${home}, and ${subnet.address}, the subnet of its template ${template?.address}, in ${region}; rejected by the API: a machine takes subnets of its own region.`,
        fix: `Name a subnet in ${home}.`,
      };
    }
  }
}

/** A template without a region is for any; a region that is written twice must agree only with the machine's own. */
function homeOf(graph: Graph, machine: Resource): string | undefined {
  const written = machine.string("zone") ?? machine.string("region");
  const place =
    machine.type === "google_compute_instance_template" || machine.get("zone") !== undefined
      ? written
      : (written ?? graph.region(machine));
  return regionOfPlace(place);
}

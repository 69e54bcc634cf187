import { differ, networkLabel, networkOf } from "../../analysis/network/network.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** Types that name a network and a subnet of it next to each other. */
const TYPES = ["google_container_cluster", "google_dataflow_job", "google_compute_forwarding_rule"];

/** A subnet is of the network that is named next to it. */
export const subnetNetwork: Rule = {
  id: "reachability/subnet-network",
  why: "Where a network and a subnet are both named, the API rejects a subnet of another network, or of another region.",
  limit: "subnetwork is a subnet of network, in the region of what is made",
  fix: "Name a subnet of that network, or its network.",
  source: "https://docs.cloud.google.com/vpc/docs/subnets",
  *check(graph) {
    for (const resource of graph.all(...TYPES)) {
      const subnet = follow(graph, resource.get("subnetwork"), ["google_compute_subnetwork"], resource);
      const written = resource.get("network");
      if (subnet === undefined) continue;
      const network = written === undefined ? undefined : networkOf(graph, written, resource);
      const home = networkOf(graph, subnet.get("network"), subnet);
      if (network !== undefined && home !== undefined && differ(network, home))
        yield {
          resource,
          message: `network is ${networkLabel(network)}, and subnetwork ${subnet.address} is on ${networkLabel(home)}; rejected by the API: a subnet belongs to one network.`,
        };
      const [ours, theirs] = [graph.region(resource), graph.region(subnet)];
      if (resource.type !== "google_dataflow_job" || ours === undefined || theirs === undefined) continue;
      if (ours !== theirs)
        yield {
          resource,
          message: `it is in ${ours}, and subnetwork ${subnet.address} in ${theirs}; rejected by the API: machines have addresses of their own region.`,
        };
    }
  },
};

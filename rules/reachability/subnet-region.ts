import { follow } from "../../analysis/references/follow.ts";
import { valuesAt } from "../../analysis/references/references.ts";
import { regionOfPlace } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** Where resources of one region name a subnet. Machines, services and connectors have rules of their own. */
const SUBNETS: Readonly<Record<string, string>> = {
  google_compute_address: "subnetwork",
  google_compute_forwarding_rule: "subnetwork",
  google_compute_region_network_endpoint_group: "subnetwork",
  google_compute_service_attachment: "nat_subnets",
  google_compute_network_attachment: "subnetworks",
  google_composer_environment: "config.node_config.subnetwork",
  google_dataproc_cluster: "cluster_config.gce_cluster_config.subnetwork",
  google_workbench_instance: "gce_setup.network_interfaces.subnet",
};

/** What is in one region has its addresses in a subnet of that region. */
export const subnetRegion: Rule = {
  id: "reachability/subnet-region",
  why: "A subnet is in one region, and only what is in that region has addresses in it.",
  limit: `the region of the resource: ${Object.entries(SUBNETS)
    .map(([type, path]) => `${path} of ${type}`)
    .join(", ")}`,
  fix: "Name a subnet of the resource's region.",
  source: "https://docs.cloud.google.com/vpc/docs/subnets",
  *check(graph) {
    for (const [type, path] of Object.entries(SUBNETS))
      for (const resource of graph.all(type)) {
        const home = regionOfPlace(graph.region(resource));
        if (home === undefined) continue;
        for (const value of valuesAt(resource, path)) {
          const subnet = follow(graph, value, ["google_compute_subnetwork"], resource);
          const region = subnet && graph.region(subnet);
          if (subnet === undefined || region === undefined || region === home) continue;
          yield {
            resource,
            message: `it is in ${home}, and its subnet ${subnet.address} is in ${region}; rejected by the API: a subnet is for what is in its region.`,
            fix: `Name a subnet in ${home}.`,
          };
        }
      }
  },
};

import { references } from "../../analysis/references/references.ts";
import { isUnknown } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const SUBNETWORK = "google_compute_subnetwork";

/** A network is named by a network, not by one of its subnets. */
export const networkKind: Rule = {
  id: "reachability/network-kind",
  why: "A subnet is no network: the API does not find one under that id.",
  limit: "network, authorized_network and private_network refer to a google_compute_network",
  fix: "Refer to the google_compute_network, or to the network attribute of the subnet.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/networking",
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph)) {
      const [value] = values;
      if (types[0] !== "google_compute_network" || !isUnknown(value)) continue;
      const subnet = value.references.find(
        (reference) =>
          /^(id|self_link)$/.test(reference.attribute) &&
          graph.at(reference.address, resource)?.type === SUBNETWORK,
      );
      if (subnet === undefined || value.references.length > 1) continue;
      yield {
        resource,
        message: `${attribute} is the ${subnet.attribute} of the subnet ${subnet.address}, where a network is wanted; rejected by the API: there is no such network.`,
        fix: `Write ${subnet.address}.network.`,
      };
    }
  },
};

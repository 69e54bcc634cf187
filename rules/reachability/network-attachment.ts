import { follow } from "../follow.ts";
import { list } from "../lists.ts";
import type { Rule } from "../rule.ts";

/** Interfaces of Private Service Connect get their addresses in the region of the attachment. */
export const networkAttachment: Rule = {
  id: "reachability/network-attachment",
  why: "Producers get addresses from subnets of a network attachment, which are in its own region.",
  limit: "subnetworks of a google_compute_network_attachment: in its region",
  fix: "Name a subnet of the region of the attachment.",
  source: "https://docs.cloud.google.com/vpc/docs/create-manage-network-attachments",
  *check(graph) {
    for (const attachment of graph.all("google_compute_network_attachment"))
      for (const value of list(attachment.get("subnetworks"))) {
        const subnet = follow(graph, value, ["google_compute_subnetwork"], attachment);
        if (subnet === undefined) continue;
        const [here, there] = [attachment, subnet].map((one) => graph.region(one));
        if (here === undefined || there === undefined || here === there) continue;
        yield {
          resource: attachment,
          message: `it is in ${here}, and its subnet ${subnet.address} in ${there}; rejected by the API: both are in one region.`,
        };
      }
  },
};

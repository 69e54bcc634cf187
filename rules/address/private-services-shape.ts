import { isUnknown } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { isAllocatedRange } from "./range-fields.ts";
import { PRIVATE_SERVICES } from "./sources.ts";

/** A range for private services access is internal, belongs to a network and has a size. */
export const privateServicesShape: Rule = {
  id: "address/private-services-shape",
  why: "A global address is external and single unless it says otherwise, and the API rejects to set such a one aside for services.",
  limit: 'purpose VPC_PEERING needs address_type = "INTERNAL", network and prefix_length',
  fix: 'Write address_type = "INTERNAL", network and prefix_length.',
  source: PRIVATE_SERVICES,
  *check(graph) {
    for (const resource of graph.all("google_compute_global_address").filter(isAllocatedRange)) {
      const type = resource.get("address_type");
      if (!isUnknown(type) && type !== "INTERNAL")
        yield {
          resource,
          message: `address_type is ${type === undefined || type === "" ? "EXTERNAL by default" : String(type)}, with purpose VPC_PEERING; rejected by the API: a range for private services is INTERNAL.`,
          fix: 'Set address_type = "INTERNAL".',
        };
      for (const attribute of ["network", "prefix_length"]) {
        if ((resource.get(attribute) ?? "") !== "") continue;
        yield {
          resource,
          message: `there is no ${attribute}, with purpose VPC_PEERING; rejected by the API: a range for private services needs it.`,
          fix:
            attribute === "network" ? "Write the network." : "Set prefix_length, 16 to 20 for room to grow.",
        };
      }
    }
  },
};

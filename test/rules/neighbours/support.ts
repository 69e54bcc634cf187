import { ruleBook } from "../../../rules/index.ts";
import { runRules } from "../../../rules/run.ts";
import { graphOf, type Resources, type Surroundings } from "../support.ts";

/** Everything that the rule book says of the resources: "rule address: message". */
export function said(resources: Resources, surroundings: Surroundings = {}): string[] {
  // An attribute that a case takes away is undefined, and is not written.
  const written: Resources = JSON.parse(JSON.stringify(resources));
  return runRules(graphOf(written, surroundings), ruleBook)
    .filter(({ severity }) => severity !== "unknown")
    .map(({ rule, address, message }) => `${rule} ${address}: ${message}`);
}

export const network = { main: { name: "main", auto_create_subnetworks: false } };
export const NETWORK = "${google_compute_network.main.id}";

/** A network with private services access. */
export const privateServices: Resources = {
  google_compute_network: network,
  google_compute_global_address: {
    services: {
      name: "services",
      purpose: "VPC_PEERING",
      address_type: "INTERNAL",
      prefix_length: 16,
      network: NETWORK,
    },
  },
  google_service_networking_connection: {
    services: {
      network: NETWORK,
      service: "servicenetworking.googleapis.com",
      reserved_peering_ranges: ["${google_compute_global_address.services.name}"],
    },
  },
};
export const CONNECTED = { depends_on: ["google_service_networking_connection.services"] };

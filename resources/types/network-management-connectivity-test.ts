import { parseRange } from "../../values/ranges.ts";
import { custom, range } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const PORT_HIGH = 65535;

/** Connectivity test of Network Intelligence. */
export const connectivityTest: ResourceType = {
  type: "google_network_management_connectivity_test",
  label: "connectivity test",
  requiredRole: "roles/networkmanagement.admin",
  deleteImpact: { safe: "can be created again from the code" },
  fieldRules: [
    {
      id: "observability/connectivity-test",
      why: "Network Intelligence rejects addresses and ports that are none; the provider does not look.",
      source:
        "https://docs.cloud.google.com/network-intelligence-center/docs/reference/networkmanagement/rest/v1/projects.locations.global.connectivityTests#Endpoint",
      constraints: ["source", "destination"].flatMap((within) => [
        range("port", { within, low: 0, high: PORT_HIGH, unit: "" }),
        custom(
          "ip_address: an address",
          function* (endpoint) {
            const address = endpoint.string("ip_address") ?? "";
            if (address === "" || address.includes(":") || parseRange(`${address}/32`) !== undefined) return;
            yield {
              found: `ip_address is "${address}"`,
              because: "it is not an address",
              fix: 'Write an address of the network, for example "10.8.0.2".',
            };
          },
          { within },
        ),
      ]),
    },
  ],
};

import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, said } from "./support.ts";

function endpoint(rule: object = {}, address: object = {}): Resources {
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      main: { name: "main", network: NETWORK, region: "europe-west1", ip_cidr_range: "10.1.0.0/24" },
    },
    google_compute_address: {
      database: {
        name: "database",
        region: "europe-west1",
        address_type: "INTERNAL",
        subnetwork: "${google_compute_subnetwork.main.id}",
        ...address,
      },
    },
    google_compute_forwarding_rule: {
      database: {
        name: "database",
        region: "europe-west1",
        network: NETWORK,
        ip_address: "${google_compute_address.database.id}",
        load_balancing_scheme: "",
        target: "projects/acme-data/regions/europe-west1/serviceAttachments/orders",
        ...rule,
      },
    },
  };
}

function googleApis(rule: object = {}, address: object = {}): Resources {
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      main: { name: "main", network: NETWORK, region: "europe-west1", ip_cidr_range: "10.1.0.0/24" },
    },
    google_compute_global_address: {
      apis: {
        name: "apis",
        address_type: "INTERNAL",
        purpose: "PRIVATE_SERVICE_CONNECT",
        address: "10.9.0.5",
        network: NETWORK,
        ...address,
      },
    },
    google_compute_global_forwarding_rule: {
      apis: {
        name: "googleapis",
        target: "all-apis",
        network: NETWORK,
        ip_address: "${google_compute_global_address.apis.id}",
        load_balancing_scheme: "",
        ...rule,
      },
    },
  };
}

/** The kind: an endpoint that is written like the front end of a load balancer. */
describe("Private Service Connect", () => {
  test("an endpoint is in the region of what it targets", () => {
    const attachment = (region: string) => ({
      target: `projects/acme-data/regions/${region}/serviceAttachments/orders`,
    });
    expect(said(endpoint(attachment("europe-west1")))).toEqual([]);
    expect(said(endpoint(attachment("europe-west4")))).toEqual([
      "reachability/psc-endpoint google_compute_forwarding_rule.database: it is in europe-west1, and the service attachment that it targets in europe-west4; rejected by the API: both are in one region.",
    ]);
  });

  test("holds where everything fits", () => {
    expect(said(endpoint())).toEqual([]);
    expect(said(googleApis())).toEqual([]);
  });

  test.each([
    [
      endpoint({ load_balancing_scheme: undefined }),
      "load_balancing_scheme is not set, which means EXTERNAL",
    ],
    [endpoint({ load_balancing_scheme: "INTERNAL" }), 'load_balancing_scheme is "INTERNAL"'],
    [
      endpoint({}, { address_type: undefined, subnetwork: undefined }),
      "address_type is not set, which means EXTERNAL",
    ],
    [
      endpoint({}, { region: "us-central1", subnetwork: undefined }),
      "its address google_compute_address.database in us-central1",
    ],
    [
      endpoint({ network: "projects/acme-dev/global/networks/default" }),
      'it is on network "default", and its address on network "main"',
    ],
    [googleApis({ name: "google-apis" }), 'name is "google-apis"'],
    [googleApis({ name: "averyveryverylongname1" }), 'name is "averyveryverylongname1"'],
    [
      googleApis({ load_balancing_scheme: "EXTERNAL_MANAGED" }),
      'load_balancing_scheme is "EXTERNAL_MANAGED"',
    ],
    [googleApis({}, { address: "10.1.0.5" }), "which lies in 10.1.0.0/24 of google_compute_subnetwork.main"],
  ])("refuses an endpoint that the API refuses (%#)", (resources, message) => {
    const lines = said(resources).filter((line) => line.startsWith("reachability/psc-endpoint "));
    expect(lines.join("\n")).toContain(message);
  });

  test("a service is published through a subnet of its own, from an internal load balancer", () => {
    const attachment = (values: object, subnet: object): string[] =>
      said({
        google_compute_network: network,
        google_compute_subnetwork: {
          psc: {
            name: "psc",
            network: NETWORK,
            region: "europe-west1",
            ip_cidr_range: "10.2.0.0/24",
            purpose: "PRIVATE_SERVICE_CONNECT",
            ...subnet,
          },
        },
        google_compute_service_attachment: {
          orders: {
            name: "orders",
            region: "europe-west1",
            connection_preference: "ACCEPT_AUTOMATIC",
            enable_proxy_protocol: false,
            nat_subnets: ["${google_compute_subnetwork.psc.id}"],
            target_service: "projects/acme-dev/regions/europe-west1/forwardingRules/orders",
            ...values,
          },
        },
      });
    expect(attachment({}, {})).toEqual([]);
    expect(attachment({}, { purpose: undefined })[0]).toContain("its purpose is PRIVATE, and");
    expect(attachment({}, { region: "us-central1" })[0]).toContain(
      "its subnet google_compute_subnetwork.psc in us-central1",
    );
    expect(attachment({ connection_preference: "ACCEPT_MANUAL" }, {})[0]).toContain("nobody is accepted");
  });
});

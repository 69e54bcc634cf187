import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const address = ruleById("edge/address");

describe("edge/address", () => {
  const reported = (httpsRule: object, others: { [type: string]: { [name: string]: unknown } } = {}) =>
    check(address, edge({ httpsRule: { ...httpsRule } }, others));

  test("a global address passes", () => {
    expect(reported({})).toEqual([]);
  });

  test("a regional one is rejected", () => {
    const regional = { google_compute_address: { edge: { name: "edge-eu", region: "europe-west1" } } };
    expect(reported({ ip_address: ref("google_compute_address.edge.id") }, regional)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_forwarding_rule.https",
        message:
          "ip_address is google_compute_address.edge, a regional address; rejected by the API: a global forwarding rule takes a global address.",
      },
    ]);
  });

  test("an internal one is rejected, and the standard tier", () => {
    const internal = {
      google_compute_global_address: {
        psa: { name: "psa", address_type: "INTERNAL", purpose: "VPC_PEERING" },
      },
    };
    expect(reported({ ip_address: ref("google_compute_global_address.psa.id") }, internal)).toHaveLength(1);
    expect(reported({ network_tier: "STANDARD" })).toHaveLength(1);
  });

  test("an endpoint of Private Service Connect has an internal address and no scheme", () => {
    const resources = {
      google_compute_address: { psc: { name: "psc", region: "europe-west1", address_type: "INTERNAL" } },
      google_compute_forwarding_rule: {
        psc: {
          name: "psc",
          region: "europe-west1",
          load_balancing_scheme: "",
          ip_address: ref("google_compute_address.psc.id"),
        },
      },
    };
    expect(check(address, resources)).toEqual([]);
  });
});

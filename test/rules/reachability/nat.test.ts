import { describe, expect, test } from "@jest/globals";
import { defaultRoute } from "../../../rules/reachability/default-route.ts";
import { googleAccess } from "../../../rules/reachability/google-access.ts";
import { nat } from "../../../rules/reachability/nat.ts";
import { type Parts, saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const NAT = "google_compute_router_nat.main";
const ROUTER = "google_compute_router.main";

const listed = (parts: Parts, subnet: string) =>
  parts.set(NAT, {
    source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
    subnetwork: [{ name: subnet, source_ip_ranges_to_nat: ["ALL_IP_RANGES"] }],
  });

describe("reachability/nat", () => {
  test("refuses ALL_TRAFFIC without Cloud NAT for a service that calls an outside host", () => {
    const said = saidOf(nat, (parts) => parts.remove(NAT));
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toBe(
      'egress is ALL_TRAFFIC into network "main" in europe-west1, but there is no Cloud NAT; fails at run time: api.stripe.com (PAYMENTS_URL) cannot be reached.',
    );
  });

  test("only advises where nothing outside is named, and is silent with PRIVATE_RANGES_ONLY", () => {
    const advice = verdictsOf(nat, (parts) => {
      parts.remove(NAT);
      parts.env("PAYMENTS_URL", "https://run.googleapis.com");
    });
    expect(advice).toEqual([`warning ${SERVICE}`]);
    const none = saidOf(nat, (parts) => {
      parts.remove(NAT);
      parts.access().egress = "PRIVATE_RANGES_ONLY";
    });
    expect(none).toEqual([]);
  });

  test("finds the NAT or router in the wrong region or on the wrong network", () => {
    const region = verdictsOf(nat, (parts) => {
      parts.set(NAT, { region: "us-central1" });
      parts.set(ROUTER, { region: "us-central1" });
    });
    expect(region).toEqual([`error ${SERVICE}`, `error ${NAT}`, `error ${ROUTER}`]);
    expect(verdictsOf(nat, (parts) => parts.set(ROUTER, { network: parts.otherNetwork() }))).toEqual([
      `error ${SERVICE}`,
      `error ${ROUTER}`,
      `error ${NAT}`,
    ]);
    expect(saidOf(nat, (parts) => parts.set(NAT, { region: "us-central1" }))[0]?.message).toContain(
      "its router google_compute_router.main in europe-west1",
    );
  });

  test("holds where the list names the subnet, breaks where it does not", () => {
    const right = saidOf(nat, (parts) => {
      parts.direct();
      listed(parts, "${google_compute_subnetwork.direct.id}");
    });
    expect(right).toEqual([]);
    const wrong = saidOf(nat, (parts) => {
      parts.direct();
      parts.set("google_compute_subnetwork.other", {
        name: "other",
        network: "main",
        region: "europe-west1",
      });
      listed(parts, "${google_compute_subnetwork.other.id}");
    });
    expect(wrong.map(({ address }) => address)).toEqual([SERVICE, NAT]);
    expect(wrong[0]?.message).toContain('lists subnets without "direct"');
  });

  test("cannot tell of a network that is defined elsewhere", () => {
    const said = saidOf(nat, (parts) => {
      parts.remove(NAT);
      parts.direct({ network: "default", subnetwork: "default" });
    });
    expect(said.map(({ severity }) => severity)).toEqual(["unknown"]);
  });

  test("accepts a default route of one's own instead", () => {
    const said = saidOf(nat, (parts) => {
      parts.remove(NAT);
      parts.set("google_compute_route.proxy", {
        network: "main",
        dest_range: "0.0.0.0/0",
        next_hop_ilb: "10.1.1.1",
      });
    });
    expect(said).toEqual([]);
  });
});

describe("reachability/default-route", () => {
  const NETWORK = "google_compute_network.main";

  test("refuses a network without default route where the internet is needed", () => {
    const said = saidOf(defaultRoute, (parts) =>
      parts.set(NETWORK, { delete_default_routes_on_create: true }),
    );
    expect(said).toMatchObject([{ severity: "error", address: NETWORK }]);
    expect(said[0]?.message).toContain("needs api.stripe.com (PAYMENTS_URL)");
  });

  test("holds with a route of one's own, or where nothing outside is named", () => {
    const route = saidOf(defaultRoute, (parts) => {
      parts.set(NETWORK, { delete_default_routes_on_create: true });
      parts.set("google_compute_route.out", {
        network: "${google_compute_network.main.name}",
        dest_range: "0.0.0.0/0",
        next_hop_gateway: "default-internet-gateway",
      });
    });
    expect(route).toEqual([]);
    const inside = saidOf(defaultRoute, (parts) => {
      parts.set(NETWORK, { delete_default_routes_on_create: true });
      parts.env("PAYMENTS_URL", undefined);
    });
    expect(inside).toEqual([]);
  });
});

describe("reachability/google-access", () => {
  test("advises Private Google Access without NAT", () => {
    const said = verdictsOf(googleAccess, (parts) => {
      parts.direct();
      parts.remove(NAT);
      delete parts.at("google_compute_subnetwork.direct").private_ip_google_access;
    });
    expect(said).toEqual(["warning google_compute_subnetwork.direct"]);
  });
});

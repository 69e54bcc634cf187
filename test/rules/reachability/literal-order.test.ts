import { describe, expect, test } from "@jest/globals";
import { literalOrder } from "../../../rules/reachability/literal-order.ts";
import { check, type Resources } from "../support.ts";

const said = (resources: Resources) =>
  check(literalOrder, {
    google_compute_network: { main: { name: "main" } },
    ...resources,
  }).map(({ severity, message }) => `${severity}: ${message}`);
const router = (network: string, settings: object = {}) => ({
  google_compute_router: { one: { name: "one", region: "europe-west1", network, ...settings } },
});

describe("reachability/literal-order", () => {
  test("a name as text does not wait for the resource of that name", () => {
    expect(said(router("main"))).toEqual([
      'warning: network names google_compute_network.main as text ("main"), and nothing makes it wait for that; rejected by the API in the first apply: it does not exist yet.',
    ]);
    expect(said(router("projects/acme-dev/global/networks/main"))).toHaveLength(1);
  });

  test("a reference does, depends_on does, and what passes through another resource", () => {
    expect(said(router("${google_compute_network.main.name}"))).toEqual([]);
    expect(said(router("main", { depends_on: ["google_compute_network.main"] }))).toEqual([]);
    const subnet = {
      google_compute_subnetwork: { app: { name: "app", network: "${google_compute_network.main.id}" } },
    };
    expect(said({ ...router("main", { depends_on: ["google_compute_subnetwork.app"] }), ...subnet })).toEqual(
      [],
    );
  });

  test("what exists elsewhere is not waited for", () => {
    expect(said(router("default"))).toEqual([]);
    expect(said(router("projects/acme-host/global/networks/main"))).toEqual([]);
  });

  test("each instance of a for_each, and a replica", () => {
    const routers = router("main", { for_each: { a: 1, b: 2 }, name: "${each.key}" });
    expect(said(routers)).toHaveLength(2);
    const replica = (master_instance_name: string) => ({
      google_sql_database_instance: {
        main: { name: "orders", region: "europe-west1" },
        replica: { name: "orders-replica", region: "europe-west1", master_instance_name },
      },
    });
    expect(said(replica("orders"))).toHaveLength(1);
    expect(said(replica("${google_sql_database_instance.main.name}"))).toEqual([]);
  });
});

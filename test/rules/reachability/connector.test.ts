import { describe, expect, test } from "@jest/globals";
import { connector } from "../../../rules/reachability/connector.ts";
import { connectorSubnet } from "../../../rules/reachability/connector-subnet.ts";
import { saidOf, verdictsOf } from "../platform.ts";
import { check } from "../support.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const CONNECTOR = "google_vpc_access_connector.main";

describe("reachability/connector", () => {
  test("holds for a connector of the same region, by reference, id and bare name", () => {
    for (const written of [
      "${google_vpc_access_connector.main.id}",
      "projects/acme-dev/locations/europe-west1/connectors/main",
      "main",
    ])
      expect(
        saidOf(connector, (parts) => {
          parts.access().connector = written;
        }),
      ).toEqual([]);
  });

  test("names the nearest where the name does not exist", () => {
    const [said] = saidOf(connector, (parts) => {
      parts.access().connector = "projects/acme-dev/locations/europe-west1/connectors/mian";
    });
    expect(said).toMatchObject({
      severity: "error",
      address: SERVICE,
      message:
        'the connector "mian" is not defined; the nearest is google_vpc_access_connector.main ("main"); rejected by the API: the connector does not exist.',
    });
  });

  test("refuses a connector of another region, at both ends where neither stands alone", () => {
    const said = saidOf(connector, (parts) => parts.set(CONNECTOR, { region: "us-central1" }));
    expect(said.map(({ address }) => address)).toEqual([SERVICE, CONNECTOR]);
    expect(said[0]?.message).toContain("it runs in europe-west1, but the connector");
  });

  test("blames only the service where its own region has a connector too", () => {
    const said = verdictsOf(connector, (parts) => {
      parts.set("google_vpc_access_connector.us", { name: "us", region: "us-central1", network: "main" });
      parts.access().connector = "${google_vpc_access_connector.us.id}";
    });
    expect(said).toEqual([`error ${SERVICE}`]);
  });

  test("refuses a connector beside network interfaces", () => {
    const [said] = saidOf(connector, (parts) => {
      parts.access().network_interfaces = [{ subnetwork: "direct" }];
    });
    expect(said?.message).toContain("names a connector and network_interfaces");
  });

  test("cannot tell of a connector where none is defined, and is silent on an unknown one", () => {
    const service = (value: string) => ({
      google_cloud_run_v2_service: {
        api: { location: "europe-west1", template: [{ vpc_access: [{ connector: value }] }] },
      },
    });
    expect(check(connector, service("main")).map(({ severity }) => severity)).toEqual(["unknown"]);
    expect(check(connector, service("${var.connector}"), { variable: { connector: {} } })).toEqual([]);
  });

  test("reads the annotation of the first generation", () => {
    const said = check(connector, {
      google_vpc_access_connector: { main: { name: "staging-connector", region: "us-central1" } },
      google_cloud_run_service: {
        api: {
          location: "us-central1",
          template: [
            {
              metadata: [{ annotations: { "run.googleapis.com/vpc-access-connector": "stagin-connector" } }],
            },
          ],
        },
      },
    });
    expect(said).toMatchObject([{ severity: "error", address: "google_cloud_run_service.api" }]);
  });
});

describe("reachability/connector-subnet", () => {
  const inSubnet = (name: string, region = "europe-west1") => ({
    google_compute_subnetwork: { c: { name: "c", ip_cidr_range: "10.9.0.0/28", network: "main", region } },
    google_vpc_access_connector: { main: { name: "main", region: "europe-west1", subnet: [{ name }] } },
  });

  test("holds for the bare name of a subnet in the region", () => {
    expect(check(connectorSubnet, inSubnet("${google_compute_subnetwork.c.name}"))).toEqual([]);
  });

  test("refuses a link, and a network beside it", () => {
    const link = "projects/acme-dev/regions/europe-west1/subnetworks/c";
    expect(check(connectorSubnet, inSubnet(link))[0]?.message).toContain("must be a bare name");
    const both = inSubnet("c");
    Object.assign(both.google_vpc_access_connector.main, { network: "default" });
    expect(check(connectorSubnet, both)[0]?.message).toContain('it names network "default"');
  });
});

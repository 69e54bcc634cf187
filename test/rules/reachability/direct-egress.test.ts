import { describe, expect, test } from "@jest/globals";
import { directEgress } from "../../../rules/reachability/direct-egress.ts";
import { saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const SUBNET = "google_compute_subnetwork.direct";

describe("reachability/direct-egress", () => {
  test("holds for a subnet of the region, with and without its network", () => {
    expect(saidOf(directEgress, (parts) => parts.direct())).toEqual([]);
    expect(saidOf(directEgress, (parts) => parts.direct({ subnetwork: `\${${SUBNET}.id}` }))).toEqual([]);
  });

  test("names the nearest subnet and network", () => {
    const [said] = saidOf(directEgress, (parts) => parts.direct({ network: "main", subnetwork: "drect" }));
    expect(said?.message).toContain(
      'the subnet "drect" of its interface is not defined; the nearest is google_compute_subnetwork.direct',
    );
    const [network] = saidOf(directEgress, (parts) =>
      parts.direct({ network: "mian", subnetwork: "direct" }),
    );
    expect(network?.message).toContain('the network "mian" of its interface is not defined');
  });

  test("refuses a subnet of another region, at both ends", () => {
    const said = verdictsOf(directEgress, (parts) => {
      parts.direct();
      parts.set(SUBNET, { region: "us-central1" });
    });
    expect(said).toEqual([`error ${SERVICE}`, `error ${SUBNET}`]);
  });

  test("refuses a subnet of another network", () => {
    const [said] = saidOf(directEgress, (parts) =>
      parts.direct({ network: parts.otherNetwork(), subnetwork: "direct" }),
    );
    expect(said?.message).toContain(
      'names network "other", but the subnet "direct" (google_compute_subnetwork.direct) belongs to network "main"',
    );
  });

  test("refuses a second interface and a subnet reserved for proxies", () => {
    const two = verdictsOf(directEgress, (parts) => {
      parts.template().vpc_access = [
        { network_interfaces: [{ subnetwork: "direct" }, { subnetwork: "direct" }] },
      ];
    });
    expect(two).toEqual([`error ${SERVICE}`]);
    const [proxy] = saidOf(directEgress, (parts) => {
      parts.direct();
      parts.set(SUBNET, { purpose: "REGIONAL_MANAGED_PROXY" });
    });
    expect(proxy?.message).toContain("has purpose REGIONAL_MANAGED_PROXY");
  });

  test("lets the default network and subnet be", () => {
    expect(
      saidOf(directEgress, (parts) => parts.direct({ network: "default", subnetwork: "default" })),
    ).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { type PeeredNetwork, peeredRows, reachOf, reachText } from "../../platform/network/peered.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { cidr } from "../../platform/units.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { resource, synthesized } from "../support/synthesized.ts";

const peered = changedShape("peered");
type By = PeeredNetwork["by"];

/** What is said of a network that is connected to another one, which is connected to ours. */
function behind(by: By, via: By): string {
  const first = { name: "first", range: cidr("10.1.0.0/16"), by: via };
  const second = { name: "second", range: cidr("10.2.0.0/16"), by, behind: "first" };
  return reachText(reachOf([first, second] as PeeredNetwork[], second as PeeredNetwork));
}

describe("a network behind another one", () => {
  test.each<[By, By]>([
    ["peering", "peering"],
    [undefined, undefined],
    ["ncc", "peering"],
  ])("by %s is out of reach behind one by %s: peering is not transitive", (by, via) => {
    expect(behind(by, via)).toMatch(
      /^no: it is connected to "first" by .*, and VPC Network Peering is not transitive$/,
    );
  });

  test.each<[By]>([["peering"], ["vpn"]])("by %s is out of reach behind a spoke of a hub", (by) => {
    expect(behind(by, "ncc")).toMatch(/^no: .* and a hub exchanges routes of its own spokes only$/);
  });

  test("by a VPN is reached behind a peered one that exports its routes", () => {
    expect(behind("vpn", "peering")).toBe(
      'where "first" exports its custom routes to this network, and announces the ranges of this one over the VPN',
    );
  });

  test.each<[By]>([["peering"], ["vpn"], ["ncc"]])(
    "by %s is reached behind a VPN that announces it",
    (by) => {
      expect(behind(by, "vpn")).toBe('where "first" announces the range');
    },
  );

  test("is out of reach behind a third one", () => {
    const all = ["a", "b", "c"].map((name, index, names) => ({
      name,
      range: cidr(`10.${index}.0.0/16`),
      by: "vpn",
      ...(index === 0 ? {} : { behind: names[index - 1] }),
    })) as PeeredNetwork[];
    expect(reachText(reachOf(all, all[2] as PeeredNetwork))).toBe(
      'no: "b" is itself behind "a", and routes are exchanged with neighbours only',
    );
  });
});

test("the report and the page say how each is reached, and what is called there", () => {
  expect(
    peeredRows(peered.plan()).map(({ network, dependencies, reach }) => [
      network.name,
      dependencies.join(),
      reachText(reach).slice(0, 8),
    ]),
  ).toEqual([
    ["shared-services", "", "directly"],
    ["office", "ledger", 'where "s'],
    ["warehouse", "stock", "directly"],
    ["partner", "", "no: it i"],
  ]);
  expect(environmentPage(peered.plan())).toContain(
    "| warehouse | 10.60.0.0/16 | the hub of Network Connectivity Center | directly | stock |",
  );
});

test("ranges alone, as before, are in the address plan and nowhere else", () => {
  const plain = peered.plan((draft: Draft) => {
    draft.network.addresses.peered = [{ name: "office", range: cidr("10.50.0.0/16") }];
    draft.externalDependencies = [];
    draft.services[0].dependsOn = [];
  });
  expect(peeredRows(plain)).toEqual([]);
  expect(environmentPage(plain)).not.toContain("Networks of others");
});

describe("refused is", () => {
  test("a dependency behind a second peering", () => {
    expect(
      peered.issues((draft: Draft) => {
        draft.externalDependencies[0].network = "partner";
      }),
    ).toEqual([
      'externalDependencies.ledger.network is "partner": 10.70.0.0/16 is out of reach: it is connected to "shared-services" by VPC Network Peering, and VPC Network Peering is not transitive. Fix: connect this network to "partner" and remove its behind, or make both spokes of one hub (by: "ncc").',
    ]);
  });

  test("a range that Cloud Run does not send through the network, unless all traffic goes there", () => {
    const set = (source: string) => (draft: Draft) => {
      draft.network.addresses.peered[2].range = cidr("192.0.64.0/20");
      draft.externalDependencies[1].source = source;
    };
    expect(peered.issues(set("internet"))).toEqual([
      'externalDependencies.stock.network is "warehouse": Cloud Run sends only 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 through the network, and 192.0.64.0/20 is none of them. Fix: write source: "nat", which sends all traffic of its callers through the network.',
    ]);
    expect(peered.issues(set("nat"))).toEqual([]);
  });

  test("a network that is not declared, and one behind itself", () => {
    const issues = peered.issues((draft: Draft) => {
      draft.externalDependencies[0].network = "offise";
      draft.network.addresses.peered[1].behind = "shared";
      draft.network.addresses.peered[3].behind = "partner";
    });
    expect(issues).toEqual([
      expect.stringMatching(
        /^network\.addresses\.peered\.office\.behind is "shared": no network of this name is declared\./,
      ),
      'network.addresses.peered.partner.behind is "partner": a network is not behind itself. Fix: name the network that it is connected to, or remove this.',
      expect.stringMatching(
        /^externalDependencies\.ledger\.network is "offise": no network of this name is declared\. Fix: .*office/,
      ),
    ]);
  });
});

describe("routes of a VPN of this network", () => {
  const inTwoRegions = (more: Draft) =>
    changedShape("two").environment((draft: Draft) => {
      draft.network.addresses.peered = [{ name: "office", range: cidr("10.50.0.0/16"), ...more }];
    });
  const network = (environment: Environment) =>
    resource(synthesized(environment)["two-network"], "google_compute_network").routing_mode;

  test("hold in every region where there are several", () => {
    expect(network(inTwoRegions({ by: "vpn" }))).toBe("GLOBAL");
    expect(network(inTwoRegions({ by: "ncc" }))).toBe("REGIONAL");
  });

  test("are made to by its owner where others manage the network", () => {
    const shared = changedShape("hostnet").plan((draft: Draft) => {
      draft.network.addresses.peered = [{ name: "office", range: cidr("10.50.0.0/16"), by: "vpn" }];
    });
    expect(networkRequirements(shared).map(({ requirement }) => requirement)).toContain(
      "Dynamic routing of corp-vpc is global",
    );
    const requirements = networkRequirements(changedShape("hostnet").plan());
    expect(requirements.map(({ requirement }) => requirement).join("\n")).not.toContain("Dynamic routing");
  });
});

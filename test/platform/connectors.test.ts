import { describe, expect, test } from "@jest/globals";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { cidr } from "../../platform/units.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbook } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { resource, resources, synthesized } from "../support/synthesized.ts";

const batch = changedShape("batch");
const plan = batch.plan();
const stacks = synthesized(batch.environment());

describe("a further connector", () => {
  test("is next to the own one, with its name, range and size", () => {
    const connectors = resources(stacks["batch-network"], "google_vpc_access_connector");
    expect(
      connectors
        .map(({ name, ip_cidr_range, machine_type, max_instances }) => [
          name,
          ip_cidr_range,
          machine_type,
          max_instances,
        ])
        .sort(),
    ).toEqual([
      ["batch-connector", "10.8.16.0/28", "e2-micro", 3],
      ["batch-night", "10.8.16.16/28", "e2-standard-4", 4],
    ]);
    expect(plan.addressPlan.allocations.map(({ owner }) => owner)).toContain("connector night");
  });

  test("is the way of those that name it, of their preflights too, and of no others", () => {
    const of = (stack: string, type: string) => resource(stacks[stack], type);
    const id = (name: string) => `projects/acme-web/locations/europe-west1/connectors/${name}`;
    expect(of("batch-service-api", "google_cloud_run_v2_service").template.vpc_access.connector).toBe(
      id("batch-connector"),
    );
    expect(of("batch-service-loader", "google_cloud_run_v2_service").template.vpc_access.connector).toBe(
      id("batch-night"),
    );
    expect(of("batch-job-report", "google_cloud_run_v2_job").template.template.vpc_access.connector).toBe(
      id("batch-night"),
    );
    const preflights = resources(stacks["batch-preflight"], "google_cloud_run_v2_job");
    expect(
      preflights.map(({ name, template }) => [name, template.template.vpc_access.connector]).sort(),
    ).toEqual([
      ["batch-preflight-api", id("batch-connector")],
      ["batch-preflight-loader", id("batch-night")],
      ["batch-preflight-report", id("batch-night")],
    ]);
  });

  test("has a budget of its own, and takes nothing of the own one's", () => {
    const { connector, furtherConnectors } = plan.connectionBudget;
    expect(connector).toMatchObject({ used: 50, limit: 300 });
    expect(connector?.shares.map(({ owner }) => owner)).toEqual(["api"]);
    expect(furtherConnectors).toMatchObject([{ connector: { name: "night" }, budget: { limit: 6400 } }]);
    expect(furtherConnectors[0]?.budget.shares.map(({ owner }) => owner)).toEqual(["loader", "report"]);
    expect(environmentPage(plan)).toContain("| connector night Mbit/s | loader | 40 |");
  });

  test("is in the load by itself, with its setting", () => {
    const path = capacityPlan(plan).find(({ name }) => name === "connector night");
    // 4 instances in 2 revisions, and one task, 5 Mbit/s each.
    expect(path?.needed(1)).toBe(45);
    expect(JSON.stringify(path?.stages)).toContain("network.furtherConnectors.night.maxInstances");
    expect(
      capacityPlan(plan)
        .find(({ name }) => name === "connector")
        ?.needed(1),
    ).toBe(50);
  });

  test("has its alerts, its charts and its page of the runbook", () => {
    const alerts = plan.alerts.filter(({ id }) => id.startsWith("connector-night-"));
    expect(alerts.map(({ id }) => id)).toEqual([
      "connector-night-instances",
      "connector-night-over-budget",
      "connector-night-throughput",
      "connector-night-cpu",
    ]);
    for (const { conditions, numbers } of alerts) {
      expect(JSON.stringify(conditions)).toContain("batch-night");
      expect(JSON.stringify(numbers)).toContain("network.furtherConnectors.night");
    }
    const own = plan.alerts.filter(({ id }) => /^connector-(?!night)/.test(id));
    expect(own).toHaveLength(4);
    expect(JSON.stringify(own)).not.toContain("batch-night");
    expect(JSON.stringify(plan.dashboards)).toContain("Connector night: instances");
    expect(JSON.stringify(runbook(plan))).toContain("connectors describe batch-night");
  });

  test("is the source of connectivity tests of its own, with names that Google takes", () => {
    const tests = plan.connectivityTests;
    expect(tests.map(({ id, source }) => [id, source])).toEqual([
      ["connector-to-database-socket", "10.8.16.4"],
      ["connector-night-to-database-socket", "10.8.16.20"],
    ]);
    expect(tests.every(({ name }) => name.length <= 40)).toBe(true);
  });
});

describe("refused is", () => {
  const refused = (change: (draft: Draft) => void): string[] => batch.issues(change);

  test("a connector that is not declared, one of path direct, and one of two names", () => {
    expect(
      refused((draft: Draft) => {
        draft.services[1].connector = "nigth";
        draft.jobs[0].path = "direct";
        draft.network.addresses.directEgress = cidr("10.8.0.0/24");
        draft.network.furtherConnectors.push({
          ...draft.network.furtherConnectors[0],
          range: cidr("10.8.16.32/28"),
        });
      }),
    ).toEqual([
      expect.stringMatching(
        /^network\.furtherConnectors\[1\]\.name is "night": network\.furtherConnectors\[0\] has this name already/,
      ),
      expect.stringMatching(
        /^services\.loader\.connector is "nigth": no connector of this name is declared\. Fix: .*night/,
      ),
      'jobs.report.connector is "night": its path is "direct", which goes through no connector. Fix: write path: "connector", or remove it.',
    ]);
  });

  test("an overlap, a minimum at the maximum, and too little throughput", () => {
    const issues = refused((draft: Draft) => {
      Object.assign(draft.network.furtherConnectors[0], {
        range: cidr("10.8.16.0/28"),
        machineType: "e2-micro",
        minInstances: 3,
        maxInstances: 3,
      });
      draft.services[1].bandwidth = 50;
    });
    expect(issues).toEqual([
      "network.furtherConnectors.night.minInstances is 3: it must be below maxInstances, 3. Fix: lower minInstances or raise maxInstances.",
      'network.addresses.connector is 10.8.16.0/28: the range of "connector" overlaps 10.8.16.0/28 of "connector night" (network.furtherConnectors.night.range), and ranges of one network must be disjoint. Fix: choose a range outside 10.8.16.0/28.',
      expect.stringMatching(
        /^network\.furtherConnectors\.night\.maxInstances is 3, which carry 300 Mbit\/s: at full scale 405 Mbit\/s are needed: loader 400/,
      ),
    ]);
  });

  test("further ones alone, and one in a network that others manage without a subnet of it", () => {
    expect(
      refused((draft: Draft) => {
        draft.network.connector = undefined;
        draft.network.addresses.connector = undefined;
        draft.services = draft.services.slice(1);
      }),
    ).toEqual([
      "network.furtherConnectors is set: they are in addition to network.connector, which is missing. Fix: write the first of them as network.connector with its range in network.addresses.connector.",
    ]);
    expect(
      changedShape("givennet").issues((draft: Draft) => {
        draft.network.furtherConnectors = [
          { name: "night", range: cidr("10.8.16.16/28"), minInstances: 2, maxInstances: 3 },
        ];
      }),
    ).toEqual([
      'network.furtherConnectors.night.subnet is missing: network.unmanaged says that others manage the network, and a connector enters it only by a subnet that its owner makes. Fix: name the subnet that has 10.8.16.16/28, for example subnet: "connector-night", or remove the connector.',
    ]);
  });

  test("a name that is too long for Google, or the own one's", () => {
    for (const name of ["nightly-batch", "connector", "verylongname"])
      expect(
        refused((draft: Draft) => {
          draft.network.furtherConnectors[0].name = name;
          draft.services[1].connector = name;
          draft.jobs[0].connector = name;
        })[0],
      ).toContain("a name of 1 to 9 lower-case letters and digits");
  });
});

describe("a further connector of a further region", () => {
  const nights = changedShape("nights");
  const whole = nights.plan();
  const json = synthesized(nights.environment());

  test("is there with its range and size, and is the way of the services that name it", () => {
    const connectors = resources(json["nights-network-us-central1"], "google_vpc_access_connector");
    expect(connectors.map(({ name, ip_cidr_range }) => [name, ip_cidr_range]).sort()).toEqual([
      ["legacy-night", "10.8.17.16/28"],
      ["nights-connector", "10.8.17.0/28"],
    ]);
    const wayOf = (stack: string) =>
      resource(json[stack], "google_cloud_run_v2_service").template.vpc_access.connector;
    const id = (name: string) => `projects/acme-web/locations/us-central1/connectors/${name}`;
    expect(wayOf("nights-service-loader-us-central1")).toBe(id("legacy-night"));
    expect(wayOf("nights-service-api-us-central1")).toBe(id("nights-connector"));
  });

  test("is imported where it exists, as that of the main region is", () => {
    const imported = (stack: string) => JSON.stringify((json[stack] as { import?: unknown }).import ?? []);
    expect(imported("nights-network")).toContain("locations/europe-west1/connectors/nights-night");
    expect(imported("nights-network-us-central1")).toContain("locations/us-central1/connectors/legacy-night");
  });

  test("has a range in the address plan, a budget, a load, alerts and charts of its own", () => {
    expect(whole.addressPlan.allocations.map(({ owner, setting }) => [owner, setting])).toEqual(
      expect.arrayContaining([
        ["connector night", "network.furtherConnectors.night.range"],
        ["connector night in us-central1", "regions.us-central1.furtherConnectors.night.range"],
      ]),
    );
    const [there] = whole.furtherRegions;
    expect(there?.connectionBudget.furtherConnectors).toMatchObject([
      { connector: { name: "night" }, budget: { limit: 400, shares: [{ owner: "loader" }] } },
    ]);
    expect(environmentPage(whole)).toContain("| connector night in us-central1 Mbit/s | loader |");
    expect(capacityPlan(whole).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["connector night", "connector night in us-central1"]),
    );
    const alert = whole.alerts.find(({ id }) => id === "connector-night-throughput-us-central1");
    expect(JSON.stringify(alert)).toContain("regions.us-central1.furtherConnectors.night");
    expect(JSON.stringify(alert)).toContain("legacy-night");
    expect(JSON.stringify(whole.dashboards.at(-1))).toContain(
      "regions.us-central1.furtherConnectors.night.maxInstances 4",
    );
  });

  test("is refused where no service of the region names it, and where it overlaps or is too small", () => {
    expect(
      nights.issues((draft: Draft) => {
        draft.regions[0].furtherConnectors[0].name = "nigth";
        draft.regions[0].existing = undefined;
      }),
    ).toEqual([
      'regions.us-central1.furtherConnectors.nigth.name is "nigth": no service that runs in us-central1 names this connector, and it would be there for nothing. Fix: did you mean "night"?',
    ]);
    expect(
      nights.issues((draft: Draft) => {
        draft.regions[0].furtherConnectors[0].range = cidr("10.8.16.16/28");
        draft.services[1].bandwidth = 200;
      }),
    ).toEqual([
      expect.stringContaining(
        '"connector night" overlaps 10.8.16.16/28 of "connector night in us-central1" (regions.us-central1.furtherConnectors.night.range)',
      ),
      expect.stringMatching(/^network\.furtherConnectors\.night\.maxInstances is 4/),
      expect.stringMatching(/^regions\.us-central1\.furtherConnectors\.night\.maxInstances is 4/),
    ]);
  });
});

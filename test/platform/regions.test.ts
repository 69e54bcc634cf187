import { describe, expect, test } from "@jest/globals";
import { directEgressNeeded } from "../../platform/network/address-plan.ts";
import { shortRegion } from "../../platform/operations/connectivity-tests.ts";
import { cidr } from "../../platform/units.ts";
import { rolloutUnits } from "../../platform/workloads/rollout-units.ts";
import { regionNames } from "../../resources/limits.ts";
import { rolloutOrder } from "../../rollout/order.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const two = changedShape("two");
const three = changedShape("three");
const service = (draft: Draft, name: string) => draft.services.find((one: Draft) => one.name === name);

describe("what is refused of regions names both ends:", () => {
  test.each<[string, (draft: Draft) => void, string]>([
    [
      "a region that Google does not have",
      (draft) => {
        draft.regions[0].region = "us-central9";
      },
      'did you mean "us-central1"?',
    ],
    [
      "the main region again",
      (draft) => {
        draft.regions[0].region = "europe-west1";
      },
      'regions.europe-west1.region is "europe-west1": it is the main region of this environment (region: "europe-west1"), in which every service runs. Fix: remove this entry',
    ],
    [
      "a region that is declared twice",
      (draft) => draft.regions.push(structuredClone(draft.regions[0])),
      'regions[1].region is "us-central1": regions[0] is this region already. Fix: write one entry for each region.',
    ],
    [
      "a region in which nothing runs",
      (draft) => draft.regions.push({ region: "asia-east1" }),
      'regions.asia-east1.region is "asia-east1": no service runs in it (services.*.regions), and its network would be there for nothing.',
    ],
    [
      "a service in a region that is not declared",
      (draft) => {
        service(draft, "audit").regions = [{ region: "us-central2" }];
      },
      'services.audit.regions.us-central2.region is "us-central2": this environment declares us-central1. Fix: did you mean "us-central1"? Otherwise add { region: "us-central2", addresses: { directEgress: cidr("10.4.0.0/24") } } with a free range to regions.',
    ],
    [
      "a service in the main region besides",
      (draft) => {
        service(draft, "audit").regions = [{ region: "europe-west1" }];
      },
      'services.audit.regions.europe-west1.region is "europe-west1": it is the main region of this environment (region: "europe-west1"), in which every service runs. Fix: remove it here.',
    ],
    [
      "a service twice in one region",
      (draft) => service(draft, "web").regions.push({ region: "us-central1" }),
      'services.web.regions[1].region is "us-central1": services.web.regions[0] is this region already.',
    ],
    [
      "Direct VPC egress in a region without a range for it",
      (draft) => {
        delete draft.regions[0].addresses.directEgress;
      },
      'services.web.path is "direct": region us-central1 has no range for Direct VPC egress. Fix: add regions.us-central1.addresses.directEgress (a /26 or larger), or write path: "none", where it needs nothing of the network.',
    ],
    [
      "a connector path in a region without a connector",
      (draft) => {
        service(draft, "audit").path = "connector";
        service(draft, "audit").regions = [{ region: "us-central1" }];
      },
      'services.audit.path is "connector": region us-central1 declares no connector. Fix: write path: "direct", or add regions.us-central1.connector and regions.us-central1.addresses.connector.',
    ],
    [
      "ranges of two regions that overlap",
      (draft) => {
        draft.regions[0].addresses.directEgress = cidr("10.8.0.128/25");
      },
      'network.addresses.directEgress is 10.8.0.0/24: the range of "direct egress" overlaps 10.8.0.128/25 of "direct egress in us-central1" (regions.us-central1.addresses.directEgress), and ranges of one network must be disjoint.',
    ],
    [
      "a range outside of the private ones",
      (draft) => {
        draft.regions[0].addresses.directEgress = cidr("52.8.0.0/24");
      },
      'the range of "direct egress in us-central1" must lie within',
    ],
    [
      "a range that is too small for the instances of its region",
      (draft) => {
        draft.regions[0].addresses.directEgress = cidr("10.8.1.0/26");
        service(draft, "web").instances.max = 9;
      },
      'regions.us-central1.addresses.directEgress is 10.8.1.0/26: it has 60 usable addresses, and the services on path "direct" in us-central1 take 64',
    ],
    [
      "data in another region without a reason",
      (draft) => {
        delete draft.regions[0].remoteData;
      },
      "regions.us-central1.remoteData is missing: api runs in us-central1 and uses the database in europe-west1: every query crosses regions, which takes time, is billed, and fails with europe-west1.",
    ],
    [
      "a reason where no data is used",
      (draft) => {
        service(draft, "api").regions = [];
      },
      'regions.us-central1.remoteData is "reads are cached, writes are rare": no service in us-central1 uses the database, the cache or a bucket. Fix: remove it.',
    ],
    [
      "a minimum above the maximum of a region",
      (draft) => {
        service(draft, "api").regions[0].instances.min = 3;
      },
      "services.api.regions.us-central1.instances.min is 3: it must be at most instances.max, 2.",
    ],
    [
      "a name that another service has for rollouts",
      (draft) => {
        service(draft, "audit").name = "api-us-central1";
        service(draft, "api").dependsOn = [];
      },
      'services.api.name is "api": in us-central1 it is "api-us-central1" for rollouts, and another service has this name.',
    ],
    [
      "a name that is too long for rollouts",
      (draft) => {
        service(draft, "web").name = `web${"x".repeat(30)}`;
        draft.prefix = "t";
      },
      "for rollouts, 45 characters, and at most 40 are allowed. Fix: shorten it by 5.",
    ],
    [
      "a network that others manage, which names a subnet in the main region alone",
      (draft) => {
        draft.network.unmanaged = {
          network: "corp-vpc",
          directEgress: "run-europe-west1",
          privateServices: "google-managed-services",
        };
      },
      "regions.us-central1.unmanaged.directEgress is missing: 10.8.1.0/24 (regions.us-central1.addresses.directEgress) is in a network that others manage, and the subnet that has it is not named.",
    ],
    [
      "an existing service that does not run in the region",
      (draft) => {
        draft.regions[0].existing = { services: ["audit"] };
      },
      'regions.us-central1.existing.services[0] is "audit": no service of this name runs in us-central1.',
    ],
    [
      "an existing connector of a region without one",
      (draft) => {
        draft.existing = { network: true };
        draft.regions[0].existing = { connector: "legacy-connector" };
      },
      'regions.us-central1.existing.connector is "legacy-connector": region us-central1 has no connector to import it as. Fix: state its numbers in regions.us-central1.connector, or remove this.',
    ],
    [
      "an existing subnet of another region",
      (draft) => {
        draft.existing = { network: true };
        draft.regions[0].existing = {
          directEgress: "projects/acme-web/regions/europe-west1/subnetworks/legacy",
        };
      },
      'regions.us-central1.existing.directEgress is "projects/acme-web/regions/europe-west1/subnetworks/legacy": it is in region "europe-west1", and this environment in "us-central1".',
    ],
    [
      "an existing subnet of a network that does not exist",
      (draft) => {
        draft.regions[0].existing = { directEgress: true };
      },
      "regions.us-central1.existing.directEgress is true: existing.network does not state its",
    ],
    [
      "connections of all regions above those of the database",
      (draft) => {
        service(draft, "api").regions[0].instances.max = 3;
      },
      "api 100 (5 instances × 2 revisions × (5 + 5)) + api in us-central1 60 (3 instances × 2 revisions × (5 + 5))",
    ],
  ])("%s", (_, change, message) => {
    expect(two.issues(change).join("\n")).toContain(message);
  });

  test("a connector that its region's services fill, by what is written of that region", () => {
    const found = three.issues((draft) => {
      draft.regions[0].connector.maxInstances = 3;
      service(draft, "web").regions[0].instances = { max: 31 };
    });
    expect(found).toEqual([
      'regions.us-central1.connector.maxInstances is 3, which carry 300 Mbit/s: at full scale 310 Mbit/s are needed: web 310 (31 instances × 2 revisions × 5 Mbit/s). Fix: raise maxInstances (at most 10), choose machineType "e2-standard-4", or move a service to path "direct".',
    ]);
  });
});

describe("the plan of a further region", () => {
  const plan = two.plan();
  const [there] = plan.furtherRegions;
  if (there === undefined) throw new Error("There is no further region.");

  test("has the services that run there with their instances there, and none of the jobs", () => {
    expect(there.region).toBe("us-central1");
    expect(there.services.map(({ name, instances }) => [name, instances])).toEqual([
      ["web", { min: 0, max: 5 }],
      ["api", { min: 1, max: 2 }],
    ]);
    expect(there.jobs).toBeUndefined();
  });

  test("counts addresses of its own, and the database with everybody", () => {
    expect(there.addressPlan.directEgress).toEqual({ needed: directEgressNeeded(there), usable: 252 });
    expect(there.addressPlan.directEgress.needed).toBe(32 + 16);
    expect(there.connectionBudget.databases).toBe(plan.connectionBudget.databases);
    expect(plan.connectionBudget.databases[0]?.used).toBe(198);
  });

  test("names data by its own region, and network and services by this one", () => {
    expect(there.databaseInstances[0]?.connectionName).toBe("acme-web:europe-west1:two-postgres");
    expect(there.names.directEgressId).toBe(
      "projects/acme-web/regions/us-central1/subnetworks/two-direct-egress",
    );
    expect(there.names.service("api")).toBe(plan.names.service("api"));
    expect(there.names.stack("service-api")).toBe("two-service-api-us-central1");
    expect(there.locationFlags).toBe("--region=us-central1 --project=acme-web");
  });

  test("hands out the address of a service in the same region, and of the main one where it does not run here", () => {
    const urls = (from: typeof plan, name: string) =>
      from.services
        .filter((one) => one.name === name)
        .flatMap((one) => from.contract(one))
        .flatMap(({ name: variable, from: source }) =>
          variable.endsWith("_URL") && "value" in source ? [source.value] : [],
        );
    expect(urls(there, "web")).toEqual(["https://two-api-123456789012.us-central1.run.app"]);
    expect(urls(there, "api")).toEqual(["https://two-audit-123456789012.europe-west1.run.app"]);
    expect(urls(plan, "web")).toEqual(["https://two-api-123456789012.europe-west1.run.app"]);
  });

  test("measures queries against the objective and the round trip to the data", () => {
    const of = (from: typeof plan) => {
      const [api] = from.services.filter(({ name }) => name === "api");
      return api === undefined ? undefined : from.preflightPlan(api).database?.queryMilliseconds;
    };
    expect(of(there)).toBe((of(plan) ?? 0) + 110);
  });

  test("without further regions there is none, and labels of alerts name no region", () => {
    const alone = changedShape("webapi").plan();
    expect(alone.furtherRegions).toEqual([]);
    expect(JSON.stringify(alone.alerts)).not.toMatch(/"location":|"region":/);
  });
});

describe("alerts of regions", () => {
  const plan = three.plan();

  test("each have an id of their own, the region in their title, and only series of their region", () => {
    const ids = plan.alerts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, conditions } of plan.alerts) {
      const region = plan.furtherRegions.map((one) => one.region).find((one) => id.endsWith(`-${one}`));
      if (region === undefined) continue;
      expect(title.startsWith(`${region}: `)).toBe(true);
      expect(JSON.stringify(conditions)).toMatch(new RegExp(`"(location|region)":"${region}"`));
    }
    expect(ids).toEqual(
      expect.arrayContaining(["connector-cpu", "connector-cpu-us-central1", "nat-ports-asia-southeast1"]),
    );
    expect(ids).not.toContain("connector-cpu-asia-southeast1");
  });

  test("connectivity tests start in the range of their region, and have names that Google takes", () => {
    expect(plan.connectivityTests.map(({ id, source }) => [id, source])).toEqual([
      ["connector-to-redis", "10.8.16.4"],
      ["direct-to-outside", "10.8.0.4"],
      ["connector-to-redis-us-central1", "10.8.17.4"],
      ["direct-to-outside-asia-southeast1", "10.8.2.4"],
    ]);
    const short = regionNames.value.map(shortRegion);
    expect(new Set(short).size).toBe(short.length);
    for (const one of short) expect(`ninechars-${one}-direct-database-socket`.length).toBeLessThanOrEqual(40);
  });
});

describe("rollouts", () => {
  const units = rolloutUnits(two.plan());

  test("move each service region by region, the main region first, after what it calls", () => {
    expect(units.map(({ name, region }) => [name, region])).toEqual([
      ["web", "europe-west1"],
      ["api", "europe-west1"],
      ["audit", "europe-west1"],
      ["web-us-central1", "us-central1"],
      ["api-us-central1", "us-central1"],
    ]);
    expect(rolloutOrder(units, new Set(units.map(({ name }) => name)))).toEqual([
      "audit",
      "api",
      "web",
      "api-us-central1",
      "web-us-central1",
    ]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { regionFailures } from "../../platform/regions/region-failure.ts";
import { regionRows } from "../../platform/regions/region-rows.ts";
import { capacityPage } from "../../runbook/capacity-page.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const two = changedShape("two");
const three = changedShape("three");

const failure = (plan: ReturnType<typeof two.plan>, region: string) => {
  const found = regionFailures(plan).find((one) => one.region === region);
  if (found === undefined) throw new Error(`There is no failure of ${region}.`);
  return found;
};

describe("a region that fails", () => {
  test("is none where there is one region", () => {
    expect(regionFailures(changedShape("webapi").plan())).toEqual([]);
  });

  test("takes with it what uses its data, what runs nowhere else, and what calls one of these", () => {
    const { lost, carried, paths } = failure(two.plan(), "europe-west1");
    expect(lost).toEqual([
      { name: "web", why: "calls api" },
      { name: "api", why: "uses the database there" },
      { name: "audit", why: "runs nowhere else" },
    ]);
    expect(carried).toEqual([]);
    expect(paths.has("PostgreSQL")).toBe(false);
  });

  test("leaves the others as many more instances as it had, of those that run there as well", () => {
    const { lost, carried, instances } = failure(two.plan(), "us-central1");
    expect(lost).toEqual([]);
    expect(carried).toEqual([
      { name: "web", share: 5 / 10 },
      { name: "api", share: 5 / 7 },
    ]);
    expect(["web", "api", "audit"].map((name) => instances(name, "europe-west1"))).toEqual([10, 7, 5]);
    expect(instances("web", "us-central1")).toBeUndefined();
  });

  test("moves the load of its network and its connections, and no more than there are services", () => {
    const plan = two.plan();
    const { paths } = failure(plan, "us-central1");
    // 7 + 5 instances of api and audit, 10 of web, 2 addresses for each of 2 revisions, in blocks of 16, and the job's task.
    expect(paths.get("direct egress")).toBe(48 + 32 + 32 + 16);
    expect(paths.has("direct egress in us-central1")).toBe(false);
    // 7 instances × 2 revisions × 10, a task × 10, migrations 5, two preflights × 10, reserved 13.
    expect(paths.get("PostgreSQL")).toBe(140 + 10 + 5 + 20 + 13);
  });

  test("of three regions shares the load out by what each may have", () => {
    const plan = three.plan((draft: Draft) => {
      draft.regions[1].addresses.directEgress = "10.8.2.0/24";
      draft.regions[0].addresses.directEgress = "10.8.3.0/24";
      draft.services[1].regions = [
        { region: "us-central1", instances: { max: 10 } },
        { region: "asia-southeast1", instances: { max: 4 } },
      ];
    });
    const { instances, carried } = failure(plan, "asia-southeast1");
    // 5 + 10 + 4: the 4 are carried by 5 and 10.
    expect(instances("shop", "europe-west1")).toBe(Math.ceil((5 * 19) / 15));
    expect(instances("shop", "us-central1")).toBe(Math.ceil((10 * 19) / 15));
    expect(carried).toEqual([{ name: "shop", share: 15 / 19 }]);
  });
});

describe("the capacity page", () => {
  const page = capacityPage([two.plan()]);

  test("has a column for the failure of each region, with what is too small then", () => {
    for (const line of [
      "|  | today | 2× | 5× | 10× | today without europe-west1 | today without us-central1 |",
      "| instances of api in europe-west1, requests at once | 5, 400 | 10, 800 | 25, 2000 | 50, 4000 | out | **7, 560** |",
      "| PostgreSQL, connections (there are 200) | 198 | **338** | **758** | **1458** | out | 188 |",
      "**europe-west1 fails.** With it fail web (calls api), api (uses the database there) and audit (runs nowhere else). No other service runs there.",
      "**us-central1 fails.** No service fails with it. The other regions carry 50 % of full scale; web ends first.",
      "`regions.us-central1.addresses.directEgress` to a /23",
    ])
      expect(page).toContain(line);
  });

  test("counts data with the instances of all regions, and a network with those of its own", () => {
    const today = new Map(capacityPlan(two.plan()).map((path) => [path.name, path.needed(1)]));
    expect(today.get("PostgreSQL")).toBe(two.plan().connectionBudget.databases[0]?.used);
    expect(today.get("direct egress in us-central1")).toBe(48);
  });

  test("says nothing of regions where there is one", () => {
    expect(capacityPage([changedShape("webapi").plan()])).not.toMatch(/today without| fails\.\*\*/);
  });
});

describe("buckets, which are in the main region", () => {
  const plan = two.plan((draft: Draft) => {
    draft.projectNumber = "123456789012";
    draft.buckets = [
      { name: "uploads" },
      {
        name: "site",
        exposure: [{ host: "static.acme.example" }],
        indexPage: "index.html",
      },
    ];
    const web = draft.services.find(({ name }: { name: string }) => name === "web");
    web.dependsOn = [];
    web.buckets = [{ bucket: "uploads", access: "read", mount: "/uploads" }];
  });

  test("take with them what uses them, and what is served of them", () => {
    const { lost, buckets } = failure(plan, "europe-west1");
    expect(lost).toContainEqual({ name: "web", why: "uses the bucket uploads there" });
    expect(buckets).toEqual(["site"]);
    expect(failure(plan, "us-central1")).toMatchObject({ lost: [], buckets: [] });
    expect(capacityPage([plan])).toContain("Of the bucket site nothing is served but what Cloud CDN keeps.");
  });

  test("are the data of a service in each of its regions", () => {
    expect(regionRows(plan).filter(({ service }) => service === "web")).toMatchObject([
      { region: "europe-west1", data: "here" },
      { region: "us-central1", data: expect.stringContaining("in europe-west1") },
    ]);
  });
});

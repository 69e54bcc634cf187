import { describe, expect, test } from "@jest/globals";
import { type App, TerraformResource } from "cdktf";
import { topology } from "../../analysis/topology/topology.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import {
  findings,
  type Json,
  resource,
  resources,
  stackOf,
  synthesisOf,
  synthesized,
} from "../support/synthesized.ts";

const shape = changedShape("two");
const subject = shape.environment();
const stacks = synthesized(subject);
const three = synthesized(changedShape("three").environment());

describe("the stacks of a further region", () => {
  const after = (name: string): readonly string[] =>
    synthesisOf(subject).stacks.find((stack) => stack.name === name)?.dependencies ?? [];

  test("come after what all regions share, and before the edge, the watchdog and operations", () => {
    expect(after("two-network-us-central1")).toEqual(["two-network"]);
    expect([...after("two-preflight-us-central1")].sort()).toEqual(["two-data", "two-network-us-central1"]);
    expect([...after("two-service-api-us-central1")].sort()).toEqual([
      "two-preflight-us-central1",
      "two-service-audit",
    ]);
    expect([...after("two-service-web-us-central1")].sort()).toEqual([
      "two-preflight-us-central1",
      "two-service-api-us-central1",
    ]);
    for (const last of ["two-edge", "two-guard", "two-operations"])
      expect(after(last)).toEqual(
        expect.arrayContaining(["two-service-api-us-central1", "two-service-web-us-central1"]),
      );
  });

  test("have the region in their provider, and resources of it alone", () => {
    const regional = Object.entries(stacks).filter(([name]) => name.endsWith("-us-central1"));
    expect(regional.map(([name]) => name).sort()).toEqual([
      "two-network-us-central1",
      "two-preflight-us-central1",
      "two-service-api-us-central1",
      "two-service-web-us-central1",
    ]);
    for (const [, json] of regional) {
      expect(json.provider.google[0].region).toBe("us-central1");
      for (const byName of Object.values(json.resource ?? {}) as Json[])
        for (const { location = "us-central1", region = "us-central1" } of Object.values(byName) as Json[])
          expect([location, region]).toEqual(["us-central1", "us-central1"]);
    }
  });

  test("have a service under its own name, in the subnet of the region, with the instances it has there", () => {
    const there = resource(stacks["two-service-api-us-central1"], "google_cloud_run_v2_service");
    const here = resource(stacks["two-service-api"], "google_cloud_run_v2_service");
    expect([there.name, there.location]).toEqual([here.name, "us-central1"]);
    expect(there.template.vpc_access.network_interfaces[0].subnetwork).toBe(
      "projects/acme-web/regions/us-central1/subnetworks/two-direct-egress",
    );
    expect([there.scaling.min_instance_count, there.template.scaling.max_instance_count]).toEqual([1, 2]);
    expect(there.template.service_account).toBe(here.template.service_account);
    expect(there.template.volumes).toEqual(here.template.volumes);
    expect(Object.keys(stacks["two-service-api-us-central1"].variable)).toEqual(["stable_api_us_central1"]);
  });

  test("admit the callers of the same region, and those of the main one where a service runs there alone", () => {
    const invokers = (stack: string) =>
      resources(stacks[stack], "google_cloud_run_v2_service_iam_member")
        .map(({ member }) => member)
        .sort();
    const account = (name: string) => `serviceAccount:two-${name}-run@acme-web.iam.gserviceaccount.com`;
    expect(invokers("two-service-api")).toEqual([account("report"), account("web")]);
    expect(invokers("two-service-api-us-central1")).toEqual([account("web")]);
    expect(invokers("two-service-audit")).toEqual([account("api")]);
  });

  test("have connector, Cloud NAT and addresses of their own, and the firewall is that of the network", () => {
    const json = three["three-network-us-central1"];
    const connector = resource(json, "google_vpc_access_connector");
    expect([connector.region, connector.ip_cidr_range, connector.max_instances]).toEqual([
      "us-central1",
      "10.8.17.0/28",
      4,
    ]);
    expect(resources(json, "google_compute_address")).toHaveLength(2);
    expect(json.resource.google_compute_firewall).toBeUndefined();
    expect(resources(three["three-network-asia-southeast1"], "google_compute_address")).toHaveLength(1);
  });

  test("let the network's firewall admit a connector that only a further region has", () => {
    const changed = changedShape("three").environment((draft: Draft) => {
      draft.network = { addresses: { directEgress: "10.8.0.0/24", privateServices: "10.9.0.0/16" } };
      draft.services[1].regions = [{ region: "us-central1" }];
      draft.services[0].path = "direct";
      draft.services[0].regions = [];
      draft.services[0].cache = undefined;
      draft.services[1].path = "direct";
      draft.regions = [
        {
          region: "us-central1",
          addresses: { connector: "10.8.17.0/28", directEgress: "10.8.2.0/24" },
          connector: { minInstances: 2, maxInstances: 4 },
        },
      ];
    });
    const names = resources(synthesized(changed)["three-network"], "google_compute_firewall").map(
      ({ name }) => name,
    );
    expect(names).toContain("three-vpc-connector-ingress-serverless");
  });
});

describe("what is in front of all regions", () => {
  test("is one load balancer with a NEG in each region of a service", () => {
    const json = three["three-edge"];
    const groups = resources(json, "google_compute_region_network_endpoint_group").map(
      ({ name, region, cloud_run }) => [name, region, cloud_run.service],
    );
    expect(groups.sort()).toEqual([
      ["three-edge-shop-asia-southeast1", "asia-southeast1", "three-shop"],
      ["three-edge-shop-europe-west1", "europe-west1", "three-shop"],
      ["three-edge-web-europe-west1", "europe-west1", "three-web"],
      ["three-edge-web-us-central1", "us-central1", "three-web"],
    ]);
    for (const backend of resources(json, "google_compute_backend_service")) {
      expect(backend.backend).toHaveLength(2);
      expect(backend.outlier_detection).toBeDefined();
    }
  });

  test("lets the watchdog move the traffic of each service in each region", () => {
    const movers = resources(stacks["two-guard"], "google_cloud_run_v2_service_iam_member").map(
      ({ name, location }) => `${name} ${location}`,
    );
    expect(movers.sort()).toEqual([
      "two-api europe-west1",
      "two-api us-central1",
      "two-audit europe-west1",
      "two-web europe-west1",
      "two-web us-central1",
    ]);
  });

  test("schedules the preflights of each region there", () => {
    const schedules = resources(stacks["two-operations"], "google_cloud_scheduler_job").map(
      ({ name, region, http_target }) => [name, region, /locations\/([^/]+)/.exec(http_target.uri)?.[1]],
    );
    expect(schedules.sort()).toEqual([
      ["two-preflight-api", "europe-west1", "europe-west1"],
      ["two-preflight-api", "us-central1", "us-central1"],
      ["two-preflight-report", "europe-west1", "europe-west1"],
      ["two-preflight-web", "europe-west1", "europe-west1"],
      ["two-preflight-web", "us-central1", "us-central1"],
    ]);
  });
});

describe("the rule book counts the regions as the budgets do:", () => {
  const database = (app: App): TerraformResource => {
    const found = stackOf(app, "two-data")
      .node.findAll()
      .find(
        (child) =>
          child instanceof TerraformResource &&
          child.terraformResourceType === "google_sql_database_instance",
      );
    if (!(found instanceof TerraformResource)) throw new Error("There is no database.");
    return found;
  };
  /** Connections of services and jobs, without what the budget reserves for people and migrations. */
  const counted = 100 + 40 + 10 + 30;
  const broken = (connections: number): string[] =>
    findings(subject, (app) =>
      database(app).addOverride("settings.database_flags.0.value", String(connections)),
    )
      .filter(({ rule, severity }) => rule === "capacity/database-connections" && severity === "error")
      .map(({ message }) => message);

  test("one connection less than all regions open is refused", () => {
    expect(broken(counted + 3)).toEqual([]);
    const found = new Set(broken(counted + 2));
    expect([...found]).toEqual([expect.stringContaining(`at full scale ${counted} connections`)]);
    expect([...found].join()).toContain("service-api-us-central1");
  });
});

test("the topology leads from each NEG to the service of its region, and from there into the subnet of its region", () => {
  const { nodes, edges } = topology(synthesisOf(subject).graph(subject));
  const text = (id: string): string => nodes.find((node) => node.id === id)?.lines.join(" ") ?? "";
  const pairs = edges.map(({ from, to, label }) => `${text(from)} -> ${text(to)} ${label}`.trim());
  const to = (start: RegExp, end: RegExp) =>
    pairs.filter((pair) => start.test(pair.split(" -> ")[0] ?? "") && end.test(pair.split(" -> ")[1] ?? ""));
  const inUs = /us-central1/;
  expect(to(/^two-edge-web-us-central1/, /^two-web /)).toEqual([
    expect.stringMatching(/-> two-web .*us-central1/),
  ]);
  expect(to(/^two-edge-web-europe-west1/, /^two-web /)).toEqual([
    expect.stringMatching(/-> two-web .*europe-west1/),
  ]);
  expect(to(/^two-web .*us-central1/, /^two-direct-egress/)).toEqual([
    expect.stringMatching(/-> two-direct-egress .*us-central1/),
  ]);
  expect(to(/^two-web .*us-central1/, /^two-api /)).toEqual([
    expect.stringMatching(/-> two-api .*us-central1.* API_URL/),
  ]);
  // What has no other of its name says no region.
  expect(
    nodes.filter(({ lines }) => lines[0] === "two-audit").map(({ lines }) => inUs.test(lines.join(" "))),
  ).toEqual([false]);
});

describe("what exists in a further region", () => {
  const taken = shape.environment((draft: Draft) => {
    draft.existing = { network: "legacy-vpc", services: { api: "legacy-api" } };
    draft.regions[0].existing = { directEgress: "legacy-us", services: ["api"] };
  });
  const imports = (stack: string): Json => synthesized(taken)[stack].import;

  test("is imported there, under its own name or that of the main region", () => {
    expect(imports("two-network-us-central1")).toEqual([
      {
        to: expect.stringMatching(/^google_compute_subnetwork\.direct-egress/),
        id: "projects/acme-web/regions/us-central1/subnetworks/legacy-us",
      },
    ]);
    expect(imports("two-service-api-us-central1")).toEqual([
      {
        to: expect.stringMatching(/^google_cloud_run_v2_service\.service-api-us-central1/),
        id: "projects/acme-web/locations/us-central1/services/legacy-api",
      },
    ]);
    expect(imports("two-service-api")[0].id).toBe(
      "projects/acme-web/locations/europe-west1/services/legacy-api",
    );
    expect(imports("two-service-web-us-central1")).toBeUndefined();
  });
});

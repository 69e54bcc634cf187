import { describe, expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import { type Json, resources, synthesized } from "../support/synthesized.ts";

const stacksOf = (name: Parameters<typeof changedShape>[0]): Record<string, Json> =>
  synthesized(changedShape(name).environment());
const typesOf = (stack: Json): string[] => Object.keys(stack?.resource ?? {}).sort();
const apisOf = (stack: Json): string[] =>
  resources(stack, "google_project_service")
    .map(({ service }) => service.replace(".googleapis.com", ""))
    .sort();

/** The kind: a stack, a resource or an API of a part that an environment does not have. */
describe("an environment without a network", () => {
  test("of a bucket alone is that bucket, and its APIs and alerts", () => {
    const stacks = stacksOf("archive");
    expect(Object.keys(stacks).sort()).toEqual([
      "archive-foundation",
      "archive-operations",
      "archive-storage",
    ]);
    expect(typesOf(stacks["archive-storage"])).toEqual(["google_storage_bucket"]);
    expect(typesOf(stacks["archive-foundation"])).toEqual(["google_project_service"]);
    expect(apisOf(stacks["archive-foundation"])).toEqual([
      "cloudresourcemanager",
      "logging",
      "monitoring",
      "storage",
    ]);
  });

  test("of buckets behind the load balancer has no Cloud Armor, which sees no request to them", () => {
    const stacks = stacksOf("pages");
    expect(Object.keys(stacks).sort()).toEqual([
      "pages-edge",
      "pages-foundation",
      "pages-operations",
      "pages-storage",
    ]);
    expect(JSON.stringify(stacks["pages-edge"])).not.toMatch(/security_policy/);
    expect(apisOf(stacks["pages-foundation"])).toEqual([
      "certificatemanager",
      "cloudresourcemanager",
      "compute",
      "dns",
      "logging",
      "monitoring",
      "storage",
    ]);
  });

  test("of services, jobs and worker pools with path none has no VPC access anywhere", () => {
    const stacks = stacksOf("nonet");
    expect(Object.keys(stacks).filter((name) => /network|data/.test(name))).toEqual([]);
    expect(JSON.stringify(stacks)).not.toMatch(
      /vpc_access|google_compute_(network|subnetwork|firewall)|connectivity_test/,
    );
    expect(apisOf(stacks["nonet-foundation"])).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/vpcaccess|networkmanagement/)]),
    );
  });

  test("has one as soon as something has a range in it", () => {
    const { environment } = changedShape("nonet");
    const stacks = synthesized(
      environment((draft) => {
        draft.network = { addresses: { directEgress: "10.8.0.0/24" } };
        draft.services[0].path = "direct";
      }),
    );
    expect(Object.keys(stacks)).toContain("nonet-network");
    expect(JSON.stringify(stacks["nonet-service-web"])).toContain("network_interfaces");
    expect(JSON.stringify(stacks["nonet-service-hook"])).not.toContain("vpc_access");
  });
});

describe("path none is refused", () => {
  const { issues } = changedShape("nonet");
  test.each<[string, Parameters<typeof issues>[0], string]>([
    [
      "of what uses a database",
      (draft) => {
        Object.assign(draft, structuredClone(changedShape("tcp").environment()), {
          services: [{ ...draft.services[1], database: { pool: 1, overflow: 0, via: "socket" } }],
        });
      },
      'services.hook.path is "none": it uses postgres, which has a private address only. Fix: write path: "direct", with a range in network.addresses.directEgress.',
    ],
    [
      "of what calls an internal service",
      (draft) => {
        draft.services[1].publicUrl = undefined;
      },
      'services.web.path is "none": it calls hook, which is internal and reached from the network only. Fix: write path: "direct", with a range in network.addresses.directEgress.',
    ],
    [
      "of what a partner admits by the addresses of Cloud NAT",
      (draft) => {
        draft.externalDependencies[0].source = "nat";
      },
      'services.web.path is "none": it calls partner from the addresses of Cloud NAT (source "nat")',
    ],
    [
      "of what calls into a network of others",
      (draft) => {
        draft.network = { addresses: { peered: [{ name: "office", range: "10.50.0.0/16" }] } };
        draft.externalDependencies[0].network = "office";
      },
      'services.web.path is "none": it calls partner, which is in the network "office"',
    ],
  ])("%s", (_, change, sentence) => {
    expect(issues(change)).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]));
  });
});

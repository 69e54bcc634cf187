import { describe, expect, test } from "@jest/globals";
import { topology } from "../../analysis/topology/topology.ts";
import { bucketRows } from "../../platform/backing-services/storage.ts";
import { bucketCache, serviceCache } from "../../platform/edge/cdn.ts";
import { serviceAt } from "../../platform/edge/routes.ts";
import { minutes, seconds } from "../../platform/units.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { collisions } from "../../synthesis/collisions.ts";
import { endpointTasks } from "../../validation/checks/endpoints.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const statics = changedShape("statics");
const subject = statics.environment();
const stacks = synthesized(subject);
const edge = stacks["statics-edge"];

describe("the cache of a service", () => {
  const cached = (cdn: object) =>
    serviceCache({ cdn: { keeps: "static", negativeCaching: true, ...cdn } as never });

  test("keeps static content for an hour, and nothing longer than a day, unless it says otherwise", () => {
    expect(cached({})).toMatchObject({ mode: "CACHE_ALL_STATIC", ttl: 3600, maxTtl: 86400 });
    expect(cached({ ttl: minutes(5) })).toMatchObject({ ttl: 300, maxTtl: 86400 });
    expect(cached({ ttl: seconds(100_000) })).toMatchObject({ ttl: 100_000, maxTtl: 100_000 });
    expect(cached({ maxTtl: minutes(5) })).toMatchObject({ ttl: 300, maxTtl: 300 });
  });

  test("or what the response says alone", () => {
    expect(cached({ keeps: "origin" })).toMatchObject({ mode: "USE_ORIGIN_HEADERS", ttl: undefined });
    expect(serviceCache({ cdn: undefined })).toBeUndefined();
    expect(bucketCache({ cdn: undefined })).toBeUndefined();
  });
});

describe("hosts that buckets serve", () => {
  const { hostPlan } = statics.plan();

  test("lead to the bucket where its path is the longest, and to no service there", () => {
    expect(serviceAt(hostPlan, "www.acme.example", "/assets/app.js")).toBeUndefined();
    expect(serviceAt(hostPlan, "www.acme.example", "/")).toBe("web");
    expect(serviceAt(hostPlan, "acme.example", "/health")).toBeUndefined();
    const map = resources(edge, "google_compute_url_map").find(({ host_rule }) => host_rule !== undefined);
    const matcher = map?.path_matcher.find(({ name }: { name: string }) => name === "host-www-acme-example");
    expect(matcher.path_rule).toEqual([
      {
        paths: ["/assets/*"],
        service: expect.stringMatching(/google_compute_backend_bucket\.bucket-assets_/),
      },
    ]);
  });

  test("are checked at their root where they have an index page", () => {
    const { uptimeChecks } = statics.plan();
    expect(uptimeChecks.map(({ host, path }) => host + path)).toEqual([
      "www.acme.example/health",
      "api.acme.example/health",
      "acme.example/",
    ]);
    const titles = endpointTasks(statics.plan(), {} as never).map(({ title }) => title);
    expect(titles).toEqual([
      "https://acme.example/",
      "https://api.acme.example/health",
      "https://www.acme.example/health",
    ]);
  });

  test("stay private, and the load balancer reads them as its service agent, after the backend bucket", () => {
    const buckets = resources(stacks["statics-storage"], "google_storage_bucket");
    expect(new Set(buckets.map(({ public_access_prevention }) => public_access_prevention))).toEqual(
      new Set(["enforced"]),
    );
    const grants = resources(edge, "google_storage_bucket_iam_member");
    expect(
      grants.map(({ bucket, role, member, depends_on }) => [bucket, role, member, depends_on.length]),
    ).toEqual(
      ["assets", "site"].map((name) => [
        `acme-web-statics-${name}`,
        "roles/storage.objectViewer",
        "serviceAccount:service-123456789012@https-lb.iam.gserviceaccount.com",
        1,
      ]),
    );
    const { stacks: all } = synthesisOf(subject);
    expect(all.find(({ name }) => name === "statics-edge")?.dependencies).toContain("statics-storage");
  });

  test("are in the picture, in the report and on the page", () => {
    const { nodes, edges } = topology(synthesisOf(subject).graph(subject));
    const id = (title: string) => nodes.find(({ lines: [name] }) => name === title)?.id;
    const leads = (from: string, to: string): boolean =>
      edges.some((each) => each.from === id(from) && each.to === id(to));
    expect(leads("statics-edge-lb", "statics-edge-bucket-site")).toBe(true);
    expect(leads("statics-edge-bucket-site", "acme-web-statics-site")).toBe(true);
    expect(bucketRows(statics.plan()).map(({ bucket, use }) => `${bucket.name}: ${use?.workload}`)).toEqual([
      "site: everybody at acme.example",
      "assets: api",
      "assets: everybody at www.acme.example",
    ]);
    expect(environmentPage(statics.plan())).toContain("| www.acme.example | /assets/* | the bucket assets |");
  });

  test("are of one environment, as those of services and redirects are", () => {
    const of = (name: string, project: string, change: (draft: Draft) => void = () => {}) => ({
      name,
      input: { ...statics.environment(change), name: undefined, project },
    });
    const found = collisions([
      of("one", "acme-one"),
      of("two", "acme-two", (draft: Draft) => {
        draft.services = draft.services.slice(0, 1);
        draft.services[0].exposure = [{ host: "shop.acme.example" }];
        draft.buckets[1].exposure = [{ host: "shop.acme.example", paths: ["/assets/*"] }];
        draft.edge.redirects = [{ host: "api.acme.example", to: "shop.acme.example" }];
      }),
    ] as never);
    const paths = JSON.stringify(found);
    expect(paths).toContain("buckets.site.exposure[0].host");
    expect(paths).toContain("edge.redirects[0].host");
  });
});

describe("refused is", () => {
  const refused = (change: (draft: Draft) => void): string[] => statics.issues(change);

  test.each<[string, object, RegExp]>([
    ["with iap", { iap: { members: ["group:staff@acme.example"] } }, /people sign in to it \(iap\)/],
    ["with WebSockets", { webSockets: true }, /Cloud CDN keeps none that has a cookie/],
    ["with gRPC", { protocol: "grpc" }, /its requests are gRPC/],
    ["without an exposure", { exposure: [] }, /the service has no exposure/],
  ])("a cache %s", (_, change, message) => {
    const issues = refused((draft: Draft) => {
      draft.provider = "8";
      Object.assign(draft.services[1], change);
    });
    expect(issues.filter((issue) => issue.startsWith("services.api.cdn is set"))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  test("a time where the origin decides, and one above the longest", () => {
    expect(
      refused((draft: Draft) => {
        draft.services[0].cdn = { ttl: minutes(60), maxTtl: minutes(30) };
        draft.services[1].cdn = { keeps: "origin", ttl: minutes(5) };
      }),
    ).toEqual([
      "services.web.cdn.ttl is 3600 s: maxTtl is 1800 s, and Cloud CDN keeps nothing longer. Fix: lower ttl, or raise maxTtl.",
      'services.api.cdn.ttl is 300 s: with keeps: "origin" Cache-Control of each response says how long, and Cloud CDN rejects a time of its own. Fix: remove it, or write keeps: "static".',
    ]);
  });

  test("a bucket at the root of a host without an index page, and pages without a host", () => {
    expect(
      refused((draft: Draft) => {
        draft.buckets[0].indexPage = undefined;
        draft.buckets[1] = { name: "assets", notFoundPage: "404.html", cdn: {} };
      }),
    ).toEqual([
      'buckets.site.indexPage is missing: the bucket "site" serves the root of a host, which would list the names of all its objects. Fix: write for example indexPage: "index.html".',
      "buckets.assets.cdn is set: it is for requests at the load balancer, and the bucket has no exposure. Fix: give it an exposure, or remove this.",
      'buckets.assets.notFoundPage is "404.html": it is for requests at the load balancer, and the bucket has no exposure. Fix: give it an exposure, or remove this.',
    ]);
  });

  test("a bucket without a load balancer, or without the number that its reader is named by", () => {
    expect(
      refused((draft: Draft) => {
        draft.projectNumber = undefined;
      }),
    ).toEqual([
      'projectNumber is missing: the load balancer reads the bucket "site" as a service agent whose name holds the number of the project. Fix: add it: gcloud projects describe acme-web --format="value(projectNumber)".',
    ]);
    expect(
      refused((draft: Draft) => {
        draft.edge = undefined;
        draft.services = [];
        draft.buckets = draft.buckets.slice(0, 1);
      }),
    ).toEqual([
      'buckets.site.exposure is set: this environment has no load balancer: it has no section "edge". Fix: add the section "edge", or remove it here.',
    ]);
  });

  test("a path that a service and a bucket have, and a host of a bucket that no certificate covers", () => {
    expect(
      refused((draft: Draft) => {
        draft.buckets[1].exposure = [{ host: "www.acme.example" }, { host: "static.other.example" }];
        draft.buckets[1].indexPage = "index.html";
      }),
    ).toEqual([
      'buckets.assets.exposure[0].paths is "www.acme.example/*": another service has this host and path already (services.web). Fix: give each its own host or paths.',
      expect.stringMatching(
        /^buckets\.assets\.exposure\[1\]\.host is "static\.other\.example": the certificate covers/,
      ),
    ]);
  });
});

test("a platform of one bucket alone is a site", () => {
  const site = statics.environment((draft: Draft) => {
    draft.services = [];
    draft.buckets = draft.buckets.slice(0, 1);
  });
  expect(Object.keys(synthesized(site))).toContain("statics-edge");
});

test("a platform of buckets alone is held to the deadlines of its uptime checks", () => {
  const alone = (more: Draft) =>
    statics.issues((draft: Draft) => {
      draft.services = [];
      draft.buckets = draft.buckets.slice(0, 1);
      Object.assign(draft, more);
    });
  expect(alone({})).toEqual([]);
  expect(alone({ deadlines: { uptimeTimeout: 60, uptimePeriod: 60 } })).toEqual([
    expect.stringMatching(/^deadlines.uptimeTimeout is 60 s: uptime check, 60 s, must be shorter than/),
  ]);
});

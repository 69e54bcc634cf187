import { serviceCache } from "../edge/cdn.ts";
import { projectNumberOf } from "../edge/service-address.ts";
import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import type { Bucket, Service } from "../schema/environment.ts";
import { isGrpcOnly } from "../workloads/probes.ts";

type Plan = Pick<PlatformPlan, "project" | "projectNumber" | "delivery" | "services" | "buckets">;

/** Caches that keep something, and nothing that is for one person; buckets that the load balancer may read and has pages of. */
export function caches(plan: Plan): Issue[] {
  return [
    ...plan.services.flatMap((service, index) => ofService(service, index)),
    ...(plan.buckets ?? []).flatMap((bucket, index) => ofBucket(bucket, index)),
    ...withoutNumber(plan),
  ];
}

function ofService(service: Service, index: number): Issue[] {
  const { cdn, name } = service;
  if (cdn === undefined) return [];
  const path = ["services", index, "cdn"];
  const refused = (allowed: string, fix: string, key: string): Issue => ({
    path,
    value: "set",
    allowed,
    fix,
    uses: [["services", index, key]],
  });
  const { ttl, maxTtl } = serviceCache(service) ?? {};
  const withOrigin = (["ttl", "maxTtl"] as const).filter(
    (key) => cdn.keeps === "origin" && cdn[key] !== undefined,
  );
  return [
    ...(service.exposure.length === 0
      ? [
          refused(
            "Cloud CDN is at the load balancer, and the service has no exposure",
            "give it an exposure, or remove cdn",
            "exposure",
          ),
        ]
      : []),
    ...(service.iap === undefined
      ? []
      : [
          refused(
            "people sign in to it (iap), and a cache would answer those who have not",
            `remove cdn, or serve what may be kept by another service than "${name}"`,
            "iap",
          ),
        ]),
    ...(service.webSockets
      ? [
          refused(
            "webSockets sets the cookie of session affinity on every response, and Cloud CDN keeps none that has a cookie",
            `remove cdn, or serve what may be kept by another service than "${name}"`,
            "webSockets",
          ),
        ]
      : []),
    ...(isGrpcOnly(service)
      ? [refused("its requests are gRPC, of which Cloud CDN keeps no response", "remove cdn", "protocol")]
      : []),
    ...withOrigin.map((key) => ({
      path: [...path, key],
      value: `${cdn[key]} s`,
      allowed:
        'with keeps: "origin" Cache-Control of each response says how long, and Cloud CDN rejects a time of its own',
      fix: 'remove it, or write keeps: "static"',
      uses: [[...path, "keeps"]],
    })),
    ...(ttl !== undefined && maxTtl !== undefined && ttl > maxTtl
      ? [
          {
            path: [...path, "ttl"],
            value: `${ttl} s`,
            allowed: `maxTtl is ${maxTtl} s, and Cloud CDN keeps nothing longer`,
            fix: "lower ttl, or raise maxTtl",
            uses: [[...path, "maxTtl"]],
          },
        ]
      : []),
  ];
}

function ofBucket({ exposure = [], indexPage, notFoundPage, cdn, name }: Bucket, index: number): Issue[] {
  const path = ["buckets", index];
  const isRoot = exposure.some(({ paths }) => paths.includes("/*") || paths.includes("/"));
  const unused = [
    ["cdn", cdn],
    ["indexPage", indexPage],
    ["notFoundPage", notFoundPage],
  ] as const;
  return [
    ...(isRoot && indexPage === undefined
      ? [
          {
            path: [...path, "indexPage"],
            value: "missing",
            allowed: `the bucket "${name}" serves the root of a host, which would list the names of all its objects`,
            fix: 'write for example indexPage: "index.html"',
            uses: [[...path, "exposure"]],
          },
        ]
      : []),
    ...unused.flatMap(([key, value]): Issue[] =>
      value === undefined || exposure.length > 0
        ? []
        : [
            {
              path: [...path, key],
              value: typeof value === "string" ? `"${value}"` : "set",
              allowed: "it is for requests at the load balancer, and the bucket has no exposure",
              fix: "give it an exposure, or remove this",
              uses: [[...path, "exposure"]],
            },
          ],
    ),
  ];
}

function withoutNumber(plan: Plan): Issue[] {
  const index = (plan.buckets ?? []).findIndex(({ exposure = [] }) => exposure.length > 0);
  const bucket = plan.buckets?.[index];
  if (bucket === undefined || projectNumberOf(plan) !== undefined) return [];
  return [
    {
      path: ["projectNumber"],
      value: "missing",
      allowed: `the load balancer reads the bucket "${bucket.name}" as a service agent whose name holds the number of the project`,
      fix: `add it: gcloud projects describe ${plan.project} --format="value(projectNumber)"`,
      uses: [["buckets", index, "exposure"]],
    },
  ];
}

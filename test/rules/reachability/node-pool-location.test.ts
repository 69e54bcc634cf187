import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const cluster = { name: "main", location: "europe-west1" };
const reported = (pool: object, clusters: Record<string, object> = { main: cluster }) =>
  check(ruleById("reachability/node-pool-location"), {
    google_container_cluster: clusters,
    google_container_node_pool: { work: { cluster: "${google_container_cluster.main.name}", ...pool } },
  }).map(({ severity, message }) => `${severity} ${message}`);

test("a pool is where its cluster is, in whatever way that is written", () => {
  for (const pool of [
    { location: "europe-west1" },
    { location: "${google_container_cluster.main.location}" },
    { location: "${var.location}" },
    { node_locations: ["europe-west1-b", "europe-west1-c"] },
    { cluster: "${google_container_cluster.main.id}", location: "europe-west1-b" },
    { cluster: "projects/acme-dev/locations/europe-west1/clusters/main", location: "europe-west4" },
    { cluster: "elsewhere", location: "europe-west4" },
  ])
    expect(reported(pool)).toEqual([]);
  expect(
    reported({ location: "europe-west1-b" }, { main: { name: "main", location: "europe-west1-b" } }),
  ).toEqual([]);
});

test("at another location there is no such cluster", () => {
  for (const location of ["europe-west1-b", "europe-west4"])
    expect(reported({ location })).toEqual([
      `error location is ${location} and location of google_container_cluster.main is europe-west1; rejected by the API: there is no such cluster in ${location}.`,
    ]);
});

test("a name that is text may be that of a cluster which is not defined here, or of another one that is", () => {
  const pool = { cluster: "main", location: "europe-west4" };
  expect(reported(pool)).toEqual([expect.stringMatching(/^warning location is europe-west4/)]);
  expect(reported(pool, { main: cluster, other: { name: "main", location: "europe-west4" } })).toEqual([]);
});

test("nodes without a location of their own are in zones of the cluster's region", () => {
  expect(reported({ node_locations: ["europe-west1-b", "us-east1-b"] })).toEqual([
    'error node_locations contains "us-east1-b" and location of google_container_cluster.main is europe-west1; rejected by the API: nodes run in zones of the cluster\'s region.',
  ]);
});

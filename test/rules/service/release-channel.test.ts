import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const CLUSTER = "${google_container_cluster.main.id}";
const reported = (channel: unknown, upgrade: unknown, cluster: unknown = CLUSTER) => {
  const management = { auto_upgrade: upgrade };
  const main = { name: "main", location: "europe-west1", release_channel: { channel } };
  return [
    ...check(ruleById("service/release-channel"), {
      google_container_cluster: { main },
      google_container_node_pool: { work: { name: "work", cluster, management } },
    }),
    ...(cluster === CLUSTER
      ? check(ruleById("service/release-channel"), {
          google_container_cluster: { main: { ...main, node_pool: [{ name: "work", management }] } },
        })
      : []),
  ].map(({ address, message }) => `${address}: ${message}`);
};

test("nodes of a release channel are upgraded, wherever the pool is written", () => {
  for (const channel of ["RAPID", "REGULAR", "STABLE", "EXTENDED"])
    expect(reported(channel, false)).toEqual([
      `google_container_node_pool.work: auto_upgrade is false and release_channel of google_container_cluster.main is ${channel}; rejected by the API: nodes of a release channel are upgraded.`,
      `google_container_cluster.main: auto_upgrade of the node pool "work" is false and release_channel is ${channel}; rejected by the API: nodes of a release channel are upgraded.`,
    ]);
  expect(reported("REGULAR", true)).toEqual([]);
});

test("without a channel a pool may opt out, and what is not known is not judged", () => {
  expect(reported("UNSPECIFIED", false)).toEqual([]);
  expect(reported("${var.channel}", false)).toEqual([]);
  expect(reported("REGULAR", "${var.upgrade}")).toEqual([]);
  expect(reported("REGULAR", undefined)).toEqual([]);
  expect(reported("REGULAR", false, "another")).toEqual([]);
});

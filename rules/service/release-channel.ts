import { follow } from "../follow.ts";
import type { Rule } from "../rule.ts";

const CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"];

/** Nodes of a cluster in a release channel are upgraded by Google. */
export const releaseChannel: Rule = {
  id: "service/release-channel",
  why: "Google upgrades the nodes of a cluster in a release channel: a node pool cannot opt out of it.",
  limit: "auto_upgrade is true for each node pool of a cluster with a release channel",
  fix: "Set auto_upgrade = true in management of the node pool.",
  source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
  *check(graph) {
    for (const cluster of graph.all("google_container_cluster")) {
      const channel = cluster.string("release_channel.channel");
      if (channel === undefined || !CHANNELS.includes(channel)) continue;
      for (const pool of cluster.blocks("node_pool"))
        if (pool.boolean("management.auto_upgrade") === false)
          yield {
            resource: cluster,
            message: `auto_upgrade of the node pool "${pool.string("name") ?? "?"}" is false and release_channel is ${channel}; rejected by the API: nodes of a release channel are upgraded.`,
          };
    }
    for (const pool of graph.all("google_container_node_pool")) {
      if (pool.boolean("management.auto_upgrade") !== false) continue;
      const cluster = follow(graph, pool.get("cluster"), ["google_container_cluster"], pool);
      const channel = cluster?.string("release_channel.channel");
      if (cluster === undefined || channel === undefined || !CHANNELS.includes(channel)) continue;
      yield {
        resource: pool,
        message: `auto_upgrade is false and release_channel of ${cluster.address} is ${channel}; rejected by the API: nodes of a release channel are upgraded.`,
      };
    }
  },
};

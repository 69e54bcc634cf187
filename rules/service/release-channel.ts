import { follow } from "../../analysis/references/follow.ts";
import type { Block } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"];

/** Nodes of a cluster in a release channel are upgraded by Google. */
export const releaseChannel: Rule = {
  id: "service/release-channel",
  why: "Google upgrades and repairs the nodes of a cluster in a release channel: a node pool cannot opt out of it.",
  limit: "auto_upgrade and auto_repair are true for each node pool of a cluster with a release channel",
  fix: "Set auto_upgrade = true and auto_repair = true in management of the node pool.",
  source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
  *check(graph) {
    for (const cluster of graph.all("google_container_cluster")) {
      const channel = channelOf(cluster);
      if (channel === undefined) continue;
      for (const pool of cluster.blocks("node_pool"))
        for (const switched of switchedOff(pool))
          yield {
            resource: cluster,
            message: `${switched} of the node pool "${pool.string("name") ?? "?"}" is false and release_channel is ${channel}; rejected by the API: nodes of a release channel are ${DONE[switched]}.`,
          };
    }
    for (const pool of graph.all("google_container_node_pool"))
      for (const switched of switchedOff(pool)) {
        const cluster = follow(graph, pool.get("cluster"), ["google_container_cluster"], pool);
        const channel = cluster && channelOf(cluster);
        if (cluster === undefined || channel === undefined) continue;
        yield {
          resource: pool,
          message: `${switched} is false and release_channel of ${cluster.address} is ${channel}; rejected by the API: nodes of a release channel are ${DONE[switched]}.`,
        };
      }
  },
};

const DONE = { auto_upgrade: "upgraded", auto_repair: "repaired by Google" } as const;

function channelOf(cluster: Block): string | undefined {
  const channel = cluster.string("release_channel.channel");
  return channel !== undefined && CHANNELS.includes(channel) ? channel : undefined;
}

function switchedOff(pool: Block): ("auto_upgrade" | "auto_repair")[] {
  return (["auto_upgrade", "auto_repair"] as const).filter(
    (name) => pool.boolean(`management.${name}`) === false,
  );
}

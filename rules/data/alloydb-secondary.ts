import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const CLUSTER = ["google_alloydb_cluster"];

/** A secondary cluster survives the region of the primary one. */
export const alloydbSecondary: Rule = {
  id: "data/alloydb-secondary",
  why: "A secondary cluster of AlloyDB follows the primary one in another region, so that it survives the loss of the first.",
  limit: "location of a SECONDARY cluster differs from that of its primary cluster",
  fix: "Set location to another region.",
  source:
    "https://docs.cloud.google.com/alloydb/docs/cross-region-replication/about-cross-region-replication",
  *check(graph) {
    for (const cluster of graph.all(...CLUSTER)) {
      if (cluster.string("cluster_type") !== "SECONDARY") continue;
      const primary = follow(graph, cluster.get("secondary_config.primary_cluster_name"), CLUSTER, cluster);
      const [own, other] = [cluster, primary].map((one) => one?.string("location"));
      if (primary === undefined || own === undefined || own !== other) continue;
      yield {
        resource: cluster,
        message: `location is ${own}, as that of its primary cluster ${primary.address}; rejected by the API: a secondary cluster is in another region.`,
      };
    }
  },
};

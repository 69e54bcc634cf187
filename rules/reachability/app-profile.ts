import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** An app profile of Bigtable leads to clusters of its instance. */
export const appProfile: Rule = {
  id: "reachability/app-profile",
  why: "An app profile routes to clusters of its own instance by their ids, which the provider does not compare.",
  limit:
    "cluster_id of single_cluster_routing, and multi_cluster_routing_cluster_ids: clusters of the instance",
  fix: "Name a cluster of the instance.",
  source: "https://docs.cloud.google.com/bigtable/docs/app-profiles",
  *check(graph) {
    for (const profile of graph.all("google_bigtable_app_profile")) {
      const instance = follow(graph, profile.get("instance"), ["google_bigtable_instance"], profile);
      if (instance === undefined) continue;
      const clusters = instance.blocks("cluster").map((cluster) => cluster.string("cluster_id"));
      if (clusters.length === 0 || clusters.length !== instance.entries("cluster")) continue;
      if (clusters.includes(undefined)) continue;
      const several = profile.get("multi_cluster_routing_cluster_ids");
      const named = [
        profile.string("single_cluster_routing.cluster_id"),
        ...(Array.isArray(several) ? several : []),
      ];
      for (const id of named) {
        if (typeof id !== "string" || id === "" || clusters.includes(id)) continue;
        yield {
          resource: profile,
          message: `it routes to "${id}", and the clusters of ${instance.address} are ${clusters.join(", ")}; rejected by the API: the instance has no such cluster.`,
        };
      }
    }
  },
};

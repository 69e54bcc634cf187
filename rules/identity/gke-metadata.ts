import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** Nodes hand out identities of Kubernetes only where their cluster has a workload pool. */
export const gkeMetadata: Rule = {
  id: "identity/gke-metadata",
  why: "The metadata server of Kubernetes Engine gives pods the identity of their Kubernetes account, which a cluster without Workload Identity has not.",
  limit: "workload_metadata_config.mode GKE_METADATA with workload_identity_config of the cluster",
  fix: 'Add workload_identity_config { workload_pool = "PROJECT_ID.svc.id.goog" } to the cluster.',
  source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  *check(graph) {
    for (const pool of graph.all("google_container_node_pool")) {
      if (pool.string("node_config.workload_metadata_config.mode") !== "GKE_METADATA") continue;
      const cluster = follow(graph, pool.get("cluster"), ["google_container_cluster"], pool);
      const isOpen = cluster === undefined || cluster.emptyPaths.has("workload_identity_config");
      if (isOpen || cluster.get("workload_identity_config") !== undefined) continue;
      if (cluster.get("enable_autopilot") !== undefined && cluster.boolean("enable_autopilot") !== false)
        continue;
      yield {
        resource: pool,
        message: `node_config.workload_metadata_config.mode is GKE_METADATA, and ${cluster.address} has no workload_identity_config; rejected by the API: the cluster has no workload pool.`,
      };
    }
  },
};

import { socketPool } from "../../analysis/capacity/pools.ts";
import { workloads } from "../../analysis/workload/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const LIMIT = cloudSqlLimits.connectionsPerCloudRunInstance;

/** The built-in Cloud SQL connector carries 100 connections of one instance. */
export const connectorConnections: Rule = {
  id: "capacity/connector-connections",
  why: "An instance of Cloud Run gets no more than 100 connections through the /cloudsql socket, whatever its pool allows.",
  limit: `pool + overflow <= ${LIMIT.value} for each instance that connects through the socket`,
  fix: "Lower the pool or the overflow, or connect to the private address.",
  source: LIMIT.source,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const pool = socketPool(graph, workload);
      if (pool === undefined || pool.size <= LIMIT.value) continue;
      yield {
        resource: workload.resource,
        message: `one instance may open ${pool.size} connections (${pool.written}) through the Cloud SQL socket; fails at run time: it carries ${LIMIT.value} and refuses the rest.`,
      };
    }
  },
};

import { networkLabel, networkOf, same } from "../../analysis/network/network.ts";
import { unordered } from "../../analysis/references/order.ts";
import type { Rule } from "../rule.ts";
import { connections } from "./private-services.ts";

/** A private pool gets its machines' addresses from private services access. */
export const buildPoolOrder: Rule = {
  id: "reachability/build-pool-order",
  why: "Without depends_on Terraform creates a private pool and the private services connection of its network at the same time, and the pool is refused.",
  limit: "a google_cloudbuild_worker_pool with peered_network depends on the connection of that network",
  fix: "Add depends_on with the google_service_networking_connection.",
  source: "https://docs.cloud.google.com/build/docs/private-pools/set-up-private-pool-environment",
  *check(graph) {
    const pools = graph.all("google_cloudbuild_worker_pool");
    if (pools.length === 0) return;
    const known = connections(graph);
    for (const pool of pools) {
      const network = networkOf(graph, pool.get("network_config.peered_network"), pool);
      const own = known.filter((entry) => same(entry.network, network));
      const [first] = own;
      if (network === undefined || first === undefined) continue;
      if (!own.every(({ connection }) => unordered(graph, pool, connection))) continue;
      yield {
        resource: pool,
        message: `nothing makes it wait for ${first.connection.address}, so both are created at the same time; rejected by the API: ${networkLabel(network)} has no private services connection yet.`,
        fix: `Add depends_on = [${first.connection.address}].`,
      };
    }
  },
};

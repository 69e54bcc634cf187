import { same } from "../../analysis/network/network.ts";
import { nameOf } from "../../analysis/references/names.ts";
import { unordered, waitedForBy } from "../../analysis/references/order.ts";
import type { Rule } from "../rule.ts";
import { connections, privateServers } from "./private-services.ts";

/** Terraform does not infer that the private services connection comes first. */
export const privateServicesOrder: Rule = {
  id: "reachability/private-services-order",
  why: "Without depends_on Terraform creates the database and the private services connection at the same time, and the database is refused.",
  limit:
    "the server depends, directly or through others, on the google_service_networking_connection of its network",
  fix: "Add depends_on with the google_service_networking_connection.",
  source:
    "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance",
  *check(graph) {
    const known = connections(graph);
    for (const { server, network } of privateServers(graph)) {
      const own = known.filter((entry) => same(entry.network, network));
      const [first] = own;
      if (first === undefined) continue;
      if (!own.every(({ connection }) => unordered(graph, server, connection))) continue;
      // A replica waits for its primary, and so for what that waits for.
      yield {
        resource: server,
        message: `nothing makes "${nameOf(server) ?? server.address}" wait for ${first.connection.address}, so both are created at the same time; rejected by the API: the network has no private services connection yet.`,
        fix: `Add depends_on = [${waitedForBy(server, first.connection)}].`,
      };
    }
  },
};

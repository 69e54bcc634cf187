import { clientRanges } from "../../analysis/network/entries.ts";
import { type NetworkKey, networkKey } from "../../analysis/network/network-key.ts";
import { type Claim, claims } from "../../analysis/network/range-fields.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { poisonousRanges } from "../../resources/limits.ts";
import { overlaps, parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";
import { SQL_PRIVATE_IP } from "./sources.ts";

const POISONOUS = poisonousRanges.value.flatMap(({ range, why }) => {
  const parsed = parseRange(range);
  return parsed === undefined ? [] : [{ parsed, why }];
});

/** 172.17.0.0/16 is the Docker bridge of Cloud SQL's own machines. */
export const dockerRange: Rule = {
  id: "address/docker-range",
  why: "Google Cloud accepts 172.17.0.0/16, but Cloud SQL does not answer clients that have an address in it, and an instance in it cannot be reached.",
  limit: "neither the clients of Cloud SQL nor its private services range overlap 172.17.0.0/16",
  fix: "Choose a range outside 172.17.0.0/16.",
  source: SQL_PRIVATE_IP,
  *check(graph) {
    const hits = claims(graph).flatMap((claim) => {
      const hit = POISONOUS.find(({ parsed }) => overlaps(parsed, claim.range));
      return hit === undefined ? [] : [{ claim, hit }];
    });
    if (hits.length === 0) return;
    const databases = databaseNetworks(graph);
    const clients = clientRanges(graph);
    for (const { claim, hit } of hits) {
      const database = claim.network === undefined ? undefined : databases.get(claim.network);
      const message = `${claim.what} ${claim.range.cidr} overlaps ${hit.parsed.cidr}, which ${hit.why}`;
      if (database !== undefined && breaks(claim, clients))
        yield {
          resource: claim.resource,
          message: `${message}; fails at run time: connections to ${database.address} time out.`,
        };
      else
        yield {
          resource: claim.resource,
          severity: "warning",
          message: `${message}; fails at run time: connections from it to Cloud SQL time out.`,
        };
    }
  },
};

function breaks({ kind, resource, what }: Claim, clients: ReadonlySet<Resource>): boolean {
  return kind === "private services" || (clients.has(resource) && !what.includes("secondary"));
}

/** Networks with a Cloud SQL instance on a private address. */
function databaseNetworks(graph: Graph): Map<NetworkKey, Resource> {
  const found = new Map<NetworkKey, Resource>();
  for (const instance of graph.all("google_sql_database_instance")) {
    const key = networkKey(graph, instance.get("settings.ip_configuration.private_network"), instance);
    if (key !== undefined) found.set(key, instance);
  }
  return found;
}

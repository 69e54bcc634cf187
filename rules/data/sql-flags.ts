import { engineOf, INSTANCE, isReplica } from "../../analysis/database/database.ts";
import { flagOf } from "../../analysis/database/flags.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Flags of the database. */
export const sqlFlags: Rule = {
  id: "data/sql-flags",
  why: "The provider does not check flags: one that the engine does not have, or a value out of range, fails the apply.",
  limit: "max_connections of a replica: at least that of its primary",
  fix: "Write the flag as this engine spells it, with a value in range.",
  source: cloudSqlLimits.maxConnectionsHigh.source,
  *check(graph) {
    for (const replica of graph.all(INSTANCE)) {
      if (engineOf(replica) !== "POSTGRES" || !isReplica(replica)) continue;
      const target = graph.target(replica.get("master_instance_name"), [INSTANCE], replica);
      if (target.kind !== "resource" || target.resource === replica) continue;
      const [own, primary] = [replica, target.resource].map((each) => flagOf(each, "max_connections"));
      if (typeof own === "number" && typeof primary === "number" && own < primary)
        yield {
          resource: replica,
          message: `database flag max_connections is ${own} and that of the primary ${target.resource.address} is ${primary}; rejected by the API: a replica takes at least as many connections.`,
          fix: `Set max_connections to ${primary} or more.`,
        };
    }
  },
};

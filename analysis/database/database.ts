import type { Graph, Resource } from "../../graph/index.ts";
import { follow } from "../references/follow.ts";

export { engineOf, isReplica } from "../../resources/types/sql-database-instance/engine.ts";

export const INSTANCE = "google_sql_database_instance";

/** The instance that a user or database belongs to, where the input defines it. */
export function instanceOf(graph: Graph, member: Resource): Resource | undefined {
  return follow(graph, member.get("instance"), [INSTANCE], member);
}

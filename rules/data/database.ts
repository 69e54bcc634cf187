import type { Graph, Resource } from "../../graph/index.ts";

export { engineOf, isReplica } from "../../resources/types/sql-database-instance/engine.ts";

export const INSTANCE = "google_sql_database_instance";

/** The instance that a user or database belongs to, where the input defines it. */
export function instanceOf(graph: Graph, member: Resource): Resource | undefined {
  const target = graph.target(member.get("instance"), [INSTANCE], member);
  return target.kind === "resource" ? target.resource : undefined;
}

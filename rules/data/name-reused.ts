import { INSTANCE } from "../../analysis/database/database.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { durations } from "../../resources/durations.ts";
import type { Rule } from "../rule.ts";

/** The name of a deleted database stays blocked. */
export const nameReused: Rule = {
  id: "data/name-reused",
  why: "A Cloud SQL name is blocked for a week after its instance is deleted, so a plan that deletes one and creates another of the same name fails halfway, with the data lost.",
  limit: "no plan creates an instance with the name of one that it deletes",
  fix: "Write a moved block from the old address to the new one, or choose another name.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/delete-instance",
  *check(graph) {
    const removed = graph.removed.filter(({ type }) => type === INSTANCE);
    if (removed.length === 0) return;
    for (const resource of graph.all(INSTANCE)) {
      if (resource.change?.actions.join() !== "create") continue;
      const old = removed.find((each) => takesName(graph, resource, each));
      if (old === undefined) continue;
      yield {
        resource,
        message: `name is "${resource.string("name")}", as that of ${old.address}, which the plan deletes; rejected by the API: a name is blocked for ${durations.databaseNameBlocked.value} after the deletion, and the data are lost by then.`,
      };
    }
  },
};

/** True where the created instance has the name of the deleted one, in the same project as far as that is known. */
function takesName(graph: Graph, created: Resource, deleted: Resource): boolean {
  const [project, former] = [graph.project(created), graph.project(deleted)];
  const name = created.string("name");
  return (
    name !== undefined &&
    name === deleted.string("name") &&
    (project === undefined || former === undefined || project === former)
  );
}

import type { Rule } from "../rule.ts";
import { INSTANCE } from "./database.ts";

/** S39: the name of a deleted database stays blocked. */
export const nameReused: Rule = {
  id: "data/name-reused",
  why: "A Cloud SQL name is blocked for a week after its instance is deleted, so that a plan which deletes one and creates another of the same name fails halfway, the data gone.",
  limit: "no plan creates an instance with the name of one that it deletes",
  fix: "Write a moved block from the old address to the new one, or choose another name.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/delete-instance",
  example: `resource "google_sql_database_instance" "orders_v2" { # was "orders", without a moved block
  name = "orders"
}`,
  *check(graph) {
    const removed = graph.removed.filter(({ type }) => type === INSTANCE);
    if (removed.length === 0) return;
    for (const resource of graph.all(INSTANCE)) {
      if (resource.change?.actions.join() !== "create") continue;
      const name = resource.string("name");
      const old = removed.find((each) => each.string("name") === name);
      if (name === undefined || old === undefined) continue;
      const [here, there] = [graph.project(resource), graph.project(old)];
      if (here !== undefined && there !== undefined && here !== there) continue;
      yield {
        resource,
        severity: "error",
        message: `the plan deletes ${old.address} and creates this one with the same name "${name}"; refused at apply: a name is blocked for a week after the deletion, and the data are gone by then.`,
      };
    }
  },
};

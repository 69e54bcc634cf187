import { engineOf, INSTANCE } from "../../analysis/database/database.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A version does not go back, and a replica has that of its primary. */
export const sqlVersion: Rule = {
  id: "data/sql-version",
  why: "The provider does not check database_version; the API rejects a version that Cloud SQL does not have, and an older one than before.",
  limit: "the version of the primary, and never an older one than before",
  fix: "Set database_version as Cloud SQL spells it, for example POSTGRES_16.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/db-versions",
  *check(graph) {
    for (const instance of graph.all(INSTANCE)) {
      const version = instance.string("database_version");
      if (version === undefined || engineOf(instance) === undefined) continue;
      yield* replica(graph, instance, version);
      const before = instance.change?.before?.string("database_version");
      if (before === undefined || before.split("_")[0] !== version.split("_")[0]) continue;
      if (order(before) > order(version))
        yield {
          resource: instance,
          message: `database_version is "${version}" after "${before}"; rejected by the API: an instance cannot be downgraded in place.`,
          fix: `Keep "${before}", or import a dump into a new instance.`,
        };
    }
  },
};

function* replica(graph: Graph, instance: Resource, version: string): Iterable<Violation> {
  const target = graph.target(instance.get("master_instance_name"), [INSTANCE], instance);
  if (target.kind !== "resource" || engineOf(instance) !== "POSTGRES") return;
  const own = target.resource.string("database_version");
  if (own?.startsWith("POSTGRES") === true && own !== version)
    yield {
      resource: instance,
      message: `database_version is "${version}" and that of the primary ${target.resource.address} is "${own}"; rejected by the API: a read replica has the version of its primary.`,
      fix: `Set database_version = "${own}".`,
    };
}

/** Versions of one engine in their order: 9_6 before 10. */
function order(version: string): number {
  const [major = 0, minor = 0] = (version.match(/\d+/g) ?? []).map(Number);
  return major * 1000 + minor;
}

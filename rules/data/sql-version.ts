import type { Rule } from "../rule.ts";
import { engineOf, INSTANCE } from "./database.ts";

const VERSION =
  /^(POSTGRES_(9_6|1\d)|MYSQL_(5_[5-7]|8_0(_\d+)?|[89]_[0-9])|SQLSERVER_20\d\d_(STANDARD|ENTERPRISE|EXPRESS|WEB))$/i;

/** S14: the provider takes any string as version. */
export const sqlVersion: Rule = {
  id: "data/sql-version",
  why: "The provider does not check database_version; the API refuses a version that Cloud SQL does not have, and an older one than before.",
  limit: "POSTGRES_9_6 to POSTGRES_18, MYSQL_5_6 to MYSQL_8_4, SQLSERVER_<year>_<edition>; never downwards",
  fix: "Write a version as Cloud SQL spells it, for example POSTGRES_16.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/db-versions",
  example: `resource "google_sql_database_instance" "main" {
  database_version = "POSTGRESQL_16"
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const version = resource.string("database_version");
      if (version === undefined || version === "") continue;
      if (!VERSION.test(version)) {
        yield {
          resource,
          severity: "error",
          message: `database_version is "${version}"; refused at apply: Cloud SQL has no such version.`,
        };
        continue;
      }
      const primary = graph.target(resource.get("master_instance_name"), [INSTANCE], resource);
      const own = primary.kind === "resource" ? primary.resource.string("database_version") : undefined;
      if (engineOf(resource) === "POSTGRES" && own?.startsWith("POSTGRES") === true && own !== version)
        yield {
          resource,
          severity: "error",
          message: `database_version is ${version}, and its primary ${primary.kind === "resource" ? primary.resource.address : ""} has ${own}; refused at apply: a read replica has the version of its primary.`,
          fix: `Write ${own}.`,
        };
      const before = resource.change?.before?.string("database_version");
      if (before === undefined || engineOf(resource) === undefined) continue;
      if (order(before) > order(version) && before.split("_")[0] === version.split("_")[0])
        yield {
          resource,
          severity: "error",
          message: `database_version goes from ${before} back to ${version}; refused at apply: a downgrade in place is impossible.`,
          fix: `Keep ${before}, or import a dump into a new instance.`,
        };
    }
  },
};

/** Versions of one engine in their order: 9_6 before 10. */
function order(version: string): number {
  const [major = 0, minor = 0] = (version.match(/\d+/g) ?? []).map(Number);
  return major * 1000 + minor;
}

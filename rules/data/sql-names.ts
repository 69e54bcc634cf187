import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { engineOf, INSTANCE, instanceOf } from "./database.ts";
import { SQL_SETTINGS } from "./sources.ts";

const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** S39, S41, S42: names of instances, users and databases. */
export const sqlNames: Rule = {
  id: "data/sql-names",
  why: "The provider does not check these names; a long one is refused, or makes a socket path that Linux cannot open.",
  limit: `instance: lowercase letters, digits, hyphens, a letter first; project:instance up to ${cloudSqlLimits.nameLength.value} characters, socket path up to ${cloudSqlLimits.socketPathLength.value}; PostgreSQL users and databases up to ${cloudSqlLimits.identifierLength.value} bytes`,
  fix: "Shorten the name, or write it in lowercase letters, digits and hyphens.",
  source: SQL_SETTINGS,
  example: `resource "google_sql_database_instance" "main" {
  name = "Staging_Shared_Postgres"
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const name = resource.string("name");
      if (name === undefined || name === "") continue;
      // Other signs are those of a template that was not filled in.
      if (!NAME.test(name) && /^[\w .-]+$/.test(name))
        yield {
          resource,
          severity: "error",
          message: `the name "${name}" is not ${NAME.source}; refused at apply: invalid instance name.`,
        };
      const project = graph.project(resource);
      const [length, most] = [`${project}:${name}`.length, cloudSqlLimits.nameLength.value];
      if (project !== undefined && length > most)
        yield {
          resource,
          severity: "error",
          message: `"${project}:${name}" has ${length} characters; refused at apply: at most ${most} are allowed.`,
        };
    }
    for (const member of graph.all("google_sql_user", "google_sql_database")) {
      const [name, instance] = [member.string("name"), instanceOf(graph, member)];
      if (name === undefined || instance === undefined || engineOf(instance) !== "POSTGRES") continue;
      const bytes = Buffer.byteLength(name);
      if (bytes > cloudSqlLimits.identifierLength.value)
        yield {
          resource: member,
          severity: "error",
          message: `the name "${name}" has ${bytes} bytes; refused at apply: PostgreSQL takes ${cloudSqlLimits.identifierLength.value}.`,
        };
    }
  },
};

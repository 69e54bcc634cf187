import { engineOf, instanceOf } from "../../analysis/database/database.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const { identifierLength, nameLength } = cloudSqlLimits;

/** Names of instances, users and databases. */
export const sqlNames: Rule = {
  id: "data/sql-names",
  why: "The provider does not check these names, and the apply fails on one that is too long or has other characters.",
  limit: `PostgreSQL users and databases: at most ${identifierLength.value} bytes`,
  fix: "Shorten the name, or write it in lowercase letters, digits and hyphens.",
  source: nameLength.source,
  *check(graph) {
    for (const member of graph.all("google_sql_user", "google_sql_database")) {
      const [name, instance] = [member.string("name"), instanceOf(graph, member)];
      if (name === undefined || instance === undefined || engineOf(instance) !== "POSTGRES") continue;
      const bytes = Buffer.byteLength(name);
      if (bytes > identifierLength.value)
        yield {
          resource: member,
          message: `name is "${name}" (${bytes} bytes); rejected by the API: PostgreSQL takes at most ${identifierLength.value} bytes.`,
          fix: `Shorten the name by ${bytes - identifierLength.value} bytes.`,
          source: identifierLength.source,
        };
    }
  },
};

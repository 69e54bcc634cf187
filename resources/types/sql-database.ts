import type { Attributes } from "../attributes.ts";
import { custom } from "../constraints/index.ts";
import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => (isAbandoned(before) ? undefined : "all tables in it are deleted"),
  holdsData: true,
};

function* otherCharset(database: Attributes) {
  const [charset, collation] = ["charset", "collation"].map((name) => database.string(name));
  // Collations of PostgreSQL are names of locales.
  const [, ofCollation] = /^([a-z0-9]+)_\w*(?:ci|cs|bin)$/.exec(collation ?? "") ?? [];
  if (!charset || ofCollation === undefined) return;
  const [one, other] = [charset.toLowerCase(), ofCollation].map((name) => name.replace(/^utf8mb3$/, "utf8"));
  if (one === other) return;
  yield {
    found: `charset is ${charset} and collation is ${collation}`,
    because: `that is a collation of ${ofCollation}`,
    fix: `Write a collation of ${charset}, for example "${charset}_bin".`,
  };
}

/** Database of an instance, and Spanner's. */
export const sqlDatabase: readonly ResourceType[] = [
  {
    type: "google_sql_database",
    label: "database",
    nameScope: "parent",
    importId: "projects/{project}/instances/{parent}/databases/{name}",
    requiredRole: "roles/cloudsql.admin",
    references: { instance: ["google_sql_database_instance"] },
    deleteImpact,
    fieldRules: [
      {
        id: "data/sql-collation",
        why: "MySQL compares texts of a character set with a collation of the same set.",
        source: "https://dev.mysql.com/doc/refman/8.4/en/charset-mysql.html",
        constraints: [custom("collation: one of the charset, on MySQL", otherCharset)],
      },
    ],
  },
  {
    type: "google_sql_ssl_cert",
    label: "client certificate",
    references: { instance: ["google_sql_database_instance"] },
  },
];

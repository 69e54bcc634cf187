import type { Rule } from "../rule.ts";
import { engineOf, INSTANCE, instanceOf, isReplica } from "./database.ts";

/** S40: what an engine asks for when an instance or a database is created. */
export const sqlCreate: Rule = {
  id: "data/sql-create",
  why: "SQL Server is not created without a root password, and PostgreSQL creates databases in UTF8 only.",
  limit: "SQLSERVER: root_password; PostgreSQL databases: charset UTF8, collation en_US.UTF8",
  fix: "Write root_password, or leave charset and collation out.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/create-manage-databases",
  example: `resource "google_sql_database_instance" "main" {
  name             = "orders"
  database_version = "POSTGRES_15"
}
resource "google_sql_database" "app" {
  name     = "app"
  instance = google_sql_database_instance.main.name
  charset  = "utf8mb4"
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      if (engineOf(resource) !== "SQLSERVER" || isReplica(resource) || resource.change?.before !== undefined)
        continue;
      const isRead = resource.string("connection_name") !== undefined && resource.change === undefined;
      const isCopy =
        resource.blocks("clone").length > 0 || resource.blocks("restore_backup_context").length > 0;
      const passwords = ["root_password", "root_password_wo", "root_password_wo_version"];
      if (isRead || isCopy || passwords.some((name) => resource.get(name) !== undefined)) continue;
      yield {
        resource,
        severity: "warning",
        message: "there is no root_password, without which SQL Server is not created.",
      };
    }
    for (const database of graph.all("google_sql_database")) {
      const instance = instanceOf(graph, database);
      if (instance === undefined || engineOf(instance) !== "POSTGRES") continue;
      const [charset, collation] = [database.get("charset"), database.get("collation")];
      for (const [attribute, written, form] of [
        ["charset", charset, /^(|utf-?8)$/i],
        [
          "collation",
          collation,
          /^(|C|POSIX|ucs_basic|unicode|default|[a-z]{2,3}([_-]\w+)*(\.utf-?8)?(@\w+)?)$/i,
        ],
      ] as const) {
        const isForeign =
          typeof written === "string" && (!form.test(written) || /^utf8(mb[34])?_/.test(written));
        if (!isForeign) continue;
        yield {
          resource: database,
          severity: "error",
          message: `${attribute} is "${written}" on PostgreSQL; refused at apply: ${attribute === "charset" ? "a database is created in UTF8 only" : "the collation does not exist"}.`,
          fix: "Remove charset and collation.",
        };
      }
    }
  },
};

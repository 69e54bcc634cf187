import { describe, expect, test } from "@jest/globals";
import { sqlClient } from "../../../rules/identity/sql-client.ts";
import { type Body, saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const SQL_GRANT = "google_project_iam_member.sql";

describe("identity/sql-client", () => {
  const socket = (grant?: Body) =>
    saidOf(sqlClient, (parts) => {
      parts.env("POSTGRES_HOST", "/cloudsql/acme-dev:europe-west1:orders");
      parts.volume(["${google_sql_database_instance.orders.connection_name}"]);
      if (grant === undefined) parts.remove(SQL_GRANT);
      else parts.set(SQL_GRANT, grant);
    });

  test("rejects a Cloud SQL volume without the role", () => {
    const found = socket();
    expect(found).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(found[0]?.message).toContain("google_service_account.api has no roles/cloudsql.client");
  });

  test("accepts wider and custom roles, not the one for logging in", () => {
    expect(socket({ role: "roles/cloudsql.client" })).toEqual([]);
    expect(socket({ role: "roles/editor" })).toEqual([]);
    expect(socket({ role: "projects/acme-dev/roles/sqlConnect" })).toEqual([]);
    expect(socket({ role: "roles/cloudsql.instanceUser" }).map(({ address }) => address)).toEqual([
      SERVICE,
      SQL_GRANT,
    ]);
  });

  test("does not judge a workload that connects to the private address", () => {
    expect(verdictsOf(sqlClient, (parts) => parts.remove(SQL_GRANT))).toEqual([]);
  });
});

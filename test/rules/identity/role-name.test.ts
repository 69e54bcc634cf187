import { describe, expect, test } from "@jest/globals";
import { roleName } from "../../../rules/identity/role-name.ts";
import { saidOf } from "../platform.ts";

const SQL_GRANT = "google_project_iam_member.sql";

describe("identity/role-name", () => {
  const role = (value: string) => saidOf(roleName, (parts) => parts.set(SQL_GRANT, { role: value }));

  test("requires the full name of the role", () => {
    expect(role("cloudsql.client")[0]?.message).toContain(
      'role is "cloudsql.client"; rejected by the API: it must begin with roles/',
    );
    expect(role("projects/acme-dev/roles/custom")).toEqual([]);
    expect(role("roles/cloudsql.viewer")).toEqual([]);
  });

  test("finds a misspelling of one letter, and leaves other roles alone", () => {
    expect(role("roles/cloudsql.clients")[0]?.fix).toBe("Write roles/cloudsql.client.");
    expect(role("roles/secretmanager.secretAccesor")[0]?.fix).toBe(
      "Write roles/secretmanager.secretAccessor.",
    );
    expect(role("roles/run.viewer")).toEqual([]);
    expect(role("roles/storage.objectUser")).toEqual([]);
  });
});

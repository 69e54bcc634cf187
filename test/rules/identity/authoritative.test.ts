import { describe, expect, test } from "@jest/globals";
import { authoritative } from "../../../rules/identity/authoritative.ts";
import { type Body, saidOf, verdictsOf } from "../platform.ts";

const SQL_GRANT = "google_project_iam_member.sql";
const MEMBER = "serviceAccount:${google_service_account.api.email}";

describe("identity/authoritative", () => {
  test("rejects a member next to a binding of the role that does not list it", () => {
    const found = saidOf(authoritative, (parts) => {
      parts.set("google_service_account.other", { account_id: "other-runtime" });
      parts.set("google_project_iam_binding.sql", {
        project: "acme-dev",
        role: "roles/cloudsql.client",
        members: ["serviceAccount:${google_service_account.other.email}"],
      });
    });
    expect(found).toMatchObject([{ severity: "error", address: SQL_GRANT }]);
    expect(found[0]?.message).toContain("google_project_iam_binding.sql owns the role roles/cloudsql.client");
  });

  test("holds where the binding lists it, is of another role or of another project", () => {
    const binding = (values: Body) =>
      verdictsOf(authoritative, (parts) =>
        parts.set("google_project_iam_binding.sql", {
          project: "acme-dev",
          role: "roles/cloudsql.client",
          members: ["user:a@acme.dev"],
          ...values,
        }),
      );
    expect(binding({})).toEqual([`error ${SQL_GRANT}`]);
    expect(binding({ members: [MEMBER] })).toEqual([]);
    expect(binding({ role: "roles/run.invoker" })).toEqual([]);
    expect(binding({ project: "acme-prod" })).toEqual([]);
    expect(binding({ members: "${var.password}" })).toEqual([]);
  });
});

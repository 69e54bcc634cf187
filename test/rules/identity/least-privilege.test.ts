import { describe, expect, test } from "@jest/globals";
import { leastPrivilege } from "../../../rules/identity/least-privilege.ts";
import { verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const SQL_GRANT = "google_project_iam_member.sql";

describe("identity/least-privilege", () => {
  test("warns of a shared account, wide roles and keys", () => {
    const found = verdictsOf(leastPrivilege, (parts) => {
      parts.set("google_service_account_key.api", {
        service_account_id: "${google_service_account.api.name}",
      });
      parts.set(SQL_GRANT, { role: "roles/editor" });
    });
    expect(found).toEqual([`warning ${SQL_GRANT}`, "warning google_service_account_key.api"]);
    const shared = verdictsOf(leastPrivilege, (parts) => {
      delete parts.template().service_account;
    });
    expect(shared).toEqual([`warning ${SERVICE}`]);
  });
});

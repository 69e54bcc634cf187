import { describe, expect, test } from "@jest/globals";
import { publicPrincipal } from "../../../rules/identity/public-principal.ts";
import { type Body, saidOf } from "../platform.ts";

const SQL_GRANT = "google_project_iam_member.sql";
const SECRET_GRANT = "google_secret_manager_secret_iam_member.api";

describe("identity/public-principal", () => {
  const given = (address: string, values: Body) =>
    saidOf(publicPrincipal, (parts) => parts.set(address, values));

  test("rejects everybody on secrets, projects and writing roles", () => {
    const [secret] = given(SECRET_GRANT, { member: "allUsers" });
    expect(secret).toMatchObject({ severity: "error", address: SECRET_GRANT });
    expect(secret?.message).toContain(
      "roles/secretmanager.secretAccessor on a secret manager secret is granted to allUsers; is a security risk",
    );
    expect(given(SQL_GRANT, { member: "allAuthenticatedUsers" })).toHaveLength(1);
    const bucket = { bucket: "b", role: "roles/storage.objectAdmin", member: "allUsers" };
    expect(given("google_storage_bucket_iam_member.b", bucket)).toHaveLength(1);
  });

  test("lets everybody call a service and read a public bucket", () => {
    const service = { name: "api", role: "roles/run.invoker", member: "allUsers" };
    expect(given("google_cloud_run_v2_service_iam_member.b", service)).toEqual([]);
    const bucket = { bucket: "b", role: "roles/storage.objectViewer", members: ["allUsers"] };
    expect(given("google_storage_bucket_iam_binding.b", bucket)).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { secretAccess } from "../../../rules/identity/secret-access.ts";
import { type Body, type Parts, saidOf, verdictsOf } from "../platform.ts";
import { check } from "../support.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const GRANT = "google_secret_manager_secret_iam_member.api";
const MEMBER = "serviceAccount:${google_service_account.api.email}";

function reads(parts: Parts, reference: Body): void {
  parts.container().env = [{ name: "TOKEN", value_source: [{ secret_key_ref: [reference] }] }];
}

describe("identity/secret-access", () => {
  const without = (change: (parts: Parts) => void) =>
    verdictsOf(secretAccess, (parts) => {
      parts.remove(GRANT);
      parts.set(SERVICE, { depends_on: [] });
      change(parts);
    });

  test("rejects a workload whose account may not read its secret", () => {
    const found = saidOf(secretAccess, (parts) => parts.remove(GRANT));
    expect(found).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(found[0]?.message).toBe(
      'google_service_account.api may not read the secret "db-password" (google_secret_manager_secret.db), which google_cloud_run_v2_service.api uses for environment variable POSTGRES_PASSWORD; rejected by the API: permission denied on the secret, and the revision does not become ready.',
    );
  });

  test("accepts a grant on the project, a binding, a policy, and the member attribute", () => {
    const role = "roles/secretmanager.secretAccessor";
    const secret = "${google_secret_manager_secret.db.id}";
    const granted: ((parts: Parts) => void)[] = [
      (parts) => parts.set("google_project_iam_member.s", { project: "acme-dev", role, member: MEMBER }),
      (parts) =>
        parts.set("google_secret_manager_secret_iam_binding.s", {
          secret_id: secret,
          role,
          members: [MEMBER],
        }),
      (parts) =>
        parts.set(GRANT, { secret_id: "db-password", role, member: "${google_service_account.api.member}" }),
      (parts) =>
        parts.set("google_project_iam_member.s", {
          project: "acme-dev",
          role: "roles/owner",
          member: MEMBER,
        }),
    ];
    for (const change of granted)
      expect(without(change).filter((found) => found.startsWith("error"))).toEqual([]);
  });

  test("does not take another role, secret or account for it, and points there", () => {
    const grant = (values: Body) => verdictsOf(secretAccess, (parts) => parts.set(GRANT, values));
    expect(grant({ role: "roles/secretmanager.viewer" })).toEqual([`error ${SERVICE}`, `error ${GRANT}`]);
    const editor = without((parts) =>
      parts.set("google_project_iam_member.s", { project: "acme-dev", role: "roles/editor", member: MEMBER }),
    );
    expect(editor).toEqual([`error ${SERVICE}`]);
    const other = verdictsOf(secretAccess, (parts) => {
      parts.set("google_service_account.other", { account_id: "other-runtime" });
      parts.set(GRANT, { member: "serviceAccount:${google_service_account.other.email}" });
    });
    expect(other).toEqual([`error ${SERVICE}`, `error ${GRANT}`]);
  });

  test("is silent where a grant is not known", () => {
    expect(verdictsOf(secretAccess, (parts) => parts.set(GRANT, { member: "${var.password}" }))).toEqual([]);
    expect(verdictsOf(secretAccess, (parts) => parts.set(GRANT, { role: "${var.password}" }))).toEqual([]);
  });

  test("rejects the default account where only others are let in", () => {
    const forgotten = (grant: Body) =>
      verdictsOf(secretAccess, (parts) => {
        delete parts.template().service_account;
        parts.set(GRANT, grant);
      });
    expect(forgotten({})).toEqual([`error ${SERVICE}`]);
    expect(forgotten({ member: "serviceAccount:123456-compute@developer.gserviceaccount.com" })).toEqual([]);
    expect(forgotten({ member: "${var.password}" })).toEqual([]);
  });

  test("warns of a missing order", () => {
    expect(verdictsOf(secretAccess, (parts) => parts.set(SERVICE, { depends_on: [] }))).toEqual([
      `warning ${SERVICE}`,
    ]);
  });

  test("names the nearest where the secret does not exist", () => {
    const found = saidOf(secretAccess, (parts) => reads(parts, { secret: "db-pasword", version: "1" }));
    expect(found).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(found[0]?.message).toContain(
      'reads the secret "db-pasword"; rejected by the API: it is not defined; the nearest is google_secret_manager_secret.db ("db-password")',
    );
  });

  test("cannot tell of a secret of another project", () => {
    const found = verdictsOf(secretAccess, (parts) =>
      reads(parts, { secret: "projects/shared/secrets/token", version: "1" }),
    );
    expect(found).toEqual([`unknown ${SERVICE}`]);
  });

  test("reads the first generation, files and functions", () => {
    const account = { google_service_account: { api: { account_id: "api-runtime" } } };
    const secret = { google_secret_manager_secret: { db: { secret_id: "db" } } };
    const email = "${google_service_account.api.email}";
    const knative = {
      google_cloud_run_service: {
        api: {
          template: [
            {
              spec: [
                {
                  service_account_name: email,
                  containers: [
                    { env: [{ name: "A", value_from: [{ secret_key_ref: [{ name: "db", key: "1" }] }] }] },
                  ],
                },
              ],
            },
          ],
        },
      },
    };
    const files = {
      google_cloud_run_v2_service: {
        api: { template: [{ service_account: email, volumes: [{ name: "v", secret: [{ secret: "db" }] }] }] },
      },
    };
    const functions = {
      google_cloudfunctions2_function: {
        api: {
          service_config: [
            {
              service_account_email: email,
              secret_environment_variables: [
                { key: "A", project_id: "acme-dev", secret: "db", version: "1" },
              ],
            },
          ],
        },
      },
    };
    for (const workload of [knative, files, functions])
      expect(check(secretAccess, { ...account, ...secret, ...workload })).toMatchObject([
        { severity: "error" },
      ]);
  });
});

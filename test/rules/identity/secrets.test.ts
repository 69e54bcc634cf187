import { describe, expect, test } from "@jest/globals";
import { plainSecret } from "../../../rules/identity/plain-secret.ts";
import { redisAuth } from "../../../rules/identity/redis-auth.ts";
import { secretAccess } from "../../../rules/identity/secret-access.ts";
import { secretShape } from "../../../rules/identity/secret-shape.ts";
import { secretVersion } from "../../../rules/identity/secret-version.ts";
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

  test("refuses a workload whose account may not read its secret", () => {
    const said = saidOf(secretAccess, (parts) => parts.remove(GRANT));
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toBe(
      'google_service_account.api may not read the secret "db-password" (google_secret_manager_secret.db), which google_cloud_run_v2_service.api takes for environment variable POSTGRES_PASSWORD; refused at apply: permission denied on the secret, the revision does not become ready.',
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
      expect(without(change).filter((said) => said.startsWith("error"))).toEqual([]);
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

  test("refuses the default account where only others are let in", () => {
    const forgotten = (grant: Body) =>
      verdictsOf(secretAccess, (parts) => {
        delete parts.template().service_account;
        parts.set(GRANT, grant);
      });
    expect(forgotten({})).toEqual([`error ${SERVICE}`]);
    expect(forgotten({ member: "serviceAccount:123456-compute@developer.gserviceaccount.com" })).toEqual([]);
    expect(forgotten({ member: "${var.password}" })).toEqual([]);
  });

  test("advises an order", () => {
    expect(verdictsOf(secretAccess, (parts) => parts.set(SERVICE, { depends_on: [] }))).toEqual([
      `warning ${SERVICE}`,
    ]);
  });

  test("names the nearest where the secret does not exist", () => {
    const said = saidOf(secretAccess, (parts) => reads(parts, { secret: "db-pasword", version: "1" }));
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toContain(
      'reads the secret "db-pasword", which is not defined; the nearest is google_secret_manager_secret.db ("db-password")',
    );
  });

  test("cannot tell of a secret of another project", () => {
    const said = verdictsOf(secretAccess, (parts) =>
      reads(parts, { secret: "projects/shared/secrets/token", version: "1" }),
    );
    expect(said).toEqual([`unknown ${SERVICE}`]);
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

describe("identity/secret-version", () => {
  test("advises to pin, and refuses a version in the place of the secret", () => {
    const used = (reference: Body) => verdictsOf(secretVersion, (parts) => reads(parts, reference));
    expect(used({ secret: "db-password", version: "3" })).toEqual([]);
    expect(used({ secret: "db-password", version: "latest" })).toEqual([`warning ${SERVICE}`]);
    for (const version of ["newest", "0"])
      expect(used({ secret: "db-password", version })).toEqual([`error ${SERVICE}`]);
    expect(used({ secret: "db-password", version: "7" })).toEqual([]);
    expect(used({ secret: "projects/hub/secrets/other", version: "current" })).toEqual([]);
    const alias = saidOf(secretVersion, (parts) => {
      parts.set("google_secret_manager_secret.db", { version_aliases: { current: "1" } });
      parts.env("TOKEN", undefined);
    });
    expect(alias).toEqual([]);
    expect(used({ secret: "${google_secret_manager_secret_version.db.id}", version: "1" })).toEqual([
      `error ${SERVICE}`,
    ]);
    expect(used({ secret: "projects/acme-dev/secrets/db-password/versions/1", version: "1" })).toEqual([
      `error ${SERVICE}`,
    ]);
  });
});

describe("identity/secret-shape", () => {
  const SECRET = "google_secret_manager_secret.db";
  const shaped = (values: Body) => saidOf(secretShape, (parts) => parts.set(SECRET, values));

  test("holds at 255 characters and breaks at 256", () => {
    expect(shaped({ secret_id: "a".repeat(255) })).toEqual([]);
    expect(shaped({ secret_id: "a".repeat(256) })[0]?.message).toContain(
      "secret_id has 256 characters, but at most 255 are allowed",
    );
  });

  test("refuses other letters, and none or two replications", () => {
    expect(shaped({ secret_id: "db.password" })[0]?.message).toContain('secret_id is "db.password"');
    expect(shaped({ replication: [{}] })[0]?.message).toContain("neither auto nor user_managed");
    const both = shaped({ replication: [{ auto: [{}], user_managed: [{ replicas: [] }] }] });
    expect(both[0]?.message).toContain("both auto and user_managed");
  });

  test("refuses a version without payload, or above 64 KiB", () => {
    const version = (values: Body) =>
      saidOf(secretShape, (parts) => parts.set("google_secret_manager_secret_version.db", values));
    expect(version({ secret_data: undefined })[0]?.message).toContain(
      "neither secret_data nor secret_data_wo",
    );
    expect(version({ secret_data: "x".repeat(65536) })).toEqual([]);
    expect(version({ secret_data: "x".repeat(65537) })[0]?.message).toContain("65537 bytes");
  });
});

describe("identity/redis-auth", () => {
  const REDIS = "google_redis_instance.cache";
  const stored = (data: string, redis: Body) =>
    verdictsOf(redisAuth, (parts) => {
      parts.set("google_secret_manager_secret_version.db", { secret_data: data });
      parts.set(REDIS, redis);
    });

  test("advises against storing what the instance does not give", () => {
    const auth = "${google_redis_instance.cache.auth_string}";
    expect(stored(auth, { auth_enabled: true })).toEqual([]);
    expect(stored(auth, { auth_enabled: "${var.password}" })).toEqual([]);
    expect(stored(auth, {})).toEqual([`warning ${REDIS}`, "warning google_secret_manager_secret_version.db"]);
    const ca = "${google_redis_instance.cache.server_ca_certs}";
    expect(stored(ca, {})).toEqual([]);
    expect(stored(ca, { transit_encryption_mode: "DISABLED" })).toHaveLength(2);
  });
});

describe("identity/plain-secret", () => {
  const holds = (name: string, value: string) => verdictsOf(plainSecret, (parts) => parts.env(name, value));

  test("refuses a password, a token and a URL with a password", () => {
    expect(holds("POSTGRES_PASSWORD", "hunter2")).toEqual([`error ${SERVICE}`]);
    expect(holds("STRIPE_API_KEY", "sk_live_abc")).toEqual([`error ${SERVICE}`]);
    expect(holds("DATABASE_URL", "postgresql://api:hunter2@10.60.0.3/orders")).toEqual([`error ${SERVICE}`]);
  });

  test("does not take names, paths, switches and empty values for secrets", () => {
    expect(holds("PASSWORD_FILE", "/run/secrets/password")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "/secrets/password")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "db-password")).toEqual([]);
    expect(holds("DB_SECRET", "projects/acme-dev/secrets/db-password")).toEqual([]);
    expect(holds("MAX_TOKENS", "4096")).toEqual([]);
    expect(holds("DATABASE_URL", "postgresql://api@10.60.0.3/orders")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "${var.password}")).toEqual([]);
  });
});

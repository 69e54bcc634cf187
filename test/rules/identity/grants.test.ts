import { describe, expect, test } from "@jest/globals";
import { accountId } from "../../../rules/identity/account-id.ts";
import { authoritative } from "../../../rules/identity/authoritative.ts";
import { leastPrivilege } from "../../../rules/identity/least-privilege.ts";
import { memberForm } from "../../../rules/identity/member-form.ts";
import { openDatabase } from "../../../rules/identity/open-database.ts";
import { publicPrincipal } from "../../../rules/identity/public-principal.ts";
import { roleName } from "../../../rules/identity/role-name.ts";
import { sqlClient } from "../../../rules/identity/sql-client.ts";
import { rulesOf } from "../../../rules/index.ts";
import { type Body, saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const SQL_GRANT = "google_project_iam_member.sql";
const SECRET_GRANT = "google_secret_manager_secret_iam_member.api";
const MEMBER = "serviceAccount:${google_service_account.api.email}";

test("every id of the family is unique and its own", () => {
  const ids = rulesOf("identity").map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id.startsWith("identity/"))).toBe(true);
});

describe("identity/sql-client", () => {
  const socket = (grant?: Body) =>
    saidOf(sqlClient, (parts) => {
      parts.env("POSTGRES_HOST", "/cloudsql/acme-dev:europe-west1:orders");
      parts.volume(["${google_sql_database_instance.orders.connection_name}"]);
      if (grant === undefined) parts.remove(SQL_GRANT);
      else parts.set(SQL_GRANT, grant);
    });

  test("refuses a Cloud SQL volume without the role", () => {
    const said = socket();
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toContain("google_service_account.api has no roles/cloudsql.client");
  });

  test("takes wider and custom roles, not the one for logging in", () => {
    expect(socket({ role: "roles/cloudsql.client" })).toEqual([]);
    expect(socket({ role: "roles/editor" })).toEqual([]);
    expect(socket({ role: "projects/acme-dev/roles/sqlConnect" })).toEqual([]);
    expect(socket({ role: "roles/cloudsql.instanceUser" }).map(({ address }) => address)).toEqual([
      SERVICE,
      SQL_GRANT,
    ]);
  });

  test("asks nothing of a workload that connects to the private address", () => {
    expect(verdictsOf(sqlClient, (parts) => parts.remove(SQL_GRANT))).toEqual([]);
  });
});

describe("identity/public-principal", () => {
  const given = (address: string, values: Body) =>
    saidOf(publicPrincipal, (parts) => parts.set(address, values));

  test("refuses everybody on secrets, projects and writing roles", () => {
    const [secret] = given(SECRET_GRANT, { member: "allUsers" });
    expect(secret).toMatchObject({ severity: "error", address: SECRET_GRANT });
    expect(secret?.message).toContain(
      "gives roles/secretmanager.secretAccessor on a secret manager secret to allUsers",
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

describe("identity/authoritative", () => {
  test("refuses a member beside a binding of the role that does not list it", () => {
    const said = saidOf(authoritative, (parts) => {
      parts.set("google_service_account.other", { account_id: "other-runtime" });
      parts.set("google_project_iam_binding.sql", {
        project: "acme-dev",
        role: "roles/cloudsql.client",
        members: ["serviceAccount:${google_service_account.other.email}"],
      });
    });
    expect(said).toMatchObject([{ severity: "error", address: SQL_GRANT }]);
    expect(said[0]?.message).toContain("google_project_iam_binding.sql owns the role roles/cloudsql.client");
  });

  test("holds where the binding lists it, is of another role or of another project", () => {
    const beside = (values: Body) =>
      verdictsOf(authoritative, (parts) =>
        parts.set("google_project_iam_binding.sql", {
          project: "acme-dev",
          role: "roles/cloudsql.client",
          members: ["user:a@acme.dev"],
          ...values,
        }),
      );
    expect(beside({})).toEqual([`error ${SQL_GRANT}`]);
    expect(beside({ members: [MEMBER] })).toEqual([]);
    expect(beside({ role: "roles/run.invoker" })).toEqual([]);
    expect(beside({ project: "acme-prod" })).toEqual([]);
    expect(beside({ members: "${var.password}" })).toEqual([]);
  });
});

describe("identity/member-form", () => {
  const member = (value: string) => saidOf(memberForm, (parts) => parts.set(SQL_GRANT, { member: value }));

  test("wants the word for the kind", () => {
    expect(member("api-runtime@acme-dev.iam.gserviceaccount.com")[0]?.message).toContain(
      "lacks the word for its kind",
    );
    for (const word of ["everyone", "allusers"])
      expect(member(word)[0]?.message).toContain(`the member "${word}" lacks`);
    expect(member("${var.password}")).toEqual([]);
    expect(member("serviceAccount:123-compute@developer.gserviceaccount.com")).toEqual([]);
    expect(
      member("principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*"),
    ).toEqual([]);
    expect(member("${google_service_account.api.member}")).toEqual([]);
  });

  test("wants an account that exists", () => {
    const [said] = member("serviceAccount:api-runtme@acme-dev.iam.gserviceaccount.com");
    expect(said).toMatchObject({ severity: "error", address: SQL_GRANT });
    expect(said?.message).toContain('the nearest is google_service_account.api ("api-runtime")');
    expect(member("serviceAccount:ci@other-project.iam.gserviceaccount.com")).toEqual([]);
  });
});

describe("identity/role-name", () => {
  const role = (value: string) => saidOf(roleName, (parts) => parts.set(SQL_GRANT, { role: value }));

  test("wants the role in full", () => {
    expect(role("cloudsql.client")[0]?.message).toContain("does not begin with roles/");
    expect(role("projects/acme-dev/roles/custom")).toEqual([]);
    expect(role("roles/cloudsql.viewer")).toEqual([]);
  });

  test("finds a slip of one letter, and leaves other roles alone", () => {
    expect(role("roles/cloudsql.clients")[0]?.fix).toBe("Write roles/cloudsql.client.");
    expect(role("roles/secretmanager.secretAccesor")[0]?.fix).toBe(
      "Write roles/secretmanager.secretAccessor.",
    );
    expect(role("roles/run.viewer")).toEqual([]);
    expect(role("roles/storage.objectUser")).toEqual([]);
  });
});

describe("identity/account-id", () => {
  const account = (values: Body) =>
    saidOf(accountId, (parts) => parts.set("google_service_account.api", values));

  test("holds at 6 and 30 characters, breaks at 5 and 31", () => {
    expect(account({ account_id: "abcdef" })).toEqual([]);
    expect(account({ account_id: "a".repeat(30) })).toEqual([]);
    expect(account({ account_id: "abcde" })[0]?.message).toContain("has 5 characters, but must have 6 to 30");
    expect(account({ account_id: "a".repeat(31) })[0]?.message).toContain("has 31 characters");
    expect(account({ account_id: "1-runtime" })[0]?.message).toContain("a letter first");
    expect(account({ account_id: "${var.password}" })).toEqual([]);
  });

  test("counts bytes of the description", () => {
    expect(account({ description: "é".repeat(128) })).toEqual([]);
    expect(account({ description: "é".repeat(129) })[0]?.message).toContain("description has 258 bytes");
  });
});

describe("identity/least-privilege", () => {
  test("advises an account of one's own, few roles and no keys", () => {
    const said = verdictsOf(leastPrivilege, (parts) => {
      parts.set("google_service_account_key.api", {
        service_account_id: "${google_service_account.api.name}",
      });
      parts.set(SQL_GRANT, { role: "roles/editor" });
    });
    expect(said).toEqual([`warning ${SQL_GRANT}`, "warning google_service_account_key.api"]);
    const shared = verdictsOf(leastPrivilege, (parts) => {
      delete parts.template().service_account;
    });
    expect(shared).toEqual([`warning ${SERVICE}`]);
  });
});

describe("identity/open-database", () => {
  const SQL = "google_sql_database_instance.orders";

  test("refuses the whole internet in authorized_networks", () => {
    const open = (value: string) =>
      verdictsOf(openDatabase, (parts) => {
        parts.sql().authorized_networks = [{ value: "203.0.113.7/32" }, { value }];
      });
    expect(open("0.0.0.0/0")).toEqual([`error ${SQL}`]);
    expect(open("198.51.100.0/24")).toEqual([]);
    expect(open("${var.password}")).toEqual([]);
  });

  test("advises against a database port open to all", () => {
    const rule = (port: string) =>
      verdictsOf(openDatabase, (parts) =>
        parts.set("google_compute_firewall.in", {
          network: "main",
          source_ranges: ["0.0.0.0/0"],
          allow: [{ protocol: "tcp", ports: [port] }],
        }),
      );
    expect(rule("5432")).toEqual(["warning google_compute_firewall.in"]);
    expect(rule("443")).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { sqlLogin } from "../../../rules/identity/sql-login.ts";
import { check, type Resources } from "../support.ts";

const MEMBER = "${google_service_account.job.member}";
const NAME = '${trimsuffix(google_service_account.job.email, ".gserviceaccount.com")}';

const said = (
  user: object,
  grants: readonly (readonly [role: string, member: string])[],
  others: Resources = {},
) =>
  check(sqlLogin, {
    google_service_account: { job: { account_id: "orders-job" } },
    google_sql_user: { one: { instance: "orders", ...user } },
    google_project_iam_member: Object.fromEntries(
      grants.map(([role, member], index) => [`grant${index}`, { project: "acme-dev", role, member }]),
    ),
    ...others,
  }).map(({ severity, message }) => `${severity}: ${message}`);

const account = { name: NAME, type: "CLOUD_IAM_SERVICE_ACCOUNT" };
const [CLIENT, USER] = ["roles/cloudsql.client", "roles/cloudsql.instanceUser"];

describe("identity/sql-login", () => {
  test("the role to connect is not the role to log in", () => {
    expect(said(account, [[CLIENT, MEMBER]])).toEqual([
      "error: it is the database user of google_service_account.job, which has no roles/cloudsql.instanceUser; fails at run time: every login is refused.",
    ]);
    expect(
      said(account, [
        [CLIENT, MEMBER],
        [USER, MEMBER],
      ]),
    ).toEqual([]);
    expect(said(account, [["roles/cloudsql.admin", MEMBER]])).toEqual([]);
    expect(said(account, [["projects/acme-dev/roles/login", MEMBER]])).toEqual([]);
  });

  test("it may be given elsewhere where the input gives the account nothing", () => {
    expect(said(account, [])[0]).toMatch(/^warning: /);
    expect(said(account, [[CLIENT, "${var.group}"]])[0]).toMatch(/^warning: /);
    expect(said(account, [[USER, "group:jobs@example.com"]])).toEqual([]);
  });

  test("the name as PostgreSQL writes it", () => {
    const literal = { name: "orders-job@acme-dev.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" };
    expect(said(literal, [[CLIENT, MEMBER]])).toHaveLength(1);
    expect(said(literal, [[USER, MEMBER]])).toEqual([]);
    expect(said({ ...literal, name: "other@acme-ops.iam" }, [[CLIENT, MEMBER]])).toEqual([]);
  });

  test("a binding with several members, and members of a for_each", () => {
    const binding = (role: string) => ({
      google_project_iam_binding: {
        one: { project: "acme-dev", role, members: ["user:jane@example.com", MEMBER] },
      },
    });
    expect(said(account, [], binding(CLIENT))).toHaveLength(1);
    expect(said(account, [], binding(USER))).toEqual([]);
    const each = (...roles: string[]) => ({
      google_project_iam_member: {
        all: { for_each: roles, project: "acme-dev", role: "${each.value}", member: MEMBER },
      },
    });
    const set = (...roles: string[]) => {
      const { google_project_iam_member } = each();
      const for_each = `\${toset(${JSON.stringify(roles)})}`;
      return { google_project_iam_member: { all: { ...google_project_iam_member.all, for_each } } };
    };
    expect(said(account, [], set(CLIENT))).toHaveLength(1);
    expect(said(account, [], set(CLIENT, USER))).toEqual([]);
  });

  test("a person who may connect may log in as well", () => {
    const jane = { name: "jane@example.com", type: "CLOUD_IAM_USER" };
    expect(said(jane, [[CLIENT, "user:jane@example.com"]])).toHaveLength(1);
    expect(
      said(jane, [
        [CLIENT, "user:jane@example.com"],
        [USER, "user:jane@example.com"],
      ]),
    ).toEqual([]);
    expect(
      said(jane, [
        [CLIENT, "user:jane@example.com"],
        [USER, "group:all@example.com"],
      ]),
    ).toEqual([]);
    expect(said(jane, [])).toEqual([]);
  });

  test("a user with a password needs no role", () => {
    expect(said({ name: "app", password: "${var.password}" }, [])).toEqual([]);
  });
});

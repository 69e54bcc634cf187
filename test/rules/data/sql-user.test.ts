import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlUser = ruleById("data/sql-user");
const address = "google_sql_database_instance.orders";

describe("data/sql-user", () => {
  const user = (more: object, settings: object = {}, others: object = {}) =>
    check(
      sqlUser,
      withInstance(
        { ...settings },
        {},
        {
          google_sql_user: {
            api: { name: "api", instance: "${google_sql_database_instance.orders.name}", ...more },
          },
          ...others,
        },
      ),
    );
  const iam = { database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }] };

  test("a user of PostgreSQL has no host, one of MySQL may have", () => {
    expect(user({ password: "secret", host: "%" })).toMatchObject([
      {
        severity: "warning",
        message: `host is "%", and ${address} is no MySQL instance; rejected by the API: users of other engines have no host.`,
      },
    ]);
    const mysql = withInstance(
      {},
      { database_version: "MYSQL_8_0" },
      {
        google_sql_user: {
          api: {
            name: "api",
            instance: "${google_sql_database_instance.orders.name}",
            password: "secret",
            host: "%",
          },
        },
      },
    );
    expect(check(sqlUser, mysql)).toEqual([]);
  });

  test("a password passes, one of which a plan shows the version only too, none fails", () => {
    expect(user({ password: "secret" })).toEqual([]);
    expect(user({ password_wo_version: 1 })).toEqual([]);
    // It is set elsewhere.
    expect(user({ lifecycle: { ignore_changes: ["password"] } })).toEqual([]);
    expect(user({ lifecycle: { ignore_changes: "all" } })).toEqual([]);
    expect(user({})).toMatchObject([
      {
        severity: "error",
        address: "google_sql_user.api",
        message:
          "password is not set and type is BUILT_IN; fails at run time: PostgreSQL rejects logins without one.",
      },
    ]);
  });

  test("an IAM user has the short name and an instance with the flag", () => {
    const account = { name: "api@acme-dev.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" };
    expect(user(account, iam)).toEqual([]);
    expect(user({ ...account, name: "api@acme-dev.iam.gserviceaccount.com" }, iam)).toMatchObject([
      {
        severity: "error",
        message:
          'name of an IAM user is "api@acme-dev.iam.gserviceaccount.com"; rejected by the API: PostgreSQL takes it without .gserviceaccount.com.',
      },
    ]);
    expect(user(account).map((reported) => reported.address)).toEqual([address, "google_sql_user.api"]);
  });

  test("a password is as long as the policy asks", () => {
    const policy = { password_validation_policy: { enable_password_policy: true, min_length: 16 } };
    const password = { password: "${random_password.api.result}" };
    const random = (length: number) => ({ random_password: { api: { length } } });
    expect(user(password, policy, random(16))).toEqual([]);
    expect(user(password, policy, random(15))).toMatchObject([
      {
        message:
          "password has 15 characters; rejected by the API: the password policy of google_sql_database_instance.orders requires 16.",
      },
    ]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { sqlProxy } from "../../../rules/service/sql-proxy.ts";
import { check } from "../support.ts";

const NAME = "${google_sql_database_instance.orders.connection_name}";
const IMAGE = "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1";
const privateOnly = { ip_configuration: { ipv4_enabled: false, private_network: "main" } };

const said = (args: readonly string[], settings: object = {}, container: object = {}) =>
  check(
    sqlProxy,
    {
      google_sql_database_instance: {
        orders: { name: "orders", region: "europe-west1", settings: { tier: "db-f1-micro", ...settings } },
      },
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          location: "europe-west1",
          template: {
            containers: [
              { name: "api", image: "api", ports: {} },
              { name: "proxy", image: IMAGE, args, ...container },
            ],
          },
        },
      },
    },
    { variable: { flag: {} } },
  ).map(({ message }) => message);

describe("service/sql-proxy", () => {
  test("flags of version 1", () => {
    expect(said(["-instances=acme-dev:europe-west1:orders=tcp:5432"])).toEqual([
      'the argument "-instances=acme-dev:europe-west1:orders=tcp:5432" is of version 1 of the Cloud SQL Auth Proxy; fails at run time: version 2 exits at a flag that it does not know.',
    ]);
    expect(said(["--enable_iam_login", NAME])).toHaveLength(1);
    expect(said(["--port=5432", "--max-connections=10", "--structured-logs", NAME])).toEqual([]);
    const first = { image: "gcr.io/cloudsql-docker/gce-proxy:1.33" };
    expect(said(["-instances=a:b:c=tcp:5432"], {}, first)).toEqual([]);
  });

  test("an instance with a private address only", () => {
    const message =
      "the Cloud SQL Auth Proxy connects to the public address of google_sql_database_instance.orders, which has a private address only; fails at run time: the proxy finds no address.";
    expect(said([NAME], privateOnly)).toEqual([message]);
    expect(said(["acme-dev:europe-west1:orders?port=5432"], privateOnly)).toEqual([message]);
    for (const flag of ["--private-ip", "--auto-ip", "--psc", "${var.flag}"])
      expect(said([flag, NAME], privateOnly)).toEqual([]);
    expect(said(["acme-dev:europe-west1:orders?private-ip=true"], privateOnly)).toEqual([]);
    expect(said([NAME])).toEqual([]);
    const env = [{ name: "CSQL_PROXY_PRIVATE_IP", value: "true" }];
    expect(said([NAME], privateOnly, { env })).toEqual([]);
  });

  test("an instance without a private address, and one without IAM logins", () => {
    expect(said(["--private-ip", NAME])).toHaveLength(1);
    expect(said(["--auto-iam-authn", NAME])).toHaveLength(1);
    const on = { database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }] };
    expect(said(["--auto-iam-authn", NAME], on)).toEqual([]);
  });
});

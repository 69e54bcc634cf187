import { describe, expect, test } from "@jest/globals";
import { connectorPressure } from "../../../rules/time/connector-pressure.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const said = (seconds: string, env: object = {}, vpc: object = {}) =>
  check(
    connectorPressure,
    withService({
      env: { DATABASE_INIT_TIMEOUT_SECONDS: seconds, ...env },
      template: { vpc_access: { connector: "staging-connector", egress: "PRIVATE_RANGES_ONLY", ...vpc } },
    }),
  );

describe("time/connector-pressure", () => {
  test("75 s hold, and 55 s exactly", () => {
    expect(said("75")).toEqual([]);
    expect(said("55")).toEqual([]);
  });

  test("the 20 s that were in force in #1278 break", () => {
    expect(said("20", { POSTGRES_HOST: "10.20.0.3" })).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "DATABASE_INIT_TIMEOUT_SECONDS is 20 s, below the 30 s of connector scaling + 25 s of Cloud SQL pressure = 55 s; fails at run time: start-up gives up before the connection through the connector stands.",
      },
    ]);
  });

  test("so does a socket of an instance that is not defined here, and a connector known only after apply", () => {
    expect(said("54", { POSTGRES_HOST: "/cloudsql/p:r:staging-shared-postgres" })).toHaveLength(1);
    expect(said("20", {}, { connector: "${google_vpc_access_connector.main.id}" })).toHaveLength(1);
  });

  test("a database outside the VPC does not go through the connector", () => {
    expect(said("20", { POSTGRES_HOST: "34.12.1.9" })).toEqual([]);
    expect(said("20", { POSTGRES_HOST: "34.12.1.9" }, { egress: "ALL_TRAFFIC" })).toHaveLength(1);
    expect(check(connectorPressure, withService({ env: { DATABASE_INIT_TIMEOUT_SECONDS: "20" } }))).toEqual(
      [],
    );
  });

  test("a socket of an instance without private address does not either", () => {
    const resources = {
      ...withService({
        env: { DATABASE_INIT_TIMEOUT_SECONDS: "20", POSTGRES_HOST: "/cloudsql/acme-dev:europe-west1:db" },
        template: { vpc_access: { connector: "c" } },
      }),
      google_sql_database_instance: {
        db: { name: "db", region: "europe-west1", settings: { tier: "db-f1-micro" } },
      },
    };
    expect(check(connectorPressure, resources)).toEqual([]);
  });

  test("the first generation names its connector in an annotation", () => {
    const resources = withKnativeService(
      { env: { DATABASE_INIT_TIMEOUT_SECONDS: "20" } },
      { "run.googleapis.com/vpc-access-connector": "staging-connector" },
    );
    expect(check(connectorPressure, resources)).toMatchObject([
      { severity: "error", address: "google_cloud_run_service.api" },
    ]);
  });

  test("Direct VPC egress is advice", () => {
    const vpc = { connector: null, network_interfaces: { subnetwork: "apps" } };
    expect(said("20", {}, vpc)).toMatchObject([{ severity: "warning" }]);
  });
});

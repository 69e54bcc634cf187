import { describe, expect, test } from "@jest/globals";
import { drift } from "../../../rules/time/drift.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const database = "${google_sql_database_instance.shared.private_ip_address}";
const said = (
  auth: string,
  backend: string,
  template: object = { vpc_access: { connector: "c" } },
  host = database,
) =>
  check(drift, {
    google_cloud_run_v2_service: {
      auth: service({
        env: { POSTGRES_HOST: host, DATABASE_INIT_TIMEOUT_SECONDS: auth },
        template: { ...template },
        service: { name: "auth" },
      }),
      backend: service({
        env: { POSTGRES_HOST: database, DATABASE_INIT_TIMEOUT_SECONDS: backend },
        template: { ...template },
        service: { name: "backend" },
      }),
    },
    google_sql_database_instance: { shared: { name: "staging-shared-postgres" } },
  });

describe("time/drift", () => {
  test("the same deadline in both services holds", () => {
    expect(said("75", "75")).toEqual([]);
  });

  test("20 s in one and 75 s in the other breaks where the first connection takes 55 s", () => {
    expect(said("20", "75")).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.auth",
        message:
          "DATABASE_INIT_TIMEOUT_SECONDS is 20 s here and 75 s in google_cloud_run_v2_service.backend for the same database; fails at run time: the shorter one gives up within the 55 s that a first connection may take.",
      },
    ]);
  });

  test("60 s and 75 s, or no VPC, is advice", () => {
    expect(said("60", "75")).toMatchObject([{ severity: "warning" }]);
    expect(said("20", "75", {})).toMatchObject([{ severity: "warning" }]);
  });

  test("two databases may differ", () => {
    expect(said("20", "75", {}, "10.1.2.3")).toEqual([]);
  });
});

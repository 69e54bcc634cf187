import { describe, expect, test } from "@jest/globals";
import { vpcAccess } from "../../../rules/reachability/vpc-access.ts";
import { saidOf, verdictsOf } from "../platform.ts";
import { check } from "../support.ts";

const SERVICE = "google_cloud_run_v2_service.api";

const job = (env: unknown[], access: unknown[] = []) => ({
  google_cloud_run_v2_job: {
    migrate: {
      location: "europe-west1",
      template: [{ template: [{ containers: [{ env }], vpc_access: access }] }],
    },
  },
});

describe("reachability/vpc-access", () => {
  test("refuses a workload that names Redis and has no vpc_access", () => {
    const said = saidOf(vpcAccess, (parts) => {
      delete parts.template().vpc_access;
      for (const name of ["POSTGRES_HOST", "CLOUD_SQL_INSTANCE"]) parts.env(name, undefined);
    });
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toBe(
      'environment variable REDIS_HOST leads to Redis "cache" (google_redis_instance.cache), which has a private address only, but there is no vpc_access; fails at run time: every connection fails.',
    );
  });

  test("counts a socket to a private instance, and a private address written by hand", () => {
    const socket = verdictsOf(vpcAccess, (parts) => {
      delete parts.template().vpc_access;
      for (const name of ["REDIS_HOST", "POSTGRES_HOST", "CLOUD_SQL_INSTANCE"]) parts.env(name, undefined);
      parts.volume(["${google_sql_database_instance.orders.connection_name}"]);
    });
    expect(socket).toEqual([`error ${SERVICE}`]);
    const [said] = check(vpcAccess, job([{ name: "REDIS_HOST", value: "10.166.204.83" }]));
    expect(said?.message).toContain("names the private address 10.166.204.83");
  });

  test("does not mind addresses on which the workload itself listens, or public ones", () => {
    expect(check(vpcAccess, job([{ name: "BIND_ADDRESS", value: "10.0.0.1" }]))).toEqual([]);
    expect(check(vpcAccess, job([{ name: "HOST", value: "0.0.0.0" }]))).toEqual([]);
    expect(check(vpcAccess, job([{ name: "API_HOST", value: "34.1.2.3" }]))).toEqual([]);
  });

  test("is silent where the VPC access itself is not known", () => {
    const said = check(vpcAccess, job([{ name: "REDIS_HOST", value: "10.0.0.3" }], ["${var.access}"]), {
      variable: { access: {} },
    });
    expect(said).toEqual([]);
  });

  test("refuses PRIVATE_RANGES_ONLY towards a privately used public range", () => {
    const change = (egress: string) => ({
      ...job(
        [{ name: "LEGACY_HOST", value: "203.0.113.7" }],
        [{ network_interfaces: [{ subnetwork: "pupi" }], egress }],
      ),
      google_compute_subnetwork: {
        pupi: { name: "pupi", ip_cidr_range: "203.0.113.0/24", region: "europe-west1" },
      },
    });
    expect(check(vpcAccess, change("ALL_TRAFFIC"))).toEqual([]);
    expect(check(vpcAccess, change("PRIVATE_RANGES_ONLY"))[0]?.message).toContain(
      "a privately used public range",
    );
  });

  test("refuses the words of the first generation in the second", () => {
    const said = saidOf(vpcAccess, (parts) => {
      parts.access().egress = "all-traffic";
    });
    expect(said[0]?.message).toBe(
      'egress is "all-traffic"; rejected by the API: it is ALL_TRAFFIC or PRIVATE_RANGES_ONLY.',
    );
  });

  describe("an egress setting is for a connector or a network interface", () => {
    const message =
      "egress is set, but neither a connector nor a network interface; rejected by the API: there is no way into a VPC that egress could be for.";
    const of = (access: object) => check(vpcAccess, job([], [access])).map((said) => said.message);
    const knative = (annotations: object) =>
      check(vpcAccess, {
        google_cloud_run_service: {
          api: {
            location: "europe-west1",
            template: { metadata: { annotations }, spec: { containers: {} } },
          },
        },
      }).map((said) => said.message);

    test("with neither it is refused", () => {
      expect(of({ egress: "PRIVATE_RANGES_ONLY" })).toEqual([message]);
      expect(of({ egress: "ALL_TRAFFIC", connector: "", network_interfaces: [] })).toEqual([message]);
      expect(knative({ "run.googleapis.com/vpc-access-egress": "all-traffic" })).toEqual([message]);
    });

    test("with either it holds, and where that is not known", () => {
      expect(of({ egress: "ALL_TRAFFIC", network_interfaces: { network: "default" } })).toEqual([]);
      expect(of({ egress: "ALL_TRAFFIC", connector: "${var.connector}" })).toEqual([]);
      expect(of({ egress: "ALL_TRAFFIC", network_interfaces: ["${var.access}"] })).toEqual([]);
      expect(of({})).toEqual([]);
      expect(
        knative({
          "run.googleapis.com/vpc-access-egress": "all-traffic",
          "run.googleapis.com/vpc-access-connector": "main",
        }),
      ).toEqual([]);
    });
  });
});

import { describe, expect, test } from "@jest/globals";
import { fractionalCpu } from "../../../rules/capacity/fractional-cpu.ts";
import { natTwice } from "../../../rules/capacity/nat-twice.ts";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

describe("capacity/job", () => {
  const jobOf = (template: object, task: object = {}) =>
    check(ruleById("capacity/job"), {
      google_cloud_run_v2_job: {
        migrate: {
          name: "migrate",
          template: { ...template, template: { ...task, containers: {} } },
        },
      },
    });

  test("the bounds themselves hold", () => {
    expect([
      ...jobOf({ task_count: 10000, parallelism: 0 }, { max_retries: 10 }),
      ...jobOf({ task_count: "${var.tasks}" }, { max_retries: 0 }),
    ]).toEqual([]);
  });

  test.each([
    [
      jobOf({ task_count: 10001 }),
      "template.task_count is 10001; rejected by the API: it must be 1 to 10000 tasks per execution.",
    ],
    [
      jobOf({}, { max_retries: 11 }),
      "template.template.max_retries is 11; rejected by the API: it must be 0 to 10 retries per task.",
    ],
  ])("what is out of bounds is refused", (said, message) => {
    expect(said).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_job.migrate",
        message: expect.stringContaining(message),
      },
    ]);
  });
});

describe("capacity/fractional-cpu", () => {
  const service = (cpu: string, template: object, resources: object = {}) =>
    check(fractionalCpu, {
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          template: { ...template, containers: { resources: { limits: { cpu }, ...resources } } },
        },
      },
    });
  const second = { execution_environment: "EXECUTION_ENVIRONMENT_GEN2" };

  test("a whole CPU, or part of one in the first generation, holds", () => {
    expect([
      ...service("1", second, { cpu_idle: false }),
      ...service("500m", {}, { cpu_idle: true }),
    ]).toEqual([]);
  });

  test("part of a CPU is refused in the second generation, and always allocated", () => {
    expect(service("500m", second)).toMatchObject([
      {
        severity: "error",
        message:
          "cpu is 0.5; rejected by the API: the second generation execution environment takes 1 CPU or more.",
      },
    ]);
    expect(service("0.5", {}, { cpu_idle: false })).toMatchObject([
      {
        message:
          "cpu is 0.5 and always allocated; rejected by the API: less than 1 CPU is allocated during requests only.",
      },
    ]);
  });
});

describe("capacity/nat-twice", () => {
  const gateways = (second: object) =>
    check(natTwice, {
      google_compute_network: { main: { name: "main" } },
      google_compute_router: {
        one: { name: "one", network: "${google_compute_network.main.id}" },
        two: { name: "two", network: "${google_compute_network.main.id}", region: "us-east1" },
      },
      google_compute_router_nat: {
        first: {
          router: "${google_compute_router.one.name}",
          source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
        },
        second: {
          router: "${google_compute_router.one.name}",
          source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
          ...second,
        },
      },
    });

  test("one in each region holds, and so does a private NAT", () => {
    expect([
      ...gateways({ router: "${google_compute_router.two.name}", region: "us-east1" }),
      ...gateways({ type: "PRIVATE" }),
    ]).toEqual([]);
  });

  test("a second one is refused, at both", () => {
    expect(gateways({})).toMatchObject([
      { severity: "error", address: "google_compute_router_nat.first" },
      {
        severity: "error",
        address: "google_compute_router_nat.second",
        message:
          "google_compute_router_nat.first already translates ALL_SUBNETWORKS_ALL_IP_RANGES in europe-west1; rejected by the API: no other NAT may cover subnets of that network and region.",
      },
    ]);
  });
});

test("capacity/nat-ports: words that the provider does not know are refused", () => {
  const nat = (filter: string) =>
    check(ruleById("capacity/nat-ports"), {
      google_compute_router_nat: { main: { name: "main", log_config: { enable: true, filter } } },
    });
  expect(nat("ERRORS_ONLY")).toEqual([]);
  expect(nat("ERRORS")).toMatchObject([
    {
      severity: "error",
      message:
        'log_config.filter is "ERRORS"; rejected at plan: it must be one of ALL, ERRORS_ONLY, TRANSLATIONS_ONLY.',
    },
  ]);
});

test("capacity/connector-shape: what is known of a name may be too long already", () => {
  const named = (name: string) =>
    check(
      ruleById("capacity/connector-shape"),
      {
        google_vpc_access_connector: {
          main: { name, region: "europe-west1", network: "default", ip_cidr_range: "10.8.0.0/28" },
        },
      },
      { variable: { suffix: {} } },
    );
  expect(named("${var.suffix}-connector")).toEqual([]);
  expect(named("production-serverless-vpc-${var.suffix}")).toMatchObject([
    { severity: "error", message: expect.stringContaining('"production-serverless-vpc-" (at least 26') },
  ]);
});

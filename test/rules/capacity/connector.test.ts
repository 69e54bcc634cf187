import { describe, expect, test } from "@jest/globals";
import { connectorLoad } from "../../../rules/capacity/connector-load.ts";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const place = { name: "main", region: "europe-west1", network: "default", ip_cidr_range: "10.8.0.0/28" };

const connector = (rule: Rule, more: object, variable?: object) =>
  check(rule, { google_vpc_access_connector: { main: { ...place, ...more } } }, { variable });

const connectorInstances = ruleById("capacity/connector-instances");
const connectorThroughput = ruleById("capacity/connector-throughput");
const connectorShape = ruleById("capacity/connector-shape");

describe("capacity/connector-instances", () => {
  test("the bounds themselves hold", () => {
    expect(connector(connectorInstances, { min_instances: 2, max_instances: 10 })).toEqual([]);
    expect(connector(connectorInstances, { min_instances: 9, max_instances: 10 })).toEqual([]);
    expect(connector(connectorInstances, { min_instances: "2", max_instances: "3" })).toEqual([]);
  });

  test("the maximum of 15 that incident I-1 proposed is refused", () => {
    expect(connector(connectorInstances, { min_instances: 3, max_instances: 15 })).toEqual([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message: "max_instances is 15; rejected by the API: it must be 3 to 10 instances.",
        fix: "Set max_instances to 10 instances or less, for example 10.",
      },
    ]);
  });

  test("a minimum of 1, 10, or as large as the maximum, is refused", () => {
    expect(connector(connectorInstances, { min_instances: 1, max_instances: 3 })).toHaveLength(1);
    expect(connector(connectorInstances, { min_instances: 10, max_instances: 10 })).toHaveLength(2);
    expect(connector(connectorInstances, { min_instances: 3, max_instances: 3 })).toMatchObject([
      {
        message:
          "min_instances is 3 and max_instances is 3; rejected by the API: min_instances must be below max_instances.",
      },
    ]);
  });

  test("a maximum must be written", () => {
    expect(connector(connectorInstances, { min_instances: 2 })).toMatchObject([
      {
        message:
          "neither max_instances nor max_throughput is set; rejected by the API: at least one of them must be set.",
      },
    ]);
    expect(connector(connectorInstances, { max_throughput: 300 })).toEqual([]);
  });

  test("an unknown maximum counts as written and hides no wrong minimum", () => {
    const variable = { most: { type: "number" } };
    expect(
      connector(connectorInstances, { min_instances: 2, max_instances: "${var.most}" }, variable),
    ).toEqual([]);
    expect(
      connector(connectorInstances, { min_instances: 1, max_instances: "${var.most}" }, variable),
    ).toHaveLength(1);
  });
});

describe("capacity/connector-throughput", () => {
  test("200 to 1000 in steps of 100 hold", () => {
    expect(connector(connectorThroughput, { min_throughput: 200, max_throughput: 1000 })).toEqual([]);
    expect(connector(connectorThroughput, { min_throughput: 200, max_throughput: 300 })).toEqual([]);
  });

  test("other numbers are refused", () => {
    expect(connector(connectorThroughput, { min_throughput: 250, max_throughput: 1000 })).toMatchObject([
      {
        message:
          "min_throughput is 250; rejected by the API: it must be 200 to 900 Mbit/s, a multiple of 100 Mbit/s.",
      },
    ]);
    expect(connector(connectorThroughput, { max_throughput: 200 })).toMatchObject([
      {
        message:
          "max_throughput is 200; rejected by the API: it must be 300 to 1000 Mbit/s, a multiple of 100 Mbit/s.",
      },
    ]);
    expect(connector(connectorThroughput, { min_throughput: 400, max_throughput: 400 })).toHaveLength(1);
  });

  test("instances and throughput exclude each other at the same end only", () => {
    expect(connector(connectorThroughput, { max_instances: 3, max_throughput: 300 })).toMatchObject([
      {
        message:
          "max_instances and max_throughput are set; rejected at plan: at most one of them may be set.",
      },
    ]);
    expect(connector(connectorThroughput, { min_instances: 2, max_throughput: 300 })).toEqual([]);
  });
});

describe("capacity/connector-shape", () => {
  test("a name of 25 characters is taken, one of 26 refused", () => {
    expect(connector(connectorShape, { name: "a".repeat(25) })).toMatchObject([{ severity: "warning" }]);
    expect(connector(connectorShape, { name: "a" })).toMatchObject([
      { message: expect.stringContaining("(1 character); rejected by the API") },
    ]);
    expect(connector(connectorShape, { name: "a".repeat(26) })).toMatchObject([
      { severity: "error", message: expect.stringContaining("(26 characters); rejected by the API") },
    ]);
    expect(connector(connectorShape, { name: "staging-connector" })).toEqual([]);
    expect(connector(connectorShape, { name: "Main_connector" })).toMatchObject([{ severity: "error" }]);
  });

  test("the machine type is one of three", () => {
    expect(connector(connectorShape, { machine_type: "e2-standard-4" })).toEqual([]);
    expect(connector(connectorShape, { machine_type: "e2-medium" })).toMatchObject([
      {
        message:
          'machine_type is "e2-medium"; rejected by the API: it must be one of f1-micro, e2-micro, e2-standard-4.',
      },
    ]);
  });

  test("exactly one place is written", () => {
    const bare = { network: null, ip_cidr_range: null };
    expect(connector(connectorShape, { ...bare, subnet: { name: "run" } })).toEqual([]);
    expect(connector(connectorShape, { subnet: { name: "run" } })).toMatchObject([
      {
        message: "network and subnet are set; rejected at plan: exactly one of them must be set.",
      },
    ]);
    expect(connector(connectorShape, bare)).toHaveLength(1);
    expect(connector(connectorShape, { ip_cidr_range: null })).toMatchObject([
      {
        message:
          'ip_cidr_range is not set with network "default" and without subnet.name; rejected by the API: the connector has no range.',
      },
    ]);
  });
});

describe("capacity/connector-load", () => {
  const shared = (max: unknown, machine_type = "e2-micro", more: object = {}) =>
    check(
      connectorLoad,
      {
        google_vpc_access_connector: {
          main: { ...place, min_instances: 2, max_instances: 10, machine_type },
        },
        google_cloud_run_v2_service: {
          api: service({
            template: {
              scaling: { max_instance_count: max },
              vpc_access: { connector: "${google_vpc_access_connector.main.id}" },
            },
          }),
        },
        ...more,
      },
      { variable: { most: {} } },
    );

  test("25 Mbit/s for each instance hold", () => {
    expect(shared(20)).toEqual([]);
    expect(shared(23, "e2-standard-4")).toEqual([]);
  });

  test("46 instances over two revisions, as in incident I-1, are advised against", () => {
    expect(shared(23)).toMatchObject([
      {
        severity: "warning",
        address: "google_vpc_access_connector.main",
        message:
          "at full scale 46 instances share its 1000 Mbit/s: google_cloud_run_v2_service.api 46 (23 instances x 2 revisions x 1); that is 21 Mbit/s for each, and beyond it packets are dropped.",
      },
    ]);
  });

  test("an unknown maximum is not judged", () => {
    expect(shared("${var.most}")).toEqual([]);
  });

  test("a job of one task, as a preflight, does not tip full use over the edge; one of many tasks does", () => {
    const job = (task_count: number) =>
      shared(20, "e2-micro", {
        google_cloud_run_v2_job: {
          preflight: {
            name: "preflight",
            location: "us-central1",
            template: {
              task_count,
              parallelism: task_count,
              template: {
                containers: { image: "us-docker.pkg.dev/cloudrun/container/job" },
                vpc_access: { connector: "${google_vpc_access_connector.main.id}" },
              },
            },
          },
        },
      });
    expect(job(1)).toEqual([]);
    expect(job(10)).toMatchObject([
      {
        severity: "warning",
        message: expect.stringContaining("google_cloud_run_v2_job.preflight 10 (10 tasks x 1)"),
      },
    ]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { concurrency } from "../../../rules/capacity/concurrency.ts";
import { cpuMemory } from "../../../rules/capacity/cpu-memory.ts";
import { instances } from "../../../rules/capacity/instances.ts";
import { ruleById } from "../../../rules/index.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const limits = (cpu: unknown, memory: unknown, template: { [key: string]: unknown } = {}) =>
  check(cpuMemory, withService({ container: { resources: { limits: { cpu, memory } } }, template }), {
    variable: { cpu: {} },
  });

describe("capacity/cpu-memory", () => {
  test("the most and the least memory of each CPU hold", () => {
    for (const [cpu, memory] of [
      ["1", "4Gi"],
      ["1000m", "512Mi"],
      [2, "8Gi"],
      ["4", "2Gi"],
      ["4", "16Gi"],
      ["6", "24Gi"],
      ["8", "4Gi"],
      ["8", "32Gi"],
      ["0.5", "1Gi"],
      ["80m", "512Mi"],
    ]) {
      expect(limits(cpu, memory)).toEqual([]);
    }
  });

  test("memory beyond its CPU is refused", () => {
    expect(limits("1", "8Gi")).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "memory is 8Gi with 1 CPU; rejected by the API: for 1 CPU, memory must be between 128Mi and 4096Mi.",
      },
    ]);
    expect(limits("4", "1Gi")).toHaveLength(1);
    expect(limits("0.25", "1Gi")).toHaveLength(1);
    expect(limits(null, "8Gi")).toMatchObject([{ message: expect.stringContaining("1 CPU by default") }]);
  });

  test("a CPU that does not exist is refused", () => {
    expect(limits("3", "4Gi")).toMatchObject([
      { message: 'cpu is "3"; rejected by the API: Cloud Run takes 0.08 to 1, or 1, 2, 4, 6 or 8 CPUs.' },
    ]);
    expect(limits("0.05", "512Mi")).toHaveLength(1);
  });

  test("the second generation takes 512 MiB and more", () => {
    const second = { execution_environment: "EXECUTION_ENVIRONMENT_GEN2" };
    expect(limits("1", "512Mi", second)).toEqual([]);
    expect(limits("1", "256Mi", second)).toMatchObject([
      {
        message:
          "memory is 256Mi; rejected by the API: the second generation execution environment takes 512Mi or more.",
      },
    ]);
    expect(limits("1", "256Mi")).toEqual([]);
  });

  test("a text that is no quantity is refused", () => {
    expect(limits("1", "512MB")).toMatchObject([
      {
        message: 'memory is "512MB"; rejected by the API: it is not a Kubernetes quantity.',
        fix: "Write for example 512Mi or 2Gi.",
      },
    ]);
    expect(limits("two", "512Mi")).toHaveLength(1);
  });

  test("an unknown CPU is not judged", () => {
    expect(limits("${var.cpu}", "8Gi")).toEqual([]);
  });

  test("the first generation of the API is judged alike", () => {
    const container = { resources: { limits: { cpu: "1000m", memory: "8Gi" } } };
    expect(check(cpuMemory, withKnativeService({ container }))).toMatchObject([
      { address: "google_cloud_run_service.api" },
    ]);
  });
});

describe("capacity/concurrency", () => {
  const requests = (max_instance_request_concurrency: unknown, cpu = "1") =>
    check(
      concurrency,
      withService({
        container: { resources: { limits: { cpu, memory: "512Mi" } } },
        template: { max_instance_request_concurrency },
      }),
    );

  test("1 to 1000 hold, and 1 with less than one CPU", () => {
    expect([...requests(1), ...requests(1000), ...requests(1, "500m")]).toEqual([]);
  });

  test("1001, and 2 with half a CPU, are refused", () => {
    expect(requests(1001)).toMatchObject([
      {
        severity: "error",
        message:
          "max_instance_request_concurrency is 1001; rejected by the API: an instance takes 1 to 1000 requests.",
      },
    ]);
    expect(requests(2, "500m")).toMatchObject([
      {
        message:
          "max_instance_request_concurrency is 2 with 0.5 CPU; rejected by the API: below 1 CPU an instance takes one request at a time.",
      },
    ]);
  });

  test("a function is judged alike", () => {
    const service_config = { max_instance_request_concurrency: 10, available_cpu: "0.5" };
    expect(
      check(concurrency, { google_cloudfunctions2_function: { f: { name: "f", service_config } } }),
    ).toMatchObject([{ address: "google_cloudfunctions2_function.f" }]);
  });

  test("the first generation of the API is judged alike", () => {
    expect(
      check(concurrency, withKnativeService({ template: { container_concurrency: 2000 } })),
    ).toMatchObject([{ message: expect.stringContaining("container_concurrency is 2000") }]);
  });
});

describe("capacity/instances", () => {
  const scaling = (min: unknown, max: unknown) =>
    check(
      instances,
      withService({ template: { scaling: { min_instance_count: min, max_instance_count: max } } }),
      { variable: { most: {} } },
    );

  test("a minimum up to the maximum holds", () => {
    expect([...scaling(3, 3), ...scaling(0, 10), ...scaling(5, "${var.most}"), ...scaling(5, null)]).toEqual(
      [],
    );
  });

  test("a minimum above the maximum is refused", () => {
    expect(scaling(4, 3)).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "template.scaling.min_instance_count is 4, above template.scaling.max_instance_count 3; rejected by the API: the minimum must not exceed the maximum.",
      },
    ]);
  });

  test("annotations count alike", () => {
    const annotations = {
      "autoscaling.knative.dev/minScale": "5",
      "autoscaling.knative.dev/maxScale": "2",
    };
    expect(check(instances, withKnativeService({}, annotations))).toMatchObject([
      { message: expect.stringContaining("autoscaling.knative.dev/minScale is 5") },
    ]);
  });
});

describe("capacity/nat-ports", () => {
  const nat = (more: object) =>
    check(ruleById("capacity/nat-ports"), {
      google_compute_router_nat: {
        main: {
          name: "main",
          router: "main",
          nat_ip_allocate_option: "AUTO_ONLY",
          source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
          ...more,
        },
      },
    });
  const dynamic = { enable_dynamic_port_allocation: true };

  test("static and dynamic allocation within bounds hold", () => {
    expect(nat({ min_ports_per_vm: 100 })).toEqual([]);
    expect(nat({ ...dynamic, min_ports_per_vm: 32, max_ports_per_vm: 64 })).toEqual([]);
  });

  test("dynamic allocation takes powers of two, the maximum above the minimum", () => {
    expect(nat({ ...dynamic, min_ports_per_vm: 100 })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_router_nat.main",
        message:
          "min_ports_per_vm is 100 with dynamic port allocation; rejected by the API: it must be a power of two of at least 32.",
      },
    ]);
    expect(nat({ ...dynamic, min_ports_per_vm: 64, max_ports_per_vm: 64 })).toHaveLength(1);
  });

  test("combinations that exclude each other are refused", () => {
    expect(nat({ ...dynamic, enable_endpoint_independent_mapping: true })).toHaveLength(1);
    expect(nat({ nat_ips: ["a"] })).toMatchObject([{ message: expect.stringContaining("AUTO_ONLY") }]);
    expect(nat({ nat_ip_allocate_option: "MANUAL_ONLY" })).toHaveLength(1);
    expect(nat({ source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS" })).toHaveLength(1);
  });
});

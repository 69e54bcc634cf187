import type { Rule } from "../rule.ts";
import { annotation, services, type Workload } from "../service/cloud-run.ts";
import { cpuCount } from "./quantity.ts";

/** R15: less than one CPU goes with the first generation and request-based billing only. */
export const fractionalCpu: Rule = {
  id: "capacity/fractional-cpu",
  why: "Less than one CPU exists in the first generation execution environment and with CPU during requests only.",
  limit: "below 1 CPU: neither EXECUTION_ENVIRONMENT_GEN2 nor cpu_idle = false",
  fix: 'Write cpu = "1", or leave execution_environment out and set cpu_idle = true.',
  source: "https://docs.cloud.google.com/run/docs/configuring/services/cpu",
  example: `resource "google_cloud_run_v2_service" "api" {
  template {
    execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
    containers {
      resources { limits = { cpu = "500m", memory = "512Mi" } }
    }
  }
}`,
  *check(graph) {
    for (const workload of services(graph)) {
      const [container, ...sidecars] = workload.containers;
      if (container === undefined || sidecars.length > 0) continue;
      const cpu = cpuCount(container.get("resources.limits.cpu"));
      if (cpu === undefined || cpu >= 1) continue;
      const { resource } = workload;
      if (isSecondGeneration(workload))
        yield {
          resource,
          severity: "error",
          message: `cpu is ${cpu} in the second generation execution environment; refused at apply: it takes 1 CPU or more.`,
        };
      const always =
        container.boolean("resources.cpu_idle") === false ||
        annotation(workload, "revision", "run.googleapis.com/cpu-throttling") === "false";
      if (always)
        yield {
          resource,
          severity: "error",
          message: `cpu is ${cpu} and always allocated; refused at apply: less than 1 CPU is given during requests only.`,
        };
    }
  },
};

function isSecondGeneration(workload: Workload): boolean {
  return (
    workload.revision.string("execution_environment") === "EXECUTION_ENVIRONMENT_GEN2" ||
    annotation(workload, "revision", "run.googleapis.com/execution-environment") === "gen2"
  );
}

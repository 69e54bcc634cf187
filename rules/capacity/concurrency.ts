import { cloudRunLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { services, type Workload } from "../service/cloud-run.ts";
import { cpuCount } from "./quantity.ts";

const LIMIT = cloudRunLimits.concurrency;

/** R14, R15: how many requests one instance takes at a time. */
export const concurrency: Rule = {
  id: "capacity/concurrency",
  why: "Cloud Run takes a concurrency of 1 to 1000, and with less than one CPU exactly 1; the provider checks neither.",
  limit: `1 to ${LIMIT.value} requests per instance; 1 where the CPU is below 1`,
  fix: "Bring the concurrency within its bound, or give the container a whole CPU.",
  source: LIMIT.source,
  example: `resource "google_cloud_run_v2_service" "api" {
  template {
    max_instance_request_concurrency = 80
    containers {
      resources {
        limits = { cpu = "500m", memory = "512Mi" }
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of services(graph)) yield* judged(workload);
  },
};

function* judged(workload: Workload): Iterable<Verdict> {
  const { resource, revision, containers, kind } = workload;
  const attribute = kind === "knative" ? "container_concurrency" : "max_instance_request_concurrency";
  const requests = revision.number(attribute);
  if (requests === undefined) return;
  if (requests < 0 || requests > LIMIT.value)
    yield {
      resource,
      severity: "error",
      message: `${attribute} is ${requests}, outside 1 to ${LIMIT.value}; refused at apply: the value is out of range.`,
    };
  const cpus = containers.map((container) => cpuCount(container.get("resources.limits.cpu")));
  if (requests <= 1 || cpus.length === 0 || cpus.includes(undefined)) return;
  const sum = cpus.reduce<number>((all, cpu) => all + (cpu ?? 0), 0);
  if (sum < 1)
    yield {
      resource,
      severity: "error",
      message: `${attribute} is ${requests} with ${sum} CPU; refused at apply: total cpu < 1 is not supported with concurrency > 1.`,
      fix: `Set ${attribute} = 1, or give the container a whole CPU.`,
    };
}

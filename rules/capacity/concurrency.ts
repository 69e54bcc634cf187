import type { Block, Resource } from "../../graph/index.ts";
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
    for (const resource of graph.all("google_cloudfunctions2_function")) {
      const settings = resource.blocks("service_config")[0] ?? resource;
      const cpu = cpuCount(settings.get("available_cpu"));
      yield* bounds(resource, "max_instance_request_concurrency", settings, cpu);
    }
  },
};

function* judged({ resource, revision, containers, kind }: Workload): Iterable<Verdict> {
  const cpus = containers.map((container) => cpuCount(container.get("resources.limits.cpu")));
  const isKnown = cpus.length > 0 && !cpus.includes(undefined);
  const sum = isKnown ? cpus.reduce<number>((all, cpu) => all + (cpu ?? 0), 0) : undefined;
  const attribute = kind === "knative" ? "container_concurrency" : "max_instance_request_concurrency";
  yield* bounds(resource, attribute, revision, sum);
}

function* bounds(
  resource: Resource,
  attribute: string,
  settings: Block,
  cpu: number | undefined,
): Iterable<Verdict> {
  const requests = settings.number(attribute);
  if (requests === undefined) return;
  if (requests < 0 || requests > LIMIT.value)
    yield {
      resource,
      severity: "error",
      message: `${attribute} is ${requests}, outside 1 to ${LIMIT.value}; refused at apply: the value is out of range.`,
    };
  if (requests > 1 && cpu !== undefined && cpu < 1)
    yield {
      resource,
      severity: "error",
      message: `${attribute} is ${requests} with ${cpu} CPU; refused at apply: total cpu < 1 is not supported with concurrency > 1.`,
      fix: `Set ${attribute} = 1, or give the container a whole CPU.`,
    };
}

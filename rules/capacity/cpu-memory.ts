import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import {
  cloudRunMemoryByCpu,
  fractionalCpuMemory,
  gpuMinimum,
  secondGenerationMemory,
} from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { annotation, workloadOf } from "../service/cloud-run.ts";
import { cpuCount, isQuantity, mebibytes } from "./quantity.ts";
import { revisionOf, scaledTypes } from "./scale.ts";

/** R16, R17, R18: CPU and memory go together. */
export const cpuMemory: Rule = {
  id: "capacity/cpu-memory",
  why: "Cloud Run takes certain numbers of CPUs, and for each of them only so much memory; the provider checks neither.",
  limit:
    "0.08 to 1, or 1, 2, 4, 6, 8 CPUs; memory up to 512 MiB below 0.5 CPU, 1 GiB below 1, 4 GiB for 1, 8 for 2, 2 to 16 for 4, 4 to 24 for 6, 4 to 32 for 8; second generation at least 512 MiB",
  fix: "Choose the CPU that goes with the memory, or the memory that goes with the CPU.",
  source: cloudRunMemoryByCpu.source,
  example: `resource "google_cloud_run_v2_service" "api" {
  template {
    containers {
      resources {
        limits = { cpu = "1", memory = "8Gi" } # 8 GiB need 2 CPUs
      }
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(...scaledTypes)) {
      for (const container of revisionOf(resource).blocks("containers"))
        yield* quantities(resource, container);
      const containers = revisionOf(resource).blocks("containers");
      const [only] = containers;
      if (only === undefined || isUnknown(revisionOf(resource).get("containers"))) continue;
      // With sidecars the bounds hold for the sum, of which each container may have any part.
      if (containers.length === 1) yield* judged(resource, only);
    }
  },
};

function* quantities(resource: Resource, container: Block): Iterable<Verdict> {
  for (const name of ["cpu", "memory"]) {
    const written = container.get(`resources.limits.${name}`);
    if (isQuantity(written)) continue;
    yield {
      resource,
      severity: "error",
      message: `${name} is "${String(written)}"; refused at apply: it is no Kubernetes quantity.`,
      fix: name === "memory" ? "Write for example 512Mi or 2Gi." : "Write for example 1 or 500m.",
    };
  }
}

const DEFAULT_CPU = 1;
const DEFAULT_MEMORY = 512;

function* judged(resource: Resource, container: Block): Iterable<Verdict> {
  const limits = container.get("resources.limits");
  const [writtenCpu, writtenMemory] = [
    container.get("resources.limits.cpu"),
    container.get("resources.limits.memory"),
  ];
  if (isUnknown(limits)) return;
  const cpu = writtenCpu === undefined ? DEFAULT_CPU : cpuCount(writtenCpu);
  const memory = writtenMemory === undefined ? DEFAULT_MEMORY : mebibytes(writtenMemory);
  if (hasGpu(resource, limits)) {
    yield* withGpu(
      resource,
      writtenCpu === undefined ? undefined : cpu,
      writtenMemory === undefined ? undefined : memory,
    );
    return;
  }
  yield* generation(resource, memory);
  if (cpu === undefined) return;
  const bounds = boundsOf(cpu);
  if (bounds === undefined) {
    yield {
      resource,
      severity: "error",
      message: `cpu is ${JSON.stringify(writtenCpu)}; refused at apply: Cloud Run takes 0.08 to 1, or 1, 2, 4, 6 or 8 CPUs.`,
      fix: "Write 1, 2, 4, 6 or 8, or a part of one CPU.",
    };
    return;
  }
  const [low, high] = bounds;
  if (memory === undefined || (memory >= low && memory <= high)) return;
  const [said, gets] = [
    writtenMemory === undefined ? `${DEFAULT_MEMORY}Mi by default` : String(writtenMemory),
    writtenCpu === undefined ? `${DEFAULT_CPU} CPU by default` : `${cpu} CPU`,
  ];
  yield {
    resource,
    severity: "error",
    message: `memory is ${said} with ${gets}; refused at apply: for ${cpu} CPU, memory must be between ${low}Mi and ${high}Mi.`,
  };
}

/** Memory in MiB that goes with the CPU; undefined where Cloud Run has no such CPU. */
function boundsOf(cpu: number): readonly [low: number, high: number] | undefined {
  if (cpu >= 1) return cloudRunMemoryByCpu.value[cpu];
  const { lowestCpu, halfCpuMemory, belowHalfMemory, lowest } = fractionalCpuMemory.value;
  if (cpu < lowestCpu) return undefined;
  return [lowest, cpu < 0.5 ? belowHalfMemory : halfCpuMemory];
}

function hasGpu(resource: Resource, limits: unknown): boolean {
  const named = typeof limits === "object" && limits !== null && "nvidia.com/gpu" in limits;
  return (
    named ||
    revisionOf(resource).get("node_selector") !== undefined ||
    resource.get("template.node_selector") !== undefined
  );
}

function* withGpu(
  resource: Resource,
  cpu: number | undefined,
  memory: number | undefined,
): Iterable<Verdict> {
  const { cpus, mebibytes: least } = gpuMinimum.value;
  if (cpu !== undefined && cpu < cpus)
    yield {
      resource,
      severity: "error",
      message: `cpu is ${cpu} with a GPU; refused at apply: a GPU takes at least ${cpus} CPUs.`,
    };
  if (memory !== undefined && memory < least)
    yield {
      resource,
      severity: "error",
      message: `memory is ${memory}Mi with a GPU; refused at apply: a GPU takes at least ${least}Mi.`,
    };
}

function* generation(resource: Resource, memory: number | undefined): Iterable<Verdict> {
  const workload = workloadOf(resource);
  const second =
    revisionOf(resource).string("execution_environment") === "EXECUTION_ENVIRONMENT_GEN2" ||
    (workload !== undefined &&
      annotation(workload, "revision", "run.googleapis.com/execution-environment") === "gen2") ||
    resource.type === "google_cloud_run_v2_job";
  const least = secondGenerationMemory.value;
  if (!second || memory === undefined || memory >= least) return;
  yield {
    resource,
    severity: "error",
    message: `memory is ${memory}Mi in the second generation execution environment; refused at apply: it takes at least ${least}Mi.`,
    fix: `Write ${least}Mi or more, or choose the first generation.`,
  };
}

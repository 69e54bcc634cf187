import { cpuCount, isQuantity, mebibytes } from "../../analysis/capacity/quantity.ts";
import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Resource, Value } from "../../graph/index.ts";
import {
  cloudRunMemoryByCpu,
  fractionalCpuMemory,
  gpuMinimum,
  secondGenerationMemory,
} from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** CPU and memory go together. */
export const cpuMemory: Rule = {
  id: "capacity/cpu-memory",
  why: "Cloud Run takes certain numbers of CPUs, and for each of them only so much memory; the provider checks neither.",
  limit:
    "0.08 to 1, or 1, 2, 4, 6, 8 CPUs; memory up to 512 MiB below 0.5 CPU, 1 GiB below 1, 4 GiB for 1, 8 for 2, 2 to 16 for 4, 4 to 24 for 6, 4 to 32 for 8; second generation at least 512 MiB",
  fix: "Choose the CPU that goes with the memory, or the memory that goes with the CPU.",
  source: cloudRunMemoryByCpu.source,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const { resource, containers, containersKnown } = workload;
      if (workload.kind !== "function")
        for (const container of containers) yield* quantities(resource, container);
      const [only, ...sidecars] = containers;
      if (only === undefined || !containersKnown) continue;
      yield* sidecars.length > 0 ? together(workload) : alone(workload, only);
    }
  },
};

function* quantities(resource: Resource, { cpu, memory }: Container): Iterable<Violation> {
  for (const [name, written, example] of [
    ["cpu", cpu, "1 or 500m"],
    ["memory", memory, "512Mi or 2Gi"],
  ] as const) {
    if (isQuantity(written)) continue;
    yield {
      resource,
      message: `${name} is "${String(written)}"; rejected by the API: it is not a Kubernetes quantity.`,
      fix: `Write for example ${example}.`,
    };
  }
}

/** Of several containers each may have any part of what an instance has at most. */
function* together({ resource, containers, gpu }: Workload): Iterable<Violation> {
  if (gpu !== false) return;
  const most = Math.max(...Object.keys(cloudRunMemoryByCpu.value).map(Number));
  const cpu = sum(containers.map((container) => cpuCount(container.cpu)));
  if (cpu > most)
    yield {
      resource,
      message: `cpu of ${containers.length} containers adds up to ${cpu}; rejected by the API: an instance has ${most} CPUs at most.`,
      fix: `Lower cpu of one container until the sum is ${most} or less.`,
    };
  const high = cloudRunMemoryByCpu.value[most]?.[1] ?? 0;
  const memory = sum(containers.map((container) => mebibytes(container.memory)));
  if (memory > high)
    yield {
      resource,
      message: `memory of ${containers.length} containers adds up to ${memory}Mi; rejected by the API: an instance has ${high}Mi at most.`,
      fix: `Lower memory of one container until the sum is ${high}Mi or less.`,
    };
}

/** What is not known counts as nothing. */
function sum(amounts: readonly (number | undefined)[]): number {
  return amounts.reduce<number>((all, amount) => all + (amount ?? 0), 0);
}

const DEFAULT_CPU = 1;
const DEFAULT_MEMORY = 512;

function* alone(workload: Workload, container: Container): Iterable<Violation> {
  const { resource, kind, gpu } = workload;
  const { cpu: writtenCpu, memory: writtenMemory } = container;
  if (!container.limitsKnown || gpu === undefined || (kind === "function" && !isComparable(container)))
    return;
  if (gpu) {
    yield* withGpu(resource, cpuCount(writtenCpu), mebibytes(writtenMemory));
    return;
  }
  const cpu = writtenCpu === undefined ? DEFAULT_CPU : cpuCount(writtenCpu);
  const memory = writtenMemory === undefined ? DEFAULT_MEMORY : mebibytes(writtenMemory);
  yield* inSecondGeneration(workload, memory);
  if (cpu === undefined) return;
  const bounds = boundsOf(cpu);
  if (bounds === undefined) {
    yield {
      resource,
      message: `cpu is ${JSON.stringify(writtenCpu)}; rejected by the API: Cloud Run takes 0.08 to 1, or 1, 2, 4, 6 or 8 CPUs.`,
      fix: "Write 1, 2, 4, 6 or 8, or a part of one CPU.",
    };
    return;
  }
  const [low, high] = bounds;
  const fits = (amount: number | undefined) => amount === undefined || (amount >= low && amount <= high);
  if (fits(memory) || (kind === "function" && fits(asBinary(writtenMemory)))) return;
  const found = writtenMemory === undefined ? `${DEFAULT_MEMORY}Mi by default` : String(writtenMemory);
  const byDefault = writtenCpu === undefined ? " by default" : "";
  yield {
    resource,
    message: `memory is ${found} with ${cpu} CPU${byDefault}; rejected by the API: for ${cpu} CPU, memory must be between ${low}Mi and ${high}Mi.`,
  };
}

/** MiB where "1G" means 1 GiB, as Cloud Run functions may read it. */
function asBinary(memory: Value | undefined): number | undefined {
  return mebibytes(typeof memory === "string" ? memory.replace(/([kMGT])$/, "$1i") : memory);
}

/** Google chooses the CPU of a function by its memory, where none is written. */
function isComparable({ cpu, memory }: Container): boolean {
  return cpu !== undefined && typeof memory === "string";
}

/** Memory in MiB that goes with the CPU; undefined where Cloud Run has no such CPU. */
function boundsOf(cpu: number): readonly [low: number, high: number] | undefined {
  if (cpu >= 1) return cloudRunMemoryByCpu.value[cpu];
  const { lowestCpu, halfCpuMemory, belowHalfMemory, lowest } = fractionalCpuMemory.value;
  if (cpu < lowestCpu) return undefined;
  return [lowest, cpu < 0.5 ? belowHalfMemory : halfCpuMemory];
}

function* withGpu(
  resource: Resource,
  cpu: number | undefined,
  memory: number | undefined,
): Iterable<Violation> {
  const { cpus, mebibytes: least } = gpuMinimum.value;
  if (cpu !== undefined && cpu < cpus)
    yield {
      resource,
      message: `cpu is ${cpu} with a GPU; rejected by the API: a GPU takes at least ${cpus} CPUs.`,
    };
  if (memory !== undefined && memory < least)
    yield {
      resource,
      message: `memory is ${memory}Mi with a GPU; rejected by the API: a GPU takes at least ${least}Mi.`,
    };
}

function* inSecondGeneration(
  { resource, kind, executionEnvironment }: Workload,
  memory: number | undefined,
): Iterable<Violation> {
  const least = secondGenerationMemory.value;
  if (executionEnvironment !== "second" || memory === undefined || memory >= least) return;
  yield {
    resource,
    message: `memory is ${memory}Mi; rejected by the API: the second generation execution environment takes ${least}Mi or more.`,
    fix: `Write ${least}Mi or more${kind === "service" ? ", or choose the first generation" : ""}.`,
  };
}

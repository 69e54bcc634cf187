import { secretVariable } from "../names.ts";
import { type Environment, isJob, type Sidecar, type Workload, workloads } from "../schema/environment.ts";
import { type Mebibytes, memoryQuantity } from "../units.ts";
import type { Variable } from "./contract.ts";
import { pinnedSecret } from "./secret-reference.ts";

/** What all containers of one instance, or of one task, have together. */
export interface InstanceSize {
  readonly cpu: number;
  readonly memory: Mebibytes;
}

export function instanceSize({ cpu, memory, sidecars = [] }: Workload): InstanceSize {
  return {
    // Tenths add up to 0.30000000000000004.
    cpu: Math.round((cpu + sidecars.reduce((sum, sidecar) => sum + sidecar.cpu, 0)) * 1000) / 1000,
    memory: (memory + sidecars.reduce((sum, sidecar) => sum + sidecar.memory, 0)) as Mebibytes,
  };
}

/** The environment variables of a sidecar: none but its own. */
export function sidecarVariables(plan: Pick<Environment, "secrets">, sidecar: Sidecar): readonly Variable[] {
  const plain = Object.entries(sidecar.environment).map(([name, value]) => ({
    name,
    from: { value },
    meaning: "set by this environment for this sidecar",
  }));
  const fromSecrets = sidecar.secrets.map((name) => ({
    name: secretVariable(name),
    from: pinnedSecret(plan, name),
    meaning: `secret ${name}`,
  }));
  return [...plain, ...fromSecrets];
}

/** Whether a container of the instance waits for another one. */
export function isWaitedFor({ startsAfter = [], sidecars = [] }: Workload, name: string): boolean {
  return [startsAfter, ...sidecars.map((sidecar) => sidecar.startsAfter ?? [])].flat().includes(name);
}

/** One container of a workload with sidecars, as a table shows it. */
export interface ContainerRow {
  readonly workload: string;
  readonly container: string;
  readonly cpu: number;
  /** "512Mi" */
  readonly memory: string;
  readonly startsAfter: readonly string[];
}

/** The containers of every workload with sidecars, and what they have together. */
export function containerRows(plan: Pick<Environment, "services" | "jobs" | "workerPools">): ContainerRow[] {
  return workloads(plan).flatMap((workload) => {
    const { name, cpu, memory, startsAfter = [], sidecars = [] } = workload;
    if (sidecars.length === 0) return [];
    const whole = instanceSize(workload);
    return [
      { workload: name, container: name, cpu, memory: memoryQuantity(memory), startsAfter },
      ...sidecars.map((sidecar) => ({
        workload: name,
        container: sidecar.name,
        cpu: sidecar.cpu,
        memory: memoryQuantity(sidecar.memory),
        startsAfter: sidecar.startsAfter ?? [],
      })),
      {
        workload: name,
        container: isJob(workload) ? "one task" : "one instance",
        cpu: whole.cpu,
        memory: memoryQuantity(whole.memory),
        startsAfter: [],
      },
    ];
  });
}

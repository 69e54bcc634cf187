import type { Service, WorkerPool } from "../schema/environment.ts";

/** Something that grows with the load, and what can be changed each time it is full. */
export interface CapacityPath {
  readonly name: string;
  readonly unit: string;
  /** What is needed at a load factor, by the budgets of the environment. */
  readonly needed: (factor: number) => number;
  /** Today's size, then larger ones; the last one carries any load. */
  readonly stages: readonly [Stage, ...Stage[]];
}

export interface Stage {
  /** What it carries; Infinity for any load. */
  readonly limit: number;
  /** Key and value in the environment; empty for today's size. */
  readonly change: string;
}

/** The services at a load factor: load means instances, so that each has as many times more. */
export function servicesAtLoad(services: readonly Service[], factor: number): Service[] {
  return services.map((service) => ({
    ...service,
    instances: { ...service.instances, max: Math.ceil(service.instances.max * factor) },
  }));
}

/** The worker pools at a load factor: somebody gives each as many times more instances. */
export function workerPoolsAtLoad(
  pools: readonly WorkerPool[] | undefined,
  factor: number,
): WorkerPool[] | undefined {
  return pools?.map((pool) => ({ ...pool, instanceCount: Math.ceil(pool.instanceCount * factor) }));
}

/** The first stage that carries a load factor. */
export function stageAt(path: CapacityPath, factor: number): Stage {
  const needed = path.needed(factor);
  return path.stages.find(({ limit }) => needed <= limit) ?? path.stages[0];
}

/** The search for the load that a stage carries advances in tenths of today's load. */
const STEPS_PER_LOAD = 10;
/** A hundred times the load is another platform. */
const MAX_LOAD_FACTOR = 100;

/**
 * The highest load factor, in tenths, that a stage carries; Infinity above a hundred, and 0 where it does not carry
 * today's load.
 */
export function carriesUntil(path: CapacityPath, { limit }: Stage): number {
  const holds = (tenths: number): boolean => path.needed(tenths / STEPS_PER_LOAD) <= limit;
  if (holds(MAX_LOAD_FACTOR * STEPS_PER_LOAD)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = MAX_LOAD_FACTOR * STEPS_PER_LOAD;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low / STEPS_PER_LOAD;
}

/** Today's size, and after it only those that carry more. */
export function growing(present: number, further: readonly Stage[]): CapacityPath["stages"] {
  return [{ limit: present, change: "" }, ...further.filter(({ limit }) => limit > present)];
}

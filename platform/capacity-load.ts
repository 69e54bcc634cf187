import type { Environment } from "./schema/environment.ts";

/** Something that grows with the load, and what can be done each time it is full. */
export interface CapacityPath {
  readonly name: string;
  readonly unit: string;
  /** What is needed at so many times the load, by the budgets of the environment. */
  readonly needed: (factor: number) => number;
  /** As it is, then larger and larger; the last one takes any load. */
  readonly stages: readonly [Stage, ...Stage[]];
}

export interface Stage {
  /** What it carries; Infinity where it ends the question. */
  readonly limit: number;
  /** Key and value in the environment; empty for what there is. */
  readonly change: string;
}

/** The environment at so many times its load: every service has that many more instances, which is what load makes. */
export function atLoad(environment: Environment, factor: number): Environment {
  return {
    ...environment,
    services: environment.services.map((service) => ({
      ...service,
      instances: { ...service.instances, max: Math.ceil(service.instances.max * factor) },
    })),
  };
}

/** The first stage that carries so many times the load. */
export function stageAt(path: CapacityPath, factor: number): Stage {
  const needed = path.needed(factor);
  return path.stages.find(({ limit }) => needed <= limit) ?? path.stages[0];
}

/** Steps in which turning points are told: tenths of the load there is. */
const STEP = 10;
/** A hundred times the load is another platform. */
const FARTHEST = 100;

/**
 * The most load, in tenths, that a stage carries; Infinity where that is beyond a hundred times, and 0 where it does
 * not even carry what there is.
 */
export function carriesUntil(path: CapacityPath, { limit }: Stage): number {
  const holds = (tenths: number): boolean => path.needed(tenths / STEP) <= limit;
  if (holds(FARTHEST * STEP)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = FARTHEST * STEP;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low / STEP;
}

/** What there is, and after it only what carries more. */
export function growing(present: number, further: readonly Stage[]): CapacityPath["stages"] {
  return [{ limit: present, change: "" }, ...further.filter(({ limit }) => limit > present)];
}

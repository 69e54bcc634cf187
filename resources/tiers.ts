import { cloudSqlLimits, performanceTierMemory } from "./limits.ts";

/** CPUs and memory in the name of a custom tier. */
export interface CustomTier {
  readonly cpus: number;
  /** MiB. */
  readonly memory: number;
}

/** "db-custom-2-7680" split into its numbers; undefined for any other tier. */
export function customTier(tier: string): CustomTier | undefined {
  const match = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  return match === null ? undefined : { cpus: Number(match[1]), memory: Number(match[2]) };
}

/** Connection poolers of an instance with managed connection pooling: one for each 4 CPUs; undefined for a tier that is not known. */
export function poolersOf(tier: string): number | undefined {
  const cpus = /^db-perf-optimized-N-(\d+)$/.exec(tier)?.[1];
  return cpus === undefined
    ? undefined
    : Math.max(1, Math.floor(Number(cpus) / cloudSqlLimits.cpusPerPooler.value));
}

/** Memory of the tier in MiB; undefined for one that is not known. */
export function tierMemory(tier: string): number | undefined {
  return (
    customTier(tier)?.memory ?? cloudSqlLimits.tierMemory.value[tier] ?? performanceTierMemory.value[tier]
  );
}

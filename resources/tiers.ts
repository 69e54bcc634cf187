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

/** Memory of the tier in MiB; undefined for one that is not known. */
export function tierMemory(tier: string): number | undefined {
  return (
    customTier(tier)?.memory ?? cloudSqlLimits.tierMemory.value[tier] ?? performanceTierMemory.value[tier]
  );
}

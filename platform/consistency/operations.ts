import { monitoringLimits } from "../../resources/limits.ts";
import type { Issue } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

/** Monitoring allows a few periods only. */
export function uptimePeriods({ deadlines }: Pick<Environment, "deadlines">): Issue[] {
  const periods = monitoringLimits.uptimePeriods.value;
  if (periods.includes(deadlines.uptimePeriod)) return [];
  return [
    {
      path: ["deadlines", "uptimePeriod"],
      value: `${deadlines.uptimePeriod} s`,
      allowed: `Google allows the periods ${periods.join(", ")} s`,
      fix: `write seconds(${periods.find((period) => period > deadlines.uptimePeriod) ?? periods[0]})`,
    },
  ];
}

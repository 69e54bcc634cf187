import type { Issue } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

/** A runner's disk is deleted after its job: a local state would be lost, and the next run would create everything again. */
export function deliveries({ delivery, state }: Pick<Environment, "delivery" | "state">): Issue[] {
  if (delivery === undefined || state !== undefined) return [];
  return [
    {
      path: ["delivery"],
      value: `"${delivery.repository}"`,
      allowed: "workflows need a state that outlives their runner, and state.bucket names none",
      fix: "name state.bucket, make the bucket with npm run bootstrap, and move the local state into it",
      uses: [["state"]],
    },
  ];
}

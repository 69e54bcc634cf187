import { cloudRunLimits } from "../../resources/limits.ts";
import type { Issue } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";
import { stepDuration } from "../workloads/rollout.ts";

/** Steps must ascend to all of the traffic, and a step must outlast the delay of its metrics. */
export function rollouts(environment: Pick<Environment, "rollout" | "deadlines">): Issue[] {
  const { steps, inconclusive, metricLag } = environment.rollout;
  const all = cloudRunLimits.trafficTotal.value;
  const issues: Issue[] = [];
  const fallsAt = steps.findIndex((step, index) => index > 0 && step <= (steps[index - 1] ?? 0));
  if (fallsAt !== -1) {
    issues.push({
      path: ["rollout", "steps", fallsAt],
      value: String(steps[fallsAt]),
      allowed: `the step before is ${steps[fallsAt - 1]}, and each step must have more traffic than the one before`,
      fix: "write the steps in ascending order, each once",
      uses: [["rollout", "steps", fallsAt - 1]],
    });
  }
  if (steps.at(-1) !== all) {
    issues.push({
      path: ["rollout", "steps"],
      value: JSON.stringify(steps),
      allowed: `the last step is ${all}, otherwise the new revision never gets all traffic`,
      fix: `end the list with ${all}`,
    });
  }
  if (inconclusive < metricLag) {
    issues.push({
      path: ["rollout", "inconclusive"],
      value: `${inconclusive} s`,
      allowed: `metrics may be ${metricLag} s late (rollout.metricLag), so that every step would be aborted while it waits for them`,
      fix: `write at least seconds(${metricLag}); one step takes ${stepDuration(environment)} s`,
      uses: [["rollout", "metricLag"]],
    });
  }
  return issues;
}

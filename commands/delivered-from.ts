import { type DeliveryAccess, deliveryAccess, hostOf } from "../platform/delivery/access.ts";
import { formatIssue } from "../platform/issue.ts";
import { platformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { loadEnvironments } from "../synthesis/load-environments.ts";
import { today } from "./command.ts";
import { environmentsFolder } from "./project.ts";

/**
 * How the workflows of one host sign in to each environment that it delivers.
 *
 * @param wanted names of environments; none means all
 * @throws UserError where one of them is invalid
 */
export async function deliveredFrom(
  host: "github" | "gitlab",
  wanted: readonly string[],
): Promise<DeliveryAccess[]> {
  const loaded = await loadEnvironments(environmentsFolder(), [...wanted], today());
  if (loaded.issues.length > 0) {
    const lines = loaded.issues.flatMap((found) => found.issues.map(formatIssue));
    throw new UserError(lines.join("\n"));
  }
  return loaded.environments
    .filter(({ delivery }) => delivery !== undefined && hostOf(delivery) === host)
    .map((environment) => deliveryAccess(platformPlan(environment)))
    .filter((access) => access !== undefined);
}

import type { GatePlan } from "../platform/preflight-gate.ts";
import { UserError } from "../platform/user-error.ts";

/**
 * Parses the plan that Terraform passes in PREFLIGHT_GATE.
 *
 * @throws UserError where it is missing, or of another version
 */
export function readGatePlan(text: string | undefined): GatePlan {
  if (text === undefined || text === "")
    throw new UserError(
      "PREFLIGHT_GATE is not set: Terraform runs this program; by hand use npm run preflight -- ENVIRONMENT.",
    );
  try {
    const plan: unknown = JSON.parse(text);
    if (isPlan(plan)) return plan;
  } catch {
    // Reported below.
  }
  throw new UserError(
    "PREFLIGHT_GATE is not a plan of this version: synthesize again (npm start), so that gate.cjs and the Terraform JSON match.",
  );
}

function isPlan(plan: unknown): plan is GatePlan {
  if (typeof plan !== "object" || plan === null) return false;
  const { version, environment, project, region, within, jobs, natAddresses } = plan as Partial<GatePlan>;
  return (
    version === 1 &&
    [environment, project, region].every((text) => typeof text === "string") &&
    typeof within === "number" &&
    Array.isArray(jobs) &&
    jobs.every(({ service, job }) => typeof service === "string" && typeof job === "string") &&
    Array.isArray(natAddresses)
  );
}

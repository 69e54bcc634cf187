import { z } from "zod";
import type { GatePlan } from "../platform/preflight/preflight-gate.ts";
import { UserError } from "../platform/user-error.ts";

/** Its names become parts of URLs and of messages. */
const name = z.string().regex(/^[\w.:-]+$/);

const gatePlan: z.ZodType<GatePlan> = z.object({
  version: z.literal(1),
  environment: name,
  project: name,
  region: name,
  image: z.string(),
  within: z.number().positive(),
  jobs: z.array(z.object({ service: name, job: name, comparesAddress: z.boolean() })),
  natAddresses: z.array(name),
  networkProject: name.optional(),
});

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
  const plan = gatePlan.safeParse(parsed(text)).data;
  if (plan !== undefined) return plan;
  throw new UserError(
    "PREFLIGHT_GATE is not a plan of this version: synthesize again (npm start), so that gate.cjs and the Terraform JSON match.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

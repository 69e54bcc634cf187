import type { PreflightJob } from "../../../google/preflight-job.ts";
import { platformNames } from "../../../platform/names.ts";
import { needsPreflight } from "../../../platform/preflight.ts";
import type { Environment, Service } from "../../../platform/schema/environment.ts";
import { UserError } from "../../../platform/sentence.ts";
import { timeBudget } from "../../../platform/time-budget.ts";

/**
 * The probe inside the network: the service's own job, or, for a service that needs nothing, another one's, because what is
 * asked here is HTTP alone.
 *
 * @throws UserError where the environment has no such job
 */
export function probeJob(
  environment: Environment,
  service: Service,
  variables: Readonly<Record<string, string>>,
): PreflightJob {
  const { project, region, services, deadlines } = environment;
  const owner = [service, ...services].find(needsPreflight);
  if (owner === undefined)
    throw new UserError(
      `No service of ${environment.name} has a preflight job, so nobody inside the network can look at a new revision: give a service its dependencies or secrets.`,
    );
  return {
    project,
    region,
    job: platformNames(environment).preflightJob(owner.name),
    within: timeBudget(environment).initialization + deadlines.startupWindow,
    variables: { PREFLIGHT_ONLY: "contract", ...variables },
  };
}

/** The path of a WebSocket that opens without a login; undefined where there is none, or where it needs one. */
export function webSocketPath({ validation }: Environment, service: Service): string | undefined {
  const { webSocket } = validation;
  if (!service.webSockets || webSocket === undefined) return undefined;
  const exposed = service.exposure.some(({ host }) => host === webSocket.host);
  const open = Object.keys(webSocket.headers).length === 0 && !webSocket.path.includes("{{");
  return exposed && open ? webSocket.path : undefined;
}

import type { PreflightJob } from "../google/preflight-job.ts";
import { serviceAt } from "../platform/edge/routes.ts";
import type { PlanParts, PlatformPlan } from "../platform/plan.ts";
import { checkedWorkloads } from "../platform/preflight/preflight.ts";
import type { Service } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";

/**
 * The probe inside the network: the service's own preflight job, or another one's for a service without dependencies,
 * because these checks are HTTP only.
 *
 * @param id unique; identifies the log entries of the execution
 * @throws UserError where the environment has no such job
 */
export function probeJob(
  platform: PlanParts<"services" | "jobs" | "workerPools" | "preflight" | "timeBudget">,
  service: Service,
  id: string,
  variables: Readonly<Record<string, string>>,
): PreflightJob {
  const { name, project, region, names, timeBudget } = platform;
  const checked = checkedWorkloads(platform);
  const owner = checked.includes(service) ? service : checked[0];
  if (owner === undefined)
    throw new UserError(
      `Nothing of ${name} has a preflight job, so a new revision cannot be probed from inside the network: the section "preflight" and a service with dependencies or secrets give it one.`,
    );
  return {
    id,
    environment: name,
    project,
    region,
    job: names.preflightJob(owner.name),
    within: timeBudget.readiness,
    variables: { PREFLIGHT_ONLY: "contract", ...variables },
  };
}

/** A WebSocket that opens without a login; undefined where the service has none. */
export function openWebSocket(
  platform: Pick<PlatformPlan, "validation" | "hostPlan">,
  service: Service,
): { readonly host: string; readonly path: string } | undefined {
  const { webSocket } = platform.validation;
  if (!service.webSockets || webSocket === undefined) return undefined;
  const { host, path, headers } = webSocket;
  const isOpen = Object.keys(headers).length === 0 && !path.includes("{{");
  return isOpen && serviceAt(platform.hostPlan, host, path) === service.name ? { host, path } : undefined;
}

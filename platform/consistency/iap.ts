import { senderTo } from "../backing-services/events.ts";
import { serviceAt } from "../edge/routes.ts";
import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { type Service, workloads } from "../schema/environment.ts";

type Settings = Pick<
  PlatformPlan,
  "services" | "jobs" | "workerPools" | "preflight" | "validation" | "hostPlan"
>;

/** Services that people sign in to: what calls them without signing in is refused. */
export function signIns(plan: Settings): Issue[] {
  return plan.services.flatMap((service, index): Issue[] => {
    if (service.iap === undefined) return [];
    const path = ["services", index, "iap"] as const;
    const unsigned = callerWithoutSignIn(plan, service);
    const found: Issue[] = [];
    if (service.iap.members.length === 0)
      found.push({
        path: [...path, "members"],
        value: "[]",
        allowed: "nobody may sign in",
        fix: 'write for example ["group:staff@example.com"], or remove iap',
      });
    if (service.exposure.length === 0 && service.publicUrl !== true)
      found.push({
        path: [...path],
        value: "set",
        allowed: "the service is internal, and nobody signs in from the network",
        fix: "give it an exposure or publicUrl, or remove iap",
        uses: [["services", index, "exposure"]],
      });
    if (unsigned !== undefined)
      found.push({
        path: [...path],
        value: "set",
        allowed: `${unsigned}, and is sent to the sign-in instead`,
        fix: "remove iap, or what calls the service",
        uses: [["services", index, "exposure"]],
      });
    return found;
  });
}

function callerWithoutSignIn(plan: Settings, service: Service): string | undefined {
  const { name } = service;
  const sender = senderTo(service);
  const caller = workloads(plan).find(({ dependsOn }) => dependsOn.includes(name));
  if (caller !== undefined) return `${caller.name} calls it without signing in`;
  if (sender !== undefined) return sender.replace(" (", " without signing in (");
  if (plan.preflight !== undefined) return "the gate of a rollout calls it without signing in (preflight)";
  const { endpoints = [], goldenPath, webSocket } = plan.validation;
  const validated = [...endpoints, ...goldenPath, ...(webSocket === undefined ? [] : [webSocket])].find(
    ({ host, path }) => serviceAt(plan.hostPlan, host, path) === name,
  );
  return validated === undefined ? undefined : `the validation calls ${validated.host} without signing in`;
}

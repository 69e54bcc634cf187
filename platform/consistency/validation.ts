import { serviceAt } from "../edge/routes.ts";
import type { Issue, Path } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import type { Environment } from "../schema/environment.ts";
import { placeholders } from "../schema/validation.ts";

/** Validated hosts must be at the load balancer, and every placeholder must have a value when it is used. */
export function validations(plan: Pick<PlatformPlan, "validation" | "services" | "hostPlan">): Issue[] {
  const { validation, hostPlan } = plan;
  const { endpoints, goldenPath, webSocket } = validation;
  const exposed = hostPlan.map(({ host }) => host);
  const hosts: { host: string; path: Path }[] = [
    ...(endpoints ?? []).map(({ host }, index) => ({
      host,
      path: ["validation", "endpoints", index, "host"],
    })),
    ...goldenPath.map(({ host }, index) => ({ host, path: ["validation", "goldenPath", index, "host"] })),
    ...(webSocket === undefined ? [] : [{ host: webSocket.host, path: ["validation", "webSocket", "host"] }]),
  ];
  return [
    ...hosts
      .filter(({ host }) => !exposed.includes(host))
      .map(
        ({ host, path }): Issue => ({
          path,
          value: `"${host}"`,
          allowed: `no service has this host; there are ${exposed.join(", ") || "no public hosts"}`,
          fix: "choose one of these hosts, or add it to the exposure of a service",
          uses: [["services"]],
        }),
      ),
    ...socketRoute(plan),
    ...unknownPlaceholders(validation),
    ...watchTooShort(validation),
  ];
}

/** A service without webSockets has no session affinity, and its request timeout may end every WebSocket. */
function socketRoute(plan: Pick<PlatformPlan, "validation" | "services" | "hostPlan">): Issue[] {
  const { validation, services, hostPlan } = plan;
  const { webSocket } = validation;
  if (webSocket === undefined) return [];
  const name = serviceAt(hostPlan, webSocket.host, webSocket.path);
  const index = services.findIndex((service) => service.name === name);
  if (name === undefined || services[index]?.webSockets !== false) return [];
  return [
    {
      path: ["validation", "webSocket", "path"],
      value: `"${webSocket.path}"`,
      allowed: `${webSocket.host}${webSocket.path} is routed to ${name}, which has no WebSockets`,
      fix: `choose a path of a service with webSockets: true, or set it for ${name}`,
      uses: [["services", index, "webSockets"]],
    },
  ];
}

function unknownPlaceholders(validation: Environment["validation"]): Issue[] {
  const known = new Set(validation.credentials);
  const issues: Issue[] = [];
  const check = (
    path: Path,
    asked: { path: string; headers: Record<string, string>; body?: string | undefined },
  ) => {
    const used = [asked.path, ...Object.values(asked.headers), asked.body ?? ""].flatMap(placeholders);
    for (const name of new Set(used.filter((name) => !known.has(name)))) {
      issues.push({
        path,
        value: `{{${name}}}`,
        allowed: `a placeholder is one of validation.credentials or kept by an earlier step: ${[...known].join(", ") || "none is"}`,
        fix: `add "${name}" to validation.credentials, or keep it in an earlier step`,
      });
    }
  };
  validation.goldenPath.forEach((step, index) => {
    check(["validation", "goldenPath", index], step);
    for (const name of Object.keys(step.keep)) known.add(name);
  });
  const { webSocket } = validation;
  if (webSocket !== undefined) check(["validation", "webSocket"], { ...webSocket, body: webSocket.send });
  return issues;
}

function watchTooShort({ watch }: Environment["validation"]): Issue[] {
  if (watch.period <= watch.duration) return [];
  return [
    {
      path: ["validation", "watch", "period"],
      value: `${watch.period} s`,
      allowed: `the watch lasts ${watch.duration} s, so that there is no second round`,
      fix: "lower watch.period or raise watch.duration",
      uses: [["validation", "watch", "duration"]],
    },
  ];
}

import { senderTo } from "../backing-services/events.ts";
import { serviceAt } from "../edge/routes.ts";
import type { Issue, Path } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import type { Service } from "../schema/environment.ts";
import { isGrpcOnly, isHttp2 } from "../workloads/probes.ts";

type Settings = Pick<PlatformPlan, "services" | "preflight" | "validation" | "hostPlan">;

const PROBES = ["startupProbe", "livenessProbe", "readinessProbe"] as const;

/** Services of HTTP/2 and gRPC: what asks them must speak what they speak. */
export function protocols(plan: Settings): Issue[] {
  return plan.services.flatMap((service, index) => {
    const path: Path = ["services", index];
    return [
      ...PROBES.flatMap((key) => probe(service, key, path)),
      ...webSockets(service, path),
      ...callersByHttp(plan, service, path),
    ];
  });
}

function probe(service: Service, key: (typeof PROBES)[number], path: Path): Issue[] {
  const written = service[key];
  if (written === undefined) return [];
  const { protocol = "http1" } = service;
  const uses = [[...path, "protocol"]];
  const { grpcService, port } = written;
  if (protocol === "http1" && grpcService !== undefined)
    return [
      {
        path: [...path, key, "grpcService"],
        value: `"${grpcService}"`,
        allowed: 'gRPC takes HTTP/2, and protocol is "http1"',
        fix: 'write protocol: "grpc", or "h2c" where the server answers HTTP as well',
        uses,
      },
    ];
  // An HTTP path is written where it is not the default.
  const isAsked =
    grpcService === undefined && (protocol === "http1" || (protocol === "h2c" && port !== undefined));
  if (!isAsked && written.path !== "/health")
    return [
      {
        path: [...path, key, "path"],
        value: `"${written.path}"`,
        allowed:
          grpcService !== undefined || protocol === "grpc"
            ? "this probe asks by the gRPC health protocol, which has no path"
            : 'Cloud Run probes by HTTP/1, and the port of the requests takes HTTP/2 (protocol is "h2c")',
        fix:
          protocol === "h2c" && grpcService === undefined
            ? "add port, where the container answers HTTP/1, or write grpcService"
            : "remove it",
        uses: [...uses, [...path, key, "grpcService"]],
      },
    ];
  if (key !== "readinessProbe" || protocol !== "h2c" || grpcService !== undefined || port !== undefined)
    return [];
  return [
    {
      path: [...path, key],
      value: "set",
      allowed: 'Cloud Run probes by HTTP/1, and the port of the requests takes HTTP/2 (protocol is "h2c")',
      fix: "add port, where the container answers HTTP/1, or write grpcService",
      uses,
    },
  ];
}

/** https://docs.cloud.google.com/run/docs/triggering/websockets */
function webSockets(service: Service, path: Path): Issue[] {
  if (!service.webSockets || !isHttp2(service)) return [];
  return [
    {
      path: [...path, "protocol"],
      value: `"${service.protocol}"`,
      allowed: "it has webSockets, which reach a container by HTTP/1 only",
      fix: 'write protocol: "http1", or serve WebSockets from a service of their own',
      uses: [[...path, "webSockets"]],
    },
  ];
}

function callersByHttp(plan: Settings, service: Service, path: Path): Issue[] {
  const caller = isGrpcOnly(service) ? callerByHttp(plan, service) : undefined;
  if (caller === undefined) return [];
  return [
    {
      path: [...path, "protocol"],
      value: '"grpc"',
      allowed: `${caller}, and a server of gRPC alone answers no such request`,
      fix: 'write protocol: "h2c" and answer HTTP next to gRPC, with grpcService in its probes, or remove what calls it',
      uses: [[...path, "subscriptions"], [...path, "events"], ["preflight"], ["validation"]],
    },
  ];
}

function callerByHttp(plan: Settings, service: Service): string | undefined {
  const { name } = service;
  const sender = senderTo(service);
  if (sender !== undefined) return sender.replace(" (", " as POST requests (");
  if (plan.preflight !== undefined)
    return "the gate of a rollout calls GET /health/infrastructure of it (preflight)";
  const { endpoints = [], goldenPath } = plan.validation;
  const called = [...endpoints, ...goldenPath].find(
    ({ host, path }) => serviceAt(plan.hostPlan, host, path) === name,
  );
  return called === undefined ? undefined : `the validation calls https://${called.host}${called.path}`;
}

import { type HostRequest, type HostResponse, httpsRequest, type Network } from "../../http/https-request.ts";
import { serviceAt } from "../../platform/edge/routes.ts";
import { HEALTH_PATH } from "../../platform/health/health-contract.ts";
import { compareHealth, type HealthDifference } from "../../platform/health/health-difference.ts";
import type { SymptomId } from "../../platform/operations/symptoms.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { isGrpcOnly } from "../../platform/workloads/probes.ts";
import { failed, passed, type Result, skipped, type Task } from "../check.ts";
import { explain } from "../explain.ts";
import { parsed } from "./fill.ts";

/** The effective settings of each service that the load balancer routes to, against the environment. */
export function contractTasks(
  plan: Pick<PlatformPlan, "expectedHealth" | "hostPlan" | "services" | "validation">,
  network: Network,
): Task[] {
  const within = plan.validation.answerWithin;
  return plan.services.flatMap((service) => {
    const address = healthAddress(plan, service);
    if (address === undefined) return [];
    return contractTask(service, async (signal) =>
      judged(plan, service, await httpsRequest(network, address, within, signal), within),
    );
  });
}

/** Reports the services that this omits as skipped. */
export function unseenContractTasks(plan: Pick<PlatformPlan, "hostPlan" | "services">, why: string): Task[] {
  return plan.services
    .filter((service) => healthAddress(plan, service) === undefined)
    .map((service) =>
      contractTask(service, () => [
        skipped({ category: "contract", subject: service.name, seconds: 0 }, why),
      ]),
    );
}

export function contractTask(
  { name }: Service,
  run: (signal: AbortSignal) => readonly Result[] | Promise<readonly Result[]>,
): Task {
  return { title: `contract of ${name}`, run: async (signal) => run(signal) };
}

/**
 * The address where the load balancer routes to the service's own /health/infrastructure: at the root of a host, or below
 * the service's path, as callers address it (AUTH_URL). Undefined where there is none.
 */
export function healthAddress(
  plan: Pick<PlatformPlan, "hostPlan">,
  service: Service,
): HostRequest | undefined {
  // Whoever does not sign in gets no answer of the service, and neither does plain HTTP of a gRPC server.
  if (service.iap !== undefined || isGrpcOnly(service)) return undefined;
  return service.exposure
    .flatMap(({ host, paths }) =>
      paths.map((path) => ({
        host,
        path: path.endsWith(HEALTH_PATH) ? path : `${path.replace(/\/?\*$/, "")}${HEALTH_PATH}`,
      })),
    )
    .find(({ host, path }) => serviceAt(plan.hostPlan, host, path) === service.name);
}

function judged(
  plan: Pick<PlatformPlan, "expectedHealth">,
  service: Service,
  answer: HostResponse,
  within: number,
): Result[] {
  const subject = service.name;
  const inForce = { category: "contract", subject, seconds: answer.seconds } as const;
  const dependencies = { category: "connectivity", subject: `${subject}: dependencies`, seconds: 0 } as const;
  const body =
    answer.kind === "response" && [200, 503].includes(answer.status) ? parsed(answer.body) : undefined;
  if (body === undefined) {
    const wrong = explain(answer, 200, within);
    const why = `${HEALTH_PATH} has no data: ${wrong?.why ?? "its body is not JSON"}${answer.kind === "response" ? " (reference/ holds one to copy)" : ""}`;
    return [
      failed(inForce, why, wrong?.fault ?? "application", wrong?.symptom ?? "endpoint-down"),
      skipped(dependencies, `${HEALTH_PATH} has no data`),
    ];
  }
  const differences = compareHealth(
    plan.expectedHealth(service),
    body,
    answer.kind === "response" ? answer.status : 0,
  );
  const down = differences.filter(({ kind }) => kind === "dependency");
  const others = differences.filter(({ kind }) => kind !== "dependency");
  const first = others[0];
  return [
    first === undefined
      ? passed(inForce, "every effective deadline and pool size matches the environment")
      : failed(inForce, sentences(others), first.fault, symptomOf(first)),
    dependencyResult(
      dependencies,
      down,
      others.some(({ kind }) => kind !== "number"),
    ),
  ];
}

function dependencyResult(
  about: { readonly category: "connectivity"; readonly subject: string; readonly seconds: number },
  down: readonly HealthDifference[],
  unreadable: boolean,
): Result {
  const worst = down.find(({ fault }) => fault === "infrastructure") ?? down[0];
  if (worst !== undefined) return failed(about, sentences(down), worst.fault, symptomOf(worst));
  return unreadable
    ? skipped(about, `${HEALTH_PATH} does not match its schema`)
    : passed(about, "every dependency is up, according to the service");
}

const sentences = (differences: readonly HealthDifference[]): string =>
  differences.map(({ sentence }) => sentence).join("; ");

function symptomOf({ kind, name }: HealthDifference): SymptomId {
  if (name === "redis") return "redis-error-3";
  if (name === "postgres") return "socket-connection-failed";
  if (name.endsWith("_POOL_SIZE") || name === "DATABASE_MAX_OVERFLOW") return "connection-slots-exhausted";
  if (kind === "number") return "start-up-timeouts";
  return kind === "dependency" ? "503-with-healthy-containers" : "endpoint-down";
}

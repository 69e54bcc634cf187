import { type HostResponse, httpsRequest, type Network } from "../../http/https-request.ts";
import { serviceAt } from "../../platform/edge/routes.ts";
import { HEALTH_PATH } from "../../platform/health/health-contract.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { isGrpcOnly } from "../../platform/workloads/probes.ts";
import { percentile } from "../../values/percentile.ts";
import { failed, passed, type Result, skipped, type Task } from "../check.ts";
import { explain } from "../explain.ts";

/** Concurrent requests to one endpoint: enough to be fast, too few to trigger scaling. */
const CONCURRENT_REQUESTS = 5;

/** Every endpoint responds with 200 in time, and the 95th percentile is within the latency objective. */
export function endpointTasks(
  plan: Pick<PlatformPlan, "hostPlan" | "objectives" | "services" | "validation">,
  network: Network,
): Task[] {
  const { validation, objectives } = plan;
  const silent = plan.services
    .filter((service) => service.iap !== undefined || isGrpcOnly(service))
    .map(({ name }) => name);
  const endpoints =
    validation.endpoints ??
    plan.hostPlan.flatMap(({ host, fallback }) => {
      const service = serviceAt(plan.hostPlan, host, "/health");
      if (service !== undefined) return silent.includes(service) ? [] : [{ host, path: "/health" }];
      // A bucket that serves a host has an index page.
      return fallback !== undefined && "bucket" in fallback ? [{ host, path: "/" }] : [];
    });
  return endpoints.map((endpoint) => {
    const subject = `https://${endpoint.host}${endpoint.path}`;
    return {
      title: subject,
      run: async (signal) => {
        const within = validation.answerWithin;
        const first = await httpsRequest(network, endpoint, within, signal);
        const health = reached(subject, first, within);
        if (health.status === "failed") {
          const why = "it does not respond, so its latency is unknown";
          return [health, skipped({ category: "latency", subject, seconds: 0 }, why)];
        }
        const answers = await several(validation.requests, () =>
          httpsRequest(network, endpoint, within, signal),
        );
        return [health, fast(subject, answers, objectives.latency)];
      },
    };
  });
}

function reached(subject: string, answer: HostResponse, within: number): Result {
  const about = { category: "endpoints", subject, seconds: answer.seconds } as const;
  const wrong = explain(answer, 200, within);
  if (wrong === undefined) return passed(about, `200 after ${answer.seconds.toFixed(2)} s`);
  const unhealthy = answer.kind === "response" && answer.status === 503 && subject.endsWith(HEALTH_PATH);
  const hint = unhealthy ? `${wrong.why} (the contract check names it)` : wrong.why;
  return failed(about, hint, wrong.fault, wrong.symptom);
}

function fast(subject: string, answers: readonly HostResponse[], objective: number): Result {
  const seconds = answers.reduce((sum, answer) => sum + answer.seconds, 0);
  const about = { category: "latency", subject, seconds } as const;
  const wrong = answers.filter((answer) => answer.kind === "failure" || answer.status !== 200).length;
  if (wrong > 0) {
    const why = `${wrong} of ${answers.length} requests did not get 200`;
    return failed(about, why, "infrastructure", "503-with-healthy-containers");
  }
  const p95 =
    percentile(
      answers.map((answer) => answer.seconds),
      0.95,
    ) ?? Number.NaN;
  const found = `95th percentile of ${answers.length} requests is ${p95.toFixed(2)} s, objective ${objective} s`;
  return p95 < objective ? passed(about, found) : failed(about, found, "application", "requests-slow");
}

async function several(count: number, one: () => Promise<HostResponse>): Promise<HostResponse[]> {
  const answers: HostResponse[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      answers.push(await one());
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_REQUESTS, count) }, worker));
  return answers;
}

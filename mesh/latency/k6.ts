import type { LatencyPlan } from "./plan.ts";

/**
 * The k6 script of a plan: arrivals at a constant rate, so that a slow response does not slow down later requests.
 * https://grafana.com/docs/k6/latest/using-k6/scenarios/executors/constant-arrival-rate/
 */
export function k6Script(plan: LatencyPlan): string {
  const options = {
    scenarios: {
      latency: {
        executor: "constant-arrival-rate",
        rate: plan.rate,
        timeUnit: "1s",
        duration: `${plan.duration}s`,
        // Enough for every request to take as long as the objective allows, and as many again.
        preAllocatedVUs: Math.ceil((plan.rate * plan.p95) / 1000) + 1,
        maxVUs: Math.ceil((plan.rate * plan.timeout) / 1000) + 1,
      },
    },
    thresholds: {
      http_req_duration: [`p(95)<${plan.p95}`],
      checks: [`rate>=${Number((1 - plan.failureShare).toFixed(6))}`],
      http_req_failed: [`rate<=${plan.failureShare}`],
      dropped_iterations: ["count<1"],
    },
    tags: { environment: plan.environment, host: plan.host, region: plan.region },
  };
  return `// Written from environments/${plan.environment}.ts by npm start; a change here is lost.
// k6 run ${plan.host}-${plan.region}.js    (in ${plan.region})
import { check } from "k6";
import http from "k6/http";

export const options = ${JSON.stringify(options, null, 2)};

export default function () {
  const response = http.get(${JSON.stringify(plan.url)}, { timeout: ${JSON.stringify(`${plan.timeout}ms`)}, redirects: 0 });
  check(response, { "answers 200 over TLS": (answer) => answer.status === 200 && answer.tls_version !== "" });
}
`;
}

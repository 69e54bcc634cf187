import type { RequestListener, ServerResponse } from "node:http";
import type { Network } from "../../http/https-request.ts";
import { type PlatformPlan, platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import type { Result, Task } from "../../validation/check.ts";
import { type Draft, environment } from "../support/environments.ts";

export const HOSTS = ["staging.netrasystems.ai", "api-staging.netrasystems.ai"] as const;

/** Staging with waits that a test can afford. */
export function staging(change: (draft: Draft) => void = () => {}): PlatformPlan {
  const changed = environment((draft) => {
    Object.assign(draft.validation, { answerWithin: 1, requests: 5 });
    draft.validation.webSocket.within = 1;
    change(draft);
  });
  return platformPlan(changed);
}

/** Both public hosts at a port of 127.0.0.1, trusted through an authority of the test. */
export function network(port: number, authority: string): Network {
  return {
    resolve: new Map(HOSTS.map((host) => [host, { address: "127.0.0.1", port }])),
    authorities: [authority],
  };
}

/** What a service answers at /health/infrastructure where everything is as it is written. */
export function healthy(subject: Environment, name: string, change: (body: Draft) => void = () => {}): Draft {
  const service = subject.services.find((candidate) => candidate.name === name);
  if (service === undefined) throw new Error(name);
  const expected = platformPlan(subject).expectedHealth(service);
  const body = {
    contract: 1,
    service: expected.cloudRunService,
    revision: `${expected.cloudRunService}-00001-abc`,
    status: "healthy",
    inForce: Object.fromEntries(expected.inForce.map((number) => [number.name, number.value])),
    dependencies: Object.fromEntries(
      expected.dependencies.map((dependency) => [dependency.name, { status: "up", seconds: 0.01 }]),
    ),
  };
  change(body);
  return body;
}

/** A platform on which all is well, with answers replaced by host and path. */
export function platform(
  subject: Environment,
  replaced: Record<string, RequestListener> = {},
): RequestListener {
  const usual: Record<string, RequestListener> = {
    "staging.netrasystems.ai/": text("<title>Netra</title>"),
    "staging.netrasystems.ai/health": json({ status: "healthy" }),
    "staging.netrasystems.ai/health/infrastructure": json(healthy(subject, "backend")),
    "api-staging.netrasystems.ai/health": json({ status: "healthy" }),
    "api-staging.netrasystems.ai/health/infrastructure": json(healthy(subject, "backend")),
    "api-staging.netrasystems.ai/auth/health": json({ status: "healthy" }),
    "api-staging.netrasystems.ai/auth/health/infrastructure": json(healthy(subject, "auth")),
  };
  return (request, response) => {
    const key = `${request.headers.host}${request.url}`;
    const answer = replaced[key] ?? usual[key];
    if (answer === undefined) end(response, 404, "text/plain", "no such path");
    else answer(request, response);
  };
}

export const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    end(response, status, "application/json", JSON.stringify(body));

export const text =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    end(response, status, "text/html", body);

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

/** Results of tasks, each as "status category subject: why". */
export async function run(tasks: readonly Task[]): Promise<Result[]> {
  return (await Promise.all(tasks.map((task) => task.run(new AbortController().signal)))).flat();
}

export const shown = ({ status, category, subject, why }: Result): string =>
  `${status} ${category} ${subject}: ${why}`;

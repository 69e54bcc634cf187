import type { PlannedDependency } from "../../platform/preflight/preflight.ts";
import { type Check, type Context, passed } from "../check.ts";
import { get, hostOf } from "../clients/https.ts";
import { identityToken } from "../clients/metadata.ts";
import { milliseconds } from "../time.ts";
import { badAnswer, requestFailure } from "../why/https.ts";
import { clickhouseChecks } from "./clickhouse.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";

/** What the service calls: others' endpoints, ClickHouse, and services of this platform. */
export function dependencyChecks(context: Context): Check[] {
  return context.plan.dependencies.flatMap((dependency) => {
    const url = new URL(context.variables[dependency.variable] ?? "");
    const endpoint = endpointOf(dependency, url);
    const checks = endpointChecks(context, endpoint);
    if (dependency.kind === "tls" || dependency.kind === "tcp") return checks;
    if (dependency.kind === "clickhouse") return [...checks, ...clickhouseChecks(context, endpoint, url)];
    return [...checks, answers(context, dependency, endpoint, url)];
  });
}

function endpointOf({ name, kind }: PlannedDependency, url: URL): Endpoint {
  const secure = url.protocol === "https:" || url.protocol === "tls:";
  const isOurs = kind === "service" || kind === "internal";
  const listens = isOurs
    ? `service ${name} answers after its first deployment`
    : `${name} is outside of the platform: is port ${url.port || "443"} the one it serves?`;
  return {
    target: name,
    host: hostOf(url),
    port: Number(url.port) || (secure ? 443 : 80),
    reach: "public",
    listens,
    ...(isOurs ? { category: "services" } : {}),
    ...(secure
      ? { tls: { identity: { host: hostOf(url), authority: "a CA that clients trust" }, plain: listens } }
      : {}),
  };
}

function answers(context: Context, dependency: PlannedDependency, endpoint: Endpoint, url: URL): Check {
  const { request } = context.plan.seconds;
  const place = placeOf(endpoint);
  return {
    name: `${dependency.name}/answer`,
    category: endpoint.category ?? "dependencies",
    needs: [reachable(endpoint)],
    seconds: request + 1,
    run: async (signal) => {
      const startedAt = performance.now();
      try {
        // As the service itself calls an internal one. Without a token that one says so itself: 403.
        const token = dependency.kind === "internal" ? await identityToken(url, request, signal) : undefined;
        const headers: Record<string, string> =
          token === undefined ? {} : { authorization: `Bearer ${token}` };
        const answer = await get(url, request, signal, headers);
        const took = milliseconds(startedAt);
        return (
          badAnswer(answer, place) ??
          passed(`${place.where} answers HTTP ${answer.status} in ${took} ms (limit ${request} s)`, {
            answerMilliseconds: took,
            status: answer.status,
          })
        );
      } catch (error) {
        return requestFailure(error, place);
      }
    },
  };
}

/** A variable that should carry a URL, and does not: told without its value, which may hold a login. */
export function wrongUrls({ plan, variables }: Pick<Context, "plan" | "variables">): string[] {
  return plan.dependencies
    .filter(({ variable, kind }) => {
      const url = variables[variable] ?? "";
      // What takes a connection alone has no port by itself.
      const form = kind === "tls" || kind === "tcp" ? `^${kind}://[^/]+:[0-9]+$` : "^https?://[^/]";
      return !new RegExp(form).test(url) || !URL.canParse(url);
    })
    .map(({ variable }) => variable);
}

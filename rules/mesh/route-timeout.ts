import type { Block } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { seconds } from "./durations.ts";
import { named, virtualServices } from "./objects.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

/** Istio's default of retries.attempts where `retries` is written without it is 2. */
const DEFAULT_ATTEMPTS = 2;

/** A route's timeout covers all of its tries. */
export const routeTimeout: Rule = {
  id: "mesh/route-timeout",
  why: "A route's timeout covers every try: where one try may take as long as all, retries never happen, and a timeout that no number of tries can fill promises time that nobody gets.",
  limit: "perTryTimeout < timeout, and timeout about (1 + attempts) x perTryTimeout",
  fix: "Set timeout to (1 + retries.attempts) x retries.perTryTimeout.",
  source: VIRTUAL_SERVICE_DOC,
  example: `kind: VirtualService
spec:
  http:
    - timeout: 10s
      retries: { attempts: 3, perTryTimeout: 15s } # never retried
      route: [{ destination: { host: api-server } }]`,
  *check(graph) {
    for (const virtualService of virtualServices(graph)) {
      for (const [index, route] of virtualService.spec.blocks("http").entries()) {
        const where = `${named(virtualService)}: route ${route.string("name") ?? index + 1}`;
        for (const { severity, message } of judge(route))
          yield { resource: virtualService.resource, severity, message: `${where} ${message}` };
      }
    }
  },
};

function* judge(route: Block): Iterable<Pick<Verdict, "severity" | "message">> {
  for (const key of ["timeout", "retries.perTryTimeout"]) {
    const text = route.string(key);
    const value = seconds(text);
    // A timeout of 0s switches it off.
    if (text !== undefined && (value === undefined || (key !== "timeout" && value < 0.001)))
      yield {
        severity: "error",
        message: `has ${key} "${text}": refused at apply, allowed is a duration of at least 1ms such as 10s.`,
      };
  }
  const tries = route.number("retries.attempts");
  if (tries !== undefined && tries < 0)
    yield { severity: "error", message: `has ${tries} retries, refused at apply: allowed is 0 and more.` };
  const timeout = seconds(route.string("timeout"));
  const perTry = seconds(route.string("retries.perTryTimeout"));
  const attempts = route.number("retries.attempts") ?? DEFAULT_ATTEMPTS;
  if (timeout === undefined || timeout === 0 || perTry === undefined || perTry === 0) return;
  if (attempts === 0) return;
  const needed = Number(((1 + attempts) * perTry).toFixed(3));
  if (perTry >= timeout)
    yield {
      severity: "error",
      message: `gives up after ${timeout} s, and one try may take ${perTry} s: breaks at run time, none of its ${attempts} retries can happen.`,
    };
  else if (needed < timeout)
    yield {
      severity: "warning",
      message: `promises ${timeout} s, and 1 + ${attempts} tries of ${perTry} s end after ${needed} s: the rest is never used.`,
    };
  else if (needed > timeout)
    yield {
      severity: "warning",
      message: `gives up after ${timeout} s, and 1 + ${attempts} tries of ${perTry} s need ${needed} s: the last ones are cut off.`,
    };
}

import { seconds } from "../../analysis/mesh/durations.ts";
import { named, virtualServices } from "../../analysis/mesh/objects.ts";
import type { Block } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

/** Istio's default of retries.attempts where `retries` is written without it is 2. */
const DEFAULT_ATTEMPTS = 2;

/** A route's timeout covers all of its attempts. */
export const routeTimeout: Rule = {
  id: "mesh/route-timeout",
  why: "A route's timeout covers every attempt: where one attempt may take as long as all, there are no retries, and a timeout longer than all attempts is never reached.",
  limit: "perTryTimeout < timeout, and timeout about (1 + attempts) x perTryTimeout",
  fix: "Set timeout to (1 + retries.attempts) x retries.perTryTimeout, for example 9s for 2 retries of 3s.",
  source: VIRTUAL_SERVICE_DOC,
  *check(graph) {
    for (const virtualService of virtualServices(graph)) {
      for (const [index, route] of virtualService.spec.blocks("http").entries()) {
        const where = `${named(virtualService)}: route ${route.string("name") ?? index + 1}`;
        for (const { message, ...rest } of evaluate(route))
          yield { resource: virtualService.resource, ...rest, message: `${where} ${message}` };
      }
    }
  },
};

function* evaluate(route: Block): Iterable<Pick<Violation, "severity" | "message">> {
  for (const key of ["timeout", "retries.perTryTimeout"]) {
    const text = route.string(key);
    const value = seconds(text);
    // A timeout of 0s disables it.
    if (text !== undefined && (value === undefined || (key !== "timeout" && value < 0.001)))
      yield {
        message: `has ${key} "${text}"; rejected by the API: it must be a duration of at least 1ms such as 10s.`,
      };
  }
  const retries = route.number("retries.attempts");
  if (retries !== undefined && retries < 0)
    yield { message: `has retries.attempts ${retries}; rejected by the API: it must be 0 or more.` };
  const timeout = seconds(route.string("timeout"));
  const perTry = seconds(route.string("retries.perTryTimeout"));
  const attempts = route.number("retries.attempts") ?? DEFAULT_ATTEMPTS;
  if (timeout === undefined || timeout === 0 || perTry === undefined || perTry === 0) return;
  if (attempts === 0) return;
  const needed = Number(((1 + attempts) * perTry).toFixed(3));
  if (perTry >= timeout)
    yield {
      message: `has timeout ${timeout} s and perTryTimeout ${perTry} s; fails at run time: none of its ${attempts} retries can happen.`,
    };
  else if (needed < timeout)
    yield {
      severity: "warning",
      message: `has timeout ${timeout} s; fails at run time: 1 + ${attempts} attempts of ${perTry} s end after ${needed} s, and the rest is never used.`,
    };
  else if (needed > timeout)
    yield {
      severity: "warning",
      message: `has timeout ${timeout} s; fails at run time: 1 + ${attempts} attempts of ${perTry} s take ${needed} s, and the last ones are cut off.`,
    };
}

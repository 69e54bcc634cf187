import { compareHealth } from "../../platform/health/health-difference.ts";
import {
  type Check,
  type Context,
  type ContractExpectation,
  failed,
  type Outcome,
  passed,
} from "../check.ts";
import { type Answer, get, spoken } from "../clients/https.ts";
import { TimedOut } from "../time.ts";
import { requestFailure } from "../why/https.ts";
import type { Place } from "../why/network.ts";

/** What running services say is in force at /health/infrastructure, against what is written. */
export function contractChecks(context: Context): Check[] {
  const { request } = context.plan.seconds;
  return context.contracts.map((contract) => ({
    name: `contract/${contract.service}`,
    category: "contract",
    needs: [],
    seconds: request + 1,
    run: (signal) => compare(contract, request, signal),
  }));
}

/** Google's front end answers so where it refuses. */
const NOT_LET_IN = new Set([401, 403, 404]);

async function compare(
  contract: ContractExpectation,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const url = new URL(contract.url);
  const place: Place = {
    where: spoken(url),
    reach: "public",
    listens: `is ${contract.service} deployed?`,
  };
  try {
    return judge(contract, await get(url, seconds, signal), place);
  } catch (error) {
    // Nothing was tried before: a time that is over does not tell who let it pass.
    if (error instanceof TimedOut)
      return failed("application", `${place.where}: no answer within ${error.seconds} s`);
    return requestFailure(error, place);
  }
}

function judge(
  { service, expected, revision }: ContractExpectation,
  answer: Answer,
  { where }: Place,
): Outcome {
  // What stands before a revision answers so, too: nobody knows then what the revision would say.
  if (revision !== undefined && NOT_LET_IN.has(answer.status))
    return failed(
      "infrastructure",
      `${where}: HTTP ${answer.status}: the ingress or the invoker check of ${service} does not let the probe in (egress ALL_TRAFFIC or Private Google Access leads there from the network), or there is no such endpoint`,
    );
  // A service that says with 503 which dependency is down still says what is in force.
  if (answer.status !== 200 && answer.status !== 503)
    return failed(
      "application",
      `${where}: HTTP ${answer.status}: ${service} does not tell what is in force (reference/ holds an endpoint to copy)`,
    );
  const body = parsed(answer.body);
  if (body === undefined)
    return failed(
      "application",
      `${where}: HTTP ${answer.status}, and the body is ${answer.cut ? "too long to be one of /health/infrastructure" : "no JSON"}`,
    );
  const answering = Object(body).revision;
  if (revision !== undefined && answering !== revision)
    return failed(
      "application",
      `${where}: ${typeof answering === "string" ? `revision ${answering}` : "no revision"} answers where ${revision} is expected: the tag does not lead to the new revision`,
    );
  const differences = compareHealth(expected, body, answer.status);
  if (differences.length === 0) return passed(`${service}: what is in force is what is written`);
  const applications = differences.some(({ fault }) => fault === "application");
  return failed(
    applications ? "application" : "infrastructure",
    `${service}: ${differences.map(({ sentence }) => sentence).join("; ")}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

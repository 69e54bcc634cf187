import { isDeepStrictEqual } from "node:util";
import {
  type Check,
  type Context,
  type ContractExpectation,
  failed,
  type Outcome,
  passed,
} from "../check.ts";
import { get, spoken } from "../clients/https.ts";
import { badAnswer, requestFailure } from "../why/https.ts";
import type { Place } from "../why/network.ts";

/** What running services say is in force, against what is written. */
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

async function compare(
  { service, url, expected }: ContractExpectation,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const target = new URL(url);
  const where = spoken(target);
  const place: Place = { where, reach: "public", listens: `is ${service} deployed?` };
  try {
    const answer = await get(target, seconds, signal);
    const bad = badAnswer(answer, place);
    if (bad !== undefined) return bad;
    if (answer.status !== 200)
      return failed(
        "application",
        `${where}: HTTP ${answer.status}: ${service} does not expose what is in force`,
      );
    const differences = differ(expected, JSON.parse(answer.body), "");
    if (differences.length === 0) return passed(`${service}: what is in force is what is written`);
    return failed("application", `${service}: ${differences.join("; ")}`);
  } catch (error) {
    if (error instanceof SyntaxError) return failed("application", `${where}: the answer is not JSON`);
    return requestFailure(error, place);
  }
}

/** Every expected value that is not there; what is there besides does not matter. */
function differ(expected: unknown, found: unknown, path: string): string[] {
  if (isObject(expected))
    return Object.entries(expected).flatMap(([key, value]) =>
      differ(value, isObject(found) ? found[key] : undefined, path === "" ? key : `${path}.${key}`),
    );
  if (isDeepStrictEqual(expected, found)) return [];
  return [
    `${path}: in force ${found === undefined ? "nothing" : JSON.stringify(found)}, written ${JSON.stringify(expected)}`,
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

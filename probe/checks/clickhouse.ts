import { type ClickHouseClient, createClient } from "@clickhouse/client";
import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { codeOf } from "../clients/connection.ts";
import { loginOf } from "../clients/https.ts";
import { milliseconds, TimedOut, within } from "../time.ts";
import { requestFailure } from "../why/https.ts";
import { type Endpoint, placeOf, reachable } from "./endpoint.ts";
import { secretOf } from "./secrets.ts";

/** ClickHouse answers /ping, and a query where the service has its password. */
export function clickhouseChecks(context: Context, endpoint: Endpoint, url: URL): Check[] {
  const { request } = context.plan.seconds;
  const variable = `${prefix(endpoint)}_PASSWORD`;
  const password = context.variables[variable] ?? loginOf(url).password;
  const check = (name: string, needs: string, work: Work): Check => ({
    name: `${endpoint.target}/${name}`,
    category: "dependencies",
    needs: [needs],
    seconds: request + 1,
    run: (signal) => ask(context, endpoint, url, { variable, password, work, signal }),
  });
  const checks = [check("ping", reachable(endpoint), ping)];
  if (password !== "") checks.push(check("query", `${endpoint.target}/ping`, query));
  return checks;
}

/** The variables of dependency "clickhouse" start with CLICKHOUSE. */
function prefix({ target }: Endpoint): string {
  return target.toUpperCase().replaceAll("-", "_");
}

type Work = (client: ClickHouseClient, signal: AbortSignal) => Promise<string>;

async function ping(client: ClickHouseClient): Promise<string> {
  const answer = await client.ping();
  if (!answer.success) throw answer.error;
  return "answers /ping";
}

async function query(client: ClickHouseClient, signal: AbortSignal): Promise<string> {
  const result = await client.query({
    query: "SELECT 1 AS one",
    format: "JSONEachRow",
    abort_signal: signal,
  });
  const [row] = await result.json<{ one: number }>();
  if (Number(row?.one) !== 1) throw new Error("SELECT 1 did not answer 1");
  return "answers SELECT 1";
}

async function ask(
  context: Context,
  endpoint: Endpoint,
  url: URL,
  asked: { variable: string; password: string; work: Work; signal: AbortSignal },
): Promise<Outcome> {
  const { request } = context.plan.seconds;
  const place = placeOf(endpoint);
  const client = createClient({
    url: url.origin,
    username: context.variables[`${prefix(endpoint)}_USER`] ?? (loginOf(url).user || "default"),
    password: asked.password,
    application: "preflight",
    request_timeout: request * 1000,
    keep_alive: { enabled: false },
    // Its own log would print what it is asked beside this program's lines.
    log: { level: 127 },
  });
  const startedAt = performance.now();
  try {
    const what = await within("ClickHouse", request, asked.signal, (signal) => asked.work(client, signal));
    const took = milliseconds(startedAt);
    return passed(`${place.where} ${what} in ${took} ms (limit ${request} s)`, { answerMilliseconds: took });
  } catch (error) {
    return clickhouseFailure(error, context, endpoint, asked.variable);
  } finally {
    void client.close().catch(() => {});
  }
}

function clickhouseFailure(error: unknown, context: Context, endpoint: Endpoint, variable: string): Outcome {
  const place = placeOf(endpoint);
  const { request } = context.plan.seconds;
  const words = error instanceof Error ? error.message : String(error);
  if (/timeout error/i.test(words)) return requestFailure(new TimedOut("ClickHouse", request), place);
  // 516 AUTHENTICATION_FAILED, 192 UNKNOWN_USER, 194 REQUIRED_PASSWORD, 497 ACCESS_DENIED.
  if (["516", "192", "194", "497"].includes(codeOf(error)))
    return failed(
      "infrastructure",
      `${place.where}: login refused (ClickHouse code ${codeOf(error)}): ${secretOf(context, variable)} is not the password of the user, or the user may not read`,
    );
  if (codeOf(error) !== "" && /^\d+$/.test(codeOf(error)))
    return failed("application", `${place.where}: ClickHouse code ${codeOf(error)}: ${words.split("\n")[0]}`);
  if (codeOf(error) === "")
    return failed("application", `${place.where}: not healthy: ${words.split("\n")[0]?.slice(0, 200)}`);
  return requestFailure(error, place);
}

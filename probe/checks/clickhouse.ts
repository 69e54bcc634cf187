import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { type Answer, get, loginOf } from "../clients/https.ts";
import { milliseconds } from "../time.ts";
import { requestFailure } from "../why/https.ts";
import { type Endpoint, placeOf, reachable } from "./endpoint.ts";
import { secretOf } from "./secrets.ts";

/** The login of ClickHouse, and the variable that holds its password. */
interface Login {
  readonly user: string;
  readonly password: string;
  readonly variable: string;
}

/** ClickHouse answers /ping, and a query where the service has its password. */
export function clickhouseChecks(context: Context, endpoint: Endpoint, url: URL): Check[] {
  const { request } = context.plan.seconds;
  // The variables of dependency "clickhouse" start with CLICKHOUSE.
  const prefix = endpoint.target.toUpperCase().replaceAll("-", "_");
  const variable = `${prefix}_PASSWORD`;
  const { user, password } = loginOf(url);
  const login: Login = {
    user: context.variables[`${prefix}_USER`] ?? (user || "default"),
    password: context.variables[variable] ?? password,
    variable,
  };
  const check = (name: string, needs: string, path: string, what: string): Check => ({
    name: `${endpoint.target}/${name}`,
    category: "dependencies",
    needs: [needs],
    seconds: request + 1,
    run: (signal) => ask(context, endpoint, { url: new URL(path, url.origin), what, login, signal }),
  });
  const ping = check("ping", reachable(endpoint), "/ping", "/ping");
  if (login.password === "") return [ping];
  return [ping, check("query", `${endpoint.target}/ping`, "/?query=SELECT%201", "SELECT 1")];
}

async function ask(
  context: Context,
  endpoint: Endpoint,
  { url, what, login, signal }: { url: URL; what: string; login: Login; signal: AbortSignal },
): Promise<Outcome> {
  const { request } = context.plan.seconds;
  const { where } = placeOf(endpoint);
  const credentials = Buffer.from(`${login.user}:${login.password}`).toString("base64");
  const startedAt = performance.now();
  try {
    const answer = await get(url, request, signal, { authorization: `Basic ${credentials}` });
    const took = milliseconds(startedAt);
    if (answer.status !== 200) return refusal(answer, context, where, login.variable);
    if (what === "SELECT 1" && answer.body.trim() !== "1")
      return failed(
        "application",
        `${where}: SELECT 1 did not answer 1: what answers there is no ClickHouse`,
      );
    return passed(`${where} answers ${what} in ${took} ms (limit ${request} s)`, {
      answerMilliseconds: took,
    });
  } catch (error) {
    return requestFailure(error, placeOf(endpoint));
  }
}

function refusal(
  { status, headers, body }: Answer,
  context: Context,
  where: string,
  variable: string,
): Outcome {
  const code = String(headers["x-clickhouse-exception-code"] ?? "");
  const [words = ""] = body.split("\n");
  // AUTHENTICATION_FAILED, UNKNOWN_USER, REQUIRED_PASSWORD, ACCESS_DENIED.
  if (["516", "192", "194", "497"].includes(code))
    return failed(
      "infrastructure",
      `${where}: login refused (ClickHouse code ${code}): ${secretOf(context, variable)} is not the password of the user, or the user may not read`,
    );
  if (/^\d+$/.test(code)) return failed("application", `${where}: ClickHouse code ${code}: ${words}`);
  return failed("application", `${where}: not healthy: HTTP ${status}${words === "" ? "" : `: ${words}`}`);
}

import { type HostResponse, httpsRequest, type Network } from "../../http/https-request.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { failed, passed, type Result, skipped, type Task } from "../check.ts";
import { explain } from "../explain.ts";
import { fieldOf, fillAll, fillBody, fillPath, parsed, type Values } from "./fill.ts";
import { webSocketResults } from "./web-socket.ts";

type Step = Environment["validation"]["goldenPath"][number];

/**
 * The steps of a user one after the other, and the WebSocket at their end. After a step that failed the others of the
 * path are skipped; the WebSocket is tried as long as it has the values it needs.
 *
 * @param credentials values of validation.credentials by name; they are sent and never printed
 */
export function goldenPathTasks(
  plan: Pick<PlatformPlan, "validation">,
  network: Network,
  credentials: Values,
): Task[] {
  const { goldenPath, webSocket, answerWithin } = plan.validation;
  if (goldenPath.length === 0 && webSocket === undefined) return [];
  const title = [...goldenPath.map(({ name }) => name), ...(webSocket === undefined ? [] : ["WebSocket"])];
  return [
    {
      title: `golden path: ${title.join(", ")}`,
      run: async (signal) => {
        const values = new Map(credentials);
        const results: Result[] = [];
        for (const step of goldenPath) {
          const stopped = results.find(({ status }) => status !== "passed");
          results.push(
            stopped === undefined
              ? await walk(step, network, values, answerWithin, signal)
              : skipped(about(step, 0), "an earlier step failed"),
          );
        }
        if (webSocket === undefined) return results;
        return [...results, ...(await webSocketResults(webSocket, network, values, answerWithin, signal))];
      },
    },
  ];
}

const about = (step: Step, seconds: number) =>
  ({ category: "golden-path", subject: step.name, seconds }) as const;

async function walk(
  step: Step,
  network: Network,
  values: Map<string, string>,
  within: number,
  signal: AbortSignal,
): Promise<Result> {
  const path = fillPath(step.path, values);
  const headers = fillAll(step.headers, values);
  const body = step.body === undefined ? undefined : fillBody(step.body, values);
  if (path === undefined || headers === undefined || (step.body !== undefined && body === undefined))
    return skipped(about(step, 0), "a value of an earlier step is missing");
  const json = body !== undefined && parsed(body) !== undefined;
  const asked = {
    host: step.host,
    path,
    method: step.method,
    headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
    ...(body === undefined ? {} : { body }),
  };
  const answer = await httpsRequest(network, asked, within, signal);
  return judged(step, answer, values, within);
}

/** The path is shown with its placeholders, without values. */
function judged(step: Step, answer: HostResponse, values: Map<string, string>, within: number): Result {
  const where = `${step.method} https://${step.host}${step.path}`;
  const result = about(step, answer.seconds);
  const wrong = explain(answer, step.status, within);
  if (wrong !== undefined || answer.kind === "failure")
    return failed(
      result,
      `${where}: ${wrong?.why}`,
      wrong?.fault ?? "application",
      wrong?.symptom ?? "endpoint-down",
    );
  if (step.contains !== undefined && !answer.body.includes(step.contains)) {
    const why = `${where} returns ${answer.status} without the text "${step.contains}"`;
    return failed(result, why, "application", "endpoint-down");
  }
  const body = parsed(answer.body);
  for (const [name, field] of Object.entries(step.keep)) {
    const value = fieldOf(body, field);
    if (value === undefined) {
      const why = `${where} returns ${answer.status} without the field ${field}, which later steps need as {{${name}}}`;
      return failed(result, why, "application", "endpoint-down");
    }
    values.set(name, value);
  }
  return passed(result, `${where} returns ${answer.status} after ${answer.seconds.toFixed(2)} s`);
}

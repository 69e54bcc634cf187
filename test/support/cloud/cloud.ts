import type { IncomingMessage, ServerResponse } from "node:http";
import { startedExecution } from "../google-api/started-execution.ts";
import { type Listening, startHttps } from "../servers/https.ts";
import { type Behaviour, type Entry, FakeService, Refusal, type Template } from "./cloud-run.ts";
import { FakeJobs } from "./jobs.ts";
import { timeSeries, type Users } from "./monitoring.ts";
import { runProbe } from "./probe.ts";
import { FakeStorage } from "./storage.ts";

/** A request that the fake was sent, in the order of arrival. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/**
 * What goes wrong. "lost": it is done, and the connection ends without an answer. "dropped": it is not done either. A
 * function runs before the request is done, and may end the client: it says what becomes of the request.
 */
type Plain = number | "lost" | "dropped" | "operation failed" | undefined;
export type Trouble = Plain | (() => Plain);

export interface Fault {
  readonly when: (asked: Asked) => boolean;
  readonly trouble: Trouble;
  /** How often. @default for ever */
  times?: number;
}

export interface Cloud extends Listening {
  readonly endpoint: string;
  readonly services: ReadonlyMap<string, FakeService>;
  readonly jobs: FakeJobs;
  readonly storage: FakeStorage;
  readonly asked: readonly Asked[];
  readonly faults: Fault[];
  readonly users: Users;
  /** Paths of secret versions and images that are gone. */
  readonly gone: Set<string>;
  /** Behaviours of services that do not exist yet, by their full names. */
  readonly unborn: Map<string, readonly Behaviour[]>;
  /** A service as it runs since long ago, with the behaviours of its revisions, the first one first. */
  add(
    name: string,
    template: Template,
    traffic?: readonly Entry[],
    behaviours?: readonly Behaviour[],
  ): FakeService;
}

/**
 * Cloud Run, Cloud Monitoring, Cloud Logging, Cloud Storage, Secret Manager and Artifact Registry, as far as a rollout
 * asks them, over real HTTP on 127.0.0.1.
 *
 * @param now milliseconds since 1970
 * @param pass lets time pass for a client that is another process: POST /clock?pass=MILLISECONDS
 */
export async function startCloud(
  now: () => number,
  pass: (milliseconds: number) => void = () => {},
): Promise<Cloud> {
  const services = new Map<string, FakeService>();
  const jobs = new FakeJobs(now);
  const storage = new FakeStorage();
  const asked: Asked[] = [];
  const faults: Fault[] = [];
  const gone = new Set<string>();
  const unborn = new Map<string, readonly Behaviour[]>();
  const users: Users = { perSecond: 5, lag: 180_000, socketsPerMinute: 0 };

  const serviceOf = (text: string): FakeService | undefined =>
    [...services.values()].find(({ name }) => name.endsWith(`/${text}`));
  const add: Cloud["add"] = (name, template, traffic, behaviours = []) => {
    const service = new FakeService(name, now, template, traffic, behaviours);
    services.set(name, service);
    return service;
  };

  const answer = ({ method, path, query, body }: Asked): object => {
    if (path === "/clock") {
      pass(Number(query.get("pass") ?? 0));
      return { now: now() };
    }
    const run = /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/(services|jobs)\/.+?)(:run|:cancel)?$/.exec(path);
    const [, name = "", kind, verb] = run ?? [];
    if (kind === "services") {
      const [, own = "", revision] = /^(.+?\/services\/[^/]+)(?:\/revisions\/([^/]+))?$/.exec(name) ?? [];
      const service = services.get(own);
      if (service === undefined) throw new Refusal(404, "NOT_FOUND", `Resource '${own}' was not found`);
      if (method === "PATCH") {
        service.patch(body, query.get("updateMask")?.split(","));
        return { name: `${own}/operations/1`, done: false };
      }
      const found = revision === undefined ? service.json() : service.revisionJson(revision);
      if (found === undefined) throw new Refusal(404, "NOT_FOUND", `Revision '${revision}' was not found`);
      return found;
    }
    if (method === "POST" && /^\/v2\/projects\/[^/]+\/locations\/[^/]+\/services$/.test(path)) {
      const full = `${path.slice("/v2/".length)}/${query.get("serviceId")}`;
      add(full, body.template as Template, body.traffic as readonly Entry[] | undefined, unborn.get(full));
      return { name: `${full}/operations/1`, done: false };
    }
    if (kind === "jobs" && verb === ":run") {
      const variables = overrides(body);
      const text = `${variables.PREFLIGHT_CONTRACTS}${variables.PREFLIGHT_SAMPLES}`;
      const service = [...services.values()].find((one) =>
        text.includes(`${one.name.split("/").at(-1)}-fake`),
      );
      const execution = jobs.start(name, runProbe(service, variables, now()));
      return startedExecution(execution.name);
    }
    if (kind === "jobs" && verb === ":cancel") return {};
    if (kind === "jobs") return jobs.json(name) ?? notFound(path);
    if (path === "/v2/entries:list") return { entries: jobs.entries(String(body.filter)) };
    if (path.endsWith("/timeSeries")) {
      const service = /service_name="([^"]+)"/.exec(query.get("filter") ?? "")?.[1] ?? "";
      return timeSeries(query, serviceOf(service), jobs, users, now());
    }
    const object = /^\/storage\/v1\/b\/[^/]+\/o\/(.+)$/.exec(path)?.[1];
    if (object !== undefined) return storage.get(decodeURIComponent(object), query);
    if (path.startsWith("/upload/storage/")) return storage.put(query, JSON.stringify(body));
    if (gone.has(decodeURIComponent(path))) return notFound(path);
    if (/\/secrets\/[^/]+\/versions\/[^/]+$/.test(path)) return { state: "ENABLED" };
    if (path.includes("/dockerImages/")) return { name: path };
    return notFound(path);
  };

  const server = await startHttps(undefined, (request, response) => {
    void read(request, now()).then((one) => {
      asked.push(one);
      const index = faults.findIndex(({ when, times }) => times !== 0 && when(one));
      const fault = faults[index];
      if (fault?.times !== undefined) fault.times -= 1;
      const trouble = typeof fault?.trouble === "function" ? fault.trouble() : fault?.trouble;
      if (trouble === "dropped") return request.socket.destroy();
      if (typeof trouble === "number")
        return refuse(response, new Refusal(trouble, undefined, "try again later"));
      response.setHeader("date", new Date(now()).toUTCString());
      try {
        const body =
          trouble === "operation failed"
            ? { name: "operations/1", done: true, error: { code: 13, message: "internal error" } }
            : answer(one);
        if (trouble === "lost") return request.socket.destroy();
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      } catch (error) {
        refuse(response, error);
      }
    });
  });
  const endpoint = `http://127.0.0.1:${server.port}`;
  return { ...server, endpoint, services, jobs, storage, asked, faults, users, gone, unborn, add };
}

function notFound(path: string): never {
  throw new Refusal(404, "NOT_FOUND", `${path} was not found`);
}

function refuse(response: ServerResponse, error: unknown): void {
  const { status, body } =
    error instanceof Refusal ? error : new Refusal(500, "INTERNAL", `the fake failed: ${String(error)}`);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function overrides(body: Asked["body"]): Record<string, string> {
  const { overrides: given } = body as {
    overrides?: { containerOverrides?: { env?: { name: string; value: string }[] }[] };
  };
  const env = given?.containerOverrides?.[0]?.env ?? [];
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

async function read(request: IncomingMessage, at: number): Promise<Asked> {
  let text = "";
  for await (const part of request) text += String(part);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = text === "" ? {} : (JSON.parse(text) as Asked["body"]);
  return { method: request.method ?? "", path: url.pathname, query: url.searchParams, body, at };
}

import { type Container, count } from "../workload/index.ts";

/** How many processes a container runs, each with connections of its own, and the setting that says so. */
export interface Processes {
  readonly count: number;
  /** "WEB_CONCURRENCY 4", or undefined where nothing is written and it is one. */
  readonly written: string | undefined;
}

const VARIABLES =
  /^(WEB_CONCURRENCY|(GUNICORN|UVICORN|HYPERCORN|GRANIAN|PUMA)_WORKERS|UWSGI_(PROCESSES|WORKERS)|PM2_INSTANCES|WEB_WORKERS|WORKER_PROCESSES)$/;

/** Servers that start worker processes, and the options of each that say how many. */
const SERVERS: readonly (readonly [command: RegExp, options: RegExp])[] = [
  [/(^|[\s/])(gunicorn|puma)(\s|$)/, /(?:^|\s)(-w|--workers)(?:\s+|=)?(\d+)(?=\s|$)/],
  [/(^|[\s/])(uvicorn|hypercorn|granian|fastapi)(\s|$)/, /(?:^|\s)(-w|--workers)(?:\s+|=)(\d+)(?=\s|$)/],
  [/(^|[\s/])uwsgi(\s|$)/, /(?:^|\s)(-p|--processes|--workers)(?:\s+|=)(\d+)(?=\s|$)/],
  [/(^|[\s/])pm2(-runtime)?(\s|$)/, /(?:^|\s)(-i|--instances)(?:\s+|=)(\d+)(?=\s|$)/],
];
const GUNICORN_ARGUMENTS = /(?:^|\s)(-w|--workers)(?:\s+|=)?(\d+)(?=\s|$)/;

/** Options of the command win over GUNICORN_CMD_ARGS, and these over variables, as the servers read them. */
export function processesOf({ block, env }: Container): Processes {
  const words = ["command", "args"].flatMap((path) => [block.get(path) ?? []].flat());
  const command = words.map((word) => (typeof word === "string" ? word : "?")).join(" ");
  const [, options] = SERVERS.find(([server]) => server.test(command)) ?? [];
  const fromCommand = options?.exec(command);
  if (fromCommand !== undefined && fromCommand !== null) return processes(fromCommand[1], fromCommand[2]);
  for (const { name, value } of env) {
    const found =
      name === "GUNICORN_CMD_ARGS" && typeof value === "string" ? GUNICORN_ARGUMENTS.exec(value) : null;
    if (found !== null) return processes(`GUNICORN_CMD_ARGS ${found[1]}`, found[2]);
  }
  for (const { name, value } of env) {
    const number = VARIABLES.test(name) ? count(value) : undefined;
    if (number !== undefined && number > 0) return processes(name, String(number));
  }
  return { count: 1, written: undefined };
}

function processes(setting: string | undefined, number: string | undefined): Processes {
  const read = Number(number);
  return read > 0 ? { count: read, written: `${setting} ${read}` } : { count: 1, written: undefined };
}

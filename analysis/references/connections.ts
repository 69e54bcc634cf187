import type { Value } from "../../graph/index.ts";
import { HOLE, textOf } from "./text.ts";

/** project:region:instance. */
const CONNECTION = /^[a-z][a-z0-9.:-]*:[a-z]+-[a-z]+\d+:[a-z][a-z0-9-]*$/;
const INSTANCE_VARIABLE =
  /^(CLOUD_?SQL_(INSTANCE|CONNECTION)(_NAME)?|CLOUD_SQL_CONNECTION_NAME|INSTANCE_(CONNECTION_NAME|UNIX_SOCKET)|(DB|SQL|POSTGRES|DATABASE)_(INSTANCE|CONNECTION_NAME)(_NAME)?)$/i;

/** The connection name in a variable: on its own, or as a socket path, wherever in a connection string. */
export function connectionIn(name: string, value: Value | undefined): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const socket =
    /\/cloudsql\/([a-z0-9.:\uE000-]+)/.exec(text)?.[1] ??
    /%2Fcloudsql%2F([a-z0-9.:\uE000-]+)/i.exec(text)?.[1];
  const candidate =
    socket ??
    (CONNECTION.test(text) || (INSTANCE_VARIABLE.test(name) && /^[a-z0-9:.-]+$/.test(text))
      ? text
      : undefined);
  return candidate?.includes(HOLE) ? undefined : candidate;
}

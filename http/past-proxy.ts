import process from "node:process";
import { isPastProxy, noProxyOf } from "./no-proxy.ts";

/** What gaxios is about to send, with the agent that it has chosen. */
interface Prepared {
  readonly url: URL;
  agent?: unknown;
}

/** An adapter of gaxios: takes the proxy from requests that NO_PROXY of the process leads past it. */
export function pastProxy<O extends Prepared, R>(options: O, send: (options: O) => R): R {
  const { hostname, port, protocol } = options.url;
  const destination = {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "http:" ? 80 : 443),
  };
  const { agent } = options;
  const isProxied = typeof agent === "object" && agent !== null && "proxy" in agent;
  if (!isProxied || !isPastProxy(destination, noProxyOf(process.env))) return send(options);
  const direct: Prepared & O = { ...options };
  delete direct.agent;
  return send(direct);
}

import process from "node:process";
import { proxyProblem } from "../http/proxy-address.ts";
import { UserError } from "../platform/user-error.ts";

/** Node's agents take a proxy since the release that has this option: 22.21 and 24.5. */
const OPTION = "--use-env-proxy";

/**
 * HTTPS_PROXY and NO_PROXY of the process, for requests to hosts.
 *
 * @param takesProxies whether this Node does @default asked of it
 * @throws UserError where there is a proxy, and Node would pass it by without a word
 */
export function proxyEnv(
  env: NodeJS.ProcessEnv = process.env,
  takesProxies = process.allowedNodeEnvironmentFlags.has(OPTION),
): NodeJS.ProcessEnv {
  requireUsableProxy(env);
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  if (!proxy || takesProxies) return env;
  throw new UserError(
    `HTTPS_PROXY is set, and Node ${process.versions.node} does not use it: install Node 22.21, 24.5 or newer, or unset HTTPS_PROXY.`,
  );
}

/** @throws UserError where the proxy of the process is no address: requests would end in an error that shows its password */
export function requireUsableProxy(env: NodeJS.ProcessEnv = process.env): void {
  const problem = proxyProblem(env);
  if (problem !== undefined) throw new UserError(problem);
}

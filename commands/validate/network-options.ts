import { readFileSync } from "node:fs";
import type { Network } from "../../http/https-request.ts";
import { UserError } from "../../platform/user-error.ts";
import { proxyEnv } from "../proxy-env.ts";

/**
 * How hosts are reached, from the options of the command line.
 *
 * @param connectTo "HOST=ADDRESS:PORT" each
 * @param authorities files with certificates, PEM
 * @param hosts those that are checked
 * @throws UserError where one cannot be read, or Node takes no proxy
 */
export function networkOptions(
  connectTo: readonly string[],
  authorities: readonly string[],
  hosts: readonly string[],
): Network {
  const resolve = new Map(connectTo.map(destination));
  const unknown = [...resolve.keys()].filter((host) => !hosts.includes(host));
  if (unknown.length > 0)
    throw new UserError(`--connect-to names ${unknown.join(", ")}: only ${hosts.join(", ")} are checked.`);
  return {
    ...(resolve.size === 0 ? {} : { resolve }),
    proxyEnv: proxyEnv(),
    ...(authorities.length === 0 ? {} : { authorities: authorities.map(authority) }),
  };
}

function destination(option: string): [string, { address: string; port: number }] {
  const [, host, address, port] = /^([a-z0-9.-]+)=\[?([a-zA-Z0-9.:-]+?)\]?:(\d{1,5})$/.exec(option) ?? [];
  if (host === undefined || address === undefined || port === undefined || Number(port) > 65_535)
    throw new UserError(
      `--connect-to ${option} is not HOST=ADDRESS:PORT: write for example --connect-to api.example.com=203.0.113.7:443.`,
    );
  return [host, { address, port: Number(port) }];
}

function authority(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  } catch {
    // Reported below.
  }
  throw new UserError(`--ca ${file} cannot be read as certificates: name a file with PEM certificates.`);
}

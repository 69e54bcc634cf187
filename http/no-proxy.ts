import net from "node:net";

/** Where a request goes. */
export interface Destination {
  /** Without brackets: "run.googleapis.com", "10.0.0.7", "::1" */
  readonly host: string;
  readonly port: number;
}

/**
 * Whether NO_PROXY leads past the proxy, as Terraform and its providers read it (golang.org/x/net/http/httpproxy): a domain
 * stands for itself and all below it, ".example.com" and "*.example.com" for those below alone, "*" for every host; addresses,
 * ranges in CIDR notation, and any of them but ranges with a port. This machine itself has no proxy. Node's agents and gaxios each
 * read fewer of these forms.
 *
 * @param noProxy entries with commas between them
 */
export function isPastProxy({ host, port }: Destination, noProxy: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || isWithin(name, LOOPBACK)) return true;
  return noProxy
    .toLowerCase()
    .split(",")
    .map((entry) => entry.trim())
    .some((entry) => entry !== "" && (entry === "*" || matches(entry, name, port)));
}

const LOOPBACK = ["127.0.0.0/8", "::1/128"];

function matches(entry: string, name: string, port: number): boolean {
  if (entry.includes("/")) return isWithin(name, [entry]);
  const [, bracketed, plain, wanted = ""] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(entry) ?? [];
  const host = bracketed ?? plain ?? entry;
  if (wanted !== "" && wanted !== String(port)) return false;
  if (net.isIP(host) !== 0) return isWithin(name, [`${host}/${net.isIPv4(host) ? 32 : 128}`]);
  const domain = host.replace(/^\*(?=\.)/, "");
  if (domain === "") return false;
  return domain.startsWith(".") ? name.endsWith(domain) : name === domain || name.endsWith(`.${domain}`);
}

function isWithin(name: string, ranges: readonly string[]): boolean {
  if (net.isIP(name) === 0) return false;
  const list = new net.BlockList();
  for (const range of ranges) {
    const [address = "", bits = ""] = range.split("/");
    const family = net.isIPv4(address) ? "ipv4" : "ipv6";
    const isRange = net.isIP(address) === net.isIP(name) && /^\d{1,3}$/.test(bits);
    if (isRange && Number(bits) <= (family === "ipv4" ? 32 : 128))
      list.addSubnet(address, Number(bits), family);
  }
  return list.check(name, net.isIPv4(name) ? "ipv4" : "ipv6");
}

/** The entries of NO_PROXY, by its names in the order in which Terraform looks for them. */
export const noProxyOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env.NO_PROXY || env.no_proxy || "";

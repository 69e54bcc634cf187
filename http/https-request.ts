import type { IncomingMessage } from "node:http";
import https from "node:https";
import net from "node:net";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import { type Destination, isPastProxy, noProxyOf } from "./no-proxy.ts";

/** How hosts are reached; the default is DNS, port 443 and the machine's own root certificates. */
export interface Network {
  /** Other addresses for hosts, as curl's --resolve: a load balancer before its DNS record is there. */
  readonly resolve?: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  /** Certificates of authorities to trust, PEM. */
  readonly authorities?: readonly string[];
  /** HTTPS_PROXY and NO_PROXY. @default no proxy */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
}

export interface HostRequest {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Certificate {
  /** Authority and host are right. */
  readonly valid: boolean;
  /** Why not: "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID" ... */
  readonly problem: string | undefined;
  readonly names: string;
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly validTo: number;
}

export type HostResponse =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: IncomingMessage["headers"];
      readonly body: string;
      readonly seconds: number;
    }
  | {
      readonly kind: "failure";
      /** "timeout", "ENOTFOUND", "ECONNREFUSED", "CERT_HAS_EXPIRED" ... */
      readonly code: string;
      readonly seconds: number;
    };

/** Characters of a body that are kept: more than any health page has. */
const LONGEST_BODY = 1_000_000;

/** Opens connections to one host, through the proxy that the network names for it. */
export function agentOf(network: Network, host: string, options: https.AgentOptions = {}): https.Agent {
  const { proxyEnv } = network;
  const to = addressOf(network, host);
  const isDirect =
    proxyEnv === undefined ||
    [to, { ...to, host }].some((destination) => isPastProxy(destination, noProxyOf(proxyEnv)));
  // Node knows the option since 22.21; its types do not. NO_PROXY is read here.
  const proxied = isDirect ? {} : { proxyEnv: { ...proxyEnv, NO_PROXY: "", no_proxy: "" } };
  return new https.Agent({ ...options, ...proxied });
}

const addressOf = ({ resolve }: Network, host: string): Destination => {
  const instead = resolve?.get(host);
  return { host: instead?.address ?? host, port: instead?.port ?? 443 };
};

/** What node:https and ws need to reach a host. */
export function connectOptions(network: Network, host: string, agent = agentOf(network, host)) {
  return {
    agent,
    ...addressOf(network, host),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ...(network.authorities === undefined ? {} : { ca: [...network.authorities] }),
  };
}

/**
 * One request, ended by the deadline wherever it hangs.
 *
 * @param timeout seconds
 * @param agent keeps connections open @default a connection of its own
 */
export async function httpsRequest(
  network: Network,
  request: HostRequest,
  timeout: number,
  signal: AbortSignal,
  agent?: https.Agent,
): Promise<HostResponse> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const deadline = AbortSignal.timeout(timeout * 1000);
  try {
    const options = {
      ...connectOptions(network, request.host, agent),
      method: request.method ?? "GET",
      path: request.path,
      headers: { host: request.host, "user-agent": "platform-validation", ...request.headers },
      signal: AbortSignal.any([signal, deadline]),
    };
    const { status, headers, body } = await send(options, request.body);
    return { kind: "response", status, headers, body, seconds: seconds() };
  } catch (error) {
    return { kind: "failure", code: deadline.aborted ? "timeout" : codeOf(error), seconds: seconds() };
  }
}

type Received = Pick<Extract<HostResponse, { kind: "response" }>, "status" | "headers" | "body">;

function send(options: https.RequestOptions, content: string | undefined): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = https.request(options);
    request.on("error", reject);
    request.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (body.length < LONGEST_BODY) body += chunk;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    request.end(content);
  });
}

/** The server's certificate, read whether or not it can be trusted. */
export async function certificateOf(
  network: Network,
  host: string,
  timeout: number,
  signal: AbortSignal,
): Promise<Certificate | { readonly code: string }> {
  const deadline = AbortSignal.timeout(timeout * 1000);
  try {
    return await handshake(network, host, AbortSignal.any([signal, deadline]));
  } catch (error) {
    return { code: deadline.aborted ? "timeout" : codeOf(error) };
  }
}

function handshake(network: Network, host: string, signal: AbortSignal): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const request = https.request({
      ...connectOptions(network, host),
      method: "HEAD",
      path: "/",
      headers: { host },
      rejectUnauthorized: false,
      signal,
    });
    request.on("error", reject);
    request.on("socket", (socket) => {
      const secured = socket as TLSSocket;
      const done = (): void => {
        resolve(described(secured, host));
        request.destroy();
      };
      // Behind a proxy the handshake has ended before the request gets its socket.
      if ("secureConnecting" in secured && secured.secureConnecting === false) done();
      else secured.once("secureConnect", done);
    });
    request.end();
  });
}

function described(socket: TLSSocket, host: string): Certificate {
  const peer: DetailedPeerCertificate = socket.getPeerCertificate(true);
  const problem = socket.authorizationError;
  return {
    valid: socket.authorized,
    problem: problem === undefined || problem === null ? undefined : codeOf(problem),
    names: peer.subjectaltname ?? String(peer.subject?.CN ?? host),
    issuer: String(peer.issuer?.O ?? peer.issuer?.CN ?? "unknown"),
    validTo: Date.parse(peer.valid_to),
  };
}

/** The cause's code; texts of errors may hold addresses with credentials. */
export function codeOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "unknown";
}

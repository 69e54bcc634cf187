import type { IncomingMessage } from "node:http";
import https from "node:https";
import net from "node:net";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";

/** How hosts are reached; the default is name resolution, port 443 and the machine's own roots. */
export interface Network {
  /** Other addresses for hosts, as curl's --resolve: a load balancer before its DNS record is there. */
  readonly resolve?: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  /** Certificates of authorities to trust besides those of the machine, PEM. */
  readonly authorities?: readonly string[];
}

export interface Asked {
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

export type Answer =
  | {
      readonly kind: "answer";
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

/** No health page or step is as long; the rest of a longer answer is not kept. */
const LONGEST_BODY = 1_000_000;

/** What node:https and ws need to reach a host. */
export function connectOptions(network: Network, host: string) {
  const instead = network.resolve?.get(host);
  return {
    host: instead?.address ?? host,
    port: instead?.port ?? 443,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ...(network.authorities === undefined ? {} : { ca: [...network.authorities] }),
  };
}

/** One request on a connection of its own, ended by the deadline wherever it hangs. */
export async function ask(
  network: Network,
  asked: Asked,
  within: number,
  signal: AbortSignal,
): Promise<Answer> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const deadline = AbortSignal.timeout(within * 1000);
  try {
    const response = await send(network, asked, AbortSignal.any([signal, deadline]));
    const { status, headers, body } = response;
    return { kind: "answer", status, headers, body, seconds: seconds() };
  } catch (error) {
    return { kind: "failure", code: deadline.aborted ? "timeout" : codeOf(error), seconds: seconds() };
  }
}

interface Whole {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

function send(network: Network, asked: Asked, signal: AbortSignal): Promise<Whole> {
  return new Promise((resolve, reject) => {
    const request = https.request({
      ...connectOptions(network, asked.host),
      method: asked.method ?? "GET",
      path: asked.path,
      headers: { host: asked.host, "user-agent": "platform-validation", ...asked.headers },
      agent: false,
      signal,
    });
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
    request.end(asked.body);
  });
}

/** The server's certificate, read whether or not it can be trusted. */
export async function certificateOf(
  network: Network,
  host: string,
  within: number,
  signal: AbortSignal,
): Promise<Certificate | { readonly code: string }> {
  const deadline = AbortSignal.timeout(within * 1000);
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
      agent: false,
      rejectUnauthorized: false,
      signal,
    });
    request.on("error", reject);
    request.on("socket", (socket) => {
      const secured = socket as TLSSocket;
      secured.once("secureConnect", () => {
        resolve(described(secured, host));
        request.destroy();
      });
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

import type { Block } from "../../graph/index.ts";

/** "HTTPS", whatever its case in the manifest; undefined where it is not known. */
export function protocolOf(server: Block): string | undefined {
  return server.string("port.protocol")?.toUpperCase();
}

/** TLS from the first byte. */
export function isTls(protocol: string | undefined): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}

/** Plain text that Istio parses as HTTP. */
export function isHttp(protocol: string | undefined): boolean {
  return ["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"].includes(protocol ?? "");
}

/** True where the gateway terminates TLS, so that HTTP routes apply. */
export function terminatesTls(server: Block): boolean {
  const mode = server.string("tls.mode")?.toUpperCase();
  return isTls(protocolOf(server)) && mode !== undefined && !mode.includes("PASSTHROUGH");
}

/** "server 443 (https)" for messages. */
export function serverName(server: Block): string {
  const name = server.string("port.name");
  return `server ${server.string("port.number") ?? "?"}${name === undefined ? "" : ` (${name})`}`;
}

import type { RequestListener } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Certificate } from "./certificates.ts";
import type { Listening } from "./https.ts";
import { listen } from "./ports.ts";

/** How a server at the edge behaves. */
export interface Edge {
  readonly answer: RequestListener;
  /** What happens on a WebSocket; without it an upgrade is refused with 403. */
  readonly socket?: ((socket: WebSocket) => void) | undefined;
}

/** HTTPS and WebSockets on 127.0.0.1, as a load balancer gives them. */
export async function startEdge(certificate: Certificate, edge: Edge): Promise<Listening> {
  const server = https.createServer({ cert: certificate.certificate, key: certificate.key }, edge.answer);
  const sockets = new WebSocketServer({ noServer: true });
  const open = new Set<Socket>();
  server.on("secureConnection", (socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.on("upgrade", (request, socket, head) => {
    const { socket: serve } = edge;
    if (serve === undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, serve);
  });
  const port = await listen(server);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

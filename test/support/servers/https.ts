import http, { type RequestListener } from "node:http";
import https from "node:https";
import net from "node:net";
import type { Certificate } from "./certificates.ts";
import { startChild } from "./child.ts";
import { listen } from "./ports.ts";

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** An HTTPS server on 127.0.0.1; plain HTTP without a certificate. */
export async function startHttps(
  certificate: Certificate | undefined,
  answer: RequestListener,
): Promise<Listening> {
  const server =
    certificate === undefined
      ? http.createServer(answer)
      : https.createServer({ cert: certificate.certificate, key: certificate.key }, answer);
  return stoppable(server);
}

/** Accepts TCP and says nothing: a handshake or a session with it hangs. Calls back for each connection. */
export function startSilent(accepted: () => void = () => {}): Promise<Listening> {
  return stoppable(net.createServer(accepted));
}

/**
 * Takes no connection at all: a stopped process whose queue is full. The kernel drops further SYNs, which is what a
 * firewall does.
 */
export async function startBlackHole(): Promise<Listening> {
  const code =
    'require("node:net").createServer().listen({host:"127.0.0.1",port:0,backlog:1},function(){console.log("port="+this.address().port)})';
  let port = 0;
  const child = await startChild([process.execPath, "-e", code], /port=\d+\n/, {}, (output) => {
    port = Number(/port=(\d+)/.exec(output)?.[1]);
  });
  child.process.kill("SIGSTOP");
  const fillers = Array.from({ length: 8 }, () =>
    net.connect({ host: "127.0.0.1", port }).on("error", () => {}),
  );
  // Two fit into the queue; the others wait for ever.
  await Promise.any(fillers.map((filler) => new Promise((resolve) => filler.once("connect", resolve))));
  return {
    port,
    stop: async () => {
      for (const filler of fillers) filler.destroy();
      await child.stop("SIGKILL");
    },
  };
}

async function stoppable(server: net.Server): Promise<Listening> {
  const open = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
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

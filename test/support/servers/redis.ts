import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { program } from "../programs.ts";
import type { Certificate } from "./certificates.ts";
import { startChild } from "./child.ts";
import { freePort } from "./ports.ts";

export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A real Redis on 127.0.0.1 that keeps nothing; with TLS only where a certificate is given, as Memorystore does. */
export async function startRedis(
  settings: Readonly<Record<string, string>> = {},
  tls?: Certificate,
): Promise<RedisServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "redis-"));
  const port = await freePort();
  const file = (name: string, text: string): string => {
    const written = path.join(folder, name);
    writeFileSync(written, text, { mode: 0o600 });
    return written;
  };
  const listening: Record<string, string> =
    tls === undefined
      ? { port: String(port) }
      : {
          port: "0",
          "tls-port": String(port),
          "tls-cert-file": file("server.pem", tls.certificate),
          "tls-key-file": file("server.key", tls.key),
          "tls-auth-clients": "no",
        };
  const child = await startChild(
    [
      program("redis-server"),
      ...Object.entries({
        bind: "127.0.0.1",
        save: "",
        appendonly: "no",
        dir: folder,
        ...listening,
        ...settings,
      }).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    "Ready to accept connections",
  );
  return {
    port,
    stop: async () => {
      await child.stop("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

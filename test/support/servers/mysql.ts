import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { program } from "../programs.ts";
import type { Certificate } from "./certificates.ts";
import { startChild } from "./child.ts";
import { freePort } from "./ports.ts";

export interface MysqlServer {
  readonly port: number;
  /** Path of the Unix socket. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** A real MariaDB, which greets as MySQL does, on 127.0.0.1 and on a Unix socket; with TLS where a certificate is given. */
export async function startMysql(
  settings: Readonly<Record<string, string>> = {},
  tls?: Certificate,
): Promise<MysqlServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mysql-"));
  const data = path.join(folder, "data");
  mkdirSync(data);
  const file = (name: string, text: string): string => {
    const written = path.join(folder, name);
    writeFileSync(written, text, { mode: 0o600 });
    return written;
  };
  const port = await freePort();
  const socket = path.join(folder, "server.sock");
  const child = await startChild(
    [
      program("mariadbd"),
      // Nothing of this machine's configuration, and no tables of logins: nobody logs in.
      "--no-defaults",
      "--skip-grant-tables",
      "--skip-log-bin",
      ...Object.entries({
        datadir: data,
        "bind-address": "127.0.0.1",
        port: String(port),
        socket,
        "pid-file": path.join(folder, "server.pid"),
        ...(process.getuid?.() === 0 ? { user: "root" } : {}),
        ...(tls === undefined
          ? {}
          : {
              "ssl-cert": file("server.pem", tls.certificate),
              "ssl-key": file("server.key", tls.key),
            }),
        ...settings,
      }).map(([name, value]) => `--${name}=${value}`),
    ],
    "ready for connections",
  );
  return {
    port,
    socket,
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

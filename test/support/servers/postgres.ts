import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { program } from "../programs.ts";
import type { Certificate } from "./certificates.ts";
import { startChild } from "./child.ts";
import { freePort } from "./ports.ts";

export interface PostgresServer {
  readonly port: number;
  /** Folder of the Unix socket .s.PGSQL.<port>. */
  readonly socketFolder: string;
  /** Superuser "admin" with this password; its database is "postgres". */
  readonly password: string;
  stop(): Promise<void>;
  /** Starts it again on the same port and data, with other settings. */
  restart(settings: Readonly<Record<string, string>>): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65534;
const AS_NOBODY = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
const isRoot = process.getuid?.() === 0;
const asServer = isRoot ? AS_NOBODY : [];

/**
 * A real PostgreSQL on 127.0.0.1 and on a Unix socket, with TLS where a certificate is given.
 *
 * @param settings server settings such as { max_connections: "10" }
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
  tls?: Certificate,
  password = "admin-password",
): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "postgres-"));
  const data = path.join(folder, "data");
  mkdirSync(data);
  const secret = path.join(folder, "password");
  writeFileSync(secret, password);
  if (tls !== undefined) {
    writeFileSync(path.join(folder, "server.pem"), tls.certificate);
    writeFileSync(path.join(folder, "server.key"), tls.key, { mode: 0o600 });
  }
  if (isRoot) {
    const files = ["", "data", "password", ...(tls === undefined ? [] : ["server.pem", "server.key"])];
    for (const file of files) chownSync(path.join(folder, file), NOBODY, NOBODY);
  }
  run([
    program("initdb"),
    "-D",
    data,
    "-U",
    "admin",
    `--pwfile=${secret}`,
    "--auth=scram-sha-256",
    "--no-sync",
  ]);
  const port = await freePort();
  const start = (changed: Readonly<Record<string, string>>) =>
    startChild(
      [
        ...asServer,
        program("postgres"),
        "-D",
        data,
        ...Object.entries({
          listen_addresses: "127.0.0.1",
          port: String(port),
          unix_socket_directories: folder,
          fsync: "off",
          ...(tls === undefined
            ? {}
            : { ssl: "on", ssl_cert_file: `${folder}/server.pem`, ssl_key_file: `${folder}/server.key` }),
          ...settings,
          ...changed,
        }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
      "database system is ready to accept connections",
      { cwd: folder },
    );
  let child = await start({});
  const stop = (): Promise<void> => child.stop("SIGINT");
  return {
    port,
    socketFolder: folder,
    password,
    stop,
    restart: async (changed) => {
      await stop();
      child = await start(changed);
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(command: readonly string[]): void {
  const [file = "", ...args] = [...asServer, ...command];
  execFileSync(file, args, { stdio: "pipe", cwd: os.tmpdir() });
}

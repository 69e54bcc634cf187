import type { EventEmitter } from "node:events";
import type net from "node:net";
import { Client } from "pg";
import type { Outcome } from "../check.ts";
import { type DatabaseContext, variableOf } from "../database-context.ts";
import { boundReceived } from "./connection.ts";

/** What a check does with an open session. */
export type Session = (client: Client, signal: AbortSignal) => Promise<Outcome>;

/** Nobody could verify the server: it gets no password. */
export class Unverifiable extends Error {}

/**
 * Opens a session as the service does: same host, login and verification. The caller ends it.
 *
 * @throws Unverifiable without a CA: a server that nobody verifies may ask for the password in clear text
 */
export async function openSession(context: DatabaseContext, signal: AbortSignal): Promise<Client> {
  const { plan, database } = context;
  const ca = variableOf(context, "POSTGRES_CA_CERTIFICATE") || undefined;
  const isSocket = database.via === "socket";
  if (!isSocket && ca === undefined) throw new Unverifiable();
  const client = new Client({
    host: variableOf(context, "POSTGRES_HOST"),
    port: Number(variableOf(context, "POSTGRES_PORT")),
    database: variableOf(context, "POSTGRES_DB"),
    user: variableOf(context, "POSTGRES_USER"),
    password: variableOf(context, "POSTGRES_PASSWORD"),
    application_name: "preflight",
    connectionTimeoutMillis: plan.seconds.connect * 1000,
    // A server that stops answering must not hold the preflight longer than a statement may last.
    query_timeout: plan.seconds.statement * 1000,
    // Certificates of Cloud SQL do not name the private DNS name: the CA is what proves the server.
    ssl: isSocket ? false : { ...(ca === undefined ? {} : { ca }), checkServerIdentity: () => undefined },
  });
  // A session that the server ends between two queries shows in the next one.
  client.on("error", () => {});
  const connection = connectionOf(client);
  connection?.once("connect", () => isSocket && boundReceived(connection.stream));
  connection?.once("sslconnect", () => boundReceived(connection.stream));
  signal.addEventListener("abort", () => destroy(client), { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    destroy(client);
    throw error;
  }
}

/** Ends at once, without the goodbye that a hanging server would never hear. */
function destroy(client: Client): void {
  void client.end().catch(() => {});
  connectionOf(client)?.stream.destroy();
}

/** What the types of pg leave out: the connection, whose stream is replaced where TLS begins. */
function connectionOf(client: Client): (EventEmitter & { readonly stream: net.Socket }) | undefined {
  return (client as unknown as { connection?: EventEmitter & { readonly stream: net.Socket } }).connection;
}

export async function endSession(client: Client): Promise<void> {
  await client.end().catch(() => {});
}

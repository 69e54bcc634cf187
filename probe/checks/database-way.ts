import type net from "node:net";
import { type Check, failed, type Outcome } from "../check.ts";
import { type DatabaseContext, variableName, variableOf } from "../database-context.ts";
import { within } from "../time.ts";
import type { Place } from "../why/network.ts";
import { postgresFailure } from "../why/postgres.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";
import { socketCheck } from "./socket.ts";

/** How the database is reached, and what proves it. */
interface Way {
  readonly checks: Check[];
  readonly needs: string;
  readonly place: Place;
}

export function wayToDatabase(context: DatabaseContext): Way {
  return context.database.via === "socket" ? throughSocket(context) : overNetwork(context);
}

function overNetwork(context: DatabaseContext): Way {
  const { plan, database } = context;
  const authorityFrom = variableName(context, "POSTGRES_CA_CERTIFICATE");
  const ca = variableOf(context, "POSTGRES_CA_CERTIFICATE") || undefined;
  const endpoint: Endpoint = {
    target: database.target,
    host: variableOf(context, "POSTGRES_HOST"),
    port: Number(variableOf(context, "POSTGRES_PORT")),
    reach: "private",
    listens: `PostgreSQL listens on ${database.ports.tcp}; is the instance stopped?`,
    ...(ca === undefined
      ? {}
      : {
          tls: {
            identity: { host: undefined, authority: `the CA in ${authorityFrom}` },
            ca,
            authorityFrom,
            plain: `PostgreSQL listens on ${database.ports.tcp}`,
            prelude: (socket, signal) => askForTls(socket, endpoint, plan.seconds.connect, signal),
          },
        }),
  };
  return { checks: endpointChecks(context, endpoint), needs: reachable(endpoint), place: placeOf(endpoint) };
}

/** PostgreSQL encrypts after it was asked: eight bytes, answered with S or N. */
async function askForTls(
  socket: net.Socket,
  endpoint: Endpoint,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const where = `${endpoint.host}:${endpoint.port}`;
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(80877103, 4);
  const answer = await within("asking for TLS", seconds, signal, async () => {
    socket.write(request);
    return new Promise<string>((resolve, reject) => {
      socket.once("data", (data) => resolve(data.toString("latin1")));
      socket.once("error", reject);
      socket.once("close", () => resolve(""));
    });
  });
  if (answer === "S") return undefined;
  // An error instead of S or N.
  if (answer.startsWith("E"))
    return failed(
      "infrastructure",
      `${where}: the server refused the connection before TLS: it has no memory or processes left`,
    );
  if (answer === "N") return failed("infrastructure", `${where}: the server does not speak TLS: ssl is off`);
  return failed(
    "infrastructure",
    answer === ""
      ? `${where}: the server closed the connection when it was asked for TLS: it starts up, is stopped, or takes no more connections`
      : `${where}: what listens there is not PostgreSQL`,
  );
}

function throughSocket(context: DatabaseContext): Way {
  const { database } = context;
  const path = `${variableOf(context, "POSTGRES_HOST")}/.s.PGSQL.${variableOf(context, "POSTGRES_PORT")}`;
  const listens = `Cloud Run makes the socket, and its connector goes to port ${database.ports.connector} of the instance`;
  const place: Place = { where: path, reach: "private", listens };
  const check = socketCheck(context, path, (error) => postgresFailure(error, context, place));
  return { checks: [check], needs: check.name, place };
}

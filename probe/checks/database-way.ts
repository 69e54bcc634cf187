import type net from "node:net";
import type { PlannedDatabase } from "../../platform/preflight.ts";
import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { connectSocket, untilReady } from "../clients/connection.ts";
import { within } from "../time.ts";
import type { Place } from "../why/network.ts";
import { postgresFailure } from "../why/postgres.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";

/** How the database is reached, and what proves it. */
interface Way {
  readonly checks: Check[];
  readonly needs: string;
  readonly place: Place;
}

export function wayToDatabase(context: Context, database: PlannedDatabase): Way {
  return database.via === "socket" ? throughSocket(context, database) : overNetwork(context, database);
}

function overNetwork(context: Context, database: PlannedDatabase): Way {
  const { plan, variables } = context;
  const ca = variables.POSTGRES_CA_CERTIFICATE || undefined;
  const endpoint: Endpoint = {
    target: "database",
    host: variables.POSTGRES_HOST ?? "",
    port: Number(variables.POSTGRES_PORT),
    reach: "private",
    listens: `PostgreSQL listens on ${database.ports.tcp}; is the instance stopped?`,
    ...(ca === undefined
      ? {}
      : {
          tls: {
            identity: { host: undefined, authority: "the CA in POSTGRES_CA_CERTIFICATE" },
            ca,
            authorityFrom: "POSTGRES_CA_CERTIFICATE",
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

function throughSocket(context: Context, database: PlannedDatabase): Way {
  const { plan, variables, started } = context;
  const path = `${variables.POSTGRES_HOST}/.s.PGSQL.${variables.POSTGRES_PORT}`;
  const { connect, ready } = plan.seconds;
  const listens = `Cloud Run makes the socket, and its connector goes to port ${database.ports.connector} of the instance`;
  const place: Place = { where: path, reach: "private", listens };
  const check: Check = {
    name: "database/socket",
    category: "network",
    needs: [],
    seconds: ready + connect,
    run: async (signal) => {
      const bytes = Buffer.byteLength(path);
      if (bytes > database.socketPathBytes)
        return failed(
          "infrastructure",
          `${path} has ${bytes} bytes, a Unix socket's path at most ${database.socketPathBytes}: shorten the instance's name`,
        );
      try {
        const { value } = await untilReady(started + ready * 1000, signal, () =>
          connectSocket(path, connect, signal),
        );
        value.destroy();
        return passed(`${path} accepts connections`);
      } catch (error) {
        return postgresFailure(error, context, place);
      }
    },
  };
  return { checks: [check], needs: "database/socket", place };
}

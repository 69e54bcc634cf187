import type net from "node:net";
import { type Check, failed, type Outcome, passed } from "../check.ts";
import { connectSocket, connectTcp } from "../clients/connection.ts";
import { askForTls, type Greeting, readGreeting } from "../clients/mysql.ts";
import { type DatabaseContext, variableName, variableOf } from "../database-context.ts";
import { networkFailure, type Place } from "../why/network.ts";
import { unexpected } from "../why/unexpected.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";
import { socketCheck } from "./socket.ts";

/**
 * MySQL from its name to its greeting, TLS verified: that it is there, is MySQL, and takes connections. Nobody logs in, so
 * that password, database and max_connections are not tried.
 */
export function mysqlChecks(context: DatabaseContext): Check[] {
  return context.database.via === "socket" ? throughSocket(context) : overNetwork(context);
}

function overNetwork(context: DatabaseContext): Check[] {
  const { plan, database } = context;
  const { connect } = plan.seconds;
  const authorityFrom = variableName(context, "MYSQL_CA_CERTIFICATE");
  const ca = variableOf(context, "MYSQL_CA_CERTIFICATE") || undefined;
  const listens = `MySQL listens on ${database.ports.tcp}; is the instance stopped?`;
  const address = {
    host: variableOf(context, "MYSQL_HOST"),
    port: Number(variableOf(context, "MYSQL_PORT")),
  };
  const endpoint: Endpoint = {
    target: database.target,
    ...address,
    reach: "private",
    listens,
    ...(ca === undefined
      ? {}
      : {
          tls: {
            identity: { host: undefined, authority: `the CA in ${authorityFrom}` },
            ca,
            authorityFrom,
            plain: `MySQL listens on ${database.ports.tcp}`,
            prelude: async (socket, signal) => {
              const greeting = await readGreeting(socket, connect, signal);
              const refusal = refused(greeting, placeOf(endpoint));
              if (refusal !== undefined) return refusal;
              if (greeting.kind === "ready" && !greeting.offersTls)
                return failed("infrastructure", `${placeOf(endpoint).where}: the server does not speak TLS`);
              askForTls(socket);
              return undefined;
            },
          },
        }),
  };
  return [
    ...endpointChecks(context, endpoint),
    greets(context, reachable(endpoint), placeOf(endpoint), (signal) => connectTcp(address, connect, signal)),
  ];
}

function throughSocket(context: DatabaseContext): Check[] {
  const { plan, database } = context;
  const { connect } = plan.seconds;
  const path = variableOf(context, "MYSQL_SOCKET");
  const place: Place = {
    where: path,
    reach: "private",
    listens: `Cloud Run makes the socket, and its connector goes to port ${database.ports.connector} of the instance`,
  };
  const socket = socketCheck(
    context,
    path,
    (error) => networkFailure(error, place) ?? unexpected(error, path),
  );
  return [socket, greets(context, socket.name, place, (signal) => connectSocket(path, connect, signal))];
}

function greets(
  { plan, database }: DatabaseContext,
  needs: string,
  place: Place,
  open: (signal: AbortSignal) => Promise<net.Socket>,
): Check {
  return {
    name: `${database.target}/greeting`,
    category: "database",
    needs: [needs],
    seconds: 2 * plan.seconds.connect,
    run: async (signal) => {
      let socket: net.Socket | undefined;
      try {
        socket = await open(signal);
        const greeting = await readGreeting(socket, plan.seconds.connect, signal);
        return (
          refused(greeting, place) ??
          passed(
            `${place.where}: MySQL ${greeting.kind === "ready" ? greeting.version : ""} takes connections; nobody logged in`,
          )
        );
      } catch (error) {
        return networkFailure(error, place) ?? unexpected(error, place.where);
      } finally {
        socket?.destroy();
      }
    },
  };
}

/** https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html */
const REFUSALS: Readonly<Record<number, string>> = {
  1040: "every connection is taken: somebody opens more than the budget, or max_connections in force is lower",
  1129: "too many attempts of this host failed: flush its hosts (mysqladmin flush-hosts), and look for the wrong password",
  1130: "it does not let this host in",
};

/** What the server refuses before a login; undefined where it goes on. */
function refused(greeting: Greeting, { where }: Place): Outcome | undefined {
  if (greeting.kind === "ready") return undefined;
  if (greeting.kind === "stranger")
    return failed("infrastructure", `${where}: what listens there is not MySQL`);
  const { code, message } = greeting;
  return failed(
    "infrastructure",
    `${where}: ${message} (${code})${code in REFUSALS ? `: ${REFUSALS[code]}` : ""}`,
  );
}

import type { Share } from "../../platform/budgets/connection-budget.ts";
import { type Failure, failed } from "../check.ts";
import { secretOf } from "../checks/secrets.ts";
import { codeOf } from "../clients/connection.ts";
import { Unverifiable } from "../clients/postgres.ts";
import { type DatabaseContext, variableName, variableOf } from "../database-context.ts";
import { networkFailure, type Place } from "./network.ts";
import { unexpected } from "./unexpected.ts";

/** Why a session could not be opened, or a query failed; SQLSTATE codes are PostgreSQL's. */
export function postgresFailure(error: unknown, context: DatabaseContext, place: Place): Failure {
  const { plan, database } = context;
  const login = variableOf(context, "POSTGRES_USER");
  const words = error instanceof Error ? error.message : String(error);
  if (error instanceof Unverifiable)
    return failed(
      "infrastructure",
      `${place.where}: nobody can verify the server, because ${variableName(context, "POSTGRES_CA_CERTIFICATE")} is missing, so no password was sent: add the CA as database.caSecret (npm run secrets -- ${plan.environment})`,
    );
  switch (codeOf(error)) {
    case "28P01":
      return told(
        `password of "${login}" refused: ${secretOf(context, variableName(context, "POSTGRES_PASSWORD"))} is not the login's password, or the login does not exist or has expired`,
      );
    case "28000":
      return told(
        `login "${login}" refused (${firstLine(words)}): it does not exist, may not log in, or the server does not let it in from here`,
      );
    case "3D000":
      return told(`database "${variableOf(context, "POSTGRES_DB")}" does not exist on this instance`);
    case "42501":
      return told(`login "${login}" lacks the permission: ${firstLine(words)}`);
    case "53300":
      if (/for (role|database) "/.test(words))
        return told(
          `${firstLine(words)}: a CONNECTION LIMIT of its own holds it below the budget; take that limit away`,
        );
      return told(
        `${firstLine(words)}: every connection is taken. Budget ${budget(context)}: somebody opens more, or max_connections in force is lower`,
      );
    case "53200":
    case "53100":
      return told(`the server has no memory or disk left: ${firstLine(words)}`);
    case "57P03":
      return told(`the server starts up or shuts down: ${firstLine(words)}`);
    case "57P01":
    case "57P02":
      return told("the server ended the session: it is restarted or fails over");
    case "57014":
      return told(`a query was cancelled by a statement timeout below ${plan.seconds.statement} s`);
    case "ENOENT":
      return told(
        `no such socket: the job does not mount the Cloud SQL instance ${variableOf(context, "CLOUD_SQL_INSTANCE")}, or its name is wrong`,
      );
  }
  if (/timeout expired|timeout exceeded|Query read timeout/i.test(words))
    return told(
      words.includes("Query")
        ? `no answer within ${plan.seconds.statement} s: the server hangs or is under pressure`
        : `no session within ${plan.seconds.connect} s: the server accepts TCP and does not answer; Cloud SQL under connection pressure, or stopped`,
    );
  if (/error establishing an SSL connection/i.test(words))
    return told(
      "what listens there is not PostgreSQL, or has no memory or processes left to take a connection",
    );
  if (/does not support SSL/i.test(words)) return told("the server does not speak TLS: ssl is off");
  if (
    /terminated unexpectedly|Connection terminated/i.test(words) ||
    ["ECONNRESET", "EPIPE"].includes(codeOf(error))
  )
    return told(
      database.via === "socket"
        ? "the Cloud SQL connector closed the connection: the identity lacks roles/cloudsql.client, the Cloud SQL Admin API is off, or the instance is stopped"
        : "the server closed the connection: it is stopped or restarted",
    );
  return networkFailure(error, place) ?? unexpected(error, place.where);

  function told(why: string): Failure {
    return failed("infrastructure", `${place.where}: ${why}`);
  }
}

/** "1,138 of 1,250: auth 120 (6 instances × ...) + ..." */
export function budget({ database: { needed, maxConnections, shares } }: DatabaseContext): string {
  const parts = shares.map(({ owner, connections, sum }: Share) => `${owner} ${connections} (${sum})`);
  return `${needed} of ${maxConnections}: ${parts.join(" + ")}`;
}

function firstLine(words: string): string {
  return words.split("\n")[0] ?? "";
}

import { describe, expect, test } from "@jest/globals";
import { cacheContexts } from "../../probe/cache-context.ts";
import { databaseContexts } from "../../probe/database-context.ts";
import { redactor } from "../../probe/redact.ts";
import { TimedOut } from "../../probe/time.ts";
import { networkFailure } from "../../probe/why/network.ts";
import { postgresFailure } from "../../probe/why/postgres.ts";
import { redisFailure } from "../../probe/why/redis.ts";
import { probePlan } from "../support/probe.ts";

/** Errors as Node, pg and ioredis give them, for causes that loopback does not have. */
function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

const place = (reach: "private" | "public") => ({
  where: "redis.staging.internal:6378",
  reach,
  listens: "Redis listens on 6378.",
});

describe("why", () => {
  test.each([
    [
      "EAI_AGAIN",
      "private",
      "name not resolved (error -3, EAI_AGAIN): private DNS zone not attached to the network",
    ],
    ["EAI_AGAIN", "public", "name not resolved (error -3, EAI_AGAIN): no name server answers"],
    [
      "ENOTFOUND",
      "private",
      "name not resolved (error -2, ENOTFOUND): no such record in the private DNS zone",
    ],
    ["ETIMEDOUT", "private", "TCP timed out: egress firewall or connector"],
    ["ETIMEDOUT", "public", "TCP timed out: egress firewall, or no Cloud NAT"],
    ["ECONNREFUSED", "private", "refused: nothing listens there, or wrong port. Redis listens on 6378."],
    ["EHOSTUNREACH", "private", "no route: egress does not lead into the network"],
    ["ENETUNREACH", "public", "no route: no way to the internet from this network"],
    ["EPERM", "private", "this machine does not let the program connect"],
  ] as const)("%s of a %s place", (code, reach, why) => {
    const failure = networkFailure(systemError(code), place(reach));
    expect(failure).toMatchObject({ status: "failed", fault: "infrastructure" });
    expect(failure?.why).toContain(`redis.staging.internal:6378: ${why}`);
  });

  test("a deadline of the program says how long it waited", () => {
    expect(networkFailure(new TimedOut("opening TCP", 35), place("private"))?.why).toContain(
      "TCP timed out after 35 s: egress firewall or connector",
    );
  });

  const context = {
    plan: probePlan(),
    variables: { POSTGRES_USER: "netra", POSTGRES_DB: "netra", CLOUD_SQL_INSTANCE: "p:r:i" },
    started: 0,
    expectedAddresses: [],
    contracts: [],
    samples: [],
  };
  const [database] = databaseContexts(context);
  if (database === undefined) throw new Error("the plan has no database");
  const [redis] = cacheContexts(context);
  if (redis === undefined) throw new Error("the plan has no Redis");

  test.each([
    ["57P03", "the database system is starting up", "the server starts up or shuts down"],
    ["57P01", "terminating connection due to administrator command", "it is restarted or fails over"],
    ["53200", "out of memory", "no memory or disk left"],
    [
      "28000",
      "no pg_hba.conf entry for host",
      "refused (no pg_hba.conf entry for host): it does not exist, may not",
    ],
    ["53300", "sorry, too many clients already", "every connection is taken. Budget"],
    [
      "53300",
      'too many connections for role "netra"',
      "a CONNECTION LIMIT of its own holds it below the budget",
    ],
    ["42501", "permission denied for view x", 'login "netra" lacks the permission'],
  ])("PostgreSQL's %s", (code, message, why) => {
    const error = Object.assign(new Error(message), { code });
    expect(postgresFailure(error, database, place("private")).why).toContain(why);
  });

  test.each([
    new Error("Connection terminated unexpectedly"),
    systemError("ECONNRESET"),
    systemError("EPIPE"),
  ])("a socket that Cloud Run's connector closes names the permission: %s", (error) => {
    expect(postgresFailure(error, database, place("private")).why).toContain("roles/cloudsql.client");
  });

  test.each([
    ["LOADING Redis is loading the dataset in memory", "restarted or failed over"],
    ["READONLY You can't write against a read only replica.", "not the primary's"],
    ["NOAUTH Authentication required.", "AUTH missing"],
    ["ERR invalid password", "AUTH wrong"],
    ["MASTERDOWN Link with MASTER is down", "a replica that has lost its primary"],
    ["Command timed out", "no answer within 10 s: it takes connections, and hangs or is overloaded"],
  ])("Redis' %s", (message, why) => {
    expect(redisFailure(new Error(message), redis, place("private")).why).toContain(why);
  });
});

test("what hides secrets leaves other words alone", () => {
  const hide = redactor(
    {
      POSTGRES_PASSWORD: "p-4711!",
      DEBUG_TOKEN_ENABLED: "true",
      A_URL: "https://u:p%40ss-word@h/",
      PORT: "5432",
      CA: "-----BEGIN CERTIFICATE-----\nMIIBzq\n-----END CERTIFICATE-----\n",
    },
    {
      secrets: [
        { variable: "POSTGRES_PASSWORD", secret: "x", version: 1, holds: "text" },
        { variable: "CA", secret: "y", version: 1, holds: "certificates" },
      ],
    },
  );
  expect(hide("no -----BEGIN CERTIFICATE----- in MIIBzq")).toBe("no -----BEGIN CERTIFICATE----- in [secret]");
  expect(hide("true 5432 refused for p-4711! and p@ss-word, p%40ss-word")).toBe(
    "true 5432 refused for [secret] and [secret], [secret]",
  );
});

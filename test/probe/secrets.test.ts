import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Draft } from "../support/environments.ts";
import { type Bundle, bundleProbe, probePlan, type Variables } from "../support/probe.ts";
import { describeWith } from "../support/programs.ts";
import { authority, serverCertificate } from "../support/servers/certificates.ts";
import { type Listening, startHttps, startSilent } from "../support/servers/https.ts";
import { type PostgresServer, startPostgres } from "../support/servers/postgres.ts";
import { type RedisServer, startRedis } from "../support/servers/redis.ts";

/** One for each way in; none of them may ever be printed. */
const SECRETS: Variables = {
  POSTGRES_PASSWORD: "zq-postgres-1?&%/+",
  REDIS_PASSWORD: 'zq-redis-2"\\quoted',
  CLICKHOUSE_PASSWORD: "zq-clickhouse-3",
  JWT_SIGNING_KEY: "zq-jwt-4",
};
const URL_LOGIN = "zq-user-5:zq-url-6";

describeWith(["postgres", "initdb", "redis-server"], "secrets", () => {
  let bundle: Bundle;
  let postgres: PostgresServer;
  let redis: RedisServer;
  let echoing: Listening;
  let silent: Listening;

  beforeAll(async () => {
    bundle = bundleProbe();
    postgres = await startPostgres();
    redis = await startRedis({ requirepass: "another" });
    silent = await startSilent();
    // A server that repeats whatever it was sent, as careless error pages do.
    echoing = await startHttps(undefined, (request, response) => {
      response.writeHead(500, { "x-clickhouse-exception-code": "999" });
      const login = Buffer.from(String(request.headers.authorization).replace("Basic ", ""), "base64");
      response.end(
        `Code: 999. DB::Exception: ${request.url} ${JSON.stringify(request.headers)} ${login} ${SECRETS.JWT_SIGNING_KEY} (X)`,
      );
    });
  });
  afterAll(async () => {
    await Promise.all([postgres?.remove(), redis?.stop(), echoing?.stop(), silent?.stop()]);
    bundle?.remove();
  });

  function planned(change: (plan: Draft) => void = () => {}): string {
    return JSON.stringify(
      probePlan((plan) => {
        plan.database.via = "private-ip";
        plan.dependencies = [{ name: "clickhouse", variable: "CLICKHOUSE_URL", kind: "clickhouse" }];
        plan.secrets = Object.keys(SECRETS).map((variable) => ({
          variable,
          secret: variable.toLowerCase().replaceAll("_", "-"),
          version: 1,
          holds: "text",
        }));
        Object.assign(plan.seconds, { connect: 0.5, ready: 0.2, request: 0.5, total: 5 });
        change(plan);
      }),
    );
  }

  const everyWayToFail: [string, () => Variables][] = [
    [
      "refused logins",
      () => ({ POSTGRES_PORT: String(postgres.port), REDIS_PORT: String(redis.port), ...at(echoing.port) }),
    ],
    [
      "servers that hang",
      () => ({ POSTGRES_PORT: String(silent.port), REDIS_PORT: String(silent.port), ...at(silent.port) }),
    ],
    [
      "the wrong protocol",
      () => ({ POSTGRES_PORT: String(redis.port), REDIS_PORT: String(postgres.port), ...at(redis.port) }),
    ],
    [
      "a web server everywhere",
      () => ({ POSTGRES_PORT: String(echoing.port), REDIS_PORT: String(echoing.port), ...at(echoing.port) }),
    ],
    [
      "secrets where names belong",
      () => ({
        POSTGRES_PORT: String(postgres.port),
        POSTGRES_USER: SECRETS.POSTGRES_PASSWORD ?? "",
        POSTGRES_DB: SECRETS.JWT_SIGNING_KEY ?? "",
        REDIS_HOST: SECRETS.REDIS_PASSWORD ?? "",
        REDIS_PORT: "1",
        CLICKHOUSE_URL: `https://${SECRETS.CLICKHOUSE_PASSWORD}.invalid`,
      }),
    ],
    [
      "a setting that is a secret",
      () => ({ POSTGRES_PORT: "1", REDIS_PORT: "1", REDIS_POOL_SIZE: "zq-jwt-4", ...at(1) }),
    ],
    ["a plan that is no JSON", () => ({ PREFLIGHT_PLAN: "zq-jwt-4" })],
    [
      "contracts that are no JSON",
      () => ({ PREFLIGHT_CONTRACTS: "zq-jwt-4", POSTGRES_PORT: "1", REDIS_PORT: "1", ...at(1) }),
    ],
    [
      "a name of checks that is a secret",
      () => ({ PREFLIGHT_ONLY: "zq-jwt-4", POSTGRES_PORT: "1", REDIS_PORT: "1", ...at(1) }),
    ],
  ];

  function at(port: number): Variables {
    return { CLICKHOUSE_URL: `http://${URL_LOGIN}@localhost:${port}` };
  }

  test.each(everyWayToFail)("are not printed by %s", async (_, variables) => {
    for (const format of ["json", "text"]) {
      const probed = await bundle.run(
        {
          PREFLIGHT_PLAN: planned((plan) => {
            plan.settings = { REDIS_POOL_SIZE: "20" };
          }),
          POSTGRES_HOST: "localhost",
          POSTGRES_DB: "postgres",
          POSTGRES_USER: "admin",
          REDIS_HOST: "localhost",
          REDIS_TLS: "false",
          ...SECRETS,
          ...variables(),
        },
        { arguments: ["--format", format] },
      );
      expect(probed.code).toBeGreaterThan(0);
      const output = probed.stdout + probed.stderr;
      expect(output).not.toContain("zq-");
      for (const secret of [...Object.values(SECRETS), ...URL_LOGIN.split(":")])
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
          expect(output).not.toContain(form);
    }
  });

  test("are judged without being said: absent, empty, with a line break, no PEM, an expired CA", async () => {
    const secret = (variable: string, holds = "text") => ({
      variable,
      secret: variable.toLowerCase(),
      version: 2,
      holds,
    });
    const ca = await authority();
    const expired = await serverCertificate(undefined, { days: [-90, -3] });
    const probed = await bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(
        probePlan((plan) => {
          plan.database = undefined;
          plan.cache = undefined;
          plan.secrets = [
            secret("ABSENT"),
            secret("EMPTY"),
            secret("BREAK"),
            secret("GOOD"),
            secret("NO_PEM", "certificates"),
            secret("CUT_PEM", "certificates"),
            secret("OLD_CA", "certificates"),
            secret("ROTATED_CA", "certificates"),
          ];
        }),
      ),
      EMPTY: "\n",
      BREAK: "zq-value-8\n",
      GOOD: "zq-value-9",
      NO_PEM: "zq-certificate",
      CUT_PEM: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
      OLD_CA: expired.certificate,
      ROTATED_CA: `${expired.certificate}\n${ca.certificate}\n`,
    });
    const why = (name: string): string =>
      `${probed.result(`secrets/${name}`).status}: ${probed.result(`secrets/${name}`).why}`;
    expect(why("ABSENT")).toBe(
      "failed: secret absent version 2 did not arrive as ABSENT: the version does not exist or is disabled, or the identity lacks secretmanager.secretAccessor",
    );
    expect(why("EMPTY")).toContain("failed: secret empty version 2 is empty");
    expect(why("BREAK")).toContain("failed: secret break version 2 begins or ends with white space");
    expect(why("GOOD")).toBe("passed: secret good version 2 is readable");
    expect(why("NO_PEM")).toContain("does not hold certificates in PEM form");
    expect(why("CUT_PEM")).toContain("does not hold certificates in PEM form");
    expect(why("OLD_CA")).toContain("every CA certificate in it has expired");
    expect(why("ROTATED_CA")).toMatch(
      /^passed: secret rotated_ca version 2 holds 2 CA certificates, good for \d+ days$/,
    );
    expect(probed.stdout).not.toContain("zq-");
    expect(probed.code).toBe(11);
  });
});

import { writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { type Draft, environment } from "../support/environments.ts";
import { type Bundle, bundleProbe, type Probed, probePlan, type Variables } from "../support/probe.ts";
import {
  authority,
  type Certificate,
  serverCertificate,
  type Wanted,
} from "../support/servers/certificates.ts";
import { startBlackHole, startHttps } from "../support/servers/https.ts";

const OK: RequestListener = (_, response) => response.end("ok");

describe("the probe and what it reaches outside", () => {
  let bundle: Bundle;
  let ca: Certificate;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    bundle = bundleProbe();
    ca = await authority();
    // Public endpoints are verified by what Node trusts; here that includes this CA.
    writeFileSync(`${bundle.file}.ca.pem`, ca.certificate);
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  afterAll(() => bundle?.remove());

  function probe(variables: Variables, change: (plan: Draft) => void): Promise<Probed> {
    const plan = probePlan((draft) => {
      draft.database = undefined;
      draft.cache = undefined;
      change(draft);
    });
    return bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(plan),
      NODE_EXTRA_CA_CERTS: `${bundle.file}.ca.pem`,
      ...variables,
    });
  }

  async function dependency(
    url: string,
    kind = "https",
    seconds: Record<string, number> = {},
    variables: Variables = {},
  ): Promise<Probed> {
    return probe({ PAYMENTS_URL: url, ...variables }, (plan) => {
      plan.dependencies = [{ name: "payments", variable: "PAYMENTS_URL", kind }];
      Object.assign(plan.seconds, seconds);
    });
  }

  async function serve(answer: RequestListener, wanted: Wanted = {}, issuer: Certificate | undefined = ca) {
    const server = await startHttps(await serverCertificate(issuer, wanted), answer);
    stops.push(server.stop);
    return `https://localhost:${server.port}`;
  }

  test("a healthy endpoint passes its name, TCP, TLS and answer", async () => {
    const probed = await dependency(await serve(OK));
    expect(probed.results.map(({ check, status }) => `${check} ${status}`).sort()).toEqual([
      "payments/answer passed",
      "payments/name passed",
      "payments/tcp passed",
      "payments/tls passed",
      "settings/in-force passed",
    ]);
    expect(probed.code).toBe(0);
  });

  test("a name that does not resolve stops everything behind it", async () => {
    const probed = await dependency("https://payments.example.invalid", "https", { ready: 0.1 });
    expect(probed.result("payments/name").why).toMatch(
      /^payments\.example\.invalid: name not resolved \(error -[23], (ENOTFOUND|EAI_AGAIN)\): /,
    );
    expect(probed.summary).toMatchObject({ failed: 1, skipped: 3, exitCode: 12 });
  });

  test("a private name that does not resolve blames the private zone, as incident I-2", async () => {
    const probed = await probe(
      { REDIS_HOST: "redis.staging.invalid", REDIS_PORT: "6378", REDIS_TLS: "true" },
      (plan) => {
        plan.cache = probePlan().cache;
        plan.seconds.ready = 0.1;
      },
    );
    expect(probed.result("cache/name")).toMatchObject({ fault: "infrastructure", status: "failed" });
    expect(probed.result("cache/name").why).toMatch(/name not resolved \(error -[23].*private DNS zone/);
    expect(probed.code).toBe(12);
  });

  test("an address outside of the private services range is told beside what works", async () => {
    const url = new URL(await serve(OK));
    const probed = await probe(
      {
        REDIS_HOST: "localhost",
        REDIS_PORT: url.port,
        REDIS_TLS: "false",
        PREFLIGHT_ONLY: "cache/address,cache/tcp",
      },
      (plan) => {
        plan.cache = probePlan().cache;
        plan.privateServices = "10.166.0.0/16";
      },
    );
    expect(probed.result("cache/address").why).toContain(
      "localhost is 127.0.0.1, outside of the private services range 10.166.0.0/16",
    );
    expect(probed.result("cache/tcp").status).toBe("passed");
  });

  test("TCP that nobody answers times out, and blames firewall or connector", async () => {
    const hole = await startBlackHole();
    stops.push(hole.stop);
    const probed = await probe(
      { REDIS_HOST: "127.0.0.1", REDIS_PORT: String(hole.port), REDIS_TLS: "false" },
      (plan) => {
        plan.cache = probePlan().cache;
        Object.assign(plan.seconds, { connect: 0.2, ready: 0.3 });
      },
    );
    expect(probed.result("cache/tcp").why).toBe(
      `127.0.0.1:${hole.port}: TCP timed out after 0.2 s: egress firewall or connector lets nothing through, or the two are in different networks`,
    );
    expect(probed.code).toBe(13);
  });

  test("certificates: wrong host, expired, nearly expired, signed by itself, not yet valid", async () => {
    const tls = async (wanted: Wanted, issuer?: Certificate | "itself") => {
      const server = await startHttps(
        await serverCertificate(issuer === "itself" ? undefined : (issuer ?? ca), wanted),
        OK,
      );
      stops.push(server.stop);
      const probed = await dependency(`https://localhost:${server.port}`);
      return { code: probed.code, ...probed.result("payments/tls"), stdout: probed.stdout };
    };
    expect((await tls({ hosts: ["api.example.com"] })).why).toContain(
      "TLS: wrong host: the certificate names DNS:api.example.com, not localhost",
    );
    const expired = await tls({ days: [-90, -3] });
    expect(expired.why).toMatch(/the certificate, or its CA, has expired \(\d{4}-\d\d-\d\d\): renew it/);
    expect(expired.measured?.daysLeft).toBeLessThanOrEqual(-3);
    expect(expired.code).toBe(14);
    expect((await tls({ days: [-1, 4] })).why).toContain("less than 7 days are left: renew it now");
    const soon = await tls({ days: [-1, 20] });
    expect(soon.status).toBe("passed");
    expect(soon.stdout).toMatch(/"severity":"WARNING","message":"preflight of backend: payments\/tls passed/);
    expect((await tls({}, "itself")).why).toContain(
      "the certificate is signed by itself, and not by a CA that clients trust",
    );
    expect((await tls({ days: [2, 90] })).why).toContain("not valid yet");
    expect((await tls({}, await authority("unknown CA"))).why).toContain(
      "was not issued by a CA that clients trust",
    );
  });

  test("an intermediate certificate: sent, left out, and ending before the server's own", async () => {
    const tls = async (intermediate: Certificate, sent: boolean) => {
      const { certificate, key } = await serverCertificate(intermediate);
      const chain = sent ? `${certificate}\n${intermediate.certificate}` : certificate;
      const server = await startHttps({ certificate: chain, key }, OK);
      stops.push(server.stop);
      return (await dependency(`https://localhost:${server.port}`)).result("payments/tls");
    };
    const long = await authority("intermediate", ca);
    expect((await tls(long, true)).status).toBe("passed");
    expect((await tls(long, false)).why).toContain("the server leaves out its intermediate certificate");
    const ending = await tls(await authority("intermediate that ends", ca, [-90, 4]), true);
    expect(ending.why).toContain("less than 7 days are left: renew it now");
  });

  test("TLS spoken to a plain port is said", async () => {
    const server = await startHttps(undefined, OK);
    stops.push(server.stop);
    const probed = await dependency(`https://localhost:${server.port}`);
    expect(probed.result("payments/tls").why).toContain("TLS spoken to a plain port");
  });

  test("503 is the application's fault, and so is an answer that does not come", async () => {
    const broken = await dependency(
      await serve((_, response) => {
        response.statusCode = 503;
        response.end();
      }),
    );
    expect(broken.result("payments/answer")).toMatchObject({ status: "failed", fault: "application" });
    expect(broken.result("payments/answer").why).toContain("HTTP 503: it is reached");
    expect(broken.code).toBe(17);
    const hanging = await dependency(await serve(() => {}), "https", { request: 0.3 });
    expect(hanging.result("payments/answer")).toMatchObject({ status: "failed", fault: "application" });
    expect(hanging.result("payments/answer").why).toContain("no answer within 0.3 s");
  });

  test("what breaks after TLS is the application's, and is not told as TLS", async () => {
    const closing = await dependency(await serve((request) => request.socket.destroy()));
    expect(closing.result("payments/answer")).toMatchObject({ status: "failed", fault: "application" });
    expect(closing.result("payments/answer").why).toContain("closed before the answer was complete");
    const odd = await dependency(await serve((request) => request.socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(odd.result("payments/answer")).toMatchObject({ status: "failed", fault: "application" });
    expect(odd.result("payments/answer").why).toContain("does not speak HTTP as it should (HPE_");
  });

  test("an answer without an end is read no longer than is needed", async () => {
    const endless = await dependency(
      await serve((_, response) => {
        const more = (): void => {
          while (response.write("x".repeat(10_000)));
          response.once("drain", more);
        };
        response.on("error", () => {});
        more();
      }),
    );
    expect(endless.result("payments/answer").status).toBe("passed");
  });

  test("an IPv6 address in a URL is an address, and no name", async () => {
    const probed = await dependency("https://[::1]:1", "https", { ready: 0.1 });
    expect(probed.result("payments/name").why).toBe("::1 is an address; there is no name to resolve");
  });

  test("another service of the platform that is not there yet does not stop the deployment", async () => {
    const probed = await dependency("https://payments.example.invalid", "service", { ready: 0.1 });
    expect(probed.result("payments/name")).toMatchObject({
      category: "services",
      critical: false,
      status: "failed",
    });
    expect(probed.summary).toMatchObject({ status: "passed", failed: 1, exitCode: 0 });
    expect(probed.code).toBe(0);
  });

  // A real ClickHouse is not part of this project's tests: this speaks its HTTP interface as documented.
  test("ClickHouse: healthy, a refused password, an exception and a hang", async () => {
    const clickhouse = (answer: RequestListener, seconds = {}) =>
      serve(answer).then((url) =>
        probe({ CLICKHOUSE_URL: url, CLICKHOUSE_PASSWORD: "click-secret-3b" }, (plan) => {
          plan.dependencies = [{ name: "clickhouse", variable: "CLICKHOUSE_URL", kind: "clickhouse" }];
          plan.secrets = [
            { variable: "CLICKHOUSE_PASSWORD", secret: "clickhouse-password", version: 2, holds: "text" },
          ];
          Object.assign(plan.seconds, seconds);
        }),
      );
    const like =
      (answer: RequestListener): RequestListener =>
      (request, response) =>
        request.url === "/ping" ? response.end("Ok.\n") : answer(request, response);
    const exception =
      (code: number, text: string): RequestListener =>
      (_, response) => {
        response.writeHead(code === 516 ? 403 : 500, { "x-clickhouse-exception-code": String(code) });
        response.end(`Code: ${code}. DB::Exception: ${text} (version 24.8.1.1)`);
      };
    const healthy = await clickhouse(like((_, response) => response.end("1\n")));
    expect(healthy.result("clickhouse/query").why).toContain("answers SELECT 1 in");
    expect(healthy.code).toBe(0);
    const refused = await clickhouse(
      like(
        exception(
          516,
          "default: Authentication failed: password is incorrect, or there is no user. (AUTHENTICATION_FAILED)",
        ),
      ),
    );
    expect(refused.result("clickhouse/query").why).toContain(
      "login refused (ClickHouse code 516): secret clickhouse-password version 2 is not the password",
    );
    expect(refused.code).toBe(17);
    expect(refused.stdout).not.toContain("click-secret");
    const memory = await clickhouse(like(exception(241, "Memory limit exceeded (MEMORY_LIMIT_EXCEEDED)")));
    expect(memory.result("clickhouse/query")).toMatchObject({ fault: "application" });
    expect(memory.result("clickhouse/query").why).toContain("241");
    const hanging = await clickhouse(() => {}, { request: 0.3 });
    expect(hanging.result("clickhouse/ping").why).toContain("no answer within 0.3 s");
    expect(hanging.result("clickhouse/query").status).toBe("skipped");
  });

  test("the outside address is compared with those of Cloud NAT", async () => {
    const echo = await serve((_, response) => response.end("203.0.113.7\n"));
    const run = (throughNat: boolean, variables: Variables) =>
      probe(variables, (plan) => {
        plan.egress = { addressEcho: `${echo}/`, throughNat };
      });
    const right = await run(true, { PREFLIGHT_EXPECTED_ADDRESSES: "203.0.113.6, 203.0.113.7" });
    expect(right.result("egress/address").why).toBe("outside HTTPS works, from 203.0.113.7 of Cloud NAT");
    const wrong = await run(true, { PREFLIGHT_EXPECTED_ADDRESSES: "203.0.113.6" });
    expect(wrong.result("egress/address").why).toContain(
      "outside HTTPS comes from 203.0.113.7, not from Cloud NAT's 203.0.113.6",
    );
    expect(wrong.code).toBe(18);
    expect((await run(false, {})).result("egress/address").why).toContain(
      "not through Cloud NAT, as written",
    );
  });

  test("deadlines in force are compared with those written, also where a dependency is down", async () => {
    const staging = environment();
    const auth = staging.services.find(({ name }) => name === "auth");
    if (auth === undefined) throw new Error("staging has no auth");
    const expected = platformPlan(staging).expectedHealth(auth);
    const healthy = {
      contract: 1,
      service: expected.cloudRunService,
      revision: "staging-auth-00001-abc",
      status: "healthy",
      inForce: Object.fromEntries(expected.inForce.map(({ name, value }) => [name, value])),
      dependencies: Object.fromEntries(
        expected.dependencies.map(({ name }) => [name, { status: "up", seconds: 0.01 }]),
      ),
    };
    const run = async (status: number, body: unknown) => {
      const url = await serve((_, response) => {
        response.statusCode = status;
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      });
      const contracts = [{ service: "auth", url: `${url}/health/infrastructure`, expected }];
      const probed = await probe({ PREFLIGHT_CONTRACTS: JSON.stringify(contracts) }, () => {});
      return { code: probed.code, ...probed.result("contract/auth") };
    };
    expect(await run(200, healthy)).toMatchObject({ code: 0, status: "passed" });
    expect(
      await run(200, { ...healthy, inForce: { ...healthy.inForce, DATABASE_INIT_TIMEOUT_SECONDS: 20 } }),
    ).toMatchObject({
      code: 20,
      fault: "application",
      why: "auth: database initialization: 20 s in force where 75 s is written",
    });
    expect(
      await run(503, {
        ...healthy,
        status: "unhealthy",
        dependencies: { ...healthy.dependencies, redis: { status: "down", seconds: 1 } },
      }),
    ).toMatchObject({ code: 20, fault: "infrastructure", why: "auth: redis is down" });
    expect((await run(404, "")).why).toContain("HTTP 404: auth does not tell what is in force");
    expect((await run(200, "<html>")).why).toContain("the body is no JSON");
  });
});

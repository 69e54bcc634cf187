import { spawn } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { ROOT } from "../project.ts";

const FILE = path.join(import.meta.dirname, `watched-${process.pid}.test.ts`);
afterEach(() => rmSync(FILE, { force: true }));

/** What jest says of a file of tests. */
function outcomeOf(text: string): Promise<string> {
  writeFileSync(FILE, text);
  const node = path.join(ROOT, "node_modules/node/bin/node");
  const jest = spawn(node, ["node_modules/jest/bin/jest.js", FILE], { cwd: ROOT });
  let said = "";
  const hear = (text: Buffer): void => {
    said += String(text);
  };
  jest.stdout.on("data", hear);
  jest.stderr.on("data", hear);
  return new Promise((resolve) => jest.on("close", () => resolve(said)));
}

/**
 * Runs a test with a server of its own that knows of no check.
 *
 * @param body what it answers to everything
 */
function outcome(body: string, method: string, url: string): Promise<string> {
  const [answer, verb, at] = [body, method, url].map((text) => JSON.stringify(text));
  return outcomeOf(`import { createServer } from "node:http";
import { expect, test } from "@jest/globals";

test("a fake", async () => {
  const server = createServer((_, response) => void response.end(${answer}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const response = await fetch("http://127.0.0.1:" + port + ${at}, { method: ${verb} });
  expect(response.status).toBe(200);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
`);
}

/**
 * Runs a test that ends while a request is still open.
 *
 * @param request how it is sent, with `port`
 * @param later what follows, with the response that is still `open`
 */
function openOutcome(request: string, later: string): Promise<string> {
  return outcomeOf(`import { createServer, request, type ServerResponse } from "node:http";
import { afterAll, expect, test } from "@jest/globals";

let open: ServerResponse;
const server = createServer((_, response) => void (open = response));
const arrived = new Promise<void>((resolve) => server.once("request", () => resolve()));
test("asks", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  ${request};
  await arrived;
  expect(open).toBeDefined();
});
${later}
afterAll(() => {
  server.close();
});
`);
}

const SERVICE = "/v2/projects/p/locations/l/services/s";

test("a test fails whose fake answers what Google never would, though it knows of no check", async () => {
  const said = await outcome('{"url":"https://s.run.app"}', "GET", SERVICE);
  expect(said).toContain(`Google's discovery documents refuse\n    GET ${SERVICE}: response.url is no field`);
  expect(said).toContain("1 failed");
});

test("a test fails that asks Google for what it has not, whoever asks", async () => {
  expect(await outcome("{}", "DELETE", SERVICE)).toContain(
    `DELETE ${SERVICE}: the verb is GET (run.projects.locations.services.get)`,
  );
  expect(await outcome("{}", "GET", "/v2/projects/p/service/s")).toContain("no called method has this path");
});

describe("a call that is open when its test ends", () => {
  const asks = (url: string): string => `fetch("http://127.0.0.1:" + port + "${url}").catch(() => undefined)`;
  const answers = `open.end('{"url":"https://s.run.app"}')`;

  test("fails a later test, in which it ends", async () => {
    const said = await openOutcome(asks(SERVICE), `test("answers", () => void ${answers});`);
    expect(said).toContain(`GET ${SERVICE}: response.url is no field`);
    expect(said).toMatch(/\(sent during "asks"\)/);
    expect(said).toMatch(/Tests: +1 failed, 1 passed/);
  });

  test("fails its file, where it ends in a hook", async () => {
    const said = await openOutcome(asks(SERVICE), `afterAll(() => void ${answers});`);
    expect(said).toContain(`GET ${SERVICE}: response.url is no field`);
    expect(said).toMatch(/Test Suites: 1 failed/);
  });

  test("fails its file, where the request is wrong and is never answered", async () => {
    const said = await openOutcome(asks("/v2/projects/p/service/s"), "");
    expect(said).toContain("no called method has this path");
    expect(said).toMatch(/Test Suites: 1 failed/);
  });

  test("is right where the request is, answered or not, and whether its body came or not", async () => {
    const right = "open.end('{}')";
    const cutOff = `const sent = request({ port, path: "${SERVICE}", method: "PATCH", headers: { "content-length": 9 } });
  sent.on("error", () => undefined).write("{")`;
    for (const [request, later] of [
      [asks(SERVICE), ""],
      [asks(SERVICE), `test("answers", () => void ${right});`],
      [cutOff, ""],
      [cutOff, `test("answers", () => void ${right});`],
    ] as const) {
      const said = await openOutcome(request, later);
      expect(said).toMatch(/Test Suites: 1 passed/);
    }
  });
});

test("another server is not watched", async () => {
  expect(await outcome('{"url":1}', "GET", "/repos/acme/platform/issues")).toContain("1 passed");
});

/** Only servers of the test's own process are watched, and only what goes over HTTP. */
describe("nothing plays Google elsewhere", () => {
  const sources = globSync("test/**/*.{ts,mjs,cjs}", { cwd: ROOT })
    .filter((file) => !file.startsWith("test/fixtures/") && !file.endsWith("/watch.test.ts"))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), "utf8") }));

  test("no program that a test starts answers HTTP", () => {
    const programs = sources.filter(
      ({ file, text }) => /\.[cm]js$/.test(file) || text.includes("process.argv"),
    );
    expect(programs.length).toBeGreaterThan(3);
    expect(programs.filter(({ text }) => /createServer|startHttps|startGoogleApis/.test(text))).toEqual([]);
  });

  test("no test answers in the place of the client of Google's APIs", () => {
    const clients = sources.filter(({ text }) => /google\/(api|endpoints|monitoring)\.ts"/.test(text));
    expect(clients.length).toBeGreaterThan(5);
    const answers = clients.flatMap(({ file, text }) =>
      [...text.matchAll(/\bcall: (?:async )?\(.*|\bget: (?:async )?\(url.*/g)].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
    expect(answers.filter((line) => !/api\.call\(|Promise\.reject\(/.test(line))).toEqual([]);
  });
});

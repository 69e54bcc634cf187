import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { proxyEnv } from "../../commands/proxy-env.ts";
import { MAIN, ROOT } from "../support/project.ts";
import { listen } from "../support/servers/ports.ts";
import { NO_TIME } from "../support/time/child.ts";

let proxy: Server;
let port = 0;
let folder = "";
const connected = new Set<string>();

/** A company's proxy that leads nowhere: who resolves names by himself gets no further than DNS. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "proxy-"));
  writeFileSync(path.join(folder, "report.md"), "<!-- review:staging -->\n");
  proxy = createServer().on("connect", (request, socket) => {
    connected.add(String(request.url));
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  port = await listen(proxy);
});
afterEach(() => connected.clear());
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => proxy.close(resolve));
});

function run(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(path.join(ROOT, "node_modules/node/bin/node"), [...NO_TIME, ...MAIN, ...args], {
    env: {
      ...process.env,
      CI: "true",
      NO_COLOR: "1",
      NO_PROXY: undefined,
      no_proxy: undefined,
      GOOGLE_OAUTH_ACCESS_TOKEN: "token",
      VALIDATION_TOKEN: "token",
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_TOKEN: "token",
      GITHUB_REPOSITORY: "acme/platform",
      ...variables,
    },
  });
  let said = "";
  const hear = (text: Buffer): void => {
    said += String(text);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return new Promise((resolve) => child.on("close", () => resolve(said)));
}

const elsewhere = (host: string): string =>
  `Something else answers in the place of ${host} (HTTP 403), such as a proxy`;

/** The kind: a client that does not go through the proxy, or takes the proxy's refusal for that of the API. */
test.each<[args: string, hosts: readonly string[], said: string]>([
  ["secrets staging", ["secretmanager.googleapis.com"], elsewhere("secretmanager.googleapis.com")],
  ["preflight staging", ["run.googleapis.com"], elsewhere("run.googleapis.com")],
  ["rollout staging", ["run.googleapis.com"], elsewhere("run.googleapis.com")],
  ["drift staging", ["run.googleapis.com"], elsewhere("run.googleapis.com")],
  [
    "validate staging",
    ["monitoring.googleapis.com", "staging.netrasystems.ai"],
    "staging.netrasystems.ai: the proxy does not lead there: check HTTPS_PROXY and NO_PROXY",
  ],
  [
    "latency meta-studio --duration 1",
    ["ad-studio-app.us-central1.meta-studio.com"],
    "the proxy does not lead there: check HTTPS_PROXY and NO_PROXY",
  ],
  ["github comment 1 REPORT", ["api.github.com"], elsewhere("api.github.com")],
])(
  "%s goes through HTTPS_PROXY, and says that it is the proxy that refuses",
  async (args, hosts, sentence) => {
    const words = args.replace("REPORT", path.join(folder, "report.md")).split(" ");
    const said = await run(words, { HTTPS_PROXY: `http://127.0.0.1:${port}` });
    expect(said).toContain(sentence);
    expect([...connected]).toEqual(expect.arrayContaining(hosts.map((host) => `${host}:443`)));
    expect(said).not.toMatch(/ENOTFOUND|EAI_AGAIN|denies access|lacks a permission/);
  },
);

test("NO_PROXY leads past it", async () => {
  const said = await run(["secrets", "staging"], {
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: "127.0.0.1",
    GOOGLE_API_ENDPOINT: "https://127.0.0.1:1",
  });
  expect([...connected]).toEqual([]);
  expect(said).toContain("127.0.0.1:1 does not answer (connect ECONNREFUSED 127.0.0.1:1)");
});

test("where Node would pass a proxy by, it says so", () => {
  const variables = { HTTPS_PROXY: "http://proxy.example:3128" };
  expect(proxyEnv(variables, true)).toBe(variables);
  expect(proxyEnv({ HTTPS_PROXY: "", NO_PROXY: "*" }, false)).toEqual({ HTTPS_PROXY: "", NO_PROXY: "*" });
  for (const name of ["HTTPS_PROXY", "https_proxy"])
    expect(() => proxyEnv({ [name]: "http://proxy.example:3128" }, false)).toThrow(
      /^HTTPS_PROXY is set, and Node [\d.]+ does not use it: install Node 22\.21, 24\.5 or newer, or unset HTTPS_PROXY\.$/,
    );
  // The project's own Node takes it.
  expect(proxyEnv(variables)).toBe(variables);
});

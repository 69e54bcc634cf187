import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { HttpFailure, requestJson } from "../../http/json-request.ts";

const before = { ...process.env };
let proxy: Server;
let connected: string[];
beforeEach(async () => {
  connected = [];
  proxy = createServer();
  proxy.on("connect", (request, socket) => {
    connected.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  for (const name of ["NO_PROXY", "no_proxy"]) delete process.env[name];
  process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(async () => {
  process.env = { ...before };
  await new Promise((resolve) => proxy.close(resolve));
});

const get = (url: string) =>
  requestJson(
    {
      method: "GET",
      url,
      headers: { authorization: "Bearer secret" },
      timeout: 60_000,
      retries: 0,
      isRetryable: () => false,
      sleep: async () => {},
    },
    new AbortController().signal,
  );

describe("proxies", () => {
  test("HTTPS_PROXY is where requests go", async () => {
    await expect(get("https://run.googleapis.com/v2/x")).rejects.toThrow(HttpFailure);
    expect(connected).toEqual(["run.googleapis.com:443"]);
  });

  test.each(["127.0.0.1", "example.com, 127.0.0.1"])("NO_PROXY=%s leads past it", async (hosts) => {
    process.env.NO_PROXY = hosts;
    // Nothing listens there.
    await expect(get("https://127.0.0.1:1/")).rejects.toThrow(/^connect ECONNREFUSED 127.0.0.1:1$/);
    expect(connected).toEqual([]);
  });

  // Forms that gaxios does not read, and Terraform does; test/http/no-proxy.test.ts has all of them.
  test.each(["*", "invalid", "INVALID:443"])(
    "so does NO_PROXY=%s for a host below a domain",
    async (hosts) => {
      process.env.NO_PROXY = hosts;
      await expect(get("https://run.invalid/v2/x")).rejects.toThrow(
        /^getaddrinfo (ENOTFOUND|EAI_AGAIN) run\.invalid/,
      );
      expect(connected).toEqual([]);
    },
  );
});

test("a failure shows neither URL nor token", async () => {
  process.env.NO_PROXY = "127.0.0.1";
  const failure = await get("https://127.0.0.1:1/?key=hidden").catch((error: unknown) => error);
  expect(JSON.stringify(failure) + String(failure)).not.toMatch(/hidden|secret/);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { defaultCredentials } from "../../google/credentials.ts";
import { listen } from "../support/servers/ports.ts";

const before = { ...process.env };
let folder: string;
let proxy: Server;
let connected: string[];
beforeEach(async () => {
  connected = [];
  proxy = createServer().on("connect", (request, socket) => {
    connected.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  process.env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
  delete process.env.no_proxy;
  folder = mkdtempSync(path.join(os.tmpdir(), "credentials-"));
  const file = path.join(folder, "user.json");
  const user = { type: "authorized_user", client_id: "id", client_secret: "secret", refresh_token: "token" };
  writeFileSync(file, JSON.stringify(user));
  process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
});
afterEach(async () => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => proxy.close(resolve));
});

/** The kind of fault: tokens come another way than the requests that need them. */
test.each([
  ["", true],
  ["example.com", true],
  ["googleapis.com", false],
  ["*", false],
])("with NO_PROXY=%s the token library goes through the proxy: %s", async (noProxy, isProxied) => {
  process.env.NO_PROXY = noProxy;
  await expect(defaultCredentials().get()).rejects.toThrow(/^There are no Google credentials/);
  expect(connected.includes("oauth2.googleapis.com:443")).toBe(isProxied);
});

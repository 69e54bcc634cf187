import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { givenToken } from "../../google/credentials.ts";
import { type LogEntry, writeLog } from "../../google/write-log.ts";

interface Request {
  readonly url: string;
  readonly authorization: string;
  readonly body: { readonly entries: readonly unknown[] };
}

let server: Server;
let status: number;
let requests: Request[];

beforeEach(async () => {
  status = 200;
  requests = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = "", headers } = request;
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Request["body"];
    requests.push({ url, authorization: headers.authorization ?? "", body });
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function write(entries: readonly LogEntry[]): Promise<void> {
  const api = googleApi(givenToken("token"), async () => {});
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = { project: "acme-dev", name: "infrastructure-drift", endpoint };
  return writeLog(api, log, entries, new AbortController().signal);
}

const entry = { severity: "WARNING" as const, message: "changed", drift: { address: "google_x.y" } };

test("entries are written as structured payloads", async () => {
  await write([entry]);
  expect(requests).toEqual([
    {
      url: "/v2/entries:write",
      authorization: "Bearer token",
      body: {
        logName: "projects/acme-dev/logs/infrastructure-drift",
        resource: { type: "global", labels: { project_id: "acme-dev" } },
        entries: [
          { severity: "WARNING", jsonPayload: { message: "changed", drift: { address: "google_x.y" } } },
        ],
      },
    },
  ]);
});

test("many entries take several requests, none takes none", async () => {
  const many: LogEntry[] = Array.from({ length: 250 }, () => entry);
  await write(many);
  expect(requests.map(({ body }) => body.entries.length)).toEqual([100, 100, 50]);
  await write([]);
  expect(requests).toHaveLength(3);
});

test("a refusal is an error: who waits for an alert would take silence for no drift", async () => {
  status = 403;
  await expect(write([entry])).rejects.toThrow(/denies access \(HTTP 403/);
});

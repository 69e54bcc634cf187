import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { givenToken } from "../../google/credentials.ts";
import { type LogEntry, writeLog } from "../../google/write-log.ts";
import { startGoogleApis } from "../support/servers/google-apis.ts";

let google: Awaited<ReturnType<typeof startGoogleApis>>;
let status: number;

beforeEach(async () => {
  status = 200;
  google = await startGoogleApis(() => ({ status }));
});
afterEach(() => google.stop());

const requests = () =>
  google.asked.map(({ url, token, body }) => ({ url: url.pathname, token, body: JSON.parse(body) }));

function write(entries: readonly LogEntry[]): Promise<void> {
  const api = googleApi(givenToken("token"), async () => {});
  const log = { project: "acme-dev", name: "infrastructure-drift", endpoint: google.endpoint };
  return writeLog(api, log, entries, new AbortController().signal);
}

const entry = { severity: "WARNING" as const, message: "changed", drift: { address: "google_x.y" } };

test("entries are written as structured payloads", async () => {
  await write([entry]);
  expect(requests()).toEqual([
    {
      url: "/v2/entries:write",
      token: "token",
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
  expect(requests().map(({ body }) => body.entries.length)).toEqual([100, 100, 50]);
  await write([]);
  expect(requests()).toHaveLength(3);
});

test("a refusal is an error: who waits for an alert would take silence for no drift", async () => {
  status = 403;
  await expect(write([entry])).rejects.toThrow(/denies access \(HTTP 403/);
});

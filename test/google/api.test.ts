import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import type { Tokens } from "../../google/credentials.ts";
import { Conflict, NotFound } from "../../google/errors.ts";
import { UserError } from "../../platform/user-error.ts";
import { googleError } from "../support/google-api/error-form.ts";
import { insteadOfGoogle } from "../support/google-api/instead-of-google.ts";
import { type Reply, startGoogleApis } from "../support/servers/google-apis.ts";
import type { Listening } from "../support/servers/https.ts";
import { holdTime } from "../support/time/held.ts";

const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const WITHIN = 200;
const time = holdTime();

/** Answers one after the other, the last one again and again. */
async function scripted(...replies: readonly Reply[]) {
  let next = 0;
  const server = await startGoogleApis(() => {
    const reply = replies[Math.min(next++, replies.length - 1)] ?? "hang";
    if (reply === "hang") void time.pass(WITHIN);
    return reply;
  });
  running.push(server);
  const pauses: number[] = [];
  let issued = 1;
  const tokens: Tokens = {
    get: async () => `token-${issued}`,
    renew: () => {
      issued += 1;
    },
    remedy: "sign in again",
  };
  const api = googleApi(tokens, async (milliseconds) => void pauses.push(milliseconds), WITHIN);
  const call = (repeatable = true) =>
    api.call(
      { method: "GET", url: `${server.endpoint}/v3/projects/p/metricDescriptors`, repeatable },
      new AbortController().signal,
    );
  return { call, pauses, asked: server.asked };
}

const FINE = { metricDescriptors: [] };
const fine: Reply = { status: 200, body: FINE };

test("429 and 503 are asked again after a pause, Google's own where it names one", async () => {
  const { call, pauses } = await scripted(
    { status: 429, headers: { "retry-after": "7" } },
    { status: 503 },
    fine,
  );
  expect(await call()).toEqual(FINE);
  expect(pauses).toEqual([7000, 500]);
});

test("a token that never comes ends at the deadline, in a sentence", async () => {
  const tokens: Tokens = {
    get: () => {
      void time.pass(WITHIN);
      return new Promise(() => {});
    },
    remedy: "",
  };
  const api = googleApi(tokens, async () => {}, WITHIN);
  const call = api.call({ method: "GET", url: "http://127.0.0.1:1/" }, new AbortController().signal);
  await expect(call).rejects.toThrow(
    "Google returns no access token within 0.2 s: check the network and the proxy",
  );
});

test("an interruption ends the wait for a token", async () => {
  const stop = new AbortController();
  const api = googleApi({ get: () => new Promise(() => {}), remedy: "" }, async () => {}, WITHIN);
  const call = api.call({ method: "GET", url: "http://127.0.0.1:1/" }, stop.signal);
  stop.abort();
  await expect(call).rejects.toThrow("Interrupted.");
});

test("a hang ends at its deadline and is asked again", async () => {
  const { call, asked } = await scripted("hang", fine);
  expect(await call()).toEqual(FINE);
  expect(asked).toHaveLength(2);
});

test("what must not happen twice is not asked again after a hang", async () => {
  const { call, asked } = await scripted("hang", fine);
  await expect(call(false)).rejects.toThrow(/does not answer .*check the network/);
  expect(asked).toHaveLength(1);
});

test("a token that expires in the middle is renewed once", async () => {
  const { call, asked } = await scripted({ status: 401 }, fine);
  expect(await call()).toEqual(FINE);
  expect(asked.map(({ token }) => token)).toEqual(["token-1", "token-2"]);
});

test("credentials that are refused twice are told with their remedy", async () => {
  const { call, asked } = await scripted({ status: 401 });
  await expect(call()).rejects.toThrow(/rejects your credentials \(HTTP 401\): sign in again\./);
  expect(asked).toHaveLength(2);
});

test("what Google says to a refusal is told, and not asked again", async () => {
  const { call, pauses } = await scripted({
    status: 403,
    body: googleError(403, "Permission run.jobs.run denied"),
  });
  await expect(call()).rejects.toThrow(
    /HTTP 403, Permission run.jobs.run denied\): give your account the role/,
  );
  expect(pauses).toEqual([]);
});

test("a trouble that stays ends with a sentence", async () => {
  const { call, pauses } = await scripted({ status: 503 });
  await expect(call()).rejects.toThrow(
    /returns HTTP 503, UNAVAILABLE: run the same command again in a few minutes\./,
  );
  expect(pauses).toEqual([500, 500, 1500, 3500]);
});

test("an answer without JSON, as a proxy gives it, is told as such", async () => {
  const { call } = await scripted({ status: 200, body: "<html>", headers: insteadOfGoogle("a proxy") });
  await expect(call()).rejects.toThrow(/returns no JSON: something else answers in its place/);
});

test("404 can be told apart", async () => {
  const { call } = await scripted({ status: 404 });
  await expect(call()).rejects.toBeInstanceOf(NotFound);
});

/** The kind: the status of a proxy taken for Google's. */
test.each([
  [
    403,
    /^Something else answers in the place of 127\.0\.0\.1:\d+ \(HTTP 403\), such as a proxy: check HTTPS_PROXY/,
  ],
  [404, /^Something else answers in the place of .* \(HTTP 404\)/],
  [401, /^Something else answers in the place of .* \(HTTP 401\)/],
  [412, /^Something else answers in the place of .* \(HTTP 412\)/],
  [302, /^Something else answers in the place of .* \(HTTP 302\)/],
  [407, /^The proxy on the way to .* asks for credentials \(HTTP 407\): write them into HTTPS_PROXY, http:/],
])("HTTP %d that is not in Google's form is not Google's", async (status, sentence) => {
  for (const body of ["<html>no</html>", {}, { error: "no" }, [], "null"]) {
    const { call } = await scripted({ status, body, headers: insteadOfGoogle("a proxy") });
    const failure = await call().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).not.toBeInstanceOf(Conflict);
    expect(failure).toHaveProperty("message", expect.stringMatching(sentence));
  }
});

test("Cloud Storage's plain text is taken where the content itself is asked for", async () => {
  const server = await startGoogleApis(() => ({ status: 404, body: "No such object: b/o" }));
  running.push(server);
  const api = googleApi({ get: async () => "token", remedy: "" }, async () => {});
  const url = `${server.endpoint}/storage/v1/b/b/o/o?alt=media`;
  await expect(api.call({ method: "GET", url }, new AbortController().signal)).rejects.toBeInstanceOf(
    NotFound,
  );
});

import { afterEach, beforeAll, expect, test } from "@jest/globals";
import type { WebSocket } from "ws";
import { goldenPathTasks } from "../../validation/checks/golden-path.ts";
import type { Draft } from "../support/environments.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { type Edge, startEdge } from "../support/servers/edge.ts";
import type { Listening } from "../support/servers/https.ts";
import { holdTime } from "../support/time/held.ts";
import { HOSTS, json, network, platform, run, shown, staging, text } from "./support.ts";

const EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"];

const time = holdTime();
let root: Certificate;
let good: Certificate;
const running: Listening[] = [];

beforeAll(async () => {
  root = await authority();
  good = await serverCertificate(root, { hosts: HOSTS, days: [-1, 60] });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const TOKEN = "token-of-the-test-user";

async function walk(behaviour: Partial<Edge>, change: (draft: Draft) => void = () => {}): Promise<string[]> {
  const subject = staging(change);
  const server = await startEdge(good, { answer: platform(subject), ...behaviour });
  running.push(server);
  const context = network(server.port, root.certificate);
  const credentials = new Map([["VALIDATION_TOKEN", TOKEN]]);
  const told = (await run(goldenPathTasks(subject, context, credentials))).map(shown);
  expect(told.join("\n")).not.toContain(TOKEN);
  return told;
}

/** Sends events when the message comes that starts an agent. */
const deliver =
  (events: readonly string[], end?: (socket: WebSocket) => void): Edge["socket"] =>
  (socket) => {
    socket.on("message", () => {
      for (const type of events) socket.send(JSON.stringify({ type }));
      end?.(socket);
    });
  };

test("frontend, auth, backend, WebSocket and the five events", async () => {
  const headers: unknown[] = [];
  const subject = staging();
  const usual = platform(subject);
  const told = await walk({
    answer: usual,
    socket: (socket) => {
      socket.on("message", (data) => {
        headers.push(JSON.parse(String(data)));
        for (const type of EVENTS) socket.send(JSON.stringify({ type }));
      });
    },
  });
  expect(told).toEqual([
    "passed golden-path frontend: GET https://staging.netrasystems.ai/ returns 200 after 0.00 s",
    "passed golden-path auth: GET https://api-staging.netrasystems.ai/auth/health returns 200 after 0.00 s",
    "passed golden-path backend: GET https://api-staging.netrasystems.ai/health returns 200 after 0.00 s",
    "passed agents wss://staging.netrasystems.ai/ws: upgraded after 0.00 s",
    ...EVENTS.map((event) => `passed agents ${event}: received after 0.00 s`),
  ]);
  expect(headers).toEqual([{ type: "start_agent", payload: { user_request: "Answer with one word." } }]);
});

test("an event may come again, and others between them", async () => {
  const noise = ["hello", "agent_started", "agent_thinking", "agent_thinking", "chunk", ...EVENTS.slice(2)];
  const told = await walk({ socket: deliver(noise) });
  expect(told.filter((line) => !line.startsWith("passed"))).toEqual([]);
});

test("an event that does not come is named, with those that came", async () => {
  const told = await walk({
    socket: deliver(
      EVENTS.filter((event) => event !== "tool_completed"),
      (socket) => {
        // The echo says that all events before it have come.
        socket.once("pong", () => void time.pass(1000));
        socket.ping();
      },
    ),
  });
  expect(told.filter((line) => !line.startsWith("passed"))).toEqual([
    "failed agents tool_completed: not received: timeout after 1 s; received events: agent_started, agent_thinking, tool_executing, agent_completed",
  ]);
});

test("events out of order", async () => {
  const told = await walk({
    socket: deliver([
      "agent_started",
      "tool_executing",
      "agent_thinking",
      "tool_completed",
      "agent_completed",
    ]),
  });
  expect(told.filter((line) => !line.startsWith("passed"))).toEqual([
    "failed agents tool_executing: received before agent_thinking, which must come first",
  ]);
});

test("a server that closes in the middle is told at once", async () => {
  const told = await walk({ socket: deliver(["agent_started"], (socket) => socket.close(1011)) });
  expect(told.slice(5)).toEqual(
    EVENTS.slice(1).map(
      (event) =>
        `failed agents ${event}: not received: the server closed the WebSocket (1011); received events: agent_started`,
    ),
  );
});

test("an event after the deadline has not come", async () => {
  const told = await walk({
    socket: (socket) => {
      socket.on("message", async () => {
        await time.pass(1500);
        socket.send('{"type":"agent_started"}');
      });
    },
  });
  expect(told[4]).toBe("failed agents agent_started: not received: timeout after 1 s; received events: none");
});

test("an upgrade that is refused skips the events", async () => {
  const told = await walk({});
  expect(told.slice(3)).toEqual([
    "failed agents wss://staging.netrasystems.ai/ws: upgrade: HTTP 403 after 0.0 s where 101 is expected",
    ...EVENTS.map((event) => `skipped agents ${event}: the WebSocket does not open`),
  ]);
});

test("a step that fails skips the steps after it, and not the WebSocket", async () => {
  const told = await walk({
    answer: platform(staging(), { "api-staging.netrasystems.ai/auth/health": text("no", 500) }),
    socket: deliver(EVENTS),
  });
  expect(told.slice(1, 4)).toEqual([
    "failed golden-path auth: GET https://api-staging.netrasystems.ai/auth/health: HTTP 500 after 0.0 s where 200 is expected",
    "skipped golden-path backend: an earlier step failed",
    "passed agents wss://staging.netrasystems.ai/ws: upgraded after 0.00 s",
  ]);
});

test("values are kept from step to step, sent, and not printed", async () => {
  const asked: string[] = [];
  const change = (draft: Draft): void => {
    draft.validation.goldenPath = [
      {
        name: "sign in",
        method: "POST",
        host: HOSTS[1],
        path: "/auth/session",
        body: '{"token":"{{VALIDATION_TOKEN}}"}',
        status: 201,
        keep: { session: "session.id" },
      },
      { name: "chat", host: HOSTS[1], path: "/chat?session={{session}}", contains: "hello" },
    ];
  };
  const told = await walk(
    {
      answer: (request, response) => {
        let body = "";
        request.on("data", (part) => (body += part));
        request.on("end", () => {
          asked.push(`${request.method} ${request.url} ${request.headers["content-type"] ?? ""} ${body}`);
          if (request.method === "POST") json({ session: { id: 17 } }, 201)(request, response);
          else text("hello")(request, response);
        });
      },
      socket: deliver(EVENTS),
    },
    change,
  );
  expect(asked).toEqual([
    `POST /auth/session application/json {"token":"${TOKEN}"}`,
    "GET /chat?session=17  ",
  ]);
  expect(told.slice(0, 2)).toEqual([
    "passed golden-path sign in: POST https://api-staging.netrasystems.ai/auth/session returns 201 after 0.00 s",
    "passed golden-path chat: GET https://api-staging.netrasystems.ai/chat?session={{session}} returns 200 after 0.00 s",
  ]);
});

test("a text or a field that is missing is told", async () => {
  const told = await walk({ socket: deliver(EVENTS) }, (draft) => {
    draft.validation.goldenPath[0].contains = "Welcome";
  });
  expect(told[0]).toBe(
    'failed golden-path frontend: GET https://staging.netrasystems.ai/ returns 200 without the text "Welcome"',
  );
  const other = await walk({ socket: deliver(EVENTS) }, (draft) => {
    draft.validation.goldenPath[1].keep = { thread: "thread.id" };
  });
  expect(other[1]).toBe(
    "failed golden-path auth: GET https://api-staging.netrasystems.ai/auth/health returns 200 without the field thread.id, which later steps need as {{thread}}",
  );
});

test("a value arrives as it is, in a path, a query and a JSON body", async () => {
  const kept = 'a+b/c#d "e"';
  const asked: string[] = [];
  const told = await walk(
    {
      answer: (request, response) => {
        let body = "";
        request.on("data", (part) => (body += part));
        request.on("end", () => {
          asked.push(`${request.url} ${body}`);
          json({ id: kept })(request, response);
        });
      },
      socket: (socket) =>
        socket.on("message", (data) => {
          asked.push(String(data));
          void time.pass(1000);
        }),
    },
    (draft) => {
      const step = { host: HOSTS[0], method: "POST", path: "/first" };
      draft.validation.goldenPath = [
        { ...step, name: "first", keep: { id: "id" } },
        { ...step, name: "second", path: "/x/{{id}}?q={{id}}", body: '{"id":"{{id}}"}' },
      ];
      Object.assign(draft.validation.webSocket, {
        path: "/ws?id={{id}}",
        send: '{"id":"{{id}}"}',
        headers: {},
      });
    },
  );
  const encoded = encodeURIComponent(kept);
  expect(asked).toEqual([
    "/first ",
    `/x/${encoded}?q=${encoded} ${JSON.stringify({ id: kept })}`,
    JSON.stringify({ id: kept }),
  ]);
  expect(told[2]).toContain("upgraded");
});

test("a value that no header takes is told, and not printed", async () => {
  const told = await walk({ answer: json({ id: "zq-line\nbreak" }) }, (draft) => {
    const step = { host: HOSTS[0], path: "/first" };
    draft.validation.goldenPath = [
      { ...step, name: "first", keep: { id: "id" } },
      { ...step, name: "second", headers: { "x-id": "{{id}}" } },
    ];
    draft.validation.webSocket.headers = { "x-id": "{{id}}" };
  });
  expect(told.join("\n")).not.toContain("zq-");
  expect(told[1]).toContain("path or headers have invalid characters");
  expect(told[2]).toContain("path or headers have invalid characters");
});

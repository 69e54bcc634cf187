import { createServer, type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Gitlab } from "../../../delivery/gitlab/api.ts";
import { closeIssue, upsertIssue, upsertNote } from "../../../delivery/gitlab/upsert.ts";

interface Entry {
  readonly id: number;
  readonly iid: number;
  body?: string;
  description?: string;
  title?: string;
  labels?: string;
  state?: string;
  readonly author: { readonly id: number };
}

/** What answers the next request instead of the store; "after" does what was asked and then fails. */
interface Fault {
  readonly on: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly after?: true;
  /** What a proxy says in GitLab's place. */
  readonly text?: string;
}

const BOT = { id: 77 };
const PROJECT = "/api/v4/projects/42";

let server: Server;
let gitlab: Gitlab;
let notes: Entry[];
let issues: Entry[];
let faults: Fault[];
let requests: string[];
let waits: number[];

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}

/** The part of GitLab's REST API that is used: notes of merge request 7 and issues of project 42, in pages. */
function answer(method: string, url: URL, body: Record<string, string>): unknown {
  if (url.pathname === "/api/v4/user") return BOT;
  const path = url.pathname.replace(PROJECT, "");
  const store = path.startsWith("/merge_requests/7/notes") ? notes : issues;
  if (method === "GET") {
    const size = Number(url.searchParams.get("per_page"));
    const page = Number(url.searchParams.get("page"));
    const open = store.filter(({ state }) => state !== "closed");
    return open.slice((page - 1) * size, page * size);
  }
  if (method === "POST") {
    const entry: Entry = { ...body, id: 1000 + store.length, iid: 50 + store.length, author: BOT };
    store.push(entry);
    return entry;
  }
  const key = Number(path.split("/").at(-1));
  const entry = store.find(({ id, iid }) => (store === notes ? id : iid) === key);
  const { state_event: event, ...fields } = body;
  return Object.assign(entry ?? {}, fields, event === "close" ? { state: "closed" } : {});
}

beforeEach(async () => {
  [notes, issues, faults, requests, waits] = [[], [], [], [], []];
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://gitlab");
    const asked = `${request.method} ${url.pathname.replace(PROJECT, "").replace("/api/v4", "")}`;
    requests.push(asked);
    const body = await bodyOf(request);
    const index = faults.findIndex(({ on }) => asked.startsWith(on));
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    const said = fault === undefined || fault.after ? answer(request.method ?? "", url, body) : undefined;
    const status = fault?.status ?? (request.headers["private-token"] === "secret" ? 200 : 401);
    response.writeHead(status, { "content-type": "application/json", ...fault?.headers });
    response.end(
      fault?.text ?? JSON.stringify(status < 400 ? said : { message: `${status} ${STATUS_CODES[status]}` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  gitlab = client("secret");
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function client(token: string): Gitlab {
  const { port } = server.address() as AddressInfo;
  return new Gitlab({
    api: `http://127.0.0.1:${port}/api/v4`,
    project: "42",
    token,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
}

const MARKER = "<!-- single-source-review:staging -->";

describe("the note of a review", () => {
  test("is written once, then updated, and left alone where it says the same", async () => {
    expect(await upsertNote(gitlab, 7, `${MARKER}\nfirst\n`)).toBe("created");
    expect(await upsertNote(gitlab, 7, `${MARKER}\nsecond\n`)).toBe("updated");
    notes[0] = { ...(notes[0] as Entry), body: `${MARKER}\nsecond` };
    expect(await upsertNote(gitlab, 7, `${MARKER}\nsecond\n`)).toBe("unchanged");
    expect(requests).toEqual([
      ...["GET /user", "GET /merge_requests/7/notes", "POST /merge_requests/7/notes"],
      ...["GET /user", "GET /merge_requests/7/notes", "PUT /merge_requests/7/notes/1000"],
      ...["GET /user", "GET /merge_requests/7/notes"],
    ]);
  });

  test("is not the one of somebody else with the same marker, and is found on a later page", async () => {
    const other = (id: number): Entry => ({ id, iid: id, body: `${MARKER}\nmine?`, author: { id: 5 } });
    notes = [...Array.from({ length: 120 }, (_, index) => other(index)), { ...other(500), author: BOT }];
    expect(await upsertNote(gitlab, 7, `${MARKER}\nnew`)).toBe("updated");
    expect(notes.filter(({ body }) => body === `${MARKER}\nnew`).map(({ id }) => id)).toEqual([500]);
  });

  test("carries out no quick action that stands in a plan", async () => {
    await upsertNote(gitlab, 7, `${MARKER}\n/merge\n  /close\ntext /approve\n`);
    expect(notes[0]?.body).toBe(`${MARKER}\n&#47;merge\n  &#47;close\ntext /approve\n`);
  });

  test("a lost response is looked for before it is written again", async () => {
    faults.push({ on: "POST", status: 502, after: true });
    expect(await upsertNote(gitlab, 7, `${MARKER}\nfirst`)).toBe("unchanged");
    expect(notes).toHaveLength(1);
  });

  test("waits as long as GitLab says, and ends with a sentence where a right is missing", async () => {
    faults.push({ on: "GET /user", status: 429, headers: { "retry-after": "7" } });
    expect(await upsertNote(gitlab, 7, `${MARKER}\nfirst`)).toBe("created");
    expect(waits).toEqual([7000]);
    await expect(upsertNote(client("old"), 7, `${MARKER}\nx`)).rejects.toThrow(
      "GitLab: GET /user returned 401: the token is not valid or has expired; make a new one and put it into the variable GITLAB_TOKEN.",
    );
    faults.push({ on: "POST", status: 403 });
    await expect(upsertNote(gitlab, 7, "<!-- other:x -->\nx")).rejects.toThrow(
      "GitLab: POST /merge_requests/7/notes returned 403: the token lacks a right; GITLAB_TOKEN needs the scope api and the role Reporter in this project.",
    );
    await expect(upsertNote(gitlab, 7, "no marker")).rejects.toThrow("does not begin with a marker");
  });
});

// The kind of fault: what a proxy says is taken for GitLab's word.
test.each([403, 404])("a %i that is not GitLab's says nothing of what is there", async (status) => {
  faults.push({ on: "GET /user", status, text: "<h1>Blocked</h1>" });
  await expect(upsertNote(gitlab, 7, `${MARKER}\nfirst`)).rejects.toThrow(
    `in the place of 127.0.0.1:${(server.address() as AddressInfo).port} (HTTP ${status}), such as a proxy`,
  );
  faults.push({ on: "GET /protected_branches", status, text: "<h1>Blocked</h1>" });
  await expect(gitlab.find("/protected_branches/main")).rejects.toThrow("such as a proxy");
});

describe("the issue of drift", () => {
  const report = (text: string): string => `<!-- drift:staging -->\n${text}`;

  test("is opened once, updated, closed with the last report, and opened again", async () => {
    expect(await upsertIssue(gitlab, "Drift of staging", report("one"))).toBe("created");
    expect(issues[0]).toMatchObject({ title: "Drift of staging", labels: "drift" });
    expect(await upsertIssue(gitlab, "Drift of staging", report("two"))).toBe("updated");
    expect(await upsertIssue(gitlab, "Drift of staging", report("two"))).toBe("unchanged");
    expect(await closeIssue(gitlab, report("none"))).toBe("closed");
    expect(issues).toMatchObject([{ state: "closed", description: report("none") }]);
    expect(await closeIssue(gitlab, report("none"))).toBe("nothing to close");
    expect(await upsertIssue(gitlab, "Drift of staging", report("three"))).toBe("created");
    expect(issues).toHaveLength(2);
  });

  test("of another environment or another author is left alone", async () => {
    issues.push({ id: 1, iid: 1, description: report("x"), author: { id: 5 } });
    issues.push({ id: 2, iid: 2, description: "<!-- drift:production -->\nx", author: BOT });
    expect(await closeIssue(gitlab, report("none"))).toBe("nothing to close");
  });
});

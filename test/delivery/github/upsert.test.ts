import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Github } from "../../../delivery/github/api.ts";
import { closeIssue, upsertComment, upsertIssue } from "../../../delivery/github/upsert.ts";

interface Entry {
  readonly id: number;
  readonly number: number;
  body: string;
  title?: string;
  state?: string;
  readonly user: { readonly login: string };
  readonly pull_request?: object;
}

/** What answers the next requests instead of the store; "after" does what was asked and then fails. */
interface Fault {
  readonly on: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly after?: true;
  /** Something else answers, such as a proxy. */
  readonly elsewhere?: true;
}

const BOT = { login: "github-actions[bot]" };
const MARKER = "<!-- drift:staging -->";

let server: Server;
let github: Github;
let comments: Entry[];
let issues: Entry[];
let faults: Fault[];
let requests: string[];
let waits: number[];

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}

/** The part of GitHub's REST API that is used: comments and issues of acme/platform, in pages. */
function answer(method: string, url: URL, body: Record<string, string>): unknown {
  const path = url.pathname.replace("/repos/acme/platform", "");
  const store = path.includes("comments") ? comments : issues;
  if (method === "GET") {
    const size = Number(url.searchParams.get("per_page"));
    const page = Number(url.searchParams.get("page"));
    const open = store.filter(({ state }) => state !== "closed");
    return open.slice((page - 1) * size, page * size);
  }
  if (method === "POST") {
    const entry = {
      ...body,
      id: 1000 + store.length,
      number: 50 + store.length,
      user: BOT,
    } as unknown as Entry;
    store.push(entry);
    return entry;
  }
  const key = Number(path.split("/").at(-1));
  const entry = store.find(({ id, number }) => (store === comments ? id : number) === key);
  return Object.assign(entry ?? {}, body);
}

beforeEach(async () => {
  [comments, issues, faults, requests, waits] = [[], [], [], [], []];
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://github");
    const asked = `${request.method} ${url.pathname.replace("/repos/acme/platform", "")}`;
    requests.push(asked);
    const body = await bodyOf(request);
    const index = faults.findIndex(({ on }) => asked.startsWith(on));
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    const said = fault === undefined || fault.after ? answer(request.method ?? "", url, body) : {};
    response.writeHead(fault?.status ?? (request.headers.authorization === "Bearer secret" ? 200 : 401), {
      "content-type": "application/json",
      ...fault?.headers,
    });
    const isError = response.statusCode > 299;
    response.end(JSON.stringify(isError && fault?.elsewhere !== true ? { message: "GitHub's own" } : said));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  github = client("secret");
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function client(token: string): Github {
  const { port } = server.address() as AddressInfo;
  return new Github({
    api: `http://127.0.0.1:${port}`,
    repository: "acme/platform",
    token,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
}

const comment = (id: number, body: string, login = BOT.login): Entry => ({
  id,
  number: id,
  body,
  user: { login },
});

describe("the comment of a review", () => {
  const marker = "<!-- single-source-review:staging -->";

  test("is written once, then updated, and left alone where it says the same", async () => {
    expect(await upsertComment(github, 7, `${marker}\nfirst`)).toBe("created");
    expect(await upsertComment(github, 7, `${marker}\nsecond`)).toBe("updated");
    expect(await upsertComment(github, 7, `${marker}\nsecond`)).toBe("unchanged");
    expect(comments.map(({ body }) => body)).toEqual([`${marker}\nsecond`]);
    expect(requests).toEqual([
      "GET /issues/7/comments",
      "POST /issues/7/comments",
      "GET /issues/7/comments",
      "PATCH /issues/comments/1000",
      "GET /issues/7/comments",
    ]);
  });

  test("is found behind hundreds of others, and is never another environment's or a person's", async () => {
    comments = Array.from({ length: 230 }, (_, index) => comment(index, `remark ${index}`));
    comments[4] = comment(4, `${marker}\nfaked`, "somebody");
    comments[5] = comment(5, "<!-- single-source-review:production -->\nother");
    comments[6] = comment(6, `quoted: ${marker}`);
    comments[229] = comment(229, `${marker}\nold`);
    expect(await upsertComment(github, 7, `${marker}\nnew`)).toBe("updated");
    expect(comments[229]?.body).toBe(`${marker}\nnew`);
    expect(comments[4]?.body).toBe(`${marker}\nfaked`);
    expect(comments).toHaveLength(230);
  });

  test("is not written without its marker", async () => {
    await expect(upsertComment(github, 7, "## Review")).rejects.toThrow(
      "The report does not begin with a marker like <!-- drift:staging -->: it is not written.",
    );
    expect(requests).toEqual([]);
  });
});

describe("the issue of a drift", () => {
  test("is opened, updated, and closed when the drift is gone", async () => {
    expect(await upsertIssue(github, "Drift of staging", `${MARKER}\n1`)).toBe("created");
    expect(await upsertIssue(github, "Drift of staging", `${MARKER}\n2`)).toBe("updated");
    expect(await upsertIssue(github, "Drift of staging", `${MARKER}\n2`)).toBe("unchanged");
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ title: "Drift of staging", labels: ["drift"] });
    expect(await closeIssue(github, `${MARKER}\nnone`)).toBe("closed");
    expect(issues[0]).toMatchObject({ state: "closed", state_reason: "completed", body: `${MARKER}\nnone` });
    expect(await closeIssue(github, `${MARKER}\nnone`)).toBe("nothing to close");
    expect(await upsertIssue(github, "Drift of staging", `${MARKER}\n3`)).toBe("created");
    expect(issues).toHaveLength(2);
  });

  test("is no pull request that happens to say the same", async () => {
    issues = [{ ...comment(3, `${MARKER}\nx`), pull_request: {} }];
    expect(await closeIssue(github, `${MARKER}\nnone`)).toBe("nothing to close");
  });
});

describe("when GitHub is busy", () => {
  test("waits as long as it is told to, and goes on", async () => {
    faults = [
      { on: "GET", status: 429, headers: { "retry-after": "7" } },
      {
        on: "GET",
        status: 403,
        headers: {
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": "1790000030",
          date: new Date(1_790_000_000_000).toUTCString(),
        },
      },
      { on: "POST", status: 403, headers: { "retry-after": "60" } },
    ];
    expect(await upsertIssue(github, "Drift", `${MARKER}\n1`)).toBe("created");
    expect(waits).toEqual([7000, 30_000, 60_000]);
    expect(issues).toHaveLength(1);
  });

  test("writes no second one after an answer that was lost on the way", async () => {
    faults = [{ on: "POST", status: 502, after: true }];
    expect(await upsertIssue(github, "Drift", `${MARKER}\n1`)).toBe("unchanged");
    expect(issues).toHaveLength(1);
  });

  test("gives up after a while, with one sentence", async () => {
    faults = Array.from({ length: 5 }, () => ({ on: "GET", status: 503 }));
    await expect(github.list("/issues")).rejects.toThrow(
      "GitHub: GET /issues returned 503. Run the job again later.",
    );
    expect(waits).toEqual([500, 500, 1500, 3500]);
  });

  test("does not wait an hour", async () => {
    faults = [{ on: "GET", status: 429, headers: { "retry-after": "3600" } }];
    await expect(github.list("/issues")).rejects.toThrow("GitHub: GET /issues is rate-limited (HTTP 429)");
    expect(waits).toEqual([]);
  });

  test("rejects at once what no retry fixes", async () => {
    faults = [{ on: "POST", status: 403 }];
    await expect(upsertIssue(github, "Drift", `${MARKER}\n1`)).rejects.toThrow(
      "GitHub: POST /issues returned 403: the token lacks a permission; the job needs pull-requests: write for comments and issues: write for issues.",
    );
    await expect(upsertIssue(client("wrong"), "Drift", `${MARKER}\n1`)).rejects.toThrow(
      "returned 401: the token is not valid",
    );
    expect(waits).toEqual([]);
  });
});

/** The kind: the status of a proxy taken for GitHub's; its 404 would say that there is nothing. */
test.each([403, 404, 407])("HTTP %d that is not in GitHub's form is not GitHub's", async (status) => {
  for (const ask of [() => github.find("/environments/production"), () => github.list("/issues")]) {
    faults = [{ on: "GET", status, elsewhere: true }];
    await expect(ask()).rejects.toThrow(
      status === 407
        ? /^The proxy on the way to 127\.0\.0\.1:\d+ asks for credentials \(HTTP 407\)/
        : /^Something else answers in the place of 127\.0\.0\.1:\d+ \(HTTP 40[34]\), such as a proxy/,
    );
  }
  expect(waits).toEqual([]);
});

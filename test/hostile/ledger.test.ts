import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../platform/user-error.ts";
import type { Ledger } from "../../rollout/ledger.ts";
import { localLedger } from "../../rollout/local-ledger.ts";
import { parseLedger } from "../../rollout/parse-ledger.ts";
import { rolloutMarkdown } from "../../rollout/report/markdown.ts";
import { rolloutStatus, statusLines } from "../../rollout/report/status.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { MAIN, ROOT, type Run } from "../support/project.ts";

const AT = Date.UTC(2026, 10, 21);
const split = { stable: "staging-auth-00001-abc", candidate: "staging-auth-00002-xyz", percent: 5 };
const image = `us-central1-docker.pkg.dev/p/services/auth@sha256:${"a".repeat(64)}`;

/** A ledger in which every field is used. */
const whole: Ledger = {
  version: 2,
  environment: "staging",
  services: {
    auth: {
      stable: "staging-auth-00001-abc",
      image,
      previous: { revision: "staging-auth-00000-old", image },
      blocked: [
        {
          template: "0f3a",
          revision: "staging-auth-00009-bad",
          at: AT,
          rollout: "r-1",
          why: "5 of 300 failed",
        },
      ],
    },
  },
  rollout: {
    id: "20261121-1200-ab12",
    startedAt: AT,
    order: ["auth"],
    steps: [5, 100],
    again: false,
    lease: { holder: "ci-17", expires: AT },
    services: {
      auth: {
        phase: "soaking",
        since: AT,
        from: "staging-auth-00001-abc",
        fromImage: image,
        image,
        candidate: "staging-auth-00002-xyz",
        template: "0f3b",
        steps: [100],
        step: 0,
        intent: { before: split, after: split, at: AT, written: true },
        confirmedAt: AT,
        verdicts: [{ what: "soak", percent: 5, verdict: "inconclusive", why: "no data yet", at: AT }],
        why: "no data yet",
      },
    },
    stop: { reason: "breach", service: "auth", why: "5 of 300 failed", at: AT },
    outcome: "failed",
    endedAt: AT,
  },
};

/** Each value within the ledger, with what stands in its place. */
function* changed(value: unknown, put: (value: unknown) => unknown): Generator<[string, unknown]> {
  yield ["", put(value)];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    for (const [where, other] of changed(inner, put)) {
      const copy: Record<string, unknown> = { ...(value as object) };
      copy[key] = other;
      yield [`${key}.${where}`, Array.isArray(value) ? Object.values(copy) : copy];
    }
}

/** Everything that a person or a shell is shown of a ledger. */
function shown(ledger: Ledger): string {
  const status = rolloutStatus(ledger, new Map([["auth", null]]), AT);
  return [...statusLines(status, ledger, true), rolloutMarkdown(ledger)].join("\n");
}

/** The parsed ledger, or undefined where it is refused in sentences. */
function accepted(ledger: unknown): Ledger | undefined {
  try {
    return parseLedger(JSON.stringify(ledger), "staging");
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/m;

describe("whoever writes the ledger", () => {
  test("may write a ledger", () => expect(accepted(whole)).toEqual(whole));

  test.each([
    "$(touch x)",
    "`touch x`",
    "x; touch y",
    "x\ntouch y",
    "--help",
    "none",
    "../../secrets",
    "\u001b[2J",
    "\n::error::gone",
    "__proto__",
    "constructor",
  ])("gets %j nowhere but into words, which steer nothing", (text) => {
    for (const [where, other] of changed(whole, (value) => (typeof value === "string" ? text : value))) {
      const ledger = accepted(other);
      if (ledger === undefined) continue;
      expect(shown(ledger)).not.toMatch(STEERS);
      if (JSON.stringify(ledger) === JSON.stringify(whole)) continue;
      // Words, an id that is compared, or a name that nothing has; never a revision.
      const written = /why\.$/.test(where) || /^[\w.:-]+$/.test(text);
      expect([where, written]).toEqual([where, true]);
      expect(/(stable|revision|from|candidate)\.$/.test(where)).toBe(false);
    }
  });

  test.each([1e23, -1, 0.5, Number.MAX_SAFE_INTEGER, "1", true, null, [], {}])(
    "puts %j in the place of no number",
    (number) => {
      for (const [where, other] of changed(whole, (value) => (typeof value === "number" ? number : value))) {
        const ledger = accepted(other);
        if (ledger === undefined || JSON.stringify(ledger) === JSON.stringify(whole)) continue;
        // The only places in which one of these is meant.
        expect([where, number]).toEqual([
          expect.stringMatching(number === null ? /confirmedAt\.$/ : /\.step\.$/),
          number === null ? null : -1,
        ]);
      }
    },
  );

  test.each([null, [], {}, "text", 7, true])(
    "puts %j in the place of no group, and nothing in none",
    (odd) => {
      for (const [, other] of changed(whole, (value) => (typeof value === "object" ? odd : value))) {
        const ledger = accepted(other);
        if (ledger !== undefined) expect(() => shown(ledger)).not.toThrow();
      }
    },
  );

  test("adds no field, no service twice, and none that has no progress", () => {
    const { rollout } = whole;
    for (const change of [
      { ...whole, more: 1 },
      { ...whole, rollout: { ...rollout, order: ["auth", "auth"] } },
      { ...whole, rollout: { ...rollout, order: ["auth", "backend"] } },
      { ...whole, rollout: { ...rollout, order: [] } },
      { ...whole, rollout: { ...rollout, steps: [100, 5] } },
      { ...whole, rollout: { ...rollout, steps: [5, 50] } },
      { ...whole, services: { "../x": whole.services.auth } },
    ])
      expect(accepted(change)).toBeUndefined();
  });

  test("is told the field and the value", () => {
    const services = { auth: { ...whole.services.auth, stable: "$(touch x)" } };
    expect(() => parseLedger(JSON.stringify({ ...whole, services }), "staging")).toThrow(
      [
        'The ledger of rollouts of staging is damaged, and no decision is based on it: inspect it; once it is moved away, "npm run rollout -- adopt staging" writes a new one from what serves.',
        '  services.auth.stable: "$(touch x)": is no name of a revision, for example "staging-auth-00012-abc"',
      ].join("\n"),
    );
  });
});

describe("a folder of versions", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "odd-ledger-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const odd: readonly [string, (version: string) => void, RegExp][] = [
    ["1".padEnd(24, "0"), (file) => writeFileSync(file, "{}"), /is no version of the ledger/],
    ["0", (file) => writeFileSync(file, "{}"), /is no version of the ledger/],
    ["007", (file) => writeFileSync(file, "{}"), /is no version of the ledger/],
    ["7", (file) => mkdirSync(file), /cannot be read \(.*7\.json: EISDIR\)/],
    ["7", (file) => symlinkSync("nowhere", file), /listed and cannot be read, as a link that leads nowhere/],
    ["7", (file) => execFileSync("mkfifo", [file]), /cannot be read \(.*7\.json: no regular file\)/],
    ["7", (file) => symlinkSync("/dev/zero", file), /cannot be read \(.*7\.json: no regular file\)/],
    ["7", (file) => symlinkSync(file, file), /cannot be read \(.*7\.json: ELOOP\)/],
    ["7", (file) => writeFileSync(file, ""), /not valid JSON/],
    ["7", (file) => writeFileSync(file, "\u0000\u0000"), /not valid JSON/],
    ["7", (file) => writeFileSync(file, '"text"'), /has version missing/],
    ["7", (file) => writeFileSync(file, "null"), /has version missing/],
    ["7", (file) => writeFileSync(file, '{"version": 3}'), /has version 3/],
    ["7", (file) => writeFileSync(file, '{"version": "\\u001b[2J"}'), /has version "\\u001b\[2J"/],
    [
      "7",
      (file) => writeFileSync(file, '{"version": 2, "environment": "other"}'),
      /is of "other", not of staging/,
    ],
  ];

  test.each(odd)(
    "that holds an odd %s.json is refused in one sentence, and ends",
    async (name, make, sentence) => {
      make(path.join(folder, `${name}.json`));
      const store = localLedger(folder, (text) => parseLedger(text, "staging"));
      await expect(store.readLedger()).rejects.toThrow(UserError);
      await expect(store.readLedger()).rejects.toThrow(sentence);
    },
  );

  test("that is a file is refused in one sentence", async () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    const store = localLedger(file, (text) => parseLedger(text, "staging"));
    await expect(store.readLedger()).rejects.toThrow(/cannot be read \(.*file: ENOTDIR\)/);
    await expect(store.writeLedger(whole, "0")).rejects.toThrow(UserError);
  });
});

describe("the commands", () => {
  let folder: string;
  let cloud: Cloud;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "hostile-"));
    cloud = await startCloud(() => AT);
    mkdirSync(path.join(folder, "rollout.staging"));
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const rollout = (verb: string, ledger: unknown): Promise<Run> => {
    writeFileSync(path.join(folder, "rollout.staging", "1.json"), JSON.stringify(ledger));
    const args = [...MAIN, "rollout", verb, "staging", "--output", path.join(folder, "out")];
    const env = { ...process.env, GOOGLE_API_ENDPOINT: cloud.endpoint, GOOGLE_OAUTH_ACCESS_TOKEN: "token" };
    return new Promise<Run>((resolve) => {
      const child = execFile(process.execPath, args, { cwd: ROOT, env }, (_error, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout, stderr }),
      );
    });
  };

  test.each(["variables", "status"])(
    "%s prints nothing of a ledger that holds a command, and no stack trace",
    async (verb) => {
      const services = { ...whole.services, auth: { ...whole.services.auth, stable: "$(touch x)" } };
      const { status, stdout, stderr } = await rollout(verb, { ...whole, services });
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain('services.auth.stable: "$(touch x)": is no name of a revision');
      expect(stderr).not.toContain("    at ");
    },
  );

  test("variables is a file of Terraform's, and nothing for a shell", async () => {
    const { rollout: _ended, ...ledger } = whole;
    const { status, stdout, stderr } = await rollout("variables", ledger);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      stable_auth: "staging-auth-00001-abc",
      stable_backend: "none",
      stable_frontend: "none",
    });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { formatIssue } from "../../platform/issue.ts";
import { loadEnvironments } from "../../synthesis/load-environments.ts";
import { type Draft, meshDraft, productionDraft, stagingDraft, TODAY } from "../support/environments.ts";
import { FIXTURES, ROOT } from "../support/project.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "environments-"));
  write("staging", stagingDraft());
  write("production", productionDraft());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, input: Draft): void {
  writeFileSync(path.join(folder, `${name}.ts`), `export const environment = ${JSON.stringify(input)};\n`);
}

/** What is wrong in which environment, and which environments a command goes on with. */
async function load(...chosen: string[]): Promise<{ wrong: string[]; good: string[] }> {
  const { environments, meshes, issues } = await loadEnvironments(folder, chosen, TODAY);
  return {
    wrong: issues.flatMap(({ environment, issues: each }) =>
      each.map((issue) => `${environment}: ${formatIssue(issue)}`),
    ),
    good: [...environments, ...meshes].map(({ name }) => name),
  };
}

test.each([
  ["acme", []],
  [
    "acme-owner",
    [
      'staging: state.bucket is "acme-owner": it holds what only an owner of environment "production" applies, and the deployer of this one would write it. Fix: name another bucket, or another state.ownerBucket in "production".',
    ],
  ],
])(
  "workflows of one environment do not write another one's bucket of an owner: %s",
  async (bucket, wrong) => {
    const delivered = (draft: Draft, bucket: string): Draft => {
      const ids = { repositoryId: "700112233", ownerId: "9911822", projectNumber: "123456789012" };
      return { ...draft, state: { bucket }, delivery: { repository: "acme/platform", ...ids } };
    };
    write("staging", delivered(stagingDraft(), bucket));
    write("production", delivered(productionDraft(), "acme"));
    expect((await load()).wrong).toEqual(wrong);
  },
);

/** The kind: two environments that claim what one only may have, while a command names one of them. */
describe("a copied environment", () => {
  const sentences = [
    'project is "netra-staging": environment "staging" is in this project, and one project holds one environment. Fix: give each environment its own project.',
    'services.auth.exposure[0].host is "api-staging.netrasystems.ai": environment "staging" serves this host, and DNS can point to one of them only. Fix: give each environment its own hosts.',
    'existing.services.backend is "netra-backend-staging": environment "staging" imports it, and an existing resource belongs to one environment. Fix: name what exists in this environment, or leave it out.',
  ];

  // Before and after the original in the order of names.
  test.each(["acmeprod", "zeta"])("%s is blamed, whichever a command names", async (copy) => {
    write(copy, stagingDraft());
    for (const chosen of [[], [copy]]) {
      const { wrong, good } = await load(...chosen);
      expect(wrong).toEqual(expect.arrayContaining(sentences.map((sentence) => `${copy}: ${sentence}`)));
      expect(wrong.filter((line) => !line.startsWith(`${copy}: `))).toEqual([]);
      expect(good).not.toContain(copy);
    }
    expect(await load("staging")).toEqual({ wrong: [], good: ["staging"] });
  });

  test("is blamed of what was forgotten in it alone", async () => {
    const draft: Draft = JSON.parse(JSON.stringify(stagingDraft()).replaceAll("staging", "quality"));
    draft.existing.services.backend = "netra-backend-staging";
    write("quality", draft);
    expect((await load("quality")).wrong).toEqual([`quality: ${sentences[2]}`]);
  });

  test("that collides and has issues of its own reports both", async () => {
    write(
      "acmeprod",
      stagingDraft((draft) => {
        draft.database.maxConnections = 10;
      }),
    );
    const { wrong } = await load("acmeprod");
    expect(wrong).toEqual(
      expect.arrayContaining([
        `acmeprod: ${sentences[0]}`,
        expect.stringMatching(/^acmeprod: database.maxConnections is 10/),
      ]),
    );
  });

  test("behind Istio is blamed, too", async () => {
    write("meta-studio", meshDraft());
    write("copy", meshDraft());
    expect((await load("copy")).wrong).toEqual([
      expect.stringMatching(/^copy: project is "meta-studio"/),
      expect.stringMatching(/^copy: prefix is "meta"/),
      expect.stringMatching(/^copy: mesh.hosts\[0\].host is "ad-studio-app/),
    ]);
  });
});

test("resources of one name in two projects belong to both environments", async () => {
  for (const [name, draft] of [
    ["staging", stagingDraft()],
    ["production", productionDraft()],
  ] as [string, Draft][]) {
    draft.existing = { network: "main", secrets: ["redis-auth"] };
    write(name, draft);
  }
  expect(await load()).toEqual({ wrong: [], good: ["production", "staging"] });
});

test("an environment that cannot be read keeps no other one from its work", async () => {
  writeFileSync(path.join(folder, "broken.ts"), "export const environment = {");
  expect(await load("staging")).toEqual({ wrong: [], good: ["staging"] });
});

test("a plain number where a unit is meant is refused, by its line", async () => {
  const text = readFileSync(path.join(FIXTURES, "environments/staging.ts"), "utf8")
    .replaceAll('"../../../', `"${ROOT}/`)
    .replace("requestTimeout: seconds(60)", "requestTimeout: 60")
    .replace("memory: gibibytes(4)", "memory: 4_096")
    .replace("bandwidth: megabitsPerSecond(10)", "bandwidth: 10 /* Mbit/s */")
    .replace("labels:", "// soak: 5,\n  labels:");
  writeFileSync(path.join(folder, "staging.ts"), text);
  const line = (start: string): number => text.slice(0, text.indexOf(start)).split("\n").length;
  expect(await load("staging")).toEqual({
    wrong: [
      `staging: requestTimeout (line ${line("requestTimeout: 60")}) is 60: allowed is a number with its unit. Fix: write seconds(...), minutes(...) or days(...).`,
      `staging: memory (line ${line("memory: 4_096")}) is 4_096: allowed is a number with its unit. Fix: write gibibytes(...) or mebibytes(...).`,
      `staging: bandwidth (line ${line("bandwidth: 10")}) is 10: allowed is a number with its unit. Fix: write megabitsPerSecond(...).`,
    ],
    good: [],
  });
});

test("a waiver of a rule that does not exist is refused with the nearest one", async () => {
  const waiver = {
    address: "google_redis_instance.redis",
    reason: "decided by the team",
    expires: "2027-01-31",
  };
  write(
    "staging",
    stagingDraft((draft) => {
      draft.waivers = [
        { ...waiver, rule: "capacity/conector-instances" },
        { ...waiver, rule: "capacity/connector-instances" },
        { ...waiver, rule: "quota/everything" },
      ];
    }),
  );
  expect(await load("staging")).toEqual({
    wrong: [
      'staging: waivers[0].rule is "capacity/conector-instances": there is no such rule. Fix: did you mean "capacity/connector-instances"?',
      'staging: waivers[2].rule is "quota/everything": there is no such rule. Fix: docs/RULES.md lists all of them.',
    ],
    good: [],
  });
});

import { describe, expect, test } from "@jest/globals";
import { generatedPages } from "../../commands/docs/pages.ts";
import { layout } from "../../platform/operations/dashboards/layout.ts";
import { documentation, runbookFile } from "../../platform/operations/documentation.ts";
import { symptoms } from "../../platform/operations/symptoms.ts";
import { platformPlan } from "../../platform/plan.ts";
import { cidr } from "../../platform/units.ts";
import { ruleTexts } from "../../rules/texts.ts";
import { capacityPage } from "../../runbook/capacity-page.ts";
import { dashboardSvg } from "../../runbook/dashboards/svg.ts";
import { runbookContext } from "../../runbook/page.ts";
import { runbook, runbookIndex, runbookPages } from "../../runbook/runbook.ts";
import { rulesDocument } from "../../verification/report/rules-document.ts";
import { changedShape } from "../support/changed-shape.ts";
import { environment, production } from "../support/environments.ts";
import { sampleJob } from "../support/sample-job.ts";
import { addTopic } from "../support/sample-topic.ts";
import { synthesized } from "../support/synthesized.ts";
import { anchors } from "./anchors.ts";

/** Each section of an environment is in one of them. */
const environments = [
  production(),
  environment((draft) => {
    draft.jobs = [sampleJob({ publishes: ["orders"] })];
    addTopic(draft, 0);
    const { image, cpu, memory } = draft.services[0];
    draft.workerPools = [{ name: "drain", image, cpu, memory, instanceCount: 2, path: "direct" }];
  }),
  environment((draft) => {
    draft.regions = [
      {
        region: "europe-west1",
        addresses: { connector: cidr("10.7.0.0/28"), directEgress: cidr("10.7.4.0/22") },
        connector: { minInstances: 2, maxInstances: 10 },
        remoteData: { reason: "reads are cached", roundTripMilliseconds: 100 },
      },
    ];
    draft.services[0].regions = [{ region: "europe-west1", instances: { max: 1 } }];
  }),
];
/** Symptoms of sections that only one of them has. */
const OF_SECTIONS: Readonly<Record<string, "jobs" | "topics" | "workerPools" | "regions" | "databases">> = {
  // Neither has replicas, nor several databases.
  "replica-lag": "databases",
  "region-down": "regions",
  "job-failed": "jobs",
  // Neither has a schedule.
  "job-not-run": "databases",
  "workers-missing": "workerPools",
  "messages-wait": "topics",
  "dead-letters": "topics",
};

test("several alerts at once: whatever pages is named, causes before what they cause", () => {
  for (const subject of environments) {
    const [line = ""] = /^\*\*Several alerts at once\?.*$/m.exec(runbook(platformPlan(subject))) ?? [];
    const named = [...line.matchAll(/\(#([\w-]+)\)/g)].map(([, id]) => id);
    const pages = platformPlan(subject).alerts.filter(({ severity }) => severity === "page");
    expect(new Set(named)).toEqual(new Set(pages.map(({ symptom }) => symptom)));
    expect(named[0]).toBe("preflight-failing");
    expect(named.indexOf("database-down")).toBeLessThan(named.indexOf("socket-connection-failed"));
    expect(named.at(-1)).toBe("error-budget-burning");
  }
});

describe("links", () => {
  test.each(environments)("every alert of $name links to a page of its runbook", (subject) => {
    const plan = platformPlan(subject);
    const pages = anchors(runbook(plan));
    for (const alert of plan.alerts) {
      const [, file, anchor = ""] =
        /(docs\/runbook\/\S+\.md)#(\S+)$/.exec(documentation(alert, subject.name)) ?? [];
      expect([file, pages.has(anchor)]).toEqual([runbookFile(subject.name), true]);
    }
  });

  test("every symptom has its anchor in the index, where checks after a deployment link to", () => {
    const all = [
      ...environments,
      changedShape("replicas").environment(),
      changedShape("nightly").environment(),
    ];
    const index = anchors(runbookIndex(all.map(platformPlan)));
    for (const { id } of symptoms) expect([id, index.has(id)]).toEqual([id, true]);
  });
});

describe.each(environments)("the runbook of $name", (subject) => {
  const text = runbook(platformPlan(subject));
  const pages = runbookPages(runbookContext(platformPlan(subject)));

  test("has a page for every symptom, in their order, with all its parts", () => {
    const found = text.split(/^---$/m).slice(1);
    expect(found.map((page) => /<a id="([^"]+)">/.exec(page)?.[1])).toEqual(
      symptoms
        .map(({ id }) => id)
        .filter((id) => OF_SECTIONS[id] === undefined || subject[OF_SECTIONS[id]] !== undefined),
    );
    for (const page of found)
      for (const part of [
        "Do this first",
        "Roll back",
        "Fix it for good",
        "Numbers behind it",
        "Alerts that lead here",
      ])
        expect(page).toContain(`**${part}**`);
  });

  test("names this environment and no other", () => {
    const other = subject.name === "staging" ? "netra-production" : "netra-staging";
    expect(text).not.toContain(other);
    expect(text).not.toMatch(/undefined|NaN|\[object|\$\{/);
  });

  test("names rules that exist, and a section of the dashboard", () => {
    const ids = ruleTexts.map(({ id }) => id);
    const sections = platformPlan(subject).dashboards[0]?.sections.map(({ title }) => title) ?? [];
    for (const { id } of symptoms.filter((symptom) => symptom.id in pages)) {
      for (const rule of pages[id]?.rules ?? []) expect(ids).toContain(rule);
      expect(sections.some((title) => title.endsWith(pages[id]?.section ?? id))).toBe(true);
    }
    expect(rulesDocument(ruleTexts)).toContain("### capacity/database-connections");
  });

  test("gives numbers of the budgets", () => {
    expect(text).toContain(`max_connections is ${subject.database?.maxConnections}`);
    expect(text).toContain(`start-up window ${subject.deadlines.startupWindow} s (deadlines.startupWindow)`);
  });

  test("gives commands that are complete: this project, this region, and flags that gcloud knows", () => {
    const commands = [...text.matchAll(/^ *(gcloud .*)$/gm)].map(([, command = ""]) => command);
    expect(commands.length).toBeGreaterThan(100);
    for (const command of commands) {
      const [words = ""] = command.split(" -");
      expect([command, FLAGS.find(([known]) => words.startsWith(known))?.[0]]).toEqual([
        command,
        expect.any(String),
      ]);
      const allowed = FLAGS.find(([known]) => words.startsWith(known))?.[1] ?? [];
      const flags = [...command.replaceAll(/'[^']*'|"[^"]*"/g, "").matchAll(/ --([a-z-]+)/g)].map(
        ([, flag]) => flag,
      );
      expect([
        command,
        flags.filter((flag) => flag !== undefined && ![...allowed, ...EVERYWHERE].includes(flag)),
      ]).toEqual([command, []]);
      if (!words.startsWith("gcloud projects")) expect(command).toContain(`--project=${subject.project}`);
    }
  });
});

test("the runbook and the dashboards of an environment without connector, public host or database hold, too", () => {
  const small = environment((draft) => {
    delete draft.network.connector;
    delete draft.network.addresses.connector;
    delete draft.existing.connector;
    delete draft.validation;
    delete draft.edge;
    draft.services = [
      { ...draft.services[0], exposure: undefined, database: undefined, cache: undefined, secrets: [] },
    ];
    draft.existing.services = {};
  });
  expect(runbook(platformPlan(small))).not.toMatch(/undefined|NaN|\[object|Infinity/);
  for (const dashboard of platformPlan(small).dashboards)
    expect(dashboardSvg(dashboard)).not.toMatch(/undefined|NaN|Infinity/);
  expect(capacityPage([platformPlan(small)])).not.toMatch(/undefined|NaN|Infinity/);
});

/** Flags of every command, and those of each one that the runbook uses (https://docs.cloud.google.com/sdk/gcloud/reference). */
const EVERYWHERE = ["project", "format", "filter", "limit", "flatten"];
const FLAGS: readonly (readonly [string, readonly string[]])[] = [
  ["gcloud run revisions delete", ["region"]],
  ["gcloud run revisions list", ["service", "region"]],
  ["gcloud run services list", ["region"]],
  ["gcloud run services describe", ["region"]],
  ["gcloud run services update-traffic", ["region", "to-revisions", "to-latest"]],
  ["gcloud run jobs executions list", ["job", "region"]],
  ["gcloud run jobs execute", ["region", "wait"]],
  ["gcloud run jobs describe", ["region"]],
  ["gcloud run worker-pools describe", ["region"]],
  ["gcloud run worker-pools revisions list", ["worker-pool", "region"]],
  ["gcloud logging read", ["freshness"]],
  ["gcloud pubsub subscriptions ack", ["ack-ids"]],
  ["gcloud pubsub subscriptions describe", []],
  ["gcloud pubsub subscriptions pull", []],
  ["gcloud pubsub topics publish", ["message"]],
  ["gcloud sql instances describe", []],
  ["gcloud sql instances restart", []],
  ["gcloud sql instances failover", []],
  ["gcloud sql instances patch", ["storage-size"]],
  ["gcloud sql operations list", ["instance"]],
  ["gcloud sql backups list", ["instance"]],
  ["gcloud redis instances describe", ["region"]],
  ["gcloud redis operations list", ["region"]],
  ["gcloud compute networks vpc-access connectors describe", ["region"]],
  ["gcloud compute routers get-status", ["region"]],
  ["gcloud compute routers get-nat-mapping-info", ["region"]],
  ["gcloud compute addresses describe", ["global"]],
  [
    "gcloud compute backend-services remove-backend",
    ["global", "network-endpoint-group", "network-endpoint-group-region"],
  ],
  ["gcloud certificate-manager certificates describe", []],
  ["gcloud certificate-manager dns-authorizations describe", []],
  ["gcloud network-management connectivity-tests rerun", []],
  ["gcloud network-management connectivity-tests describe", []],
  ["gcloud scheduler jobs list", ["location"]],
  ["gcloud projects get-iam-policy", []],
];

/** Ten services: a chart of all of them has more series than its picture has lines. */
const large = environment((draft) => {
  delete draft.existing;
  draft.database.tier = "db-custom-16-61440";
  draft.database.maxConnections = 4000;
  draft.network.addresses.directEgress = "10.1.16.0/20";
  for (let number = 4; number <= 10; number++)
    draft.services.push({
      ...structuredClone(draft.services[0]),
      name: `service-${number}`,
      exposure: [{ host: "api-staging.netrasystems.ai", paths: [`/service-${number}/*`] }],
    });
});

test("pictures of dashboards keep all text within their tiles, and are small", () => {
  expect(platformPlan(large).dashboards.map(dashboardSvg).join()).toMatch(/>and \d more</);
  for (const subject of [...environments, large])
    for (const dashboard of platformPlan(subject).dashboards) {
      const svg = dashboardSvg(dashboard);
      expect(svg.length).toBeLessThan(60_000);
      const tiles = svg.split("<g ").slice(1);
      expect(tiles).toHaveLength(layout(dashboard).length);
      for (const tile of tiles) {
        const height = Number(/<rect width="\d+" height="(\d+)"/.exec(tile)?.[1] ?? Number.POSITIVE_INFINITY);
        for (const [, y] of tile.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g))
          expect(Number(y)).toBeLessThanOrEqual(height);
        const labels = [...tile.matchAll(/<text x="16" y="([\d.]+)"[^>]*paint-order/g)].map(([, y]) =>
          Number(y),
        );
        for (const [index, y] of labels.entries())
          expect(y - (labels[index - 1] ?? 0)).toBeGreaterThanOrEqual(11);
        const [, width = "", title = ""] =
          /<rect width="(\d+)"[\s\S]*?font-weight="bold">([^<]*)/.exec(tile) ?? [];
        const [, unit = ""] = /text-anchor="end"[^>]*>([^<]*)/.exec(tile) ?? [];
        if (width !== "")
          expect([title, title.length * 8 + unit.length * 7 < Number(width)]).toEqual([title, true]);
      }
    }
});

/** The kind: a sentence about the platforms that this project was made for, told to somebody who runs another one. */
test("the output of another company speaks of no incident of ours, and repeats its own", () => {
  const symptom = "connection-slots-exhausted";
  const note = "2026-03-04: a pool was doubled, and logins failed for an hour.";
  const acme = environment((draft) => {
    const renamed = JSON.parse(JSON.stringify(draft).replaceAll("netra", "acme"));
    Object.assign(draft, renamed, { operations: { incidents: [{ symptom, note }] } });
  });
  const plan = platformPlan(acme);
  const output = [
    ...generatedPages([acme], []).values(),
    ...Object.values(synthesized(acme)).map((stack) => JSON.stringify(stack)),
  ];
  for (const text of output)
    expect(/.{0,40}(netra|\bI-[0-4]\b|#1278|649 entries).{0,40}/i.exec(text)?.[0]).toBeUndefined();
  expect(runbook(plan)).toContain(`**Seen before.** ${note}`);
  const alerts = plan.alerts.filter(({ meaning }) => meaning.endsWith(` ${note}`));
  expect(alerts.map((alert) => alert.symptom)).toEqual(
    plan.alerts.filter((alert) => alert.symptom === symptom).map(() => symptom),
  );
});

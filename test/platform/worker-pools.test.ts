import { describe, expect, test } from "@jest/globals";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { workloads } from "../../platform/schema/environment.ts";
import { mebibytes, seconds } from "../../platform/units.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbookContext } from "../../runbook/page.ts";
import { runbookPages } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { probedWorkers } from "../support/probed-workers.ts";

/** The worker pool `kafka` has 3 instances with a pool of 10 connections each, and a sidecar that it waits for. */
const { plan, issues } = changedShape("workers");
const kafka = (draft: Draft) => draft.workerPools[0];

describe("a worker pool counts in every budget, with the instances of overlapping revisions", () => {
  test("in connections", () => {
    const {
      databases: [database],
    } = plan().connectionBudget;
    expect(database?.shares.find(({ owner }) => owner === "kafka")).toEqual({
      owner: "kafka",
      connections: 60,
      sum: "3 instances × 2 revisions × (5 + 5)",
    });
  });

  test("in throughput of the connector", () => {
    const throughConnector = plan((draft) => {
      const { addresses } = draft.network;
      draft.provider = "7";
      draft.network = {
        addresses: { ...addresses, connector: "10.8.16.0/28" },
        connector: { minInstances: 2, maxInstances: 3 },
      };
      Object.assign(kafka(draft), { path: "connector", dependsOn: [] });
    });
    expect(throughConnector.connectionBudget.connector?.shares).toEqual([
      { owner: "kafka", connections: 30, sum: "3 instances × 2 revisions × 5 Mbit/s" },
    ]);
  });

  test("in addresses: 2 for each instance, in blocks of 16", () => {
    const without = plan((draft) => {
      delete draft.workerPools;
    });
    expect(plan().addressPlan.directEgress.needed - without.addressPlan.directEgress.needed).toBe(16);
  });

  test("in ports of Cloud NAT and in connections at twice the load", () => {
    const subject = plan((draft) => {
      draft.externalDependencies = [{ name: "partner", host: "api.partner.example", source: "nat" }];
      kafka(draft).dependsOn = ["partner"];
    });
    const needed = (name: string) =>
      capacityPlan(subject)
        .find((path) => path.name === name)
        ?.needed(2);
    expect(needed("Cloud NAT")).toBe(3 * 2 * 2 * 64);
    expect(needed("PostgreSQL")).toBe(3 * 2 * 2 * 10 + 5 + 13);
  });
});

test("has no deadline of a request or a task", () => {
  const [, pool] = workloads(plan());
  const names =
    pool === undefined
      ? []
      : plan()
          .contract(pool)
          .map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["API_URL", "DATABASE_POOL_SIZE", "ORDERS_TOPIC", "SHUTDOWN_GRACE_SECONDS"]),
  );
  expect(names.filter((name) => /REQUEST_TIMEOUT|TASK_TIMEOUT/.test(name))).toEqual([]);
});

test("tells when instances are missing for longer than a start takes, with a page of the runbook", () => {
  const subject = plan();
  const alert = subject.alerts.find(({ id }) => id === "kafka-workers-missing");
  expect(alert?.conditions).toMatchObject([
    { comparison: "COMPARISON_LT", threshold: 3, duration: subject.alertWindows.startup },
  ]);
  expect(runbookPages(runbookContext(subject))["workers-missing"]?.first[0]?.run).toEqual([
    "gcloud run worker-pools describe workers-kafka --region=europe-west1 --project=acme-web",
  ]);
  expect(environmentPage(subject)).toContain("### kafka");
  expect(
    subject.dashboards.find(({ id }) => id === "platform")?.sections.map(({ title }) => title),
  ).toContainEqual(expect.stringMatching(/Worker pools$/));
});

describe("what is refused, in one sentence", () => {
  const since = (path: string, release: string, minor: string): string =>
    `${path}: the provider hashicorp/google has it from ${release} on, and provider is "~> 7.2.0". Fix: write provider: "7" (7.45.0), or "~> ${minor}" (docs/provider.md), or remove it.`;
  test.each<[what: string, change: (draft: Draft) => void, sentences: string[]]>([
    [
      "a name of a service",
      (d) => {
        d.services[0].name = "kafka";
        kafka(d).dependsOn = [];
      },
      [
        'workerPools.kafka.name is "kafka": a service has this name, and each has an identity of its own that is named after it. Fix: give each its own name.',
      ],
    ],
    [
      "a call of it",
      (d) => (d.services[0].dependsOn = ["kafka"]),
      [
        'services.api.dependsOn[0] is "kafka": this is a worker pool, which has no address to call it at. Fix: remove it.',
      ],
    ],
    [
      "more connections than the database has",
      (d) => (d.database.maxConnections = 77),
      [
        "database.maxConnections is 77 connections: at full scale 78 connections are needed: kafka 60 (3 instances × 2 revisions × (5 + 5)) + migration jobs 5 (database.jobConnections) + reserved 13 (database.reservedConnections 10 + superuser 3). Fix: raise maxConnections (with a tier whose memory carries it), or lower instances.max, instanceCount of a worker pool, pool or overflow.",
      ],
    ],
    [
      "probes without a port",
      (d) => {
        delete kafka(d).port;
        kafka(d).livenessProbe = {};
      },
      [
        "workerPools.kafka.startupProbe is set: kafka has no port that could be probed. Fix: add port, or remove the probe.",
        "workerPools.kafka.livenessProbe is set: kafka has no port that could be probed. Fix: add port, or remove the probe.",
        'workerPools.kafka.livenessProbe.path is missing: Cloud Run asks a container whether it is alive by HTTP; an open port says nothing. Fix: write for example path: "/health".',
      ],
    ],
    [
      "a period that does not fit into the window",
      (d) => (kafka(d).startupProbe = { period: seconds(7) }),
      [
        "workerPools.kafka.startupProbe.period is 7 s: the start-up window of 600 s (deadlines.startupWindow) is not a whole number of these periods. Fix: choose a period that divides 600.",
      ],
    ],
    [
      "a sidecar at the port of its own",
      (d) => (kafka(d).sidecars[0].port = 8090),
      [
        "workerPools.kafka.sidecars.proxy.port is 8090: kafka (port) has it, and the containers of an instance share one localhost. Fix: choose another port.",
      ],
    ],
    [
      "a sidecar that waits for one that nothing can ask",
      (d) => {
        Object.assign(kafka(d), {
          startsAfter: [],
          sidecars: [{ ...kafka(d).sidecars[0], startsAfter: ["kafka"] }],
        });
        for (const key of ["port", "startupProbe", "livenessProbe"]) delete kafka(d)[key];
      },
      [
        'workerPools.kafka.sidecars.proxy.startsAfter[0] is "kafka": kafka has no port, and Cloud Run starts the next container once the one before it answers its start-up probe. Fix: add port to kafka: the start-up probe opens it.',
      ],
    ],
    [
      "no instance, and memory that Cloud Run does not give",
      (d) => Object.assign(kafka(d), { instanceCount: 0, memory: mebibytes(20480) }),
      [
        "workerPools.kafka.instanceCount is 0: allowed is a whole number from 1 to 1000. Fix: write a value from 1 to 1000.",
        "workerPools.kafka.memory is 20Gi: Cloud Run gives 2 CPU from 512Mi to 8Gi. Fix: change memory or cpu so that they fit.",
      ],
    ],
    [
      "what the provider does not have",
      (d) => {
        d.provider = "~> 7.2.0";
      },
      [
        since("workerPools.kafka.startupProbe is set", "7.5.0", "7.5"),
        since("workerPools.kafka.livenessProbe is set", "7.5.0", "7.5"),
        since("workerPools.kafka.startsAfter is set", "7.10.0", "7.10"),
      ],
    ],
  ])("%s", (_, change, sentences) => {
    const changed = (draft: Draft) => {
      probedWorkers(draft);
      change(draft);
    };
    expect(issues(changed).sort()).toEqual([...sentences].sort());
  });
});

test("without probes, order and connector it needs no newer provider", () => {
  expect(issues(() => {})).toEqual([]);
});

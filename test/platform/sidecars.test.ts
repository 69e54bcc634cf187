import { describe, expect, test } from "@jest/globals";
import { gibibytes, mebibytes, seconds } from "../../platform/units.ts";
import { containerRows, instanceSize } from "../../platform/workloads/sidecars.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The service `api` waits for its sidecar `proxy`, and its sidecar `collector` for it; the job `import` has a `proxy`, too. */
const { plan, issues } = changedShape("sidecars");

const proxy = (draft: Draft) => draft.services[0].sidecars[0];
const collector = (draft: Draft) => draft.services[0].sidecars[1];

test("an instance has what its containers have together, and a table shows each of them", () => {
  const [api] = plan().services;
  expect(api && instanceSize(api)).toEqual({ cpu: 1.75, memory: mebibytes(1024 + 256 + 128) });
  expect(containerRows(plan())).toEqual([
    { workload: "api", container: "api", cpu: 1, memory: "1Gi", startsAfter: ["proxy"] },
    { workload: "api", container: "proxy", cpu: 0.5, memory: "256Mi", startsAfter: [] },
    { workload: "api", container: "collector", cpu: 0.25, memory: "128Mi", startsAfter: ["api"] },
    { workload: "api", container: "one instance", cpu: 1.75, memory: "1408Mi", startsAfter: [] },
    { workload: "import", container: "import", cpu: 1, memory: "1Gi", startsAfter: ["proxy"] },
    { workload: "import", container: "proxy", cpu: 0.5, memory: "256Mi", startsAfter: [] },
    { workload: "import", container: "one task", cpu: 1.5, memory: "1280Mi", startsAfter: [] },
  ]);
  expect(containerRows(changedShape("files").plan())).toEqual([]);
});

test("8 vCPU, 32 GiB and 10 containers are within an instance", () => {
  const within = (draft: Draft) => {
    draft.services[0].cpu = 4;
    draft.services[0].memory = gibibytes(16);
    draft.services[0].sidecars = Array.from({ length: 9 }, (_, index) => ({
      ...proxy(draft),
      name: index === 0 ? "proxy" : `proxy-${index}`,
      port: 9000 + index,
      cpu: index === 0 ? 2 : 0.25,
      memory: index === 0 ? mebibytes(16384 - 8 * 128) : mebibytes(128),
    }));
  };
  expect(issues(within)).toEqual([]);
});

describe("what is refused, in one sentence", () => {
  test.each<[what: string, change: (draft: Draft) => void, sentences: string[]]>([
    [
      "CPUs beyond those of an instance",
      (d) => {
        d.services[0].cpu = 8;
        d.services[0].memory = gibibytes(4);
      },
      [
        "services.api.sidecars is 8.75 vCPU: the containers of one instance have together at most 8 vCPU: api 8 + proxy 0.5 + collector 0.25. Fix: lower cpu of one of them.",
      ],
    ],
    [
      "memory beyond that of a task",
      (d) => {
        d.jobs[0].cpu = 6;
        d.jobs[0].memory = gibibytes(24);
        d.jobs[0].sidecars[0].memory = gibibytes(9);
      },
      [
        "jobs.import.sidecars is 33Gi: the containers of one task have together at most 32Gi: import 24Gi + proxy 9Gi. Fix: lower memory of one of them.",
      ],
    ],
    [
      "more containers than an instance has",
      (d) => {
        d.services[0].sidecars = Array.from({ length: 10 }, (_, index) => ({
          ...proxy(d),
          name: index === 0 ? "proxy" : `proxy-${index}`,
          port: 9000 + index,
          cpu: 0.1,
        }));
      },
      [
        "services.api.sidecars is 10 sidecars: an instance has at most 10 containers, its own included. Fix: remove some.",
      ],
    ],
    [
      "a name of two containers",
      (d) => {
        collector(d).name = "proxy";
        collector(d).startsAfter = [];
      },
      [
        'services.api.sidecars[1].name is "proxy": sidecars[0] has this name already. Fix: give each container its own name.',
      ],
    ],
    [
      "the name of the service itself",
      (d) => (collector(d).name = "api"),
      [
        'services.api.sidecars.api.name is "api": its own container has this name already. Fix: give each container its own name.',
        'services.api.sidecars.api.startsAfter[0] is "api": a container cannot wait for itself. Fix: remove it.',
      ],
    ],
    [
      "a container that is not there",
      (d) => (d.services[0].startsAfter = ["prox"]),
      [
        'services.api.startsAfter[0] is "prox": api has no container of this name. Fix: did you mean "proxy"?',
      ],
    ],
    [
      "waiting where there are no sidecars",
      (d) => {
        delete d.jobs[0].sidecars;
      },
      [
        'jobs.import.startsAfter[0] is "proxy": import has no container of this name. Fix: add sidecars, or remove it.',
      ],
    ],
    [
      "waiting for one that nothing can ask",
      (d) => {
        delete proxy(d).port;
      },
      [
        'services.api.startsAfter[0] is "proxy": proxy has no port, and Cloud Run starts the next container once the one before it answers its start-up probe. Fix: add port to proxy: the start-up probe opens it.',
      ],
    ],
    [
      "containers that wait for each other",
      (d) => (proxy(d).startsAfter = ["collector"]),
      [
        "services.api.sidecars is api, proxy and collector: they wait for each other (startsAfter), so that none of them starts first. Fix: remove one of startsAfter.",
      ],
    ],
    [
      "waiting for the container of a job",
      (d) => {
        d.jobs[0].startsAfter = [];
        d.jobs[0].sidecars[0].startsAfter = ["import"];
      },
      [
        'jobs.import.sidecars.proxy.startsAfter[0] is "import": the container of a job has no start-up probe, so that nothing can wait for it. Fix: remove it, or let the job wait for the sidecar (startsAfter of the job).',
      ],
    ],
    [
      "the port of the requests",
      (d) => (proxy(d).port = 8080),
      [
        "services.api.sidecars.proxy.port is 8080: api (port) has it, and the containers of an instance share one localhost. Fix: choose another port.",
      ],
    ],
    [
      "the port of another sidecar",
      (d) => (collector(d).port = 9000),
      [
        "services.api.sidecars.collector.port is 9000: proxy (port) has it, and the containers of an instance share one localhost. Fix: choose another port.",
      ],
    ],
    [
      "a probe without a port",
      (d) => {
        delete collector(d).port;
        delete collector(d).livenessProbe;
      },
      [
        "services.api.sidecars.collector.startupProbe is set: collector has no port that could be probed. Fix: add port, or remove the probe.",
      ],
    ],
    [
      "an open port for a sign of life",
      (d) => (collector(d).livenessProbe = {}),
      [
        'services.api.sidecars.collector.livenessProbe.path is missing: Cloud Run asks a container whether it is alive by HTTP; an open port says nothing. Fix: write for example path: "/health".',
      ],
    ],
    [
      "a liveness probe in a job",
      (d) => (d.jobs[0].sidecars[0].livenessProbe = { path: "/alive" }),
      [
        "jobs.import.sidecars.proxy.livenessProbe is set: the containers of a job have start-up probes only. Fix: remove it.",
      ],
    ],
    [
      "probes out of their bounds",
      (d) =>
        (collector(d).startupProbe = {
          path: "/ready",
          period: seconds(10),
          timeout: seconds(11),
          failureThreshold: 61,
        }),
      [
        "services.api.sidecars.collector.startupProbe.timeout is 11 s: it must be at most the period of 10 s: Cloud Run rejects a timeout above it. Fix: lower the timeout or raise the period.",
        "services.api.sidecars.collector.startupProbe.failureThreshold is 61: with the period of 10 s it is a start of 610 s, and Cloud Run allows 600 s. Fix: lower it to 60 or less.",
      ],
    ],
    [
      "a directory that is no volume in memory",
      (d) => (proxy(d).shares = ["/var/run/share"]),
      [
        'services.api.sidecars.proxy.shares[0] is "/var/run/share": api has no volume in memory that is mounted there. Fix: did you mean "/var/run/shared"?',
      ],
    ],
    [
      "a secret that nobody declares",
      (d) => (proxy(d).secrets = ["collector-kye"]),
      [
        'services.api.sidecars.proxy.secrets[0] is "collector-kye": no secret of this name is declared. Fix: did you mean "collector-key"? Otherwise add { name: "collector-kye" } to secrets.',
      ],
    ],
    [
      "variables that are taken, or are none",
      (d) => (collector(d).environment = { K_SERVICE: "x", COLLECTOR_KEY: "x", "1ST": "x" }),
      [
        'services.api.sidecars.collector.environment.K_SERVICE is "x": Cloud Run sets this variable in every container. Fix: remove or rename it.',
        'services.api.sidecars.collector.environment.COLLECTOR_KEY is "x": a secret of this sidecar is passed as COLLECTOR_KEY. Fix: remove or rename it.',
        `services.api.sidecars.collector.environment.1ST is "x": a variable's name has letters, digits and underscores, and no digit first. Fix: remove or rename it.`,
      ],
    ],
  ])("%s", (_, change, sentences) => {
    expect(issues(change).sort()).toEqual([...sentences].sort());
  });
});

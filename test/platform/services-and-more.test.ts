import { describe, expect, test } from "@jest/globals";
import { gateTriggers } from "../../platform/preflight/preflight-gate.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbookContext } from "../../runbook/page.ts";
import { runbook, runbookPages } from "../../runbook/runbook.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The worker pool as all that there is, as its network and its data are. */
function poolAlone(draft: Draft): void {
  draft.services = [];
  const [pool] = draft.workerPools;
  pool.dependsOn = [];
  pool.publishes = [];
  draft.topics = undefined;
}

// The kind of fault: what runs is looked for in services only, or in services and jobs only.
describe("worker pools and jobs are looked at where services are", () => {
  test("a connection of each is analysed", () => {
    const titles = (shape: string, change?: (draft: Draft) => void) =>
      changedShape(shape)
        .plan(change)
        .connectivityTests.map(({ title }) => title);
    expect(titles("workers", poolAlone)).toEqual([
      'jobs and worker pools on path "direct" reach database-socket',
    ]);
    expect(titles("nightly")).toEqual(['jobs and worker pools on path "direct" reach database-socket']);
    // What only a job uses, next to services.
    expect(titles("databases")).toContain('services on path "direct" reach database-reports-socket');
  });

  test("its contract says for whom it is, and what it says of several databases and of mounts", () => {
    const page = environmentPage(
      changedShape("workers").plan((draft) => {
        poolAlone(draft);
        const { database } = draft.workerPools[0];
        Object.assign(draft.workerPools[0], {
          database: undefined,
          databases: [{ ...database, instance: "postgres" }],
          buckets: [{ bucket: "uploads", access: "read", mount: "/uploads" }],
        });
        draft.buckets = [{ name: "uploads" }];
      }),
    );
    expect(page).toContain("\nEvery worker pool receives these environment variables");
    expect(page).toContain("**Several databases**");
    expect(page).toContain("**Mounted buckets**");
  });

  test("commands ask for what there is, and the runbook begins with no page where none is", () => {
    const plan = changedShape("workers").plan(poolAlone);
    expect(plan.checkCommands.outside).toMatch(/^gcloud run worker-pools list /);
    expect(runbook(changedShape("files").plan((draft) => poolsOnly(draft)))).not.toContain(
      "Several alerts at once",
    );
  });

  test("what sends through the connector is listed, whatever it is", () => {
    const plan = changedShape("workers").plan((draft) => {
      poolAlone(draft);
      draft.provider = "7";
      draft.network = {
        addresses: { connector: "10.8.16.0/28", privateServices: "10.9.0.0/16" },
        connector: { minInstances: 2, maxInstances: 3 },
      };
      draft.workerPools[0].path = "connector";
      const { image, cpu, memory } = draft.workerPools[0];
      draft.jobs = [{ name: "import", image, cpu, memory, timeout: 600, path: "connector" }];
    });
    const page = runbookPages(runbookContext(plan))["connector-at-its-maximum"];
    const commands = page?.first.flatMap(({ run = [] }) => run) ?? [];
    expect(commands).toEqual(
      expect.arrayContaining([
        expect.stringContaining("gcloud run jobs executions list --job=workers-import "),
        expect.stringContaining("gcloud run worker-pools revisions list --worker-pool=workers-kafka "),
      ]),
    );
  });

  test("a subnet that is too small names them", () => {
    const found = changedShape("workers").issues((draft) => {
      draft.workerPools[0].instanceCount = 500;
      draft.workerPools[0].database = undefined;
    });
    expect(found).toEqual([
      expect.stringMatching(
        /the services and worker pools on path .*lower instances\.max or instanceCount, or/,
      ),
    ]);
  });
});

function poolsOnly(draft: Draft): void {
  const { image, cpu, memory } = draft.jobs[0];
  draft.services = [];
  draft.jobs = undefined;
  draft.buckets = undefined;
  draft.workerPools = [{ name: "kafka", image, cpu, memory, instanceCount: 2, path: "direct" }];
}

// The kind of fault: hosts are looked for in the exposures of services only.
describe("hosts of buckets and redirects are looked at where those of services are", () => {
  const statics = (draft: Draft) => {
    draft.services = [];
    draft.buckets = [draft.buckets[0]];
    draft.edge.redirects = [{ host: "www.acme.example", to: "acme.example" }];
    const image = `europe-west1-docker.pkg.dev/acme/images/build@sha256:${"1".repeat(64)}`;
    draft.jobs = [{ name: "build", image, cpu: 1, memory: 1024, timeout: 600, path: "direct" }];
  };

  test("in the runbook", () => {
    const pages = runbookPages(runbookContext(changedShape("statics").plan(statics)));
    for (const [id, command] of [
      ["endpoint-down", "dig +short HOST"],
      ["wrong-certificate", "openssl s_client -connect HOST:443"],
    ] as const) {
      const text = JSON.stringify(pages[id]);
      for (const host of ["acme.example", "www.acme.example"])
        expect(text).toContain(command.replace("HOST", host));
    }
  });

  test("in alerts of the load balancer, and in what is called to look at it", () => {
    const { alerts, checkCommands, dashboards } = changedShape("statics").plan(statics);
    expect(alerts.map(({ id }) => id)).toContain("load-balancer-errors");
    expect(alerts.map(({ id }) => id)).not.toContain("load-balancer-latency");
    expect(JSON.stringify(dashboards)).toContain("Requests that fail at the load balancer");
    expect(checkCommands.outside).toBe("npm run validate -- statics");
  });
});

// The kind of fault: an image or a variable that changes with every deployment, in the job of the watchdog.
test("the watchdog does not change with an image of a sidecar, a job or a worker pool", () => {
  const watched = (tag: string) =>
    changedShape("workers").plan((draft) => {
      const image = `europe-west1-docker.pkg.dev/acme/images/x@sha256:${tag.repeat(64)}`;
      draft.workerPools[0].image = image;
      draft.workerPools[0].sidecars[0].image = image;
      draft.services[0].sidecars = [{ name: "proxy", image, cpu: 0.5, memory: 256, port: 9000 }];
    }).watchdogEnvironment;
  expect(watched("2")).toEqual(watched("3"));
});

// The kind of fault: a stack or a schedule that is there for services, where there are none.
test("nothing is there for services where worker pools are all that runs", async () => {
  const synthesis = await synthesize([
    changedShape("workers").environment((draft) => {
      poolAlone(draft);
      draft.state = { bucket: "acme-web-terraform-state" };
    }),
  ]);
  const names = synthesis.stacks.map(({ name }) => name);
  discard(synthesis);
  expect(names).not.toContain("workers-guard");
  expect(names).not.toContain("workers-preflight");
  for (const { name, resources } of synthesis.stacks) expect([name, resources > 0]).toEqual([name, true]);
});

// The kind of fault: a fix that the next check refuses, or that names what is not there.
describe("a fix can be followed", () => {
  test("the pooler of MySQL is not advised, and a CA is named after its engine", () => {
    const found = changedShape("mysql").issues((draft) => {
      draft.services[0].database.via = "pooler";
      draft.database.caSecret = undefined;
    });
    expect(found).toEqual([
      expect.stringContaining('Fix: add caSecret: "mysql-ca", and { name: "mysql-ca" } to secrets.'),
      'services.web.database.via is "pooler": database is MySQL, and the pooler of this platform is PostgreSQL\'s. Fix: write via: "private-ip" or "socket".',
    ]);
  });

  test("where nothing could be called, it says where that would be written", () => {
    expect(
      changedShape("alone").issues((draft) => {
        draft.services[0].dependsOn = ["ledger"];
      }),
    ).toEqual([
      expect.stringContaining("Fix: add it to services or to externalDependencies, or remove it here."),
    ]);
  });

  test("the runbook names keys that a replica has", () => {
    const written = runbook(changedShape("replicas").plan());
    const keys = [...written.matchAll(/database\.replicas\.reader\.(\w+)/g)].map(([, key]) => key);
    const known = ["name", "tier", "maxConnections", "caSecret", "maxLag"];
    expect(keys.filter((key) => !known.includes(key ?? ""))).toEqual([]);
    expect(keys).toContain("maxConnections");
  });
});

// The kind of fault: two uses of one instance are told apart by their place in the list.
test("an issue of the second use of an instance names it", () => {
  const found = changedShape("databases").issues((draft) => {
    draft.services[1].databases[1].user = "nobody";
  });
  expect(found).toEqual([expect.stringMatching(/^services\.api\.databases\.audit\.user is "nobody"/)]);
});

// The kind of fault: the way into the network changes, and the gate before the services does not ask again.
describe("the gate asks again where the way into the network changes", () => {
  const changed = (shape: string, before: (draft: Draft) => void, after: (draft: Draft) => void) => {
    const triggers = (change: (draft: Draft) => void) => gateTriggers(changedShape(shape).plan(change));
    const [first, second] = [triggers(before), triggers(after)];
    return Object.keys(second).filter((name) => first[name] !== second[name]);
  };
  const connectors = (draft: Draft) => {
    const { addresses } = draft.network;
    draft.network = {
      addresses: { ...addresses, connector: "10.8.16.0/28" },
      connector: { minInstances: 2, maxInstances: 3 },
      furtherConnectors: [{ name: "night", range: "10.8.16.16/28", minInstances: 2, maxInstances: 3 }],
    };
    draft.services[0].path = "connector";
  };

  test("to another connector", () => {
    const night = (draft: Draft) => {
      connectors(draft);
      draft.services[0].connector = "night";
    };
    expect(changed("guarded", connectors, night)).toEqual(["service web"]);
  });

  test.each(["hostProject", "directEgress", "connector"])("to another %s of others", (key) => {
    const other = (draft: Draft) => {
      draft.network.unmanaged[key] = "another-one";
    };
    expect(changed("sharedvpc", () => {}, other)).toContain("network");
  });
});

import { afterAll, describe, expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Draft, TODAY } from "../support/environments.ts";

const secret = (draft: Draft, workload: Draft, name: string) => {
  draft.secrets.push({ name });
  workload.secrets = [name];
};

// The kind of fault: a secret is passed in the place of a variable that the platform sets, and silently wins.
describe("a secret that is passed as a variable of the platform's own is refused", () => {
  test.each([
    ["webapi", "api", "postgres-password", "POSTGRES_PASSWORD"],
    ["webapi", "api", "database-pool-size", "DATABASE_POOL_SIZE"],
    ["webapi", "web", "api-url", "API_URL"],
    ["redis", "web", "redis-host", "REDIS_HOST"],
    ["databases", "api", "audit-postgres-host", "AUDIT_POSTGRES_HOST"],
    ["workers", "kafka", "api-url", "API_URL"],
    ["nightly", "report", "task-timeout-seconds", "TASK_TIMEOUT_SECONDS"],
  ])("%s: %s with %s", (shape, workload, name, variable) => {
    const found = changedShape(shape).issues((draft) => {
      const { services, jobs = [], workerPools = [] } = draft;
      // A login whose secret is called otherwise, so that the name is free.
      if (name === "postgres-password") {
        draft.secrets = [{ name: "login" }];
        draft.database.passwordSecret = "login";
      }
      const all = [...services, ...jobs, ...workerPools];
      secret(
        draft,
        all.find((each) => each.name === workload),
        name,
      );
    });
    expect(found).toEqual([
      expect.stringContaining(
        `secrets[0] is "${name}": it is passed as ${variable}, which the platform sets`,
      ),
    ]);
  });

  test("the password of the database itself may be named, because it is the same", () => {
    expect(
      changedShape("webapi").issues((draft) => {
        draft.services[1].secrets = ["postgres-password"];
      }),
    ).toEqual([]);
  });
});

// The kind of fault: names joined by hyphens are one, and a construct of that name is there already.
describe("names of parts that are joined by hyphens are told apart, or refused", () => {
  test("two checks of hosts", () => {
    const { uptimeChecks } = changedShape("public").plan((draft) => {
      const [web] = draft.services;
      draft.services = [
        { ...web, exposure: [{ host: "api-www.acme.example" }] },
        { ...web, name: "web-api", exposure: [{ host: "www.acme.example" }] },
        { ...web, name: "bucket-site", exposure: [{ host: "acme.example", paths: ["/api/*"] }] },
      ];
      draft.projectNumber = "123456789012";
      draft.buckets = [{ name: "site", exposure: [{ host: "acme.example" }], indexPage: "index.html" }];
    });
    expect(uptimeChecks.map(({ id }) => id)).toEqual([
      "web-api-www-acme-example",
      "www.acme.example@web-api",
      "bucket-site-acme-example",
      "acme.example@site",
    ]);
  });

  test.each([
    ["public", "load-balancer"],
    ["connector", "connector"],
    ["two", "region-us-central1"],
  ])("%s: a service called %s", (shape, name) => {
    const add = (draft: Draft) => {
      const [first] = draft.services;
      const { image, cpu, memory, concurrency, instances, requestTimeout, path } = first;
      draft.services.push({ name, image, cpu, memory, concurrency, instances, requestTimeout, path });
    };
    expect(changedShape(shape).issues(add)).toEqual([
      expect.stringMatching(
        new RegExp(`services.${name}.name is "${name}": alerts of the .* have this name`),
      ),
    ]);
    // Where nothing else is called so it is a name like any other.
    expect(changedShape("alone").issues(add)).toEqual([]);
  });

  test("no two alerts, checks or tests of a shape have one id", () => {
    for (const name of Object.keys(shapes)) {
      const { alerts, uptimeChecks, connectivityTests, dashboards } = platformPlan(
        changedShape(name).environment(),
      );
      for (const list of [alerts, uptimeChecks, connectivityTests, dashboards]) {
        const ids = list.map(({ id }) => id);
        expect([name, [...new Set(ids)]]).toEqual([name, ids]);
      }
    }
  });
});

// The kind of fault: a new resource of the stacks, and workflows whose deployer may not manage it; or a right of the delivery to
// what the shape does without.
describe("every shape can be deployed by workflows", () => {
  const environments = Object.keys(shapes).map((name) =>
    changedShape(name).environment((draft) => {
      draft.state ??= { bucket: "acme-web-terraform-state" };
      draft.projectNumber = undefined;
      draft.delivery = {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "9911822",
        projectNumber: "123456789012",
      };
    }),
  );
  const synthesis = synthesize(environments);
  afterAll(async () => discard(await synthesis));

  test("the role of each type of resource is known", async () => {
    const delivered = (await synthesis).stacks.filter(({ name }) => name.endsWith("-delivery"));
    expect(delivered).toHaveLength(Object.keys(shapes).length);
    for (const { json } of delivered)
      expect(Object.keys(json.resource ?? {})).toContain("google_project_iam_member");
  });

  test.each(environments)("$name has no error", async (environment) => {
    expect(evaluate(environment, await synthesis, TODAY).errors).toEqual([]);
  });
});

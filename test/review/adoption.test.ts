import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readGraph } from "../../graph/index.ts";
import { platformPlan } from "../../platform/plan.ts";
import { type Adoption, adoptionOf } from "../../review/adoption/adoption.ts";
import { type Draft, environment, issues } from "../support/environments.ts";

const states = path.join(__dirname, "../fixtures/states");
const incidents = path.join(__dirname, "../incidents");

/** Staging as if nobody had declared anything. */
const undeclared = environment((draft) => {
  delete draft.existing;
});

async function adopt(file: string, wanted = undeclared): Promise<Adoption> {
  return adoptionOf(platformPlan(wanted), await readGraph([file]));
}

/** The section that the text declares, as TypeScript reads it. */
function pasted(text: string): Draft {
  return new Function(`return { ${text} };`)().existing;
}

const disagreement = (adoption: Adoption, wanted: string) =>
  adoption.disagreements.find((found) => found.path === wanted);

describe("a running platform from its state file", () => {
  const running = path.join(states, "running.tfstate");

  test("the proposal, ready to paste", async () => {
    const { proposal } = await adopt(running);
    expect(proposal).toBe(
      [
        "existing: {",
        "  network: true,",
        '  privateServices: "google-managed-services-staging-vpc",',
        "  privateServicesConnection: true,",
        "  connector: true,",
        "  database: true,",
        "  databaseName: true,",
        '  cache: "netra-redis-staging",',
        "  services: {",
        '    backend: "netra-backend-staging",',
        "  },",
        "  serviceAccounts: {",
        '    backend: "netra-backend-staging",',
        "  },",
        '  secrets: ["postgres-password"],',
        "},",
      ].join("\n"),
    );
  });

  test("pasted, it is accepted, found again by name, and proposed again", async () => {
    const { proposal } = await adopt(running);
    const change = (draft: Draft): void => {
      draft.existing = pasted(proposal);
    };
    expect(issues(change)).toEqual([]);
    const again = await adopt(running, environment(change));
    expect(again.proposal).toBe(proposal);
    expect(again.found.every(({ recognizedBy }) => recognizedBy === "name")).toBe(true);
    expect(again.disagreements.filter((found) => found.path.startsWith("existing."))).toEqual([]);
  });

  test("numbers, each with what a deployment does", async () => {
    const adoption = await adopt(running);
    expect(disagreement(adoption, "database.tier")).toEqual({
      path: "database.tier",
      address: "google_sql_database_instance.main",
      stated: "db-custom-8-30720",
      found: "db-custom-2-7680",
      effect: "changed in place, and the database restarts",
    });
    expect(disagreement(adoption, "database.maxConnections")).toMatchObject({ stated: "1250", found: "400" });
    expect(disagreement(adoption, "cache.tls")?.effect).toContain("REPLACED");
    expect(disagreement(adoption, "network.connector.minInstances")?.effect).toBe("changed in place");
    expect(
      disagreement(adoption, "deadlines.databaseInitialization (DATABASE_INIT_TIMEOUT_SECONDS of backend)"),
    ).toMatchObject({ stated: "75", found: "20", effect: "a new revision" });
    expect(disagreement(adoption, "network.connector.maxInstances")).toBeUndefined();
    expect(
      disagreement(adoption, "services.backend.database.pool (DATABASE_POOL_SIZE of backend)"),
    ).toBeUndefined();
  });

  test("a disk that has grown agrees, a smaller one is told", async () => {
    const wanting = (diskGibibytes: number) =>
      environment((draft) => {
        delete draft.existing;
        draft.database.diskGibibytes = diskGibibytes;
      });
    expect(disagreement(await adopt(running, wanting(20)), "database.diskGibibytes")).toBeUndefined();
    expect(disagreement(await adopt(running, wanting(200)), "database.diskGibibytes")).toMatchObject({
      stated: "200",
      found: "100",
    });
  });

  test("what is created, what has no place, and what nobody can tell", async () => {
    const { created, unclaimed, unknown } = await adopt(running);
    expect(created.map(({ slot }) => slot)).toEqual(
      expect.arrayContaining(["existing.router", "existing.services.auth", "existing.edgeAddress"]),
    );
    expect(unclaimed).toContain('google_project_service.apis["run"]');
    expect(unknown).toContain("cache.evictionPolicy");
  });

  test("a connector that is larger than stated would be replaced", async () => {
    const smaller = environment((draft) => {
      delete draft.existing;
      draft.network.connector.maxInstances = 9;
      draft.services[1].bandwidth = 5;
    });
    const adoption = await adopt(running, smaller);
    expect(disagreement(adoption, "network.connector.maxInstances")?.effect).toBe(
      "REPLACED: destroyed and recreated, because a connector cannot shrink: its services lose VPC access meanwhile",
    );
  });

  test("a declaration that nothing was found for is told", async () => {
    const adoption = await adopt(running, environment());
    expect(disagreement(adoption, "existing.services.auth")).toMatchObject({
      stated: "staging-auth",
      found: "nothing",
    });
    expect(disagreement(adoption, "existing.cache")).toMatchObject({
      stated: "staging-redis",
      found: "netra-redis-staging",
    });
  });
});

describe("the platform of another team, as Terraform shows its state", () => {
  const acme = path.join(states, "acme.show.json");

  test("project and region disagree, because Terraform cannot move anything", async () => {
    const adoption = await adopt(acme);
    expect(adoption.disagreements).toContainEqual({
      path: "project",
      address: "google_vpc_access_connector.main",
      stated: "netra-staging",
      found: "acme-dev",
      effect: "the import fails at plan: the resource is not in the project and region of the environment",
    });
    expect(disagreement(adoption, "region")).toMatchObject({ stated: "us-central1", found: "europe-west1" });
  });

  test("roles are told where names differ", async () => {
    const { found } = await adopt(acme);
    const names = Object.fromEntries(found.map(({ slot, name }) => [slot, name]));
    expect(names).toMatchObject({
      "existing.network": "dev-vpc",
      "existing.directEgress": "dev-direct",
      "existing.privateServices": "dev-psa",
      "existing.connector": "dev-connector",
      "existing.database": "dev-orders-pg",
      "existing.cache": "dev-cache",
      "existing.edgeAddress": "dev-edge",
    });
  });
});

test("no value comes out but the numbers that are compared", async () => {
  const file = path.join(states, "running.tfstate");
  const planted = "8f3c-planted-secret";
  const state = JSON.parse(readFileSync(file, "utf8"));
  for (const resource of state.resources)
    for (const { attributes } of resource.instances) {
      attributes.auth_string = planted;
      attributes.secret_data = planted;
      attributes.root_password = planted;
      for (const container of attributes.template?.[0]?.containers ?? [])
        for (const name of ["JWT_SIGNING_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"])
          container.env.push({ name, value: planted, value_source: [] });
    }
  const folder = mkdtempSync(path.join(os.tmpdir(), "state-"));
  try {
    const copy = path.join(folder, "terraform.tfstate");
    writeFileSync(copy, JSON.stringify(state));
    expect(readFileSync(copy, "utf8").split(planted).length).toBeGreaterThan(60);
    expect(JSON.stringify(await adopt(copy))).not.toContain(planted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("whatever the names are, the proposal is accepted as pasted and keeps every one of them", async () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/);
  const folder = mkdtempSync(path.join(os.tmpdir(), "names-"));
  const file = path.join(folder, "terraform.tfstate");
  const resource = (type: string, attributes: Draft) => ({
    mode: "managed",
    type,
    name: "this",
    instances: [{ attributes }],
  });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ network: name, connector: name, database: name, cache: name, service: name }),
        fc.subarray([
          "postgres-password",
          "redis-auth",
          "redis-ca",
          "clickhouse-password",
          "llm-api-key",
          "jwt-signing-key",
        ]),
        async (names, secrets) => {
          const backend = `${names.service}-backend`;
          const resources = [
            resource("google_compute_network", { name: names.network }),
            resource("google_vpc_access_connector", { name: names.connector }),
            resource("google_sql_database_instance", { name: names.database }),
            resource("google_redis_instance", { name: names.cache }),
            resource("google_cloud_run_v2_service", { name: backend }),
            ...secrets.map((id) => resource("google_secret_manager_secret", { secret_id: id })),
          ];
          writeFileSync(file, JSON.stringify({ version: 4, serial: 1, resources }));
          const section = pasted((await adopt(file)).proposal);
          const change = (draft: Draft): void => {
            draft.existing = section;
          };
          expect(issues(change)).toEqual([]);
          const { names: found, databaseInstances, cacheInstances } = platformPlan(environment(change));
          expect([
            found.network,
            found.connector,
            databaseInstances[0]?.instance,
            cacheInstances[0]?.instance,
            found.service("backend"),
          ]).toEqual([names.network, names.connector, names.database, names.cache, backend]);
          expect([...(section.secrets ?? [])].sort()).toEqual([...secrets].sort());
        },
      ),
      { numRuns: 40 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("configurations of the incidents", () => {
  test.each([
    ["connection-multiplication", ["network", "connector", "database", "services", "serviceAccounts"]],
    ["connector-capacity", ["network", "connector", "services", "serviceAccounts", "secrets"]],
    ["redis-unreachable", ["network", "connector", "cache", "services"]],
    ["timeout-drift", ["database", "services"]],
  ])("%s: the proposal is accepted as pasted", async (incident, kinds) => {
    const { proposal } = await adopt(path.join(incidents, incident, "reported.tf"));
    const section = pasted(proposal);
    expect(Object.keys(section)).toEqual(kinds);
    expect(
      issues((draft) => {
        draft.existing = section;
      }),
    ).toEqual([]);
  });

  test("I-1: the maximum of 15 that was asked for, and what coming back from it would mean", async () => {
    const adoption = await adopt(path.join(incidents, "connector-capacity/reported.tf"));
    expect(disagreement(adoption, "network.connector.maxInstances")).toMatchObject({
      stated: "10",
      found: "15",
    });
  });

  test("I-3: a classic certificate with a wildcard stays, and another is made", async () => {
    const adoption = await adopt(path.join(incidents, "connection-multiplication/reported.tf"));
    expect(disagreement(adoption, "edge.certificateDomain")).toMatchObject({
      stated: "netrasystems.ai, *.netrasystems.ai",
      found: "*.netrasystems.ai",
    });
  });

  test("I-4: 20 s in force, a connector without its network, and one account of two services", async () => {
    const adoption = await adopt(path.join(incidents, "timeout-drift/reported.tf"));
    expect(adoption.undecided).toEqual([
      {
        what: "google_vpc_access_connector.staging",
        why: "its parent was not found; declare both, or Terraform replaces it",
      },
    ]);
    expect(
      adoption.disagreements.some(
        ({ path: found, stated, found: value }) =>
          found.startsWith("deadlines.databaseInitialization") && stated === "75" && value.startsWith("20"),
      ),
    ).toBe(true);
    expect(adoption.found.map(({ slot }) => slot)).not.toContain("existing.serviceAccounts.auth");
  });
});

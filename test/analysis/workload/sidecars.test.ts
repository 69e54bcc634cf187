import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../../rules/support.ts";
import { type Kind, kinds, variables, type WorkloadFixture, withContainers, workloadAs } from "./kinds.ts";

const host = "${google_sql_database_instance.shared.private_ip_address}";
const database: Resources = {
  google_sql_database_instance: {
    shared: { name: "shared", database_version: "POSTGRES_15", settings: { tier: "db-custom-2-7680" } },
    other: { name: "other", database_version: "POSTGRES_15", settings: { tier: "db-custom-2-7680" } },
  },
};

function errors(rule: string, kind: Kind, fixture: WorkloadFixture): string[] {
  return check(ruleById(rule), { ...database, ...workloadAs(kind, fixture) }).flatMap(
    ({ severity, address, message }) =>
      severity === "error" && address === `${kinds[kind]}.api` ? [message] : [],
  );
}

function sidecar(env: { readonly [name: string]: string }, more: object = {}) {
  return { name: "sidecar", image: "envoy", env: variables(env), ...more };
}

/** As many instances as take 390 connections with a pool of 195 in all. */
function pools(app: { readonly [name: string]: string }, more: { readonly [name: string]: string }) {
  return { env: app, sidecars: [sidecar(more)], scaling: [0, 1] } as const;
}

describe.each(withContainers)("of a %s", (kind) => {
  const revisions = kind === "job" ? 1 : 2;
  const size = (connections: number) => String(connections / revisions);

  test("the pools of all containers add up", () => {
    const shared = { POSTGRES_HOST: host };
    const fixture = (sum: number) =>
      pools(
        { ...shared, DATABASE_POOL_SIZE: size(200) },
        { ...shared, DATABASE_POOL_SIZE: size(sum - 200 - 2), DATABASE_MAX_OVERFLOW: size(2) },
      );
    expect(errors("capacity/database-connections", kind, fixture(396))).toEqual([]);
    expect(errors("capacity/database-connections", kind, fixture(400))).toEqual([
      expect.stringContaining(
        "at full scale 400 connections are opened to google_sql_database_instance.shared",
      ),
    ]);
  });

  test("pools of different databases do not add up", () => {
    const fixture = pools(
      { POSTGRES_HOST: host, DATABASE_POOL_SIZE: size(390) },
      { POSTGRES_HOST: host.replace("shared", "other"), DATABASE_POOL_SIZE: size(390) },
    );
    expect(errors("capacity/database-connections", kind, fixture)).toEqual([]);
  });

  test("a pool that goes through a proxy in a sidecar is counted at the proxy's database", () => {
    const instance = "${google_sql_database_instance.shared.connection_name}";
    const through = (address: string) =>
      pools({ POSTGRES_HOST: address, DATABASE_POOL_SIZE: size(500) }, { CLOUD_SQL_INSTANCE: instance });
    expect(errors("capacity/database-connections", kind, through("127.0.0.1"))).toHaveLength(1);
    expect(errors("capacity/database-connections", kind, through("10.9.9.9"))).toEqual([]);
  });

  test("a deadline and a port that only a sidecar has are judged", () => {
    const late = { DATABASE_CONNECT_TIMEOUT_SECONDS: "35", DATABASE_INIT_TIMEOUT_SECONDS: "20" };
    expect(errors("time/database-deadlines", kind, { sidecars: [sidecar(late)] })).toHaveLength(1);
    const port = { POSTGRES_HOST: host, POSTGRES_PORT: "5433" };
    expect(errors("reachability/sql-port", kind, { sidecars: [sidecar(port)] })).toHaveLength(1);
    const split = { env: { DATABASE_CONNECT_TIMEOUT_SECONDS: "35" } };
    expect(
      errors("time/database-deadlines", kind, {
        ...split,
        sidecars: [sidecar({ DATABASE_INIT_TIMEOUT_SECONDS: "20" })],
      }),
    ).toEqual([]);
  });

  test("CPU and memory of all containers add up to what an instance has", () => {
    const limits = (cpu: string, memory: string) => ({
      cpu: "4",
      memory: "16Gi",
      sidecars: [sidecar({}, { resources: { limits: { cpu, memory } } })],
    });
    expect(errors("capacity/cpu-memory", kind, limits("4", "16Gi"))).toEqual([]);
    expect(errors("capacity/cpu-memory", kind, limits("500m", "256Mi"))).toEqual([]);
    expect(errors("capacity/cpu-memory", kind, limits("4500m", "512Mi"))).toEqual([
      "cpu of 2 containers adds up to 8.5; rejected by the API: an instance has 8 CPUs at most.",
    ]);
    expect(errors("capacity/cpu-memory", kind, limits("1", "16385Mi"))).toEqual([
      "memory of 2 containers adds up to 32769Mi; rejected by the API: an instance has 32768Mi at most.",
    ]);
  });

  test("a probe of a sidecar is judged", () => {
    const probe = { startup_probe: { period_seconds: 241, failure_threshold: 1 } };
    expect(errors("time/probe-bounds", kind, { sidecars: [sidecar({}, probe)] })).toHaveLength(1);
  });

  test("the order of start names containers that exist, and ends somewhere", () => {
    const startupProbe = { tcp_socket: { port: 9000 } };
    const probed = sidecar({}, { startup_probe: startupProbe });
    const sidecars = [probed, { ...probed, name: "third" }];
    const dependsOn = (name: string) =>
      errors("service/containers", kind, { order: { sidecar: [name] }, startupProbe, sidecars });
    expect(dependsOn("app")).toEqual([]);
    expect(dependsOn("third")).toEqual([]);
    expect(dependsOn("proxy")).toEqual([
      'a container depends on "proxy"; rejected by the API: no container has that name.',
    ]);
    const both = { order: { sidecar: ["third"], third: ["sidecar"] } };
    expect(errors("service/containers", kind, { ...both, sidecars })).toEqual([
      'depends_on makes "sidecar" and "third" wait for each other; fails at run time: none of them starts first.',
    ]);
  });
});

test("only the container that takes the requests has a default start-up probe", () => {
  const env = { DATABASE_INIT_TIMEOUT_SECONDS: "240" };
  const warnings = (fixture: WorkloadFixture) =>
    check(ruleById("time/startup-window"), workloadAs("service", fixture)).map(({ message }) => message);
  expect(warnings({ env })).toEqual([expect.stringContaining("DATABASE_INIT_TIMEOUT_SECONDS is 240 s")]);
  expect(warnings({ sidecars: [sidecar(env)] })).toEqual([]);
});

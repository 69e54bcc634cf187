import { describe, expect, test } from "@jest/globals";
import { connectionName } from "../../../rules/reachability/connection-name.ts";
import { nameDrift } from "../../../rules/reachability/name-drift.ts";
import { publicSocket } from "../../../rules/reachability/public-socket.ts";
import { sqlSocket } from "../../../rules/reachability/sql-socket.ts";
import { volume } from "../../../rules/reachability/volume.ts";
import { type Parts, saidOf, verdictsOf } from "../platform.ts";
import { check } from "../support.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const CONNECTION = "${google_sql_database_instance.orders.connection_name}";
const SOCKET = "/cloudsql/acme-dev:europe-west1:orders";

describe("reachability/connection-name", () => {
  const named = (value: string) => saidOf(connectionName, (parts) => parts.env("CLOUD_SQL_INSTANCE", value));

  test("finds the other name of incident 4", () => {
    const said = check(connectionName, {
      google_sql_database_instance: {
        shared: { name: "staging-shared-postgres", region: "us-central1", project: "netra-staging" },
      },
      google_cloud_run_v2_service: {
        backend: {
          project: "netra-staging",
          template: [
            {
              containers: [
                {
                  env: [
                    {
                      name: "POSTGRES_HOST",
                      value: "/cloudsql/netra-staging:us-central1:netra-staging-db/.s.PGSQL.5432",
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    expect(said).toMatchObject([{ severity: "error", address: "google_cloud_run_v2_service.backend" }]);
    expect(said[0]?.message).toBe(
      'POSTGRES_HOST names the Cloud SQL instance "netra-staging:us-central1:netra-staging-db", which is not defined; the nearest is google_sql_database_instance.shared ("staging-shared-postgres"); fails at run time: there is no such instance.',
    );
  });

  test("holds for the instance, by text and by reference", () => {
    expect(named("acme-dev:europe-west1:orders")).toEqual([]);
    expect(named(CONNECTION)).toEqual([]);
  });

  test("compares the region", () => {
    expect(named("acme-dev:us-central1:orders")[0]?.message).toContain(
      'but google_sql_database_instance.orders is "acme-dev:europe-west1:orders"',
    );
  });

  test("reads volumes", () => {
    const said = saidOf(connectionName, (parts) => parts.volume(["acme-dev:europe-west1:order"]));
    expect(said[0]?.message).toContain("its Cloud SQL volume names the Cloud SQL instance");
  });

  test("a workload that mounts two databases does not mistake the one of others for its own", () => {
    const severities = (instances: string[]) =>
      check(
        connectionName,
        {
          google_sql_database_instance: { orders: { name: "orders", region: "europe-west1" } },
          google_cloud_run_v2_service: {
            api: {
              name: "api",
              location: "europe-west1",
              template: { volumes: [{ name: "cloudsql", cloud_sql_instance: [{ instances }] }] },
            },
          },
        },
        { whole: false },
      ).map(({ severity }) => severity);
    expect(severities(["acme-dev:europe-west1:warehouse"])).toEqual(["error"]);
    expect(severities([CONNECTION, "acme-dev:europe-west1:warehouse"])).toEqual(["warning"]);
  });

  test("cannot tell of an instance in another project", () => {
    expect(named("other-project:europe-west1:orders").map(({ severity }) => severity)).toEqual(["unknown"]);
  });

  test("refuses a volume without project and region, and another project with the same instance", () => {
    const short = saidOf(connectionName, (parts) => parts.volume(["orders"]));
    expect(short[0]?.message).toContain('names "orders", which is no connection name');
    const typo = named("acme-de:europe-west1:orders");
    expect(typo).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(typo[0]?.message).toContain("of that name and region is in project acme-dev");
    expect(named("europe-west1:acme-dev:orders")[0]?.message).toContain("lacks a region");
    expect(named("shared-data-hub:europe-west1:orders")).toMatchObject([{ severity: "unknown" }]);
  });
});

describe("reachability/sql-socket", () => {
  test("refuses a socket in another folder, or with another file name", () => {
    const at = (host: string) =>
      saidOf(sqlSocket, (parts) => {
        parts.env("POSTGRES_HOST", host);
        parts.volume(["acme-dev:europe-west1:orders"]);
      });
    expect(at(`${SOCKET}/.s.PGSQL.5432`)).toEqual([]);
    expect(at(`${SOCKET}/.s.PGSQL.5433`)[0]?.message).toContain("ends with .s.PGSQL.5433");
    expect(at(`/tmp${SOCKET}`)[0]?.message).toContain("names a socket in /tmp/cloudsql/");
  });

  const socket = (change: (parts: Parts) => void) =>
    saidOf(sqlSocket, (parts) => {
      parts.env("POSTGRES_HOST", SOCKET);
      change(parts);
    });

  test("holds with the volume mounted at /cloudsql", () => {
    expect(socket((parts) => parts.volume([CONNECTION]))).toEqual([]);
  });

  test("refuses a socket without volume, without mount or of another instance", () => {
    expect(socket(() => undefined)[0]?.message).toContain("there is no volume with cloud_sql_instance");
    const unmounted = socket((parts) => {
      parts.volume([CONNECTION]);
      delete parts.container().volume_mounts;
    });
    expect(unmounted[0]?.message).toContain("the container does not mount the Cloud SQL volume");
    expect(socket((parts) => parts.volume(["acme-dev:europe-west1:other"]))[0]?.message).toContain(
      'the Cloud SQL volume holds "acme-dev:europe-west1:other"',
    );
  });

  test("accepts the Auth Proxy as a sidecar", () => {
    const said = socket((parts) => {
      parts.template().containers = [
        parts.container(),
        { image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1", args: ["--unix-socket", "/cloudsql"] },
      ];
    });
    expect(said).toEqual([]);
  });

  test("reads connection strings and the annotation of the first generation", () => {
    const knative = (annotations: unknown) =>
      check(sqlSocket, {
        google_cloud_run_service: {
          api: {
            template: [
              {
                metadata: [{ annotations }],
                spec: [
                  {
                    containers: [
                      { env: [{ name: "DATABASE_URL", value: `postgresql://api@/orders?host=${SOCKET}` }] },
                    ],
                  },
                ],
              },
            ],
          },
        },
      });
    expect(knative({ "run.googleapis.com/cloudsql-instances": "acme-dev:europe-west1:orders" })).toEqual([]);
    expect(knative({})[0]?.message).toContain(
      "the annotation run.googleapis.com/cloudsql-instances is missing",
    );
  });
});

describe("reachability/public-socket", () => {
  test("refuses the socket to a public address with ALL_TRAFFIC, and advises where there is a private one too", () => {
    const said = (ip: object) =>
      verdictsOf(publicSocket, (parts) => {
        Object.assign(parts.sql(), ip);
        parts.volume([CONNECTION]);
      });
    expect(said({ ipv4_enabled: true, private_network: undefined })).toEqual([`error ${SERVICE}`]);
    expect(said({ ipv4_enabled: true })).toEqual([`warning ${SERVICE}`]);
    expect(said({})).toEqual([]);
  });

  test("holds with PRIVATE_RANGES_ONLY", () => {
    const said = verdictsOf(publicSocket, (parts) => {
      Object.assign(parts.sql(), { ipv4_enabled: true, private_network: undefined });
      parts.volume([CONNECTION]);
      parts.access().egress = "PRIVATE_RANGES_ONLY";
    });
    expect(said).toEqual([]);
  });
});

describe("reachability/volume", () => {
  test("refuses a mount of a volume that is not defined, and a colon in the path", () => {
    const mount = (name: string, path: string) =>
      saidOf(volume, (parts) => {
        parts.volume([CONNECTION]);
        parts.container().volume_mounts = [{ name, mount_path: path }];
      });
    expect(mount("sql", "/cloudsql")).toEqual([]);
    expect(mount("slq", "/cloudsql")[0]?.message).toContain(
      'a container mounts the volume "slq"; rejected by the API: the template defines "sql".',
    );
    expect(mount("sql", "/a:b")[0]?.message).toContain("it holds no colon");
    expect(mount("sql", "/cloudsql/")).toEqual([]);
  });
});

describe("reachability/name-drift", () => {
  test("refuses a database and a user that the instance does not have", () => {
    const [database] = saidOf(nameDrift, (parts) => parts.env("POSTGRES_DB", "order"));
    expect(database).toMatchObject({ severity: "error", address: SERVICE });
    expect(database?.message).toContain(
      'POSTGRES_DB is "order", but google_sql_database_instance.orders has no database of that name; the nearest is google_sql_database.orders',
    );
    const [user] = saidOf(nameDrift, (parts) => parts.env("POSTGRES_USER", "app"));
    expect(user?.message).toContain("has no database user of that name");
  });

  test("reads the names in the URL of the database too", () => {
    const url = (user: string, database: string) =>
      saidOf(nameDrift, (parts) =>
        parts.env(
          "DATABASE_URL",
          `postgresql://${user}:x@\${google_sql_database_instance.orders.private_ip_address}:5432/${database}?a=b`,
        ),
      );
    expect(url("api", "orders")).toEqual([]);
    expect(url("${var.password}", "orders")).toEqual([]);
    expect(url("api", "order")[0]?.message).toContain('DATABASE_URL names "order"');
    expect(url("app", "orders")[0]?.message).toContain("has no database user of that name");
  });

  test("knows what is there from the start, and what is not known", () => {
    expect(saidOf(nameDrift, (parts) => parts.env("POSTGRES_DB", "postgres"))).toEqual([]);
    expect(saidOf(nameDrift, (parts) => parts.env("POSTGRES_DB", "${var.password}"))).toEqual([]);
    const unnamed = saidOf(nameDrift, (parts) => {
      parts.set("google_sql_database.more", { name: "${var.password}", instance: "orders" });
      parts.env("POSTGRES_DB", "reports");
    });
    expect(unnamed).toEqual([]);
  });
});

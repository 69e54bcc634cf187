import { describe, expect, test } from "@jest/globals";
import { annotations } from "../../../rules/service/annotations.ts";
import { choices } from "../../../rules/service/choices.ts";
import { cpuIdle } from "../../../rules/service/cpu-idle.ts";
import { duplicate } from "../../../rules/service/duplicate.ts";
import { environmentVariables } from "../../../rules/service/environment.ts";
import { serviceName } from "../../../rules/service/name.ts";
import { ports } from "../../../rules/service/ports.ts";
import { traffic } from "../../../rules/service/traffic.ts";
import { volumes } from "../../../rules/service/volumes.ts";
import { check } from "../support.ts";
import { knativeService, service, withKnativeService, withService } from "./cloud-run-fixture.ts";

const unknown = "$" + "{var.unknown}";

describe("service/name", () => {
  const said = (name: string) => check(serviceName, withService({ service: { name } }));

  test("49 characters hold, 50 and capitals are refused", () => {
    expect(said("a".repeat(49))).toEqual([]);
    expect(said("a".repeat(50))).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message: `the name "${"a".repeat(50)}" has 50 characters; rejected by the API: it has 49 at most.`,
      },
    ]);
    expect(said("Api_Server")).toHaveLength(1);
    expect(said(unknown)).toEqual([]);
  });

  test("a revision of the first generation begins with the name of its service", () => {
    const named = (name: string) => {
      const body = knativeService();
      return { google_cloud_run_service: { api: { ...body, template: { metadata: { name } } } } };
    };
    expect(check(serviceName, named("api-v2"))).toEqual([]);
    expect(check(serviceName, named("blue"))).toHaveLength(1);
    expect(check(serviceName, withService({ template: { revision: "blue" } }))).toEqual([]);
  });
});

describe("service/traffic", () => {
  const latest = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
  const pinned = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
  const said = (...shares: object[]) => check(traffic, withService({ service: { traffic: shares } }));

  test("100% holds, with a tag of no share as well", () => {
    expect(said({ type: latest, percent: 100 }, { type: pinned, revision: "api-1", tag: "old" })).toEqual([]);
    expect(
      said({ type: latest, percent: unknown }, { type: pinned, revision: "api-1", percent: 10 }),
    ).toEqual([]);
  });

  test("anything else is refused", () => {
    expect(said({ type: latest, percent: 90 })).toMatchObject([
      {
        severity: "error",
        message: "the traffic adds up to 90%; rejected by the API: it must add up to 100%.",
      },
    ]);
    expect(
      said({ type: latest, percent: 60 }, { type: pinned, revision: "api-1", percent: 50 }),
    ).toHaveLength(1);
  });

  test("a share says where it goes, once", () => {
    expect(said({ type: latest, revision: "api-1", percent: 100 })).toHaveLength(1);
    expect(said({ type: pinned, percent: 100 })).toHaveLength(1);
    const v1 = (share: object) => check(traffic, withKnativeService({ service: { traffic: share } }));
    expect(v1({ percent: 100, latest_revision: true })).toEqual([]);
    expect(v1({ percent: 100, latest_revision: false })).toHaveLength(1);
  });
});

describe("service/ports", () => {
  const said = (...containers: object[]) => check(ports, withService({ template: { containers } }));

  test("one port holds, beside a sidecar too", () => {
    expect(said({ ports: { container_port: 8080, name: "h2c" } }, { name: "proxy" })).toEqual([]);
    expect(said({})).toEqual([]);
    expect(said({ ports: { container_port: 65535 } })).toEqual([]);
  });

  /** The kind: two processes of one network that open one port. */
  test("a sidecar listens on a port of its own, as far as probes say where it listens", () => {
    const probed = (port: number) => ({ name: "proxy", startup_probe: { tcp_socket: { port } } });
    const app = { name: "app", ports: { container_port: 8080 } };
    expect(said(app, probed(9000))).toEqual([]);
    expect(said({ ...app, startup_probe: { http_get: { path: "/", port: 8080 } } }, probed(9000))).toEqual(
      [],
    );
    expect(said(app, probed(8080))).toMatchObject([
      {
        severity: "warning",
        message:
          "two containers listen on port 8080 (ports and probes); fails at run time: the containers of an instance share its ports, and the second one cannot open it.",
      },
    ]);
    expect(said({ name: "app", ports: { name: "http1" } }, probed(8080))).toHaveLength(1);
    expect(said(app, probed(9000), { ...probed(9000), name: "other" })).toHaveLength(1);
  });

  test("two ports, another name or a port out of range are refused", () => {
    expect(said({ ports: { container_port: 1 } }, { ports: { container_port: 2 } })).toMatchObject([
      { severity: "error", message: "2 ports are declared; rejected by the API: a service has one." },
    ]);
    expect(said({ ports: { container_port: 8080, name: "http" } })).toHaveLength(1);
    expect(said({ ports: { container_port: 65536 } })).toHaveLength(1);
  });
});

describe("service/environment", () => {
  const said = (...env: object[]) => check(environmentVariables, withService({ container: { env } }));

  test("a value beside a secret is refused", () => {
    const secret = { value_source: { secret_key_ref: { secret: "s", version: "1" } } };
    expect(said({ name: "A", value: "", ...secret })).toEqual([]);
    expect(said({ name: "A", value: "1", ...secret })).toHaveLength(1);
  });

  test("32768 bytes hold", () => {
    expect(said({ name: "A", value: "x".repeat(32768) })).toEqual([]);
    expect(said({ name: "A", value: "x".repeat(32769) })).toHaveLength(1);
  });
});

describe("service/annotations", () => {
  test("keys of one's own hold, those of the first generation are refused", () => {
    const said = (key: string) =>
      check(annotations, withService({ template: { annotations: { [key]: "10" } } }));
    expect(said("example.com/team")).toEqual([]);
    expect(said("autoscaling.knative.dev/maxScale")).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          'template.annotations holds "autoscaling.knative.dev/maxScale"; rejected by the API: the second generation takes no keys of Cloud Run\'s own.',
      },
    ]);
    expect(check(annotations, withKnativeService({}, { "autoscaling.knative.dev/maxScale": "10" }))).toEqual(
      [],
    );
  });
});

/** The kind: a setting of the first generation in the place where Cloud Run does not read it. */
test("service/annotations: each annotation of the first generation is read in one place", () => {
  const said = (ofService: object, ofTemplate: object) => {
    const body = knativeService({}, { ...ofTemplate });
    return check(annotations, {
      google_cloud_run_service: { api: { ...body, metadata: { annotations: ofService } } },
    }).map(({ message }) => message);
  };
  const scale = { "autoscaling.knative.dev/maxScale": "10" };
  const ingress = { "run.googleapis.com/ingress": "internal" };
  expect(said(ingress, scale)).toEqual([]);
  expect(said({ ...ingress, ...scale }, {})).toEqual([
    'metadata.annotations holds "autoscaling.knative.dev/maxScale"; fails at run time: Cloud Run reads it in template.metadata.annotations only, so it is not in force.',
  ]);
  expect(said({}, ingress)).toEqual([
    'template.metadata.annotations holds "run.googleapis.com/ingress"; fails at run time: Cloud Run reads it in metadata.annotations only, so it is not in force.',
  ]);
  expect(
    said({ "run.googleapis.com/launch-stage": "BETA", "client.knative.dev/user-image": "x" }, {}),
  ).toEqual([]);
});

test("service/volumes: a volume in memory is within the memory of the containers together", () => {
  const said = (size_limit: unknown, ...memories: unknown[]) =>
    check(volumes, {
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          location: "europe-west1",
          template: {
            containers: memories.map((memory) => ({
              image: "a",
              resources: { limits: { cpu: "1", memory } },
            })),
            volumes: { name: "scratch", empty_dir: { medium: "MEMORY", size_limit } },
          },
        },
      },
    }).map(({ severity, message }) => `${severity}: ${message}`);
  expect(said("512Mi", "512Mi")).toEqual([]);
  expect(said("1Gi", "512Mi", "512Mi")).toEqual([]);
  expect(said("1Gi", "512Mi")).toEqual([
    'warning: the volume "scratch" in memory has size_limit 1Gi, and the containers have 512Mi together; fails at run time: the instance runs out of memory before the volume is full, and is ended.',
  ]);
  expect(said("1Gi", "${var.memory}")).toEqual([]);
});

describe("service/volumes", () => {
  const said = (...names: string[]) =>
    check(volumes, withService({ template: { volumes: names.map((name) => ({ name })) } }));

  test("names of their own hold, one name twice is refused", () => {
    expect(said("a", "b", unknown, unknown)).toEqual([]);
    expect(said("a", "a")).toMatchObject([
      {
        severity: "error",
        message: 'two volumes are named "a"; rejected by the API: each has a name of its own.',
      },
    ]);
  });
});

describe("service/choices", () => {
  test("the spelling of the generation holds, the other's is refused", () => {
    const second = (ingress: string) => check(choices, withService({ service: { ingress } }));
    expect(second("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toEqual([]);
    expect(second("internal-and-cloud-load-balancing")).toMatchObject([{ severity: "error" }]);
    expect(second(unknown)).toEqual([]);
    const first = (ingress: string) => {
      const metadata = { annotations: { "run.googleapis.com/ingress": ingress } };
      return check(choices, { google_cloud_run_service: { api: { ...knativeService(), metadata } } });
    };
    expect(first("internal-and-cloud-load-balancing")).toEqual([]);
    expect(first("INGRESS_TRAFFIC_ALL")).toHaveLength(1);
  });
});

describe("service/cpu-idle", () => {
  test("resources without cpu_idle is advice", () => {
    const said = (resources: object) => check(cpuIdle, withService({ container: { resources } }));
    expect(said({ limits: { cpu: "1" }, cpu_idle: false })).toEqual([]);
    expect(said({ limits: { cpu: "1" } })).toMatchObject([{ severity: "warning" }]);
  });
});

describe("service/duplicate", () => {
  const said = (location: string, name: string) =>
    check(duplicate, {
      google_cloud_run_v2_service: { api: service(), second: service({ service: { name, location } }) },
    });

  test("another name or region holds, the same is refused", () => {
    expect(said("europe-west1", "web")).toEqual([]);
    expect(said("us-central1", "api")).toEqual([]);
    expect(said("europe-west1", "api")).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.second",
        message:
          '"api" in europe-west1 is also created by google_cloud_run_v2_service.api; rejected by the API: it exists already.',
      },
    ]);
  });
});

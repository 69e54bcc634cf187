import { describe, expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import { type Json, resource, resources, synthesized } from "../support/synthesized.ts";

const { environment } = changedShape("sidecars");
const stacks = synthesized(environment());
const named = (containers: readonly Json[], wanted: string): Json =>
  containers.find(({ name }) => name === wanted);

describe("the containers of a service", () => {
  const { containers } = resource(stacks["sidecars-service-api"], "google_cloud_run_v2_service").template;

  test("start in their order, and one of them takes the requests", () => {
    expect(
      containers.map(({ name, depends_on, ports }: Json) => [name, depends_on, ports?.container_port]),
    ).toEqual([
      ["api", ["proxy"], 8080],
      ["proxy", undefined, undefined],
      ["collector", ["api"], undefined],
    ]);
  });

  test("have sizes of their own, and one way to allocate CPU", () => {
    expect(containers.map(({ resources: each }: Json) => each)).toEqual(
      [
        ["1", "1Gi"],
        ["0.5", "256Mi"],
        ["0.25", "128Mi"],
      ].map(([cpu, memory]) => ({ limits: { cpu, memory }, cpu_idle: true, startup_cpu_boost: true })),
    );
  });

  test("are probed as it is written, and one that others wait for by its port", () => {
    const timing = { initial_delay_seconds: 0, period_seconds: 5, timeout_seconds: 2 };
    const [proxy, collector] = ["proxy", "collector"].map((name) => named(containers, name));
    expect([proxy.startup_probe, proxy.liveness_probe]).toEqual([
      { ...timing, tcp_socket: { port: 9000 }, failure_threshold: 12 },
      undefined,
    ]);
    expect([collector.startup_probe, collector.liveness_probe]).toEqual([
      { ...timing, http_get: { path: "/ready", port: 13133 }, failure_threshold: 12 },
      { ...timing, http_get: { path: "/alive", port: 13133 }, failure_threshold: 3 },
    ]);
  });

  test("have variables and volumes of their own", () => {
    const [api, proxy, collector] = ["api", "proxy", "collector"].map((name) => named(containers, name));
    expect(collector.env).toEqual([
      { name: "COLLECTOR_KEY", value_source: { secret_key_ref: { secret: "collector-key", version: "1" } } },
      { name: "ENDPOINT", value: "https://otlp.acme.example" },
    ]);
    expect(api.env.map(({ name }: Json) => name)).not.toContain("COLLECTOR_KEY");
    expect([api, proxy, collector].map(({ volume_mounts }) => volume_mounts)).toEqual([
      [{ name: "memory-1", mount_path: "/var/run/shared" }],
      [{ name: "memory-1", mount_path: "/var/run/shared" }],
      [],
    ]);
  });

  test("share one identity, which reads their secrets", () => {
    const grants = resources(stacks["sidecars-foundation"], "google_secret_manager_secret_iam_member");
    expect(
      grants.map(({ role, member }) => [role, /sidecars-[a-z]+-run|identity-[a-z]+/.exec(member)?.[0]]),
    ).toEqual([["roles/secretmanager.secretAccessor", "identity-api"]]);
  });
});

test("the containers of a job have neither requests nor liveness", () => {
  const { containers } = resource(stacks["sidecars-job-import"], "google_cloud_run_v2_job").template.template;
  expect(
    containers.map(({ name, depends_on, startup_probe }: Json) => [
      name,
      depends_on,
      startup_probe?.tcp_socket,
    ]),
  ).toEqual([
    ["import", ["proxy"], undefined],
    ["proxy", undefined, { port: 9000 }],
  ]);
  expect(JSON.stringify(containers)).not.toMatch(/cpu_idle|liveness|container_port/);
});

test("a preflight, which runs another image, has no sidecar and waits for none", () => {
  const guarded = changedShape("guarded").environment((draft) => {
    draft.services[0].startsAfter = ["proxy"];
    draft.services[0].sidecars = [
      { ...structuredClone(environment().services[0]?.sidecars?.[0]), shares: [] },
    ];
  });
  const json = synthesized(guarded);
  const own = resource(json["guarded-service-web"], "google_cloud_run_v2_service").template.containers;
  const preflight = resource(json["guarded-preflight"], "google_cloud_run_v2_job").template.template
    .containers;
  expect(own.map(({ name }: Json) => name)).toEqual(["web", "proxy"]);
  expect(preflight.map(({ name, depends_on }: Json) => [name, depends_on])).toEqual([[undefined, undefined]]);
});

test("without sidecars a container has no name and waits for nothing", () => {
  const none = synthesized(
    environment((draft) => {
      for (const workload of [...draft.services, ...draft.jobs]) {
        delete workload.sidecars;
        delete workload.startsAfter;
      }
    }),
  );
  const [container, ...others] = resource(none["sidecars-service-api"], "google_cloud_run_v2_service")
    .template.containers;
  expect([container.name, container.depends_on, others]).toEqual([undefined, undefined, []]);
});

import type { Resources } from "../../rules/support.ts";

type Json = { readonly [key: string]: unknown };

/** A container, and what holds it, in words that every kind of workload can be written in. */
export interface WorkloadFixture {
  readonly env?: { readonly [name: string]: string };
  /** "512Mi" of memory and one CPU where it says nothing. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly startupProbe?: Json;
  readonly name?: string;
  readonly scaling?: readonly [min: number, max: number];
  /** Id of a connector, or an expression that refers to one. */
  readonly connector?: string;
  /** More containers, for the kinds that have them. */
  readonly sidecars?: readonly Json[];
  /** Names of the containers that start before each, by its name. */
  readonly order?: { readonly [name: string]: readonly string[] };
}

export const kinds = {
  service: "google_cloud_run_v2_service",
  knative: "google_cloud_run_service",
  job: "google_cloud_run_v2_job",
  workerPool: "google_cloud_run_v2_worker_pool",
  function2: "google_cloudfunctions2_function",
  function1: "google_cloudfunctions_function",
} as const;

export type Kind = keyof typeof kinds;

export const everyKind = Object.keys(kinds) as Kind[];

/** The kinds that write containers, which functions do not. */
export const withContainers = everyKind.filter((kind) => !kind.startsWith("function"));

export function variables(env: { readonly [name: string]: string }): Json[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

/** The same workload as a resource of the kind, TYPE.api. */
export function workloadAs(kind: Kind, fixture: WorkloadFixture): Resources {
  return { [kinds[kind]]: { api: bodies[kind](fixture) } };
}

function template(fixture: WorkloadFixture): Json {
  const { env = {}, cpu = "1", memory = "512Mi", startupProbe, connector, sidecars = [], order } = fixture;
  const container = {
    name: "app",
    image:
      "europe-docker.pkg.dev/p/r/i@sha256:0000000000000000000000000000000000000000000000000000000000000000",
    env: variables(env),
    resources: { limits: { cpu, memory }, cpu_idle: true },
    ...(startupProbe === undefined ? {} : { startup_probe: startupProbe }),
  };
  return {
    containers: [container, ...sidecars].map((one: Json) => ({
      ...one,
      ...(order?.[String(one.name)] === undefined ? {} : { depends_on: order[String(one.name)] }),
    })),
    ...(connector === undefined ? {} : { vpc_access: { connector } }),
  };
}

function counts([min, max]: readonly [number, number] = [0, 10]): Json {
  return { min_instance_count: min, max_instance_count: max };
}

const bodies: { readonly [kind in Kind]: (fixture: WorkloadFixture) => Json } = {
  service: (fixture) => ({
    ...place(fixture),
    template: { ...template(fixture), scaling: counts(fixture.scaling) },
  }),
  knative: (fixture) => {
    const { order, ...rest } = fixture;
    const { vpc_access, ...spec } = template(rest);
    const { scaling: [min, max] = [0, 10], connector } = rest;
    const annotations = {
      "autoscaling.knative.dev/minScale": String(min),
      "autoscaling.knative.dev/maxScale": String(max),
      ...(connector === undefined ? {} : { "run.googleapis.com/vpc-access-connector": connector }),
      ...(order === undefined ? {} : { "run.googleapis.com/container-dependencies": JSON.stringify(order) }),
    };
    return { ...place(fixture), template: { metadata: { annotations }, spec } };
  },
  job: (fixture) => ({
    ...place(fixture),
    template: { task_count: fixture.scaling?.[1] ?? 1, template: template(fixture) },
  }),
  workerPool: (fixture) => ({
    ...place(fixture),
    scaling: counts(fixture.scaling),
    template: template(fixture),
  }),
  function2: (fixture) => ({
    ...place(fixture),
    service_config: {
      environment_variables: fixture.env,
      available_cpu: fixture.cpu ?? "1",
      available_memory: fixture.memory ?? "512Mi",
      max_instance_request_concurrency: 80,
      vpc_connector: fixture.connector,
      ...counts(fixture.scaling),
    },
  }),
  function1: ({ name = "api", env, scaling: [min, max] = [0, 10], connector }) => ({
    name,
    region: "europe-west1",
    runtime: "nodejs22",
    trigger_http: true,
    environment_variables: env,
    vpc_connector: connector,
    min_instances: min,
    max_instances: max,
  }),
};

function place({ name = "api" }: WorkloadFixture): Json {
  return { name, location: "europe-west1" };
}

import type { Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

export interface ServiceFixture {
  readonly env?: { readonly [name: string]: unknown };
  readonly container?: Json;
  readonly template?: Json;
  readonly service?: Json;
}

function variables(env: { readonly [name: string]: unknown } = {}): Json[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

/** The body of a google_cloud_run_v2_service. */
export function service({ env, container, template, service }: ServiceFixture = {}): Json {
  return {
    name: "api",
    location: "europe-west1",
    template: {
      containers: {
        image:
          "europe-docker.pkg.dev/p/r/i@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        env: variables(env),
        ...container,
      },
      ...template,
    },
    ...service,
  };
}

/** The body of a first-generation google_cloud_run_service. */
export function knativeService(
  { env, container, template, service }: ServiceFixture = {},
  annotations: Json = {},
): Json {
  return {
    name: "api",
    location: "europe-west1",
    template: {
      metadata: { annotations },
      spec: {
        containers: [
          {
            image:
              "europe-docker.pkg.dev/p/r/i@sha256:0000000000000000000000000000000000000000000000000000000000000000",
            env: variables(env),
            ...container,
          },
        ],
        ...template,
      },
    },
    ...service,
  };
}

/** Resources with one second-generation service, `google_cloud_run_v2_service.api`. */
export function withService(fixture: ServiceFixture = {}, others: Resources = {}): Resources {
  return { google_cloud_run_v2_service: { api: service(fixture) }, ...others };
}

/** Resources with one first-generation service, `google_cloud_run_service.api`. */
export function withKnativeService(fixture: ServiceFixture = {}, annotations: Json = {}): Resources {
  return { google_cloud_run_service: { api: knativeService(fixture, annotations) } };
}

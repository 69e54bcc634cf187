import { describe, expect, test } from "@jest/globals";
import { apiEnabled } from "../../../rules/service/api-enabled.ts";
import { check, type Resources } from "../support.ts";

const said = (resources: Resources, surroundings = {}) =>
  check(apiEnabled, resources, surroundings).map(
    ({ severity, address, message }) => `${severity} ${address}: ${message}`,
  );
const apis = (...names: string[]) => ({
  google_project_service: {
    api: {
      for_each: `\${toset(${JSON.stringify(names.map((name) => `${name}.googleapis.com`))})}`,
      service: "${each.value}",
    },
  },
});
const redis = (settings: object = {}) => ({
  google_redis_instance: { cache: { name: "cache", memory_size_gb: 1, ...settings } },
});
const WAIT = { depends_on: ["google_project_service.api"] };

describe("service/api-enabled", () => {
  test("an API that is used is among those that are enabled", () => {
    expect(said({ ...apis("run", "compute"), ...redis() })).toEqual([
      "warning google_redis_instance.cache: redis.googleapis.com, which it needs, is not among the APIs that are enabled here; rejected by the API in a new project: it is disabled.",
    ]);
    expect(said({ ...apis("run", "redis"), ...redis(WAIT) })).toEqual([]);
  });

  test("it is waited for", () => {
    const [message = "", ...more] = said({ ...apis("redis"), ...redis() });
    expect(more).toEqual([]);
    expect(message).toContain(
      'it does not wait for google_project_service.api["redis.googleapis.com"], which enables redis.googleapis.com',
    );
    const named = { google_project_service: { redis: { service: "redis.googleapis.com" } } };
    expect(said({ ...named, ...redis() })).toHaveLength(1);
    expect(said({ ...named, ...redis({ depends_on: ["google_project_service.redis"] }) })).toEqual([]);
    expect(said({ ...named, ...redis({ project: "${google_project_service.redis.project}" }) })).toEqual([]);
  });

  test("what depends on another resource waits with it", () => {
    const chain = {
      ...apis("compute", "redis"),
      google_compute_network: { main: { name: "main", ...WAIT } },
      ...redis({ authorized_network: "${google_compute_network.main.id}" }),
    };
    expect(said(chain)).toEqual([]);
  });

  test("one warning counts all resources of an API", () => {
    const three = { google_redis_instance: { a: { name: "a" }, b: { name: "b" }, c: { name: "c" } } };
    const found = said({ ...apis("run"), ...three });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("which it and 2 other resources need");
  });

  test("nothing is said where no API is enabled here, of another project, or where the names are not known", () => {
    expect(said(redis())).toEqual([]);
    expect(said({ ...apis("run"), ...redis({ project: "acme-other" }) })).toEqual([]);
    const unknown = { google_project_service: { api: { service: "${var.api}" } } };
    expect(said({ ...unknown, ...redis() }, { variable: { api: {} } })).toEqual([]);
    expect(said({ ...apis("run"), google_storage_bucket: { one: { name: "one" } } })).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../graph/index.ts";
import { runRules } from "../../rules/run.ts";

const IMAGE = "europe-docker.pkg.dev/acme/app/api";

/** A service behind a load balancer with an address of its own; the same addresses for every name. */
function root(name: string, change: { readonly [type: string]: object } = {}) {
  const neg = { network_endpoint_type: "SERVERLESS", region: "europe-west1" };
  const resource = {
    google_compute_global_address: { main: { name } },
    google_cloud_run_v2_service: {
      api: {
        name,
        location: "europe-west1",
        ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        template: { containers: [{ image: IMAGE }] },
      },
    },
    google_compute_region_network_endpoint_group: {
      api: { ...neg, name, cloud_run: { service: "${google_cloud_run_v2_service.api.name}" } },
    },
    google_compute_backend_service: {
      api: {
        name,
        load_balancing_scheme: "EXTERNAL_MANAGED",
        backend: { group: "${google_compute_region_network_endpoint_group.api.id}" },
      },
    },
    google_compute_url_map: {
      main: { name, default_service: "${google_compute_backend_service.api.id}" },
    },
    google_compute_target_http_proxy: { main: { name, url_map: "${google_compute_url_map.main.id}" } },
    google_compute_global_forwarding_rule: {
      main: {
        name,
        ip_address: "${google_compute_global_address.main.address}",
        load_balancing_scheme: "EXTERNAL_MANAGED",
        port_range: "80",
        target: "${google_compute_target_http_proxy.main.id}",
      },
    },
    ...change,
  };
  return { origin: "main.tf", json: { provider: { google: { project: name } }, resource } };
}

function findings(...documents: ReturnType<typeof root>[]) {
  return runRules(graphFromTerraformJson(documents)).map(({ rule, address, message }) => ({
    rule,
    address,
    message,
  }));
}

describe("two inputs that hold the same addresses", () => {
  test("do not clash with each other", () => {
    const rules = findings(root("one"), root("two")).map(({ rule }) => rule);
    expect(rules).not.toContain("edge/forwarding-port");
  });

  test("have their findings each, also where the text is the same", () => {
    const one = findings(root("one"));
    expect(one.map(({ rule }) => rule)).toContain("edge/ingress");
    const sorted = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
    expect(sorted(findings(root("one"), root("two")))).toEqual(sorted([...one, ...findings(root("two"))]));
  });

  test("do not own each other's policies", () => {
    const grants = (kind: string, member: object) =>
      root("one", {
        google_secret_manager_secret: { key: { secret_id: "key", replication: { auto: {} } } },
        [`google_secret_manager_secret_iam_${kind}`]: {
          key: {
            secret_id: "${google_secret_manager_secret.key.id}",
            role: "roles/secretmanager.secretAccessor",
            ...member,
          },
        },
      });
    const rules = findings(
      grants("binding", { members: ["user:a@example.com"] }),
      grants("member", { member: "user:b@example.com" }),
    ).map(({ rule }) => rule);
    expect(rules).not.toContain("identity/authoritative");
  });

  test("look up host names in their own records", () => {
    const redis = (tls: boolean, port: string) =>
      root("one", {
        google_redis_instance: {
          main: {
            name: "main",
            memory_size_gb: 1,
            transit_encryption_mode: tls ? "SERVER_AUTHENTICATION" : "DISABLED",
          },
        },
        google_dns_record_set: {
          redis: {
            name: "redis.internal.",
            type: "A",
            ttl: 300,
            managed_zone: "internal",
            rrdatas: ["${google_redis_instance.main.host}"],
          },
        },
        google_cloud_run_v2_service: {
          api: {
            name: "api",
            location: "europe-west1",
            template: {
              containers: [
                {
                  image: IMAGE,
                  env: [
                    { name: "REDIS_HOST", value: "redis.internal" },
                    { name: "REDIS_PORT", value: port },
                  ],
                },
              ],
            },
          },
        },
      });
    const rules = (...documents: ReturnType<typeof root>[]) => findings(...documents).map(({ rule }) => rule);
    expect(rules(redis(true, "6379"))).toContain("reachability/redis-port");
    expect(rules(redis(true, "6378"), redis(false, "6379"))).not.toContain("reachability/redis-port");
  });

  test("order their own resources", () => {
    const graph = graphFromTerraformJson([root("one"), root("two")]);
    const [first, second] = graph.all("google_compute_url_map");
    if (first === undefined || second === undefined) throw new Error("two URL maps were expected");
    expect(first.address).toBe(second.address);
    expect(graph.key(first.address, first)).not.toBe(graph.key(second.address, second));
    expect(graph.at("google_compute_url_map.main", second)).toBe(second);
  });
});

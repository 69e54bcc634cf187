import { describe, expect, test } from "@jest/globals";
import { dns } from "../../../rules/reachability/dns.ts";
import { environment } from "../../../rules/reachability/environment.ts";
import { internalService } from "../../../rules/reachability/internal-service.ts";
import { namesExist } from "../../../rules/reachability/names-exist.ts";
import { peering } from "../../../rules/reachability/peering.ts";
import { serviceUrl } from "../../../rules/reachability/service-url.ts";
import { type Body, type Parts, saidOf, verdictsOf } from "../../rules/platform.ts";
import { check } from "../../rules/support.ts";

const SERVICE = "google_cloud_run_v2_service.api";

describe("reachability/names-exist", () => {
  test.each([
    ["google_sql_database.orders", { instance: "order" }],
    ["google_sql_user.api", { instance: "order" }],
    ["google_compute_router_nat.main", { router: "mian" }],
    ["google_compute_router.main", { network: "mian" }],
    ["google_compute_subnetwork.direct", { network: "mian" }],
    ["google_compute_firewall.redis", { network: "projects/acme-dev/global/networks/mian" }],
    ["google_redis_instance.cache", { authorized_network: "mian" }],
    ["google_service_networking_connection.psa", { network: "mian" }],
    ["google_vpc_access_connector.main", { network: "mian" }],
    ["google_secret_manager_secret_version.db", { secret: "projects/acme-dev/secrets/db-pasword" }],
    ["google_secret_manager_secret_iam_member.api", { secret_id: "db-pasword" }],
  ])("refuses a wrong name in %s", (address, values) => {
    const said = saidOf(namesExist, (parts) => parts.set(address, values));
    expect(said).toMatchObject([{ severity: "error", address }]);
    expect(said[0]?.message).toContain("which is not defined; the nearest is ");
  });

  test("refuses a service account that is not defined, not one that Google makes", () => {
    const runs = (account: string) =>
      verdictsOf(namesExist, (parts) => {
        parts.template().service_account = account;
      });
    expect(runs("api-runtme@acme-dev.iam.gserviceaccount.com")).toEqual([`error ${SERVICE}`]);
    expect(runs("123456789-compute@developer.gserviceaccount.com")).toEqual([]);
    expect(runs("api@other-project.iam.gserviceaccount.com")).toEqual([]);
  });

  test("is silent where none of the kind is defined, on default networks, and on what is declared", () => {
    const router = (network: string, external: string[] = []) =>
      check(
        namesExist,
        { google_compute_network: { main: { name: "main" } }, google_compute_router: { main: { network } } },
        { external },
      );
    expect(router("default")).toEqual([]);
    expect(router("shared", ["network:shared"])).toEqual([]);
    expect(router("shared")).toHaveLength(1);
    expect(check(namesExist, { google_compute_router: { main: { network: "shared" } } })).toEqual([]);
  });
});

describe("reachability/dns", () => {
  const zone = (parts: Parts, networks: unknown[]) => {
    parts.set("google_dns_managed_zone.internal", {
      name: "internal",
      dns_name: "acme.internal.",
      visibility: "private",
      private_visibility_config: [{ networks }],
    });
    parts.set("google_dns_record_set.redis", {
      name: "redis.${google_dns_managed_zone.internal.dns_name}",
      managed_zone: "${google_dns_managed_zone.internal.name}",
      type: "A",
      rrdatas: ["${google_redis_instance.cache.host}"],
    });
  };
  const main = [{ network_url: "${google_compute_network.main.id}" }];

  test("holds for a record in a zone of the network", () => {
    const said = saidOf(dns, (parts) => {
      zone(parts, main);
      parts.env("REDIS_HOST", "redis.acme.internal");
    });
    expect(said).toEqual([]);
  });

  test("refuses a zone that is attached to another network or to none", () => {
    const attached = (networks: (parts: Parts) => unknown[]) =>
      saidOf(dns, (parts) => {
        zone(parts, networks(parts));
        parts.env("REDIS_HOST", "redis.acme.internal");
      });
    const [none] = attached(() => []);
    expect(none).toMatchObject({ severity: "error", address: "google_dns_managed_zone.internal" });
    expect(none?.message).toContain(
      "it is attached to no network, but google_cloud_run_v2_service.api looks up redis.acme.internal (REDIS_HOST)",
    );
    expect(attached((parts) => [{ network_url: parts.otherNetwork() }])[0]?.message).toContain(
      'attached to network "other"',
    );
  });

  test("refuses a name without record and says the nearest", () => {
    const said = saidOf(dns, (parts) => {
      zone(parts, main);
      parts.env("REDIS_HOST", "cache.acme.internal");
    });
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toContain("the nearest is google_dns_record_set.redis (redis.acme.internal)");
  });

  test("is silent on a zone that others fill", () => {
    const said = saidOf(dns, (parts) => {
      zone(parts, main);
      parts.remove("google_dns_record_set.redis");
      parts.env("REDIS_HOST", "cache.acme.internal");
    });
    expect(said).toEqual([]);
  });
});

describe("reachability/environment", () => {
  test("refuses reserved names, and the same name with two values", () => {
    expect(saidOf(environment, (parts) => parts.env("PORT", "8080"))[0]?.message).toContain(
      "PORT is set by Cloud Run itself",
    );
    const twice = saidOf(environment, (parts) => {
      const container = parts.container();
      container.env = [...(container.env as unknown[]), { name: "REDIS_PORT", value: "6379" }];
    });
    expect(twice[0]?.message).toContain('REDIS_PORT is set twice, as "6378" and "6379"');
  });

  test("lets a sidecar have its own PORT", () => {
    const said = check(environment, {
      google_cloud_run_v2_service: {
        api: {
          template: [
            {
              containers: [{ ports: [{ container_port: 8080 }] }, { env: [{ name: "PORT", value: "8081" }] }],
            },
          ],
        },
      },
    });
    expect(said).toEqual([]);
  });
});

describe("reachability/service-url", () => {
  const urls = (...hosts: string[]) =>
    saidOf(serviceUrl, (parts) => {
      parts.set("google_cloud_run_v2_service.auth", { name: "auth", location: "europe-west1" });
      for (const [index, host] of hosts.entries()) parts.env(`SERVICE_${index}_URL`, `https://${host}`);
    });

  test("refuses another name or region than that of a service, where the project is known by another address", () => {
    const right = "auth-123456789012.europe-west1.run.app";
    expect(urls(right, "api-123456789012.europe-west1.run.app")).toEqual([]);
    const [said] = urls(right, "aip-123456789012.europe-west1.run.app");
    expect(said).toMatchObject({ severity: "error", address: SERVICE });
    expect(said?.message).toContain(
      'names the service "aip" in europe-west1, which is not defined; the nearest is "api" in europe-west1',
    );
    expect(urls(right, "auth-123456789012.us-central1.run.app")).toHaveLength(1);
  });

  test("does not judge another project, nor an address with a hash", () => {
    expect(urls("aip-123456789012.europe-west1.run.app")).toEqual([]);
    expect(urls("auth-abcdef-ew.a.run.app")).toEqual([]);
  });
});

describe("reachability/peering", () => {
  const peerings = (...names: string[]) =>
    verdictsOf(peering, (parts) => {
      const other = parts.otherNetwork();
      const main = "${google_compute_network.main.id}";
      const sides: { [name: string]: Body } = {
        there: { network: main, peer_network: other },
        back: { network: other, peer_network: main },
        unknown: { network: "${var.password}", peer_network: main },
      };
      for (const name of names) parts.set(`google_compute_network_peering.${name}`, sides[name] ?? {});
    });

  test("wants both sides, where both networks are in the input", () => {
    expect(peerings("there")).toEqual(["error google_compute_network_peering.there"]);
    expect(peerings("there", "back")).toEqual([]);
    expect(peerings("there", "unknown")).toEqual([]);
  });
});

describe("reachability/internal-service", () => {
  const calls = (ingress: string, egress?: string) =>
    verdictsOf(internalService, (parts) => {
      parts.set("google_cloud_run_v2_service.auth", { name: "auth", ingress });
      parts.env("AUTH_URL", "${google_cloud_run_v2_service.auth.uri}");
      if (egress !== undefined) parts.access().egress = egress;
    });

  test("refuses a call to an internal service that leaves for the internet", () => {
    expect(calls("INGRESS_TRAFFIC_INTERNAL_ONLY", "PRIVATE_RANGES_ONLY")).toEqual([`error ${SERVICE}`]);
    expect(calls("INGRESS_TRAFFIC_INTERNAL_ONLY")).toEqual([]);
    expect(calls("INGRESS_TRAFFIC_ALL", "PRIVATE_RANGES_ONLY")).toEqual([]);
  });
});

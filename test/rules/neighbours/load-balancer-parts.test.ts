import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const messages = (rule: string, resources: Resources) =>
  check(ruleById(rule), resources).map(({ message }) => message);
const network = { main: { name: "main", auto_create_subnetworks: false } };
const NETWORK = "${google_compute_network.main.id}";

/** The kind: a part of a load balancer in a subnet, or with a certificate, that is for something else. */
describe("an internal load balancer across regions", () => {
  const front = (certificate: object, proxy: object, subnet = "main"): Resources => ({
    google_compute_network: network,
    google_compute_subnetwork: {
      main: { name: "main", network: NETWORK, ip_cidr_range: "10.0.0.0/24" },
      proxies: {
        name: "proxies",
        network: NETWORK,
        ip_cidr_range: "10.0.2.0/23",
        purpose: "GLOBAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
    },
    google_certificate_manager_certificate: { main: { name: "main", ...certificate } },
    google_compute_managed_ssl_certificate: {
      classic: { name: "c", managed: { domains: ["a.example.com"] } },
    },
    google_compute_target_https_proxy: { main: { name: "main", url_map: "m", ...proxy } },
    google_compute_global_forwarding_rule: {
      main: {
        name: "main",
        load_balancing_scheme: "INTERNAL_MANAGED",
        target: "${google_compute_target_https_proxy.main.id}",
        network: NETWORK,
        subnetwork: `\${google_compute_subnetwork.${subnet}.id}`,
      },
    },
  });
  const MANAGED = {
    certificate_manager_certificates: ["${google_certificate_manager_certificate.main.id}"],
  };

  test("takes certificates for all regions, and no classic managed ones", () => {
    const said = (certificate: object, proxy: object) =>
      messages("edge/proxy-certificates", front(certificate, proxy));
    expect(said({ scope: "ALL_REGIONS" }, MANAGED)).toEqual([]);
    expect(said({}, MANAGED)).toEqual([expect.stringContaining("of scope DEFAULT and")]);
    expect(said({ scope: "${var.scope}" }, MANAGED)).toEqual([]);
    const classic = { ssl_certificates: ["${google_compute_managed_ssl_certificate.classic.id}"] };
    expect(said({}, classic)).toEqual([
      expect.stringContaining("classic managed certificates are for external"),
    ]);
  });

  test("has its address in a subnet that is not for proxies", () => {
    expect(messages("edge/proxy-subnet", front({}, {}))).toEqual([]);
    expect(messages("edge/proxy-subnet", front({}, {}, "proxies"))).toEqual([
      expect.stringContaining("of purpose GLOBAL_MANAGED_PROXY; rejected by the API"),
    ]);
  });
});

/** The kind: a health check at the serving port, which only the named port of the group tells. */
describe("health checkers of a serving port", () => {
  const group = (ports: string[]): Resources => ({
    google_compute_network: network,
    google_compute_region_health_check: {
      main: { name: "main", http_health_check: { port_specification: "USE_SERVING_PORT" } },
    },
    google_compute_instance_template: { main: { tags: ["app"], network_interface: [{ network: NETWORK }] } },
    google_compute_region_instance_group_manager: {
      main: {
        name: "main",
        version: [{ instance_template: "${google_compute_instance_template.main.id}" }],
        named_port: [{ name: "http", port: 8080 }],
      },
    },
    google_compute_region_backend_service: {
      main: {
        name: "main",
        load_balancing_scheme: "INTERNAL_MANAGED",
        protocol: "HTTP",
        port_name: "http",
        health_checks: ["${google_compute_region_health_check.main.id}"],
        backend: [{ group: "${google_compute_region_instance_group_manager.main.instance_group}" }],
      },
    },
    google_compute_firewall: {
      main: {
        name: "main",
        network: NETWORK,
        source_ranges: ["130.211.0.0/22", "35.191.0.0/16"],
        allow: [{ protocol: "tcp", ports }],
      },
    },
  });

  test("are let in at that port", () => {
    expect(messages("reachability/health-check-source", group(["8080"]))).toEqual([]);
    expect(messages("reachability/health-check-source", group(["80"]))).toEqual([
      expect.stringContaining("to port 8080 of the VMs"),
    ]);
  });
});

/** The kind: an endpoint of a project that its producer does not accept. */
describe("consumers of Private Service Connect", () => {
  const endpoint = (accepted: unknown[]): Resources => ({
    google_sql_database_instance: {
      main: {
        name: "main",
        settings: {
          ip_configuration: { psc_config: [{ psc_enabled: true, allowed_consumer_projects: accepted }] },
        },
      },
    },
    google_compute_service_attachment: {
      own: {
        name: "own",
        region: "europe-west1",
        connection_preference: "ACCEPT_MANUAL",
        target_service: "${google_compute_forwarding_rule.web.id}",
        consumer_accept_lists: accepted.map((project_id_or_num) => ({ project_id_or_num })),
      },
    },
    google_compute_forwarding_rule: {
      web: { name: "web", region: "europe-west1", load_balancing_scheme: "INTERNAL", backend_service: "b" },
      sql: {
        name: "sql",
        region: "europe-west1",
        load_balancing_scheme: "",
        target: "${google_sql_database_instance.main.psc_service_attachment_link}",
      },
      own: {
        name: "own",
        region: "europe-west1",
        load_balancing_scheme: "",
        target: "${google_compute_service_attachment.own.id}",
      },
    },
  });
  const said = (accepted: unknown[]) =>
    check(ruleById("reachability/psc-endpoint"), endpoint(accepted)).map(({ address }) => address);

  test("are among those that it accepts, where all of them are known", () => {
    expect(said(["acme-dev", "other"])).toEqual([]);
    expect(said(["123456"])).toEqual([]);
    expect(said(["${var.project}"])).toEqual([]);
    expect(said(["other"])).toEqual([
      "google_compute_forwarding_rule.sql",
      "google_compute_forwarding_rule.own",
    ]);
  });

  test("connect to a forwarding rule", () => {
    const attachment = (target_service: string): Resources => ({
      google_compute_region_backend_service: { b: { name: "b" } },
      google_compute_service_attachment: {
        own: { name: "own", connection_preference: "ACCEPT_AUTOMATIC", target_service },
      },
    });
    const rule = "reachability/service-attachment";
    expect(messages(rule, attachment("projects/p/regions/r/forwardingRules/f"))).toEqual([]);
    expect(messages(rule, attachment("${google_compute_region_backend_service.b.id}"))).toEqual([
      expect.stringContaining("a forwarding rule is published"),
    ]);
  });
});

/** The kind: a name with a random suffix, through which no rule found the resource. */
describe("a database with a random suffix", () => {
  const databases = (replica: object): Resources => ({
    random_id: { suffix: { byte_length: 2 } },
    google_sql_database_instance: {
      main: {
        name: "main-${random_id.suffix.hex}",
        database_version: "POSTGRES_16",
        settings: { tier: "db-custom-2-7680", backup_configuration: { enabled: true } },
      },
      replica: {
        name: "replica-${random_id.suffix.hex}",
        master_instance_name: "${google_sql_database_instance.main.name}",
        database_version: "POSTGRES_16",
        settings: { tier: "db-custom-2-7680" },
        ...replica,
      },
    },
  });
  const said = (replica: object) => messages("data/sql-replica", databases(replica));

  test("is found by its replica, which has its version and no backups", () => {
    expect(said({})).toEqual([]);
    expect(said({ database_version: "POSTGRES_15" })).toEqual([
      expect.stringContaining("has the version of its primary"),
    ]);
    expect(said({ settings: { tier: "db-custom-2-7680", backup_configuration: { enabled: true } } })).toEqual(
      [expect.stringContaining("backups are made of the primary")],
    );
  });

  test("has flags that are on or off", () => {
    const flags = (value: string) =>
      messages("data/sql-flags", {
        google_sql_database_instance: {
          main: {
            name: "main",
            database_version: "MYSQL_8_0",
            settings: { database_flags: [{ name: "slow_query_log", value }] },
          },
        },
      });
    expect(flags("on")).toEqual([]);
    expect(flags("true")).toEqual([expect.stringContaining("a flag is on or off")]);
  });
});

/** The kind: two things next to each other of which only one fits. */
describe("what belongs to another network, region, protocol or engine", () => {
  const cluster = (named: string): Resources => ({
    google_compute_network: { ...network, other: { name: "other", auto_create_subnetworks: false } },
    google_compute_subnetwork: { app: { name: "app", region: "europe-west1", network: NETWORK } },
    google_container_cluster: { app: { network: named, subnetwork: "${google_compute_subnetwork.app.id}" } },
    google_dataflow_job: {
      load: {
        region: named === NETWORK ? "europe-west1" : "us-central1",
        subnetwork: "${google_compute_subnetwork.app.id}",
      },
    },
  });

  test("a subnet is of the network, and of the region, that are named next to it", () => {
    expect(messages("reachability/subnet-network", cluster(NETWORK))).toEqual([]);
    expect(messages("reachability/subnet-network", cluster("${google_compute_network.other.id}"))).toEqual([
      expect.stringContaining("a subnet belongs to one network"),
      expect.stringContaining("it is in us-central1, and subnetwork"),
    ]);
  });

  test("a VLAN attachment is in the region of its router", () => {
    const attachment = (region: string): Resources => ({
      google_compute_router: { main: { name: "main", region: "europe-west1", bgp: { asn: 16550 } } },
      google_compute_interconnect_attachment: {
        main: { name: "main", region, type: "PARTNER", router: "${google_compute_router.main.id}" },
      },
    });
    expect(messages("reachability/vpn-tunnel", attachment("europe-west1"))).toEqual([]);
    expect(messages("reachability/vpn-tunnel", attachment("europe-west4"))).toHaveLength(1);
  });

  test("a forwarding rule and its backend service hand on one protocol", () => {
    const rule = (values: object): Resources => ({
      google_compute_region_backend_service: {
        main: { name: "main", protocol: "UDP", load_balancing_scheme: "EXTERNAL" },
      },
      google_compute_forwarding_rule: {
        main: {
          name: "main",
          load_balancing_scheme: "EXTERNAL",
          backend_service: "${google_compute_region_backend_service.main.id}",
          port_range: "7777",
          ...values,
        },
      },
    });
    expect(messages("edge/forwarding-port", rule({ ip_protocol: "UDP" }))).toEqual([]);
    expect(
      messages(
        "edge/forwarding-port",
        rule({ ip_protocol: "L3_DEFAULT", port_range: null, all_ports: true }),
      ),
    ).toEqual([]);
    expect(messages("edge/forwarding-port", rule({}))).toEqual([
      expect.stringContaining("TCP, the default, and protocol"),
    ]);
  });

  test("SQL Server has no IAM users", () => {
    const user = (database_version: string): Resources => ({
      google_sql_database_instance: {
        main: {
          name: "main",
          database_version,
          settings: { database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }] },
        },
      },
      google_sql_user: { one: { name: "dev@example.com", instance: "main", type: "CLOUD_IAM_USER" } },
    });
    expect(messages("data/sql-user", user("POSTGRES_16"))).toEqual([]);
    expect(messages("data/sql-user", user("SQLSERVER_2022_STANDARD"))).toContainEqual(
      expect.stringContaining("only PostgreSQL and MySQL have IAM users"),
    );
  });

  test("a bucket with uniform access has no lists", () => {
    const acl = (uniform_bucket_level_access: boolean): Resources => ({
      google_storage_bucket: { main: { name: "acme-dev-site", uniform_bucket_level_access } },
      google_storage_bucket_acl: {
        main: { bucket: "${google_storage_bucket.main.name}", predefined_acl: "private" },
      },
    });
    expect(messages("identity/uniform-access", acl(false))).toEqual([]);
    expect(messages("identity/uniform-access", acl(true))).toHaveLength(1);
  });
});

import { expect, test } from "@jest/globals";
import { topologyDot } from "../../../analysis/topology/dot.ts";
import { topology } from "../../../analysis/topology/topology.ts";
import { graphOf } from "../../rules/support.ts";

const messaging = graphOf({
  google_pubsub_topic: { orders: { name: "orders" }, dead: { name: "dead" } },
  google_pubsub_subscription: {
    invoices: {
      name: "orders-invoices",
      topic: "projects/acme-dev/topics/orders",
      ack_deadline_seconds: 60,
      dead_letter_policy: { dead_letter_topic: "${google_pubsub_topic.dead.id}" },
      push_config: { push_endpoint: "${google_cloud_run_v2_service.invoices.uri}/orders" },
    },
    kept: { name: "kept", topic: "${google_pubsub_topic.dead.id}" },
  },
  google_cloud_run_v2_service: {
    api: {
      name: "api",
      location: "europe-west1",
      template: {
        containers: [
          {
            image: "image",
            env: [
              { name: "ORDERS_TOPIC", value: "projects/acme-dev/topics/orders" },
              { name: "TABLE", value: "orders" },
            ],
          },
        ],
      },
    },
    invoices: {
      name: "invoices",
      location: "europe-west1",
      template: { containers: [{ image: "image" }] },
    },
  },
});

test("messages flow from who publishes through topic and subscription to the service, or to the dead letters", () => {
  const { nodes, edges } = topology(messaging);
  const node = (id: string) => nodes.find((each) => each.id === id)?.lines ?? [];
  expect(
    edges.map(({ from, to, label }) => `${node(from)[0]} -> ${node(to)[0]} ${label}`.trim()).sort(),
  ).toEqual([
    "api -> orders ORDERS_TOPIC",
    "dead -> kept",
    "orders -> orders-invoices",
    "orders-invoices -> dead dead letters",
    "orders-invoices -> invoices push",
  ]);
  expect(nodes.map(({ lines }) => lines.join(", "))).toEqual(
    expect.arrayContaining([
      "orders, messaging, topic",
      "orders-invoices, messaging, push subscription, deadline 60s",
      "kept, messaging, subscription, deadline ?s",
    ]),
  );
});

test("a service or job leads to each bucket that it mounts, or whose name is passed to it", () => {
  const container = (env: readonly object[]) => ({ containers: [{ image: "image", env }] });
  const { nodes, edges } = topology(
    graphOf({
      google_storage_bucket: {
        uploads: { name: "acme-uploads", location: "europe-west1" },
        exports: { name: "acme-exports", location: "EU", logging: { log_bucket: "acme-uploads" } },
      },
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          location: "europe-west1",
          template: container([
            { name: "UPLOADS_BUCKET", value: "acme-uploads" },
            { name: "EXPORTS_URL", value: "${google_storage_bucket.exports.url}" },
            { name: "TENANT", value: "acme-exports" },
          ]),
        },
      },
      google_cloud_run_v2_job: {
        report: {
          name: "report",
          location: "europe-west1",
          template: {
            template: {
              ...container([{ name: "UPLOADS_BUCKET", value: "acme-uploads" }]),
              volumes: [{ name: "uploads", gcs: { bucket: "acme-uploads" } }],
            },
          },
        },
      },
    }),
  );
  const node = (id: string) => nodes.find((each) => each.id === id)?.lines[0];
  expect(edges.map(({ from, to, label }) => `${node(from)} -> ${node(to)} ${label}`).sort()).toEqual([
    "api -> acme-exports EXPORTS_URL",
    "api -> acme-uploads UPLOADS_BUCKET",
    "report -> acme-uploads mounted",
  ]);
  expect(nodes.map(({ lines }) => lines.join(", "))).toContain("acme-uploads, bucket, europe-west1");
});

const graph = graphOf({
  google_compute_network: { main: { name: "vpc" } },
  google_vpc_access_connector: {
    main: {
      name: "connector",
      network: "${google_compute_network.main.id}",
      ip_cidr_range: "10.1.0.0/28",
      min_instances: 2,
      max_instances: 3,
    },
  },
  google_redis_instance: {
    cache: {
      name: "cache",
      memory_size_gb: 1,
      tier: "BASIC",
      authorized_network: "${google_compute_network.main.id}",
    },
  },
  google_dns_record_set: {
    cache: {
      name: "redis.internal.",
      managed_zone: "zone",
      type: "A",
      rrdatas: ["${google_redis_instance.cache.host}"],
    },
  },
  google_cloud_run_v2_service: {
    api: {
      name: "<api>",
      location: "europe-west1",
      template: {
        scaling: { max_instance_count: 4 },
        vpc_access: { connector: "${google_vpc_access_connector.main.id}", egress: "PRIVATE_RANGES_ONLY" },
        containers: [{ image: "image", env: [{ name: "REDIS_HOST", value: "redis.internal" }] }],
      },
    },
  },
});

test("arrows follow attributes, and private DNS names to the server behind them", () => {
  const { nodes, edges } = topology(graph);
  const name = (id: string): string | undefined => nodes.find((node) => node.id === id)?.lines[0];
  expect(edges.map(({ from, to, label }) => [name(from), name(to), label])).toEqual(
    expect.arrayContaining([
      ["<api>", "connector", ""],
      ["<api>", "cache", "REDIS_HOST"],
      ["connector", "vpc", ""],
      ["cache", "vpc", "private address"],
    ]),
  );
  expect(edges).toHaveLength(4);
});

test("worker pools are drawn as services are, with what their sidecars connect to", () => {
  const sidecar = {
    image: "proxy",
    env: [{ name: "REDIS_URL", value: "redis://${google_redis_instance.cache.host}" }],
  };
  const { nodes, edges } = topology(
    graphOf({
      google_redis_instance: { cache: { name: "cache", memory_size_gb: 1, tier: "BASIC" } },
      google_cloud_run_v2_worker_pool: {
        consumer: {
          name: "consumer",
          location: "europe-west1",
          scaling: { scaling_mode: "MANUAL", manual_instance_count: 2 },
          template: { containers: [{ image: "image" }, sidecar] },
        },
      },
    }),
  );
  expect(nodes.find(({ layer }) => layer === "services")?.lines).toEqual([
    "consumer",
    "Cloud Run worker pool",
    "2 instances",
  ]);
  expect(edges.map(({ label }) => label)).toEqual(["REDIS_URL"]);
});

test("callers are drawn to what they call, by reference or by address, and to the NAT that lets them out", () => {
  const job = (value: string, egress: string, parallelism: number) => ({
    name: "job",
    location: "europe-west1",
    template: {
      task_count: 4,
      parallelism,
      template: {
        vpc_access: { network_interfaces: [{ subnetwork: "${google_compute_subnetwork.main.id}" }], egress },
        containers: [{ image: "image", env: [{ name: "API_URL", value }] }],
      },
    },
  });
  const { nodes, edges } = topology(
    graphOf({
      google_compute_network: { main: { name: "vpc" } },
      google_compute_subnetwork: {
        main: {
          name: "subnet",
          region: "europe-west1",
          network: "${google_compute_network.main.id}",
          ip_cidr_range: "10.8.0.0/24",
        },
      },
      google_compute_router: {
        main: { name: "router", region: "europe-west1", network: "${google_compute_network.main.id}" },
      },
      google_compute_router_nat: {
        main: {
          name: "nat",
          region: "europe-west1",
          router: "${google_compute_router.main.name}",
          source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
        },
      },
      google_cloud_run_v2_service: {
        api: { name: "api", location: "europe-west1", template: { containers: [{ image: "image" }] } },
      },
      google_cloud_run_v2_job: {
        one: job("${google_cloud_run_v2_service.api.uri}", "PRIVATE_RANGES_ONLY", 1),
        two: job("https://api-123456789012.europe-west1.run.app", "ALL_TRAFFIC", 2),
      },
    }),
  );
  const address = (id: string) => nodes.find((node) => node.id === id)?.resource?.address ?? "";
  expect(
    edges
      .filter(({ from }) => address(from).includes("job"))
      .map(({ from, to }) => [address(from), address(to)]),
  ).toEqual([
    ["google_cloud_run_v2_job.one", "google_compute_subnetwork.main"],
    ["google_cloud_run_v2_job.two", "google_compute_subnetwork.main"],
    ["google_cloud_run_v2_job.one", "google_cloud_run_v2_service.api"],
    ["google_cloud_run_v2_job.two", "google_cloud_run_v2_service.api"],
    ["google_cloud_run_v2_job.two", "google_compute_router_nat.main"],
  ]);
  expect(nodes.flatMap(({ lines }) => lines.filter((line) => line.includes("task")))).toEqual([
    "1 task at once",
    "2 tasks at once",
  ]);
});

test("boxes say what a person asks first", () => {
  const { nodes } = topology(graph);
  expect(nodes.map(({ layer, lines }) => [layer, lines])).toEqual(
    expect.arrayContaining([
      ["services", ["<api>", "Cloud Run service", "0 to 4 instances", "timeout 300s", "PRIVATE_RANGES_ONLY"]],
      ["network", ["connector", "connector", "10.1.0.0/28", "2 to 3 instances"]],
      ["data", ["cache", "Redis", "BASIC", "6379"]],
    ]),
  );
});

test("names are escaped for Graphviz", () => {
  const dot = topologyDot('a "title"', topology(graph));
  expect(dot).toContain('label="a \\"title\\""');
  expect(dot).toContain("<b>&lt;api&gt;</b>");
});

/** The kind: a box is titled with the address in Terraform where what it draws has a name. */
test("what has its name in another attribute is titled with it, and what does not scale has one number", () => {
  const { nodes } = topology(
    graphOf({
      google_memorystore_instance: {
        "cache-a_D91A8DE1": {
          instance_id: "dev-a",
          location: "europe-west1",
          shard_count: 1,
          node_type: "STANDARD_SMALL",
        },
      },
      google_cloud_run_v2_worker_pool: {
        queue: {
          name: "queue",
          location: "europe-west1",
          scaling: { manual_instance_count: 1 },
          template: { containers: [{ image: "image" }] },
        },
      },
    }),
  );
  expect(nodes.map(({ lines }) => lines.join(", "))).toEqual([
    "dev-a, Valkey, 1 x STANDARD_SMALL, 6379",
    "queue, Cloud Run worker pool, 1 instance",
  ]);
});

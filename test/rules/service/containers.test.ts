import { describe, expect, test } from "@jest/globals";
import type { Rule } from "../../../rules/rule.ts";
import { choices } from "../../../rules/service/choices.ts";
import { containers } from "../../../rules/service/containers.ts";
import { labels } from "../../../rules/service/labels.ts";
import { traffic } from "../../../rules/service/traffic.ts";
import { volumes } from "../../../rules/service/volumes.ts";
import { check } from "../support.ts";
import { type ServiceFixture, withKnativeService, withService } from "./cloud-run-fixture.ts";

const said = (rule: Rule, fixture: ServiceFixture) =>
  check(rule, withService(fixture)).map(({ message }) => message);

describe("service/containers", () => {
  const job = (template: object, inner: object = {}) =>
    check(containers, {
      google_cloud_run_v2_job: { migrate: { name: "migrate", template: { ...template, template: inner } } },
    }).map(({ message }) => message);

  test("what Cloud Run takes holds", () => {
    expect(
      said(containers, { template: { service_account: "api@acme-dev.iam.gserviceaccount.com" } }),
    ).toEqual([]);
    expect(job({ task_count: 10000 }, { max_retries: 10 })).toEqual([]);
  });

  test("a member is no account", () => {
    const member = "serviceAccount:api@acme-dev.iam.gserviceaccount.com";
    expect(said(containers, { template: { service_account: member } })).toEqual([
      'the service account begins with "serviceAccount:"; rejected by the API: only IAM members are written so.',
    ]);
  });

  test("an image has no scheme", () => {
    expect(said(containers, { container: { image: "https://gcr.io/p/i" } })).toEqual([
      'image is "https://gcr.io/p/i"; rejected by the API: it has neither scheme nor spaces.',
    ]);
    expect(said(containers, { container: { image: "$" + "{var.image}" } })).toEqual([]);
  });

  test.each([
    "quay.io/acme/api",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api",
    "registry.acme.example:5000/api",
    "localhost:5000/api",
    "acme.azurecr.io/api",
    "notgcr.io/acme/api",
  ])("an image of a registry that Cloud Run does not pull from, %s, is refused", (image) => {
    expect(said(containers, { container: { image: `${image}:1` } })).toEqual([
      `image is "${image}:1"; rejected by the API: Cloud Run pulls no images from ${image.split("/")[0]}.`,
    ]);
    expect(job({}, { containers: [{ image }] })).toHaveLength(1);
  });

  test.each([
    "nginx",
    "acme/api",
    "docker.io/acme/api",
    "index.docker.io/acme/api",
    "ghcr.io/acme/api",
    "gcr.io/acme/api",
    "mirror.gcr.io/library/nginx",
    "europe-west1-docker.pkg.dev/acme/images/api",
    "docker.europe-west1.rep.pkg.dev/acme/images/api",
  ])("an image of a registry that Cloud Run pulls from, %s, is accepted", (image) => {
    expect(said(containers, { container: { image } })).toEqual([]);
  });

  test("names are given once, and depended on by name", () => {
    const two = (second: object) => ({
      template: {
        containers: [
          { name: "app", image: "a", depends_on: ["proxy"] },
          { image: "b", ...second },
        ],
      },
    });
    expect(said(containers, two({ name: "proxy", startup_probe: { tcp_socket: { port: 9000 } } }))).toEqual(
      [],
    );
    expect(said(containers, two({ name: "app" }))).toEqual([
      'two containers are named "app"; rejected by the API: each container has a name of its own.',
      'a container depends on "proxy"; rejected by the API: no container has that name.',
    ]);
  });

  test("a container that another one waits for has a startup probe", () => {
    const sidecars = (app: object, proxy: object) =>
      said(containers, {
        template: {
          containers: [
            { name: "app", image: "a", ports: { container_port: 8080 }, ...app },
            { name: "proxy", image: "b", ...proxy },
          ],
        },
      });
    const message =
      'a container depends on "proxy", which has no startup_probe; rejected by the API: its probe decides when the next container may start.';
    expect(sidecars({ depends_on: ["proxy"] }, {})).toEqual([message]);
    expect(sidecars({ depends_on: ["proxy"] }, { liveness_probe: { http_get: { path: "/" } } })).toEqual([
      message,
    ]);
    expect(sidecars({ depends_on: ["proxy"] }, { startup_probe: { http_get: { port: 9000 } } })).toEqual([]);
    expect(sidecars({ depends_on: ["proxy"] }, { startup_probe: "${var.probe}" })).toEqual([]);
    // The container that takes the requests has a probe by default.
    expect(sidecars({}, { depends_on: ["app"] })).toEqual([]);
  });

  test("the order of containers of the first generation stands in an annotation", () => {
    const knative = (proxy: object) =>
      check(
        containers,
        withKnativeService(
          {
            template: {
              containers: [
                { name: "app", image: "a", ports: { container_port: 8080 } },
                { name: "proxy", image: "b", ...proxy },
              ],
            },
          },
          { "run.googleapis.com/container-dependencies": '{"app":["proxy"]}' },
        ),
      );
    expect(knative({})).toHaveLength(1);
    expect(knative({ startup_probe: { tcp_socket: { port: 9000 } } })).toEqual([]);
  });

  test("the CPU of a container with a GPU is always allocated", () => {
    const resources = { limits: { cpu: "4", memory: "16Gi", "nvidia.com/gpu": "1" } };
    expect(said(containers, { container: { resources: { ...resources, cpu_idle: false } } })).toEqual([]);
    expect(said(containers, { container: { resources: { ...resources, cpu_idle: true } } })).toHaveLength(1);
  });
});

describe("service/labels", () => {
  test("lower case holds, capitals and spaces do not", () => {
    expect(said(labels, { service: { labels: { team: "platform_1" } } })).toEqual([]);
    expect(said(labels, { service: { labels: { Team: "x" } } })).toEqual([
      'labels holds Team = "x"; rejected by the API: labels are lower-case letters, digits, underscores and hyphens, 63 at most.',
    ]);
    expect(said(labels, { template: { labels: { team: "a".repeat(63) } } })).toEqual([]);
    expect(said(labels, { template: { labels: { team: "a".repeat(64) } } })).toHaveLength(1);
  });
});

describe("service/volumes", () => {
  const mounted = (volume: object, mount_path: string, template: object = {}) =>
    said(volumes, {
      template: { volumes: { name: "v", ...volume }, ...template },
      container: { volume_mounts: { name: "v", mount_path } },
    });
  const sockets = { cloud_sql_instance: { instances: ["acme-dev:europe-west1:db"] } };

  test("Cloud Run mounts nothing in the directories that it keeps for itself", () => {
    const at = (mount_path: string) => mounted({ gcs: { bucket: "acme-uploads" } }, mount_path);
    for (const [path, directory] of [
      ["/dev", "/dev"],
      ["/dev/", "/dev"],
      ["/proc/x", "/proc"],
      ["/sys/fs", "/sys"],
    ] as const)
      expect(at(path)).toEqual([
        `mount_path is "${path}"; rejected by the API: Cloud Run mounts nothing in ${directory}.`,
      ]);
    expect([...at("/device"), ...at("/mnt/dev"), ...at("/system")]).toEqual([]);
  });

  test("a bucket is named by its name alone, and a size is a quantity", () => {
    expect([
      ...mounted({ gcs: { bucket: "acme-uploads" } }, "/up"),
      ...mounted({ gcs: { bucket: "${var.b}" } }, "/up"),
    ]).toEqual([]);
    for (const [bucket, because] of [
      [
        "gs://acme-uploads",
        "it has only lower-case letters, digits, hyphens, underscores and dots, and a letter or digit at each end",
      ],
      ["up", "it has 3 to 63 characters, with dots up to 222"],
    ] as const)
      expect(mounted({ gcs: { bucket } }, "/up")).toEqual([
        `the volume "v" is of the bucket "${bucket}"; fails at run time: no bucket has this name, as ${because}, and no instance starts.`,
      ]);
    const sized = (size_limit: unknown) => mounted({ empty_dir: { medium: "MEMORY", size_limit } }, "/tmp");
    expect([...sized("256Mi"), ...sized("${var.size}"), ...sized(undefined)]).toEqual([]);
    expect(sized("256MB")).toEqual([
      'the volume "v" has size_limit "256MB"; rejected by the API: it must be a quantity of Kubernetes.',
    ]);
  });

  test("sockets appear at /cloudsql, other volumes where they are put", () => {
    expect(mounted(sockets, "/cloudsql")).toEqual([]);
    expect(mounted({ empty_dir: { medium: "MEMORY" } }, "/tmp")).toEqual([]);
    expect(mounted(sockets, "/sql")).toEqual([
      'the Cloud SQL volume "v" is mounted at "/sql"; rejected by the API: it belongs at /cloudsql.',
    ]);
    expect(mounted({ empty_dir: { medium: "MEMORY" } }, "tmp")).toHaveLength(1);
  });

  test("one content, which the execution environment takes", () => {
    const bucket = { gcs: { bucket: "acme-uploads" } };
    expect(mounted(bucket, "/b")).toEqual([]);
    expect(mounted(bucket, "/b", { execution_environment: "EXECUTION_ENVIRONMENT_GEN1" })).toHaveLength(1);
    expect(mounted({ ...bucket, empty_dir: { medium: "MEMORY" } }, "/b")).toEqual([
      'the volume "v" holds empty_dir and gcs; rejected by the API: a volume has one content.',
    ]);
  });
});

describe("service/choices and service/traffic", () => {
  test("annotations of a revision are written as Knative reads them", () => {
    const egress = (value: string) =>
      check(choices, withKnativeService({}, { "run.googleapis.com/vpc-access-egress": value }));
    expect(egress("all-traffic")).toEqual([]);
    expect(egress("ALL_TRAFFIC")).toMatchObject([
      {
        severity: "error",
        message:
          'the annotation run.googleapis.com/vpc-access-egress is "ALL_TRAFFIC"; rejected by the API: it is all-traffic or private-ranges-only.',
      },
    ]);
    expect(
      check(choices, withKnativeService({}, { "autoscaling.knative.dev/maxScale": "ten" })),
    ).toHaveLength(1);
  });

  test("a tag is one address", () => {
    const shares = (tag: string) => [
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100, tag: "next" },
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "api-00001-abc", tag },
    ];
    expect(said(traffic, { service: { traffic: shares("old") } })).toEqual([]);
    expect(said(traffic, { service: { traffic: shares("next") } })).toHaveLength(1);
  });
});

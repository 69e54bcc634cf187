import { describe, expect, test } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { CloudRunJob, type CloudRunJobProps } from "../../constructs/cloud-run-job.ts";
import { CloudRunService, type CloudRunServiceProps } from "../../constructs/cloud-run-service.ts";
import { ContainerRegistry } from "../../constructs/container-registry.ts";
import { ProjectApis } from "../../constructs/project-apis.ts";
import { Secret } from "../../constructs/secret.ts";
import { ServiceIdentity } from "../../constructs/service-identity.ts";
import { seconds } from "../../platform/units.ts";
import { constructJson } from "../support/construct.ts";
import { resource, resources } from "../support/synthesized.ts";

const probe = { path: "/health", period: seconds(10), timeout: seconds(5), failureThreshold: 30 };
const props: CloudRunServiceProps = {
  name: "api",
  region: "europe-west1",
  image: `europe-west1-docker.pkg.dev/p/r/api@sha256:${"a".repeat(64)}`,
  port: 8080,
  cpu: "1",
  memory: "512Mi",
  concurrency: 80,
  minInstances: 0,
  maxInstances: 4,
  stable: "none",
  requestTimeout: seconds(300),
  serviceAccount: "api@p.iam.gserviceaccount.com",
  egressPath: { connector: "projects/p/locations/europe-west1/connectors/c" },
  egress: "PRIVATE_RANGES_ONLY",
  environment: { B: "2" },
  secrets: { A: { secret: "a", version: 3 } },
  startupProbe: probe,
  livenessProbe: probe,
  public: true,
  protection: false,
};
const service = (more: Partial<CloudRunServiceProps> = {}) =>
  resource(
    constructJson((stack) => new CloudRunService(stack, "service", { ...props, ...more })),
    "google_cloud_run_v2_service",
  );

describe("CloudRunService", () => {
  test("public: only the load balancer reaches it, without an invoker check", () => {
    expect(service()).toMatchObject({
      ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      invoker_iam_disabled: true,
    });
  });

  test("internal: only the network reaches it, and callers are checked", () => {
    expect(service({ public: false })).toMatchObject({
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      invoker_iam_disabled: false,
    });
  });

  test("exactly one way into the network", () => {
    expect(service().template.vpc_access).toEqual({
      connector: "projects/p/locations/europe-west1/connectors/c",
      egress: "PRIVATE_RANGES_ONLY",
    });
    expect(service({ egressPath: { network: "n", subnetwork: "s" } }).template.vpc_access).toEqual({
      network_interfaces: [{ network: "n", subnetwork: "s" }],
      egress: "PRIVATE_RANGES_ONLY",
    });
  });

  test("variables and pinned secrets in a stable order", () => {
    expect(service().template.containers[0].env).toEqual([
      { name: "A", value_source: { secret_key_ref: { secret: "a", version: "3" } } },
      { name: "B", value: "2" },
    ]);
  });

  test("the minimum is the service's, and written at 0, too: lowering it is a change, and no plan adds it again", () => {
    expect(service().scaling).toEqual({ min_instance_count: 0, scaling_mode: "AUTOMATIC" });
    expect(service({ minInstances: 2 }).scaling.min_instance_count).toBe(2);
    expect(service({ minInstances: 2 }).template.scaling).toEqual({ max_instance_count: 4 });
  });

  test("nothing of what serves is ignored", () => {
    expect(service().lifecycle.ignore_changes).toEqual(["client", "client_version"]);
  });

  test("the Cloud SQL socket is mounted only where asked for", () => {
    expect(service().template.volumes).toEqual([]);
    const { template } = service({ cloudSqlInstance: "p:r:i" });
    expect(template.volumes).toEqual([{ name: "cloudsql", cloud_sql_instance: { instances: ["p:r:i"] } }]);
    expect(template.containers[0].volume_mounts).toEqual([{ name: "cloudsql", mount_path: "/cloudsql" }]);
  });

  test("CPU and memory are both written, and whether CPU idles", () => {
    expect(service().template.containers[0].resources).toEqual({
      limits: { cpu: "1", memory: "512Mi" },
      cpu_idle: true,
      startup_cpu_boost: true,
    });
    expect(service({ cpuAlwaysAllocated: true }).template.containers[0].resources.cpu_idle).toBe(false);
  });
});

describe("Secret", () => {
  test("has no version, and a reader for this secret alone", () => {
    const json = constructJson(
      (stack) =>
        new Secret(stack, "secret", { name: "s", readers: { api: "api@p.iam.gserviceaccount.com" } }),
    );
    expect(resource(json, "google_secret_manager_secret")).toMatchObject({
      secret_id: "s",
      replication: { auto: {} },
    });
    expect(resource(json, "google_secret_manager_secret_iam_member")).toMatchObject({
      role: "roles/secretmanager.secretAccessor",
      member: "serviceAccount:api@p.iam.gserviceaccount.com",
    });
    expect(json.resource.google_secret_manager_secret_version).toBeUndefined();
  });

  test("is protected where asked for", () => {
    const json = constructJson((stack) => new Secret(stack, "secret", { name: "s", protection: true }));
    expect(resource(json, "google_secret_manager_secret").lifecycle).toEqual({ prevent_destroy: true });
  });
});

test("ServiceIdentity has the roles it is given and no others", () => {
  const json = constructJson(
    (stack) =>
      new ServiceIdentity(stack, "identity", {
        accountId: "api-run",
        displayName: "api",
        project: "p",
        roles: ["roles/cloudsql.client"],
      }),
  );
  expect(resource(json, "google_service_account").account_id).toBe("api-run");
  expect(resources(json, "google_project_iam_member").map(({ role }) => role)).toEqual([
    "roles/cloudsql.client",
  ]);
});

test("ContainerRegistry does not let tags be moved", () => {
  const json = constructJson(
    (stack) => new ContainerRegistry(stack, "registry", { name: "r", region: "europe-west1" }),
  );
  expect(resource(json, "google_artifact_registry_repository")).toMatchObject({
    format: "DOCKER",
    docker_config: { immutable_tags: true },
  });
});

test("ProjectApis are never switched off", () => {
  const json = constructJson(
    (stack) => new ProjectApis(stack, "apis", { project: "p", apis: ["run.googleapis.com"] }),
  );
  expect(resource(json, "google_project_service")).toMatchObject({
    service: "run.googleapis.com",
    disable_on_destroy: false,
  });
});

describe("declared traffic", () => {
  const candidate = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 0, tag: "candidate" };

  test("everything goes to stable by name, nothing to what is new", () => {
    expect(service({ stable: "api-00007-abc" }).traffic).toEqual([
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "api-00007-abc", percent: 100 },
      candidate,
    ]);
  });

  test("the first revision has no other to name", () => {
    expect(service({ stable: "none" }).traffic).toEqual([
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 },
      candidate,
    ]);
  });

  test("a variable decides between the two when it is planned", () => {
    const json = constructJson((stack) => {
      const { stringValue } = new TerraformVariable(stack, "stable_api", { type: "string" });
      new CloudRunService(stack, "service", { ...props, stable: stringValue });
    });
    expect(resource(json, "google_cloud_run_v2_service").traffic[0]).toEqual({
      type: '${(var.stable_api == "none") ? "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" : "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"}',
      revision: '${(var.stable_api == "none") ? null : var.stable_api}',
      percent: 100,
    });
  });

  test("a check, which blocks nothing, compares what serves with what is newest and ready", () => {
    const json = constructJson(
      (stack) => new CloudRunService(stack, "service", { ...props, stable: "api-1" }),
    );
    const { assert } = json.check["service-serves"];
    expect(assert[0].condition).toMatch(/latest_ready_revision.* == "api-1"/);
    expect(assert[0].error_message).toContain("does not serve");
    expect(assert[1].condition).toMatch(/latest_ready_revision.* == .*latest_created_revision/);
    expect(assert[1].error_message).toContain("is not ready");
    expect(resource(json, "google_cloud_run_v2_service").lifecycle.postcondition).toBeUndefined();
  });
});

describe("CloudRunJob", () => {
  const { name, region, image, cpu, memory, serviceAccount, egressPath, egress } = props;
  const { environment, secrets } = props;
  const template = {
    ...{ name, region, image, cpu, memory, serviceAccount },
    ...(egressPath === undefined ? {} : { egressPath }),
    ...(egress === undefined ? {} : { egress }),
    ...{ environment, secrets, taskTimeout: seconds(234) },
  };
  const job = (change: Partial<CloudRunJobProps> = {}) =>
    resource(
      constructJson((stack) => new CloudRunJob(stack, "job", { ...template, ...change })),
      "google_cloud_run_v2_job",
    );

  test("one task, tried once, for as long as is written", () => {
    expect(job()).toMatchObject({
      name: "api",
      location: "europe-west1",
      deletion_protection: false,
      template: {
        task_count: 1,
        parallelism: 1,
        template: {
          max_retries: 0,
          timeout: "234s",
          execution_environment: "EXECUTION_ENVIRONMENT_GEN2",
          service_account: "api@p.iam.gserviceaccount.com",
        },
      },
      lifecycle: { ignore_changes: ["client", "client_version"] },
    });
  });

  test("has the way into the network, variables, secrets and socket of a service", () => {
    const own = { cloudSqlInstance: "p:europe-west1:db" };
    const task = job(own).template.template;
    const { vpc_access, containers, volumes } = service(own).template;
    expect(task.vpc_access).toEqual(vpc_access);
    expect(task.volumes).toEqual(volumes);
    expect(task.containers[0].env).toEqual(containers[0].env);
    expect(task.containers[0].volume_mounts).toEqual(containers[0].volume_mounts);
  });
});

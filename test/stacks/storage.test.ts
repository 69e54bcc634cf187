import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { platformPlan } from "../../platform/plan.ts";
import { platformApis } from "../../stacks/foundation-stack.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Draft, TODAY } from "../support/environments.ts";
import {
  findings,
  type Json,
  resource,
  resources,
  stackOf,
  synthesisOf,
  synthesized,
} from "../support/synthesized.ts";

const { environment: files } = changedShape("files");

const subject = files();
const stacks = synthesized(subject);
const account = (name: string): string => `serviceAccount:files-${name}-run@acme-web.iam.gserviceaccount.com`;

describe("the stack of buckets", () => {
  const json = stacks["files-storage"];

  test("has every bucket, in the region of the environment, with its versions and days", () => {
    const buckets = resources(json, "google_storage_bucket");
    expect(
      buckets
        .map(({ name, location, versioning, lifecycle_rule }) => [
          name,
          location,
          versioning.enabled,
          lifecycle_rule.map(({ condition }: Json) => condition.age ?? condition.days_since_noncurrent_time),
        ])
        .sort(),
    ).toEqual([
      ["acme-web-files-exports", "europe-west1", false, [30]],
      ["acme-web-files-uploads", "europe-west1", true, [90, 30]],
    ]);
  });

  test("gives each service and job the role of its access, on its buckets alone", () => {
    const grants = resources(json, "google_storage_bucket_iam_member").map(({ bucket, role, member }) => [
      /bucket\.bucket-([a-z]+)_/.exec(bucket)?.[1],
      role,
      member,
    ]);
    expect(grants.sort()).toEqual([
      ["exports", "roles/storage.objectUser", account("report")],
      ["uploads", "roles/storage.objectUser", account("api")],
      ["uploads", "roles/storage.objectViewer", account("report")],
    ]);
    expect(JSON.stringify(stacks["files-foundation"])).not.toContain("roles/storage");
  });

  test("comes before the services and jobs that use a bucket, and before no others", () => {
    const after = synthesisOf(
      files((draft) => draft.services.push({ ...draft.services[0], name: "web", buckets: [] })),
    )
      .stacks.filter(({ dependencies }) => dependencies.includes("files-storage"))
      .map(({ name }) => name);
    expect(after.sort()).toEqual(["files-job-report", "files-operations", "files-service-api"]);
  });

  test("protects its buckets where the environment is protected", () => {
    const protectedOnes = synthesized(files((draft) => (draft.protection = true)))["files-storage"];
    for (const bucket of resources(protectedOnes, "google_storage_bucket"))
      expect(bucket.lifecycle).toEqual({ prevent_destroy: true });
  });
});

describe("volumes", () => {
  const ofJob = resource(stacks["files-job-report"], "google_cloud_run_v2_job").template.template;
  const ofService = resource(stacks["files-service-api"], "google_cloud_run_v2_service").template;

  test("of buckets are read-only where the access is, in the second generation", () => {
    expect(ofJob.execution_environment).toBe("EXECUTION_ENVIRONMENT_GEN2");
    expect(ofJob.volumes).toEqual([
      { name: "bucket-1", gcs: { bucket: "acme-web-files-uploads", read_only: true } },
      { name: "bucket-2", gcs: { bucket: "acme-web-files-exports", read_only: false } },
      { name: "memory-1", empty_dir: { medium: "MEMORY", size_limit: "512Mi" } },
    ]);
    expect(ofJob.containers[0].volume_mounts).toEqual([
      { name: "bucket-1", mount_path: "/uploads" },
      { name: "bucket-2", mount_path: "/exports" },
      { name: "memory-1", mount_path: "/tmp" },
    ]);
  });

  test("are there for what is mounted only; the name of the bucket is passed in any case", () => {
    expect(ofService.volumes).toEqual([
      { name: "memory-1", empty_dir: { medium: "MEMORY", size_limit: "256Mi" } },
    ]);
    expect(ofService.containers[0].volume_mounts).toEqual([{ name: "memory-1", mount_path: "/tmp/work" }]);
    for (const { containers } of [ofService, ofJob])
      expect(containers[0].env).toContainEqual({ name: "UPLOADS_BUCKET", value: "acme-web-files-uploads" });
  });

  test("come after the socket of Cloud SQL, and are none of the preflight's", () => {
    const { services } = structuredClone(shapes.guarded) as Draft;
    const draft = {
      ...structuredClone(shapes.guarded),
      buckets: [{ name: "uploads" }],
      services: [
        {
          ...services[0],
          buckets: [{ bucket: "uploads", access: "write", mount: "/uploads" }],
          inMemoryVolumes: [{ mount: "/tmp", size: 512 }],
        },
      ],
    };
    const parsed = parseEnvironment("guarded", draft, TODAY);
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const json = synthesized(parsed.environment);
    const names = ({ volumes }: Json) => volumes.map(({ name }: Json) => name);
    expect(names(resource(json["guarded-service-web"], "google_cloud_run_v2_service").template)).toEqual([
      "cloudsql",
      "bucket-1",
      "memory-1",
    ]);
    expect(names(resource(json["guarded-preflight"], "google_cloud_run_v2_job").template.template)).toEqual([
      "cloudsql",
    ]);
  });
});

test("what an environment without buckets lacks costs nothing", () => {
  const none = files((draft) => {
    delete draft.buckets;
    for (const workload of [...draft.services, ...draft.jobs]) {
      delete workload.buckets;
      delete workload.inMemoryVolumes;
    }
  });
  expect(JSON.stringify(synthesized(none))).not.toMatch(/storage|_BUCKET|gcs|empty_dir/);
  expect(platformApis(platformPlan(none))).not.toContain("storage.googleapis.com");
  expect(platformApis(platformPlan(subject))).toContain("storage.googleapis.com");
});

test("the deployer may manage buckets and their grants, but those of the states; synth refuses neither", () => {
  const delivered = synthesized(
    files((draft) => {
      draft.state = { bucket: "acme-web-terraform-state" };
      draft.delivery = {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "1234567",
        projectNumber: "123456789012",
      };
    }),
  )["files-delivery"];
  const [grant] = resources(delivered, "google_project_iam_member").filter(
    ({ role }) => role === "roles/storage.admin",
  );
  for (const bucket of ["acme-web-terraform-state", "acme-web-terraform-state-owner"])
    expect(grant?.condition.expression).toContain(`resource.name != "projects/_/buckets/${bucket}"`);
  expect(grant?.condition.expression).not.toContain("acme-web-files");
});

/** The kind: a second proof that does not see what the first one made. */
test("the rule book sees that a grant on a mounted bucket is missing", () => {
  const found = findings(subject, (app) => {
    const bucket = stackOf(app, "files-storage").node.findChild("bucket-uploads");
    expect(bucket.node.tryRemoveChild("Reader-report")).toBe(true);
  });
  expect(
    found.filter(({ severity }) => severity === "error").map(({ rule, address }) => [rule, address]),
  ).toEqual([["identity/mounted-bucket", expect.stringMatching(/^google_cloud_run_v2_job\.job-report_/)]]);
});

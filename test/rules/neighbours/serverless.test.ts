import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { said } from "./support.ts";

const ACCOUNT = "orders@acme-dev.iam.gserviceaccount.com";

/** The kind: a schedule whose URL leads to no job. */
describe("schedules of jobs", () => {
  const schedule = (uri: string): Resources => ({
    google_cloud_run_v2_job: {
      nightly: {
        name: "nightly",
        location: "europe-west1",
        template: {
          template: {
            service_account: ACCOUNT,
            containers: { image: "europe-docker.pkg.dev/acme-dev/apps/nightly:1" },
          },
        },
      },
    },
    google_cloud_scheduler_job: {
      nightly: {
        name: "nightly",
        region: "europe-west1",
        schedule: "0 3 * * *",
        http_target: { http_method: "POST", uri, oauth_token: { service_account_email: ACCOUNT } },
      },
    },
  });
  const v2 = (region: string, name: string) =>
    `https://run.googleapis.com/v2/projects/acme-dev/locations/${region}/jobs/${name}:run`;

  test("name a job and its region", () => {
    expect(said(schedule(v2("europe-west1", "nightly")))).toEqual([]);
    expect(said(schedule("https://run.googleapis.com/v2/${google_cloud_run_v2_job.nightly.id}:run"))).toEqual(
      [],
    );
    expect(said(schedule(v2("europe-west1", "nighly")))[0]).toMatch(
      /^reachability\/job-target .*runs the job "nighly", which is not defined; the nearest is google_cloud_run_v2_job.nightly/,
    );
    expect(said(schedule(v2("us-central1", "nightly")))[0]).toMatch(
      /^reachability\/job-target .*in us-central1, and/,
    );
    const v1 =
      "https://us-central1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces/acme-dev/jobs/nightly:run";
    expect(said(schedule(v1))[0]).toMatch(/^reachability\/job-target /);
  });
});

/** The kind: App Engine with a connector or a location of another region's name. */
describe("App Engine", () => {
  const app = (location: string, connector: object, version: object = {}): Resources => ({
    google_app_engine_application: { app: { project: "acme-dev", location_id: location } },
    google_vpc_access_connector: {
      main: {
        name: "main",
        network: "default",
        ip_cidr_range: "10.8.0.0/28",
        min_instances: 2,
        max_instances: 3,
        ...connector,
      },
    },
    google_app_engine_standard_app_version: {
      app: {
        service: "default",
        runtime: "nodejs22",
        version_id: "v1",
        entrypoint: { shell: "node app.js" },
        deployment: { zip: { source_url: "https://storage.googleapis.com/acme-dev-app/app.zip" } },
        vpc_access_connector: { name: "${google_vpc_access_connector.main.id}" },
        ...version,
      },
    },
  });

  test("uses a connector of its own region", () => {
    expect(said(app("europe-west", { region: "europe-west1" }))).toEqual([]);
    expect(said(app("europe-west", { region: "us-central1" }))[0]).toMatch(
      /^reachability\/app-engine-connector /,
    );
    expect(said(app("europe-west1", { region: "europe-west1" }))[0]).toMatch(
      /^service\/app-engine .*calls that region europe-west/,
    );
    expect(
      said(app("europe-west", { region: "europe-west1" }, { vpc_access_connector: { name: "main" } }))[0],
    ).toMatch(/^service\/app-engine .*vpc_access_connector.name is "main"/);
  });
});

/** The kind: what a container of a workload takes and its template does not ask for. */
describe("Cloud Run and functions", () => {
  const service = (template: object): Resources => ({
    google_cloud_run_v2_service: {
      orders: {
        name: "orders",
        location: "europe-west1",
        template: { service_account: ACCOUNT, scaling: { max_instance_count: 1 }, ...template },
      },
    },
  });
  const gpu = {
    image: "europe-docker.pkg.dev/acme-dev/apps/orders:1",
    resources: { cpu_idle: false, limits: { cpu: "4", memory: "16Gi", "nvidia.com/gpu": "1" } },
  };

  test("have the memory that the first generation knows", () => {
    const named = {
      name: "f",
      region: "europe-west1",
      runtime: "nodejs22",
      trigger_http: true,
      service_account_email: ACCOUNT,
    };
    const f = (available_memory_mb: number) =>
      said({
        google_cloudfunctions_function: {
          f: { ...named, source_archive_bucket: "b", source_archive_object: "o", available_memory_mb },
        },
      });
    expect(f(256)).toEqual([]);
    expect(f(300)[0]).toMatch(/^capacity\/cpu-memory .*available_memory_mb is "300"/);
  });

  test("mount a share that exists", () => {
    const mount = (path: string) => ({
      ...service({
        vpc_access: { network_interfaces: { network: "default" } },
        volumes: {
          name: "files",
          nfs: { server: "${google_filestore_instance.files.networks[0].ip_addresses[0]}", path },
        },
        containers: { image: gpu.image, volume_mounts: { name: "files", mount_path: "/mnt/files" } },
      }),
      google_filestore_instance: {
        files: {
          name: "files",
          tier: "BASIC_SSD",
          location: "europe-west1-b",
          file_shares: { name: "share1", capacity_gb: 2560 },
          networks: { network: "default", modes: ["MODE_IPV4"] },
        },
      },
    });
    expect(said(mount("/share1"))).toEqual([]);
    expect(said(mount("/share1/orders"))).toEqual([]);
    expect(said(mount("/data"))[0]).toMatch(/^data\/nfs-share .*mounts "\/data", and the share of/);
  });
});

import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { seconds } from "single-source-platform";
import { CloudRunService } from "single-source-platform/constructs/cloud-run-service";
import { Secret } from "single-source-platform/constructs/secret";
import { ServiceIdentity } from "single-source-platform/constructs/service-identity";
import { connector, databaseInstance, project, region, service } from "./numbers.ts";

export class ServiceStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, "google", { project, region });
    const identity = new ServiceIdentity(this, "identity", {
      accountId: "dev-web-run",
      displayName: "Cloud Run service web",
      project,
      roles: ["roles/cloudsql.client"],
    });
    const password = new Secret(this, "password", {
      name: "postgres-password",
      readers: { web: identity.resource.email },
    });
    new CloudRunService(this, "web", {
      name: "dev-web",
      region,
      image: `europe-west1-docker.pkg.dev/${project}/services/web@sha256:${"0".repeat(64)}`,
      cpu: "1",
      memory: "1Gi",
      serviceAccount: identity.resource.email,
      egressPath: { connector },
      egress: "PRIVATE_RANGES_ONLY",
      cloudSqlInstance: `${project}:${region}:${databaseInstance}`,
      environment: {
        DATABASE_POOL_SIZE: String(service.pool),
        DATABASE_MAX_OVERFLOW: String(service.overflow),
      },
      secrets: { POSTGRES_PASSWORD: { secret: password.resource.secretId, version: 1 } },
      port: 8080,
      concurrency: 80,
      minInstances: 0,
      maxInstances: service.maxInstances,
      stable: "none",
      requestTimeout: seconds(60),
      startupProbe: { path: "/health", period: seconds(10), timeout: seconds(5), failureThreshold: 24 },
      livenessProbe: { path: "/health", period: seconds(30), timeout: seconds(5), failureThreshold: 3 },
      public: false,
      protection: false,
    });
  }
}

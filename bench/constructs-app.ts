/**
 * An app of constructs without any environment, as another team writes it: a process of its own, so that it can be measured.
 *
 *     node bench/constructs-app.ts <number of services> <checked|unchecked> <output folder>
 *
 * Each service takes five resources; "unchecked" skips all validations of the app.
 */
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { CloudRunService } from "../constructs/cloud-run-service.ts";
import { Secret } from "../constructs/secret.ts";
import { ServiceIdentity } from "../constructs/service-identity.ts";
import { VpcNetwork } from "../constructs/vpc-network.ts";
import { seconds } from "../platform/units.ts";

const [services = "100", mode = "checked", output = "cdktf.out"] = process.argv.slice(2);
const REGION = "europe-west1";
const PER_STACK = 20;
const probe = { path: "/health", period: seconds(10), timeout: seconds(5), failureThreshold: 3 };

const app = new App({ outdir: output, stackTraces: false, skipValidation: mode === "unchecked" });
for (let first = 0; first < Number(services); first += PER_STACK) {
  const stack = new TerraformStack(app, `services-${first}`);
  new GoogleProvider(stack, "google", { project: "bench", region: REGION });
  const { resource: network } = new VpcNetwork(stack, "network", { name: `network-${first}` });
  for (let number = first; number < Math.min(first + PER_STACK, Number(services)); number++)
    addService(stack, `service-${number}`, network.id);
}
app.synth();

function addService(stack: TerraformStack, name: string, network: string): void {
  const identity = new ServiceIdentity(stack, `${name}-identity`, {
    accountId: name,
    displayName: name,
    project: "bench",
    roles: ["roles/logging.logWriter"],
  });
  const { resource: secret } = new Secret(stack, `${name}-key`, {
    name: `${name}-key`,
    readers: { service: identity.resource.email },
  });
  new CloudRunService(stack, name, {
    name,
    region: REGION,
    image: `${REGION}-docker.pkg.dev/bench/images/service@sha256:${"0".repeat(64)}`,
    cpu: "1",
    memory: "512Mi",
    serviceAccount: identity.resource.email,
    egressPath: { network, subnetwork: `projects/bench/regions/${REGION}/subnetworks/direct-egress` },
    egress: "PRIVATE_RANGES_ONLY",
    environment: { REQUEST_TIMEOUT_SECONDS: "300", LOG_LEVEL: "info" },
    secrets: { KEY: { secret: secret.secretId, version: 1 } },
    protection: false,
    port: 8080,
    concurrency: 80,
    minInstances: 0,
    maxInstances: 5,
    stable: "none",
    requestTimeout: seconds(300),
    startupProbe: probe,
    livenessProbe: probe,
    public: true,
  });
}

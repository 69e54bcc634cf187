/**
 * What other teams tried on the packed package: each use in an app of its own. Prints what `app.synth()` threw and wrote, by name.
 */
const { mkdtempSync, readFileSync, existsSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { GoogleProvider } = require("@cdktf/provider-google/lib/provider");
const { App, TerraformStack, TerraformVariable } = require("cdktf");

const constructs = "single-source-platform/constructs";
const { CloudNat } = require(`${constructs}/cloud-nat`);
const { CloudRunService } = require(`${constructs}/cloud-run-service`);
const { dependOn } = require(`${constructs}/depend-on`);
const { HttpsLoadBalancer } = require(`${constructs}/edge/https-load-balancer`);
const { PrivateServicesAccess } = require(`${constructs}/private-services-access`);
const { ProjectApis } = require(`${constructs}/project-apis`);
const { RedisCache } = require(`${constructs}/redis-cache`);
const { VpcAccessConnector } = require(`${constructs}/vpc-access-connector`);

const network = "projects/acme/global/networks/main";
const region = "europe-west1";

const uses = {
  connector: (stack) => connector(stack, { range: "10.8.0.0/24", maxInstances: 15 }),
  service: (stack) => service(stack, { requestTimeout: 7200, memory: "64Gi" }),
  "day from a variable": (stack) => redis(stack, numberOf(stack)),
  "day 8": (stack) => redis(stack, 8),
  "host from a variable": (stack) => loadBalancer(stack, textOf(stack)),
  "hosts with a wildcard and capitals": (stack) => loadBalancer(stack, "*.example.com", "Shop.Example.com"),
  "addresses from a variable": (stack) =>
    new CloudNat(stack, "Nat", {
      name: "main",
      network,
      region,
      addresses: numberOf(stack),
      routerName: "main",
    }),
  "range from a variable": (stack) =>
    new PrivateServicesAccess(stack, "Access", { name: "main", network, range: textOf(stack) }),
  "range without a length": (stack) =>
    new PrivateServicesAccess(stack, "Access", { name: "main", network, range: "10.20.0.0" }),
  "a construct of another stack": (stack, other) => {
    const apis = new ProjectApis(other, "Apis", { project: "acme", apis: ["vpcaccess.googleapis.com"] });
    dependOn(connector(stack, {}), apis);
  },
};

function connector(stack, changes) {
  return new VpcAccessConnector(stack, "Connector", {
    name: "main",
    network,
    region,
    range: "10.8.0.0/28",
    machineType: "e2-micro",
    minInstances: 2,
    maxInstances: 3,
    ...changes,
  });
}

function service(stack, changes) {
  const probe = { path: "/health", period: 10, timeout: 5, failureThreshold: 3 };
  new CloudRunService(stack, "Service", {
    name: "api",
    region,
    image: `${region}-docker.pkg.dev/acme/images/api@sha256:${"0".repeat(64)}`,
    cpu: "1",
    memory: "512Mi",
    serviceAccount: "api@acme.iam.gserviceaccount.com",
    egressPath: { network, subnetwork: `projects/acme/regions/${region}/subnetworks/egress` },
    egress: "PRIVATE_RANGES_ONLY",
    environment: {},
    secrets: {},
    protection: false,
    port: 8080,
    concurrency: 80,
    minInstances: 0,
    maxInstances: 5,
    stable: "none",
    requestTimeout: 300,
    startupProbe: probe,
    livenessProbe: probe,
    public: true,
    ...changes,
  });
}

function redis(stack, day) {
  new RedisCache(stack, "Cache", {
    name: "main",
    region,
    tier: "STANDARD_HA",
    memoryGibibytes: 1,
    version: "REDIS_7_0",
    network,
    allocatedRange: "services",
    tls: true,
    auth: true,
    evictionPolicy: "allkeys-lru",
    maintenance: { day, hour: 3 },
    protection: false,
  });
}

function loadBalancer(stack, ...hosts) {
  new HttpsLoadBalancer(stack, "Edge", {
    name: "main",
    defaultBackend: "api",
    certificateMap: "projects/acme/locations/global/certificateMaps/main",
    routes: hosts.map((host) => ({ host, fallback: "api", paths: [] })),
  });
}

const numberOf = (stack) => new TerraformVariable(stack, "given", { type: "number" }).numberValue;
const textOf = (stack) => new TerraformVariable(stack, "given", { type: "string" }).stringValue;

function outcome(use) {
  const app = new App({ outdir: mkdtempSync(path.join(tmpdir(), "use-")), stackTraces: false });
  const [stack, other] = ["app", "other"].map((id) => {
    const made = new TerraformStack(app, id);
    new GoogleProvider(made, "google", { project: "acme", region });
    return made;
  });
  try {
    use(stack, other);
    app.synth();
  } catch (error) {
    return {
      refused: error.message.split("\n\n"),
      isWritten: existsSync(path.join(app.outdir, "manifest.json")),
    };
  }
  const { resource } = JSON.parse(readFileSync(path.join(app.outdir, "stacks/app/cdk.tf.json"), "utf8"));
  return { resource, after: stack.dependencies.map(({ node }) => node.id) };
}

console.log(
  JSON.stringify(Object.fromEntries(Object.entries(uses).map(([name, use]) => [name, outcome(use)]))),
);

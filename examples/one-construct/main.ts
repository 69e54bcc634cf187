import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { cidr } from "single-source-platform";
import { VpcAccessConnector } from "single-source-platform/constructs/vpc-access-connector";

/** One construct in an app that is otherwise its own. With maxInstances 15, synth says why Google would refuse it. */
const app = new App();
const stack = new TerraformStack(app, "connector");
new GoogleProvider(stack, "google", { project: "acme-dev", region: "europe-west1" });
new VpcAccessConnector(stack, "connector", {
  name: "dev-connector",
  network: "default",
  region: "europe-west1",
  range: cidr("10.8.0.0/28"),
  machineType: "e2-micro",
  minInstances: 2,
  maxInstances: 10,
});
app.synth();

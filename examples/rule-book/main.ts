import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network/index.js";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import { VpcAccessConnector } from "@cdktf/provider-google/lib/vpc-access-connector/index.js";
import { App, TerraformStack } from "cdktf";
import { verifyOnSynth, waive } from "single-source-platform/verify";

/** An app of the provider's own classes. One line has the rule book judge it; synth then refuses what Google would refuse. */
const app = new App();
verifyOnSynth(app);

const stack = new TerraformStack(app, "legacy");
new GoogleProvider(stack, "google", { project: "acme-dev", region: "europe-west1" });
const network = new ComputeNetwork(stack, "network", { name: "dev-vpc", autoCreateSubnetworks: false });
new VpcAccessConnector(stack, "connector", {
  name: "dev-connector",
  network: network.name,
  region: "europe-west1",
  ipCidrRange: "10.8.0.0/28",
  minInstances: 2,
  maxInstances: 10,
});
const database = new SqlDatabaseInstance(stack, "database", {
  name: "dev-postgres",
  region: "europe-west1",
  databaseVersion: "POSTGRES_16",
  deletionProtection: false,
  settings: { edition: "ENTERPRISE", tier: "db-custom-1-3840" },
});
// What is accepted for a while is said where it is, with a reason and a last day.
waive(database, {
  rule: "data/protection",
  reason: "a development database, created again from fixtures every night",
  expires: "2099-12-31",
});
app.synth();

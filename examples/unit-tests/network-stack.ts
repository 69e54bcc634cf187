import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { VpcAccessConnector } from "@cdktf/provider-google/lib/vpc-access-connector";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { VpcNetwork } from "single-source-platform/constructs/vpc-network";

/** A network from a construct, and a connector of the provider's own class, whose size is a parameter. */
export class NetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string, maxInstances = 10) {
    super(scope, id);
    new GoogleProvider(this, "google", { project: "acme-dev", region: "europe-west1" });
    const network = new VpcNetwork(this, "network", { name: "dev-vpc" });
    new VpcAccessConnector(this, "connector", {
      name: "dev-connector",
      network: network.resource.id,
      region: "europe-west1",
      ipCidrRange: "10.8.0.0/28",
      minInstances: 2,
      maxInstances,
    });
  }
}

import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { EgressFirewall } from "single-source-platform/constructs/egress-firewall";
import { PrivateServicesAccess } from "single-source-platform/constructs/private-services-access";
import { VpcAccessConnector } from "single-source-platform/constructs/vpc-access-connector";
import { VpcNetwork } from "single-source-platform/constructs/vpc-network";
import { project, ranges, region } from "./numbers.ts";

export class NetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, "google", { project, region });
    const network = new VpcNetwork(this, "network", { name: "dev-vpc" }).resource.id;
    new PrivateServicesAccess(this, "private-services", {
      name: ranges.privateServicesName,
      network,
      range: ranges.privateServices,
    });
    new VpcAccessConnector(this, "connector", {
      name: "dev-connector",
      network,
      region,
      range: ranges.connector,
      machineType: "e2-micro",
      minInstances: 2,
      maxInstances: 10,
    });
    new EgressFirewall(this, "egress", {
      prefix: "dev",
      network,
      connector: true,
      // PostgreSQL through the Cloud SQL connector, and Redis with TLS.
      allow: [
        { name: "postgres", protocol: "tcp", ports: ["3307"], ranges: [ranges.privateServices] },
        { name: "redis", protocol: "tcp", ports: ["6378"], ranges: [ranges.privateServices] },
      ],
    });
  }
}

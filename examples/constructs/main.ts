import { App } from "cdktf";
import { DataStack } from "./data-stack.ts";
import { NetworkStack } from "./network-stack.ts";
import { ServiceStack } from "./service-stack.ts";

/** VPC connector, Cloud SQL, Redis and Cloud Run from constructs, in three stacks. */
const app = new App();
const network = new NetworkStack(app, "network");
const data = new DataStack(app, "data");
data.addDependency(network);
const service = new ServiceStack(app, "service");
service.addDependency(data);
app.synth();

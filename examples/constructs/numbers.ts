import { cidr } from "single-source-platform";

/** What more than one stack needs, written once. */
export const project = "acme-dev";
export const region = "europe-west1";
export const network = `projects/${project}/global/networks/dev-vpc`;
export const connector = `projects/${project}/locations/${region}/connectors/dev-connector`;
export const databaseInstance = "dev-postgres";
export const ranges = {
  connector: cidr("10.8.0.0/28"),
  privateServices: cidr("10.20.0.0/16"),
  privateServicesName: "dev-private-services",
} as const;
/** Instances of the service, and what one of them opens to the database. */
export const service = { maxInstances: 10, pool: 5, overflow: 5 } as const;

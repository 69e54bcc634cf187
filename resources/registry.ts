// Written by `npm run docs` from the files that are there; not edited by hand.
import type { ResourceType } from "./resource-type.ts";
import { vpcAccessConnector } from "./types/vpc-access-connector.ts";

/** Every resource type of the catalogue. */
export const resourceTypes: readonly ResourceType[] = [
  vpcAccessConnector,
];
